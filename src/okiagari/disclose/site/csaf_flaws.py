"""The vulnerabilities of a document: who is affected, what to do, how bad it is (OASIS CSAF 2.0, 3.2.3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content, Measure, Product, Score, Status, Vulnerability
from okiagari.disclose.rules.standing import CONCERNED, Action, Standing, standings
from okiagari.disclose.site import saying
from okiagari.disclose.site.csaf_products import Shelf
from okiagari.problems import Problem
from okiagari.standards import cvss, ids
from okiagari.standards.csaf import model
from okiagari.standards.csaf.terms import Justification, NoteCategory, RemediationKind, ThreatCategory
from okiagari.standards.firmware_order import Range
from okiagari.standards.partialdate import PartialDate

Each = TypeVar("Each", model.Flag, model.Condition, model.Remediation)
NAMED = 20
"""A note of 2.0 names the products it is about; so many stay readable."""


@dataclass
class _Groups:
    """Product ids by what is known of them, for one vulnerability."""

    affected: dict[str, list[str]] = field(default_factory=dict)
    fixed: list[str] = field(default_factory=list)
    not_affected: list[str] = field(default_factory=list)
    investigating: list[str] = field(default_factory=list)
    flags: list[model.Flag] = field(default_factory=list)
    conditions: list[model.Condition] = field(default_factory=list)

    def all_affected(self) -> tuple[str, ...]:
        return tuple(each for ids in self.affected.values() for each in ids)


def vulnerabilities(content: Content, shelf: Shelf, language: str) -> tuple[model.Vulnerability, ...]:
    return tuple(_vulnerability(content, flaw, shelf, language) for flaw in content.vulnerabilities)


def _vulnerability(content: Content, flaw: Vulnerability, shelf: Shelf, language: str) -> model.Vulnerability:
    statuses = {each.product: each for each in content.statuses if each.vulnerability == flaw.id}
    groups = _Groups()
    for product in content.products:
        _place(groups, product, statuses.get(product.key), shelf, language)
    for standing in standings(content):
        _add_fixed(groups, standing, statuses.get(standing.product.key), shelf)
    named = (("JVN", flaw.jvn), ("JVN iPedia", flaw.jvndb))
    return model.Vulnerability(
        cve=flaw.cve,
        ids=tuple(model.VulnerabilityId(system, text) for system, text in named if text),
        cwe=flaw.cwe,
        title=saying.in_language(flaw.title, language),
        notes=tuple(_notes(content, flaw, language, has_threat=bool(groups.affected))),
        release_date=disclosed(flaw, shelf.first_at),
        status=model.ProductStatus(
            known_affected=groups.all_affected(),
            fixed=tuple(groups.fixed),
            known_not_affected=tuple(groups.not_affected),
            under_investigation=tuple(groups.investigating),
        ),
        flags=tuple(_together(groups.flags)),
        conditions=tuple(_together(groups.conditions, most=NAMED)),
        remediations=tuple(_together(_remediations(content, flaw, groups, shelf))),
        threats=tuple(_threats(flaw, groups, language)),
        exploitations=tuple(_attacks(flaw, groups)),
        scores=tuple(_scores(flaw, groups)),
    )


def _together(items: Iterable[Each], *, most: int = 0) -> Iterator[Each]:
    """What is said alike of several products, said once. `most`: of so many at a time; 0: of all."""
    found: dict[Each, list[str]] = {}
    for each in items:
        found.setdefault(replace(each, product_ids=()), []).extend(each.product_ids)
    for each, products in found.items():
        named = tuple(dict.fromkeys(products))
        size = most or len(named)
        for start in range(0, len(named), size):
            yield replace(each, product_ids=named[start : start + size])


def disclosed(flaw: Vulnerability, first_at: datetime) -> datetime | None:
    """When it was public before the maker said it; None where nobody is known to have been earlier."""
    at = datetime.fromisoformat(flaw.public_at) if flaw.public_at else None
    return at if at is not None and at < first_at else None


def _place(groups: _Groups, product: Product, status: Status | None, shelf: Shelf, language: str) -> None:
    if status is None or status.state == "investigating":
        groups.investigating.append(shelf.whole(product.key))
        return
    if status.state == "not_affected":
        whole = shelf.whole(product.key)
        groups.not_affected.append(whole)
        if status.justification in set(Justification):
            groups.flags.append(model.Flag(Justification(status.justification), (whole,)))
        return
    affected = shelf.versions(product.key, status.versions)
    if affected not in groups.affected.setdefault(product.key, []):
        groups.affected[product.key].append(affected)
    condition = saying.exact(status.condition, language)
    if condition:
        groups.conditions.append(model.Condition((affected,), condition))


def _add_fixed(groups: _Groups, standing: Standing, status: Status | None, shelf: Shelf) -> None:
    if status is not None and status.state in CONCERNED:
        for text in fixed_in(standing, status):
            groups.fixed.append(shelf.versions(standing.product.key, Range.exactly(text)))


def fixed_in(standing: Standing, status: Status) -> list[str]:
    """The releases that fix it: as decided in the grid, and as fixes that are ready say."""
    flaw = status.vulnerability
    by_measure = [
        each.release
        for each in standing.of_kind("fix")
        if each.release and (not each.vulnerabilities or flaw in each.vulnerabilities)
    ]
    return [text for text in dict.fromkeys([status.fixed_in, *by_measure]) if text]


def _notes(content: Content, flaw: Vulnerability, language: str, *, has_threat: bool) -> Iterator[model.Note]:
    """`has_threat`: what can happen is said as a threat to what is affected."""
    description = saying.exact(flaw.description, language) or saying.exact(
        content.words.description, language
    )
    said = (
        description
        or saying.in_language(flaw.title, language)
        or saying.in_language(content.words.title, language)
    )
    yield model.Note(NoteCategory.DESCRIPTION, said, gettext("What the problem is"))
    impact = saying.exact(flaw.impact, language)
    if impact and not has_threat:
        yield model.Note(NoteCategory.DETAILS, impact, gettext("What can happen"))


def _threats(flaw: Vulnerability, groups: _Groups, language: str) -> Iterator[model.Threat]:
    """What can happen to what is affected, and attacks, where they are known (3.2.3.14)."""
    impact = saying.exact(flaw.impact, language)
    if impact and groups.affected:
        yield model.Threat(ThreatCategory.IMPACT, impact, groups.all_affected())
    said = saying.exploit_words(flaw.exploit)
    if said:
        yield model.Threat(ThreatCategory.EXPLOIT_STATUS, said, groups.all_affected())


def _attacks(flaw: Vulnerability, groups: _Groups) -> Iterator[model.Exploitation]:
    """The first known attack."""
    affected = groups.all_affected()
    if flaw.attacked_at and flaw.attack_known_at and affected:
        at, known = (datetime.fromisoformat(text) for text in (flaw.attacked_at, flaw.attack_known_at))
        yield model.Exploitation(at, known, affected)


def _source(score: Score, flaw: Vulnerability) -> str:
    """Where somebody else's score stands; "" for our own, and where nobody can look it up."""
    if score.source == "nvd" and flaw.cve:
        return f"https://nvd.nist.gov/vuln/detail/{flaw.cve}"
    text = (flaw.jvn or flaw.jvndb) if score.source == "jvn" else ""
    try:
        return ids.parse(text).url("en") if text else ""
    except Problem:
        return ""


def _scores(flaw: Vulnerability, groups: _Groups) -> Iterator[model.ProductScore]:
    """A product has one score of each version: its own before that of all (6.1.7)."""
    found = sorted(saying.scores_of(flaw), key=lambda score: not score.products)
    scored: set[tuple[str, str]] = set()
    for score in found:
        try:
            read = cvss.parse(score.vector, score.version or None)
        except Problem:
            continue
        named = score.products or list(groups.affected)
        ids = [each for product in named for each in groups.affected.get(product, ())]
        left = tuple(each for each in ids if (score.version[:1], each) not in scored)
        if left:
            scored |= {(score.version[:1], each) for each in left}
            yield model.ProductScore(read, left, _source(score, flaw))


def _remediations(
    content: Content, flaw: Vulnerability, groups: _Groups, shelf: Shelf
) -> Iterator[model.Remediation]:
    for standing in standings(content):
        affected = tuple(groups.affected.get(standing.product.key, ()))
        statuses = [each for each in standing.statuses if each.vulnerability == flaw.id]
        if affected and any(each.state in CONCERNED for each in statuses):
            for each in of_product(standing, statuses[0], flaw, affected, shelf.language):
                release = standing.release if each.kind is RemediationKind.VENDOR_FIX else None
                yield replace(each, date=shelf.released(release.date)) if release else each
    if groups.investigating:
        told = gettext("We are investigating. There will be a new edition when we know.")
        yield model.Remediation(RemediationKind.NONE_AVAILABLE, told, tuple(groups.investigating))


def of_product(
    standing: Standing, status: Status, flaw: Vulnerability, affected: tuple[str, ...], language: str
) -> Iterator[model.Remediation]:
    """What the owner of one product should do about one vulnerability: every format says the same."""
    told = [each for each in standing.measures if not each.vulnerabilities or flaw.id in each.vulnerabilities]
    yield from _asked(told, standing, affected, language)
    is_fixed = standing.release is not None and status not in standing.unfixed
    if standing.release is not None and is_fixed and standing.action is not Action.STOP_USE:
        url = saying.web(standing.release.url) or saying.web(standing.product.page)
        details = update_words(standing, language)
        yield model.Remediation(RemediationKind.VENDOR_FIX, details, affected, url=url)
    elif standing.action is not Action.STOP_USE:
        yield _no_release_yet(status, affected, language)


def of_notice(standing: Standing, language: str) -> Iterator[model.Remediation]:
    """What the owner of a product should do where a notice is about no vulnerability."""
    ids = (standing.product.key,)
    yield from _asked(standing.measures, standing, ids, language)
    if standing.release is not None and standing.action is not Action.STOP_USE:
        yield model.Remediation(RemediationKind.VENDOR_FIX, update_words(standing, language), ids)


def _asked(
    measures: Iterable[Measure], standing: Standing, affected: tuple[str, ...], language: str
) -> Iterator[model.Remediation]:
    """What owners are asked to do beside updating."""
    for measure in measures:
        text = saying.in_language(measure.text, language)
        whole = "\n\n".join(part for part in (text, successor_words(standing, language)) if part)
        if measure.kind == "stop_use":
            asked = whole or gettext("Please stop using it")
            yield model.Remediation(RemediationKind.STOP_USE, asked, affected)
        elif measure.kind == "workaround" and text:
            yield model.Remediation(RemediationKind.WORKAROUND, text, affected)
        elif measure.kind == "replace" and whole:
            yield model.Remediation(RemediationKind.MITIGATION, whole, affected)


def _no_release_yet(status: Status, affected: tuple[str, ...], language: str) -> model.Remediation:
    if status.cannot_fix:
        return model.Remediation(
            RemediationKind.NO_FIX_PLANNED, saying.in_language(status.cannot_fix, language), affected
        )
    wording = saying.in_language(status.planned_wording, language) or gettext("A fix is being prepared.")
    planned = PartialDate.parse(status.planned)
    return model.Remediation(RemediationKind.FIX_PLANNED, wording, affected, planned=planned)


def update_words(standing: Standing, language: str) -> str:
    """What to install, with the release to go through first, and how."""
    release = standing.release
    assert release is not None
    first = gettext("Update to version %(release)s or later.") % {"release": release.text}
    through = gettext("Install version %(release)s first.") % {"release": release.requires}
    parts = [first, through if release.requires else "", saying.in_language(release.how_to_apply, language)]
    return "\n\n".join(part for part in parts if part)


def successor_words(standing: Standing, language: str) -> str:
    if standing.successor is None:
        return ""
    model, called = standing.successor.model, saying.in_language(standing.successor.names, language)
    name = called if model in called else f"{model} {called}".strip()
    if standing.successor.is_not_affected:
        return gettext("Successor, not affected by this vulnerability: %(model)s") % {"model": name}
    return gettext("Successor: %(model)s") % {"model": name}
