"""A CVE record as an advisory of one vulnerability: no revisions, no word on which product a text is about.

In: a `Record`. Out: an `Advisory`. A version said to be unaffected beside affected ones is a fix.
"""

from collections.abc import Iterable, Iterator

from okiagari.standards.cve.model import Product as CveProduct
from okiagari.standards.cve.model import Record, Said, Status
from okiagari.standards.firmware_order import Form

from . import numbers
from .model import Advisory, Flaw, Measure, Product, Score, State, Statement

_ADVISORY = "vendor-advisory"


def advisory(record: Record) -> Advisory:
    """The texts of the first language that is ours go where a document has room for one only."""
    language = next((each.language for each in record.descriptions), "en").partition("-")[0].lower()
    products = tuple(_product(each) for each in record.products)
    assigner = record.assigner
    return Advisory(
        tracking_id=record.cve,
        title=record.title,
        language=language,
        category="CVE record",
        status="final",
        publisher=(assigner.short_name or assigner.org_id) if assigner else "",
        words={},
        notes=(
            *(("tag", each) for each in record.tags),
            *((f"timeline {each.at:%Y-%m-%d}", each.text) for each in record.timeline),
        ),
        references=tuple((each.url, each.name) for each in record.references),
        credits=tuple(dict.fromkeys(each.text for each in record.credits)),
        first_at=record.public_at,
        products=tuple({each.key: each for each in products}.values()),
        flaws=(_flaw(record, products, language),),
    )


def _product(given: CveProduct) -> Product:
    name = " ".join(part for part in (given.vendor, given.product, *given.platforms) if part)
    return Product(
        key=name,
        name=given.product,
        vendor=given.vendor,
        model=given.product,
        platforms=given.platforms,
        cpes=given.cpes,
        purls=(given.purl,) if given.purl else (),
    )


def _flaw(record: Record, products: tuple[Product, ...], language: str) -> Flaw:
    pairs = zip(products, record.products, strict=True)
    first, *others = record.weaknesses or ("",)
    return Flaw(
        cve=numbers.cve(record.cve),
        cwe=first,
        title=record.title,
        description=_by_language(record.descriptions),
        notes=(
            *(("CWE", each) for each in others),
            *(("configuration", each.text) for each in record.configurations),
        ),
        scores=tuple(Score(each.score) for each in record.metrics),
        statements=tuple(said for product, given in pairs for said in _statements(product, given)),
        measures=(
            *_measures("vendor_fix", record.solutions, language),
            *_measures("workaround", record.workarounds, language),
        ),
        exploits=tuple(each.text for each in record.exploits if _is(each, language)),
        public_at=record.public_at,
    )


def _is(said: Said, language: str) -> bool:
    return said.language.partition("-")[0].lower() == language


def _by_language(texts: Iterable[Said]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in texts:
        found.setdefault(each.language.partition("-")[0].lower(), []).append(each.text)
    return {language: "\n\n".join(parts) for language, parts in found.items()}


def _measures(kind: str, texts: Iterable[Said], language: str) -> Iterator[Measure]:
    """One, in the language of the record and in the others that it is told in."""
    by = _by_language(texts)
    if by:
        first = language if language in by else next(iter(by))
        others = {other: text for other, text in by.items() if other != first}
        yield Measure(kind, by[first], translations=others)


def _statements(product: Product, given: CveProduct) -> Iterator[Statement]:
    affected = [each for each in given.versions if each.status is Status.AFFECTED]
    for each in affected:
        yield Statement(product.key, State.AFFECTED, each.range)
    is_affected = bool(affected) or given.otherwise is Status.AFFECTED
    for each in given.versions:
        if each.status is Status.UNAFFECTED and each.range.form is Form.EXACTLY and is_affected:
            yield Statement(product.key, State.FIXED, each.range)
        elif each.status is Status.UNKNOWN:
            yield Statement(product.key, State.INVESTIGATING, each.range)
    if given.otherwise is Status.AFFECTED:
        yield Statement(product.key, State.AFFECTED)
    elif given.otherwise is Status.UNAFFECTED and not is_affected:
        yield Statement(product.key, State.NOT_AFFECTED)
    elif given.otherwise is Status.UNKNOWN and not is_affected:
        yield Statement(product.key, State.INVESTIGATING)
