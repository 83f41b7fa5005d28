"""One CVE record per vulnerability that has an id, held back where it may not go: whole where the maker is a
CNA, else the container a CNA would send.

The maker's advisory is its first reference, so the record is never the first to say it.
"""

from collections.abc import Callable, Iterator, Sequence

from okiagari.disclose.rules.content import Content, Product, Status, Vulnerability
from okiagari.disclose.rules.standing import CONCERNED, Standing, standings
from okiagari.disclose.site import csaf_flaws, identities, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import identifier_links, reference_links
from okiagari.disclose.site.made import Made
from okiagari.problems import Problem
from okiagari.standards import cve, ids
from okiagari.standards.cve import model
from okiagari.standards.cve.model import Said
from okiagari.standards.documents import to_bytes
from okiagari.standards.firmware_order import Form, Range

from . import facts
from .unsaid import CVE, unsaid

_WHOLE = frozenset({Form.ALL, Form.UNKNOWN})


def records(entry: Entry, site: Site) -> Iterator[Made]:
    """A record each, in the order of the vulnerabilities. An id twice makes one."""
    found = standings(entry.content)
    done = set()
    for flaw in entry.content.vulnerabilities:
        number = _number(flaw.cve)
        if number and number not in done:
            done.add(number)
            yield _made(entry, site, flaw, found)


def _number(text: str) -> str:
    try:
        return ids.parse(text, ids.System.CVE).text
    except Problem:
        return ""


def _made(entry: Entry, site: Site, flaw: Vulnerability, found: Sequence[Standing]) -> Made:
    known = record(entry, site, flaw, found)
    number = known.cve
    path = f"cve/{entry.name}/{number.lower()}.json"
    problems = cve.problems(known)
    try:
        built = cve.build(known, model.Format(site.cve_format))
    except Problem as problem:
        return Made(number.lower(), number, path, problems=(*problems, problem))
    left = unsaid(entry, CVE)
    content = to_bytes(built.document)
    return Made(number.lower(), number, path, content, "", built.losses, problems, left_out=left)


def record(entry: Entry, site: Site, flaw: Vulnerability, found: Sequence[Standing]) -> model.Record:
    """The values of one record, texts in every language of the advisory, English first."""
    content = entry.content
    languages = sorted(content.languages, key=lambda language: language != facts.ENGLISH)
    concerned = [each for each in found if _of(each, flaw, CONCERNED)]
    return model.Record(
        cve=_number(flaw.cve),
        title=saying.in_language(flaw.title, languages[0]),
        descriptions=_said(languages, lambda language: facts.description(content, flaw, language)),
        products=tuple(_product(each, flaw, site, languages[0]) for each in found),
        weaknesses=(flaw.cwe,) if flaw.cwe else (),
        metrics=tuple(_metrics(content, flaw, languages[0])),
        references=tuple(_references(entry, site, languages[0], concerned)),
        credits=tuple(
            model.Credit(has_consent=True, language=languages[0], text=name, kind="reporter")
            for name in content.credits
        ),
        solutions=_said(languages, lambda language: _advice(concerned, flaw, language, "action")),
        workarounds=_said(languages, lambda language: _advice(concerned, flaw, language, "workaround")),
        configurations=_said(languages, lambda language: _conditions(concerned, flaw, language)),
        exploits=_said(languages, lambda language: _exploit(flaw, language)),
        timeline=tuple(
            model.Event(each.at, language, text)
            for each in entry.editions
            for language in languages
            if (text := saying.exact(each.summary, language))
        ),
        public_at=entry.first_at,
        disclosed_at=csaf_flaws.disclosed(flaw, entry.first_at),
        updated_at=entry.last_at,
        assigner=model.Assigner(*site.cve_org) if site.cve_org[0] else None,
    )


def _of(standing: Standing, flaw: Vulnerability, states: frozenset[str]) -> Status | None:
    mine = (each for each in standing.statuses if each.vulnerability == flaw.id)
    return next((each for each in mine if each.state in states), None)


def _said(languages: list[str], words: Callable[[str], str]) -> tuple[Said, ...]:
    """The words in each language that has any."""
    found = []
    for language in languages:
        with saying.speaking(language):
            text = words(language)
        if text:
            found.append(Said(language, text))
    return tuple(found)


def _product(standing: Standing, flaw: Vulnerability, site: Site, language: str) -> model.Product:
    """Affected, unaffected or unknown, as the CSAF document has it."""
    product = standing.product
    status = _of(standing, flaw, CONCERNED | {"not_affected"})
    versions: tuple[model.Versions, ...] = ()
    if status is None:
        otherwise = model.Status.UNKNOWN
    elif status.state == "not_affected":
        otherwise = model.Status.UNAFFECTED
    else:
        known = status.versions
        is_whole = known is None or known.form in _WHOLE
        otherwise = model.Status.AFFECTED if is_whole else model.Status.UNAFFECTED
        affected = () if known is None or is_whole else (model.Versions(model.Status.AFFECTED, known),)
        fixed = (
            model.Versions(model.Status.UNAFFECTED, Range.exactly(text))
            for text in csaf_flaws.fixed_in(standing, status)
        )
        versions = (*affected, *fixed)
    return model.Product(
        vendor=facts.vendor(product, site, language),
        product=product.model,
        otherwise=otherwise,
        versions=versions,
        platforms=_platforms(product),
        cpes=tuple(filter(None, dict.fromkeys((identities.software(product)[0], product.cpe)))),
        purl=identities.software(product)[1],
    )


def _platforms(product: Product) -> tuple[str, ...]:
    """The hardware revision or the operating system."""
    return tuple(text for text in (product.revision, product.platform) if text)


def _metrics(content: Content, flaw: Vulnerability, language: str) -> Iterator[model.Metric]:
    names = {each.key: saying.model(each) for each in content.products}
    for score, read in facts.scores(flaw):
        of = ", ".join(names.get(key, key) for key in score.products)
        yield model.Metric(read, (Said(language, of),) if of else ())


def _references(
    entry: Entry, site: Site, language: str, concerned: list[Standing]
) -> Iterator[model.Reference]:
    for _, title, url in sorted(facts.pages(entry, site), key=lambda each: each[0] != facts.ENGLISH):
        yield model.Reference(url, title, ("vendor-advisory",))
    records = set()  # a record is no reference of its own
    for link in identifier_links(entry.content, language):
        if link.text.startswith("CVE-"):
            records.add(link.url)
        else:
            tag = "vdb-entry" if link.text.startswith("JVNDB-") else "third-party-advisory"
            yield model.Reference(link.url, link.text, (tag,))
    for link in reference_links(entry.content, language):
        if link.url not in records:
            yield model.Reference(link.url, link.text)
    urls = (saying.web(each.release.url) for each in concerned if each.release)
    for url in dict.fromkeys(url for url in urls if url):
        yield model.Reference(url, "", ("patch",))


def _advice(concerned: list[Standing], flaw: Vulnerability, language: str, name: str) -> str:
    """What to do, product by product; those that are told the same stand together."""
    told: dict[str, list[str]] = {}
    for standing in concerned:
        text = getattr(facts.advice(standing, flaw, language), name)
        if text:
            told.setdefault(text, []).append(saying.model(standing.product))
    return "\n\n".join(f"{', '.join(dict.fromkeys(models))}:\n{text}" for text, models in told.items())


def _conditions(concerned: list[Standing], flaw: Vulnerability, language: str) -> str:
    told: dict[str, list[str]] = {}
    for standing in concerned:
        status = _of(standing, flaw, CONCERNED)
        text = saying.exact(status.condition, language) if status else ""
        if text:
            told.setdefault(text, []).append(saying.model(standing.product))
    return "\n".join(f"{', '.join(dict.fromkeys(models))}: {text}" for text, models in told.items())


def _exploit(flaw: Vulnerability, language: str) -> str:
    return saying.exploit_words(flaw.exploit)
