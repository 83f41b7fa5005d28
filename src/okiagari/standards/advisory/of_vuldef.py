"""A VULDEF document as an advisory: what it says of products it says of all its vulnerabilities at once.

In: a `Vulinfo`. Out: an `Advisory`. Versions in words stay words. The item without a product is the
vendor's own status over all of them, which follows from the others.
"""

from collections.abc import Iterator, Mapping

from okiagari.problems import Problem
from okiagari.standards import ids
from okiagari.standards.vuldef.model import Affected, RelatedKind, SolutionKind, VendorStatus, Vulinfo

from .model import Advisory, Flaw, Measure, Product, Revision, Score, State, Statement

_STATES: Mapping[VendorStatus, State] = {
    VendorStatus.VULNERABLE: State.AFFECTED,
    VendorStatus.VULNERABLE_INVESTIGATING: State.AFFECTED,
    VendorStatus.NOT_VULNERABLE: State.NOT_AFFECTED,
    VendorStatus.NOT_VULNERABLE_INVESTIGATING: State.INVESTIGATING,
    VendorStatus.UNKNOWN: State.INVESTIGATING,
}
_KINDS = {
    SolutionKind.FIXED: "vendor_fix",
    SolutionKind.WORKAROUND: "workaround",
    SolutionKind.MIGRATION: "mitigation",
    SolutionKind.NONE: "no_fix_planned",
    SolutionKind.UNKNOWN: "none_available",
}


def advisory(info: Vulinfo, language: str) -> Advisory:
    speech = language.partition("-")[0].lower() or "ja"
    named = [each for each in info.affected if each.product]
    words = {"summary": info.overview, "description": "\n\n".join(info.details)}
    words |= {"impact": "\n\n".join(info.impacts)}
    return Advisory(
        tracking_id=info.id,
        title=info.title,
        language=speech,
        category="VULDEF",
        status="final",
        publisher=next((each.vendor for each in info.affected), "") or info.contact,
        contact=info.contact_text,
        words={name: text for name, text in words.items() if text},
        references=tuple((each.url, each.title or each.id or each.name) for each in info.related if each.url),
        credits=tuple(dict.fromkeys(each.name or each.text for each in info.credits)),
        revisions=tuple(
            Revision(each.number, each.at, "\n".join(each.texts)) for each in info.history if each.at
        ),
        first_at=info.public_at or info.first_at,
        products=tuple({_key(each): _product(each) for each in named}.values()),
        flaws=tuple(_flaws(info, named)),
    )


def _key(item: Affected) -> str:
    return " ".join(part for part in (item.vendor, item.product) if part)


def _product(item: Affected) -> Product:
    cpes = tuple(text for _, text in item.cpes)
    return Product(_key(item), item.product, item.vendor, item.product, cpes=cpes)


def _flaws(info: Vulinfo, named: list[Affected]) -> Iterator[Flaw]:
    """One for each CVE id; JVN's numbers, the weakness and everything said hold for all of them."""
    numbers = _numbers(info)
    cves = numbers[ids.System.CVE] or [""]
    weaknesses = numbers[ids.System.CWE]
    for cve in cves:
        yield Flaw(
            cve=cve,
            jvn=next(iter(numbers[ids.System.JVN]), ""),
            jvndb=next(iter(numbers[ids.System.JVNDB]), ""),
            cwe=weaknesses[0] if weaknesses else "",
            title=info.title,
            scores=tuple(Score(each) for each in info.scores),
            statements=tuple(said for each in named for said in _statements(each)),
            measures=tuple(_measures(info)),
            exploits=info.exploits,
            public_at=info.public_at,
        )


def _numbers(info: Vulinfo) -> dict[ids.System, list[str]]:
    found: dict[ids.System, list[str]] = {each: [] for each in ids.System}
    for text in (info.id, *(each.id for each in info.related if each.kind is not RelatedKind.VENDOR)):
        try:
            known = ids.parse(text)
        except Problem:
            continue
        if known.text not in found[known.system]:
            found[known.system].append(known.text)
    return found


def _statements(item: Affected) -> Iterator[Statement]:
    state = _STATES.get(item.status or VendorStatus.VULNERABLE, State.AFFECTED)
    condition = "\n".join(item.notes) if state is State.AFFECTED else ""
    for each in item.versions:
        yield Statement(_key(item), state, each, condition=condition)
    for text in item.words:
        yield Statement(_key(item), state, None, text, condition=condition)
    if not item.versions and not item.words:
        yield Statement(_key(item), state, condition=condition)


def _measures(info: Vulinfo) -> Iterator[Measure]:
    for each in info.solutions:
        kind = _KINDS[each.kind] if each.kind else "none_available"
        yield Measure(kind, "\n\n".join(each.texts), url=next(iter(each.urls), ""))
