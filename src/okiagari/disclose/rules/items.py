"""What an advisory must say, and what it still lacks, per language.

In: a content. Out: one `Item` per thing an advisory has to say (Early Warning Partnership: affected
products and versions, countermeasure, fixed version, how to get it; CRA Annex I part II; more for a
product that can no longer be fixed). Required ones hold an advisory back, advisable ones do not.
Japanese may go first: a language that lacks something required simply follows later. An edition that says "we
are investigating" may go out with what is known: what is not known yet would help and is not demanded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from okiagari.disclose.rules.content import Content, Measure, Texts
from okiagari.disclose.rules.progress import Stage, progress
from okiagari.disclose.rules.standing import CONCERNED, Action, Standing, standings
from okiagari.problems import gettext_noop


class State(StrEnum):
    PRESENT = "present"
    MISSING = "missing"
    COMPUTED = "computed"


@dataclass(frozen=True)
class Item:
    """One thing to say. `language` is "" where it is the same in every language.

    `of` names the product or vulnerability it is about; `place` is where it is put right: "words", or
    the tab of the case, or "catalogue".
    """

    code: str
    label: str
    state: State
    is_required: bool = True
    language: str = ""
    of: str = ""
    place: str = "words"

    @property
    def is_missing(self) -> bool:
        return self.state is State.MISSING


LABELS: Mapping[str, str] = {
    "title": gettext_noop("Title"),
    "tracking_id": gettext_noop("Document id"),
    "dates": gettext_noop("First and last publication date"),
    "history": gettext_noop("Revision history"),
    "summary": gettext_noop("Summary"),
    "description": gettext_noop("What the problem is"),
    "impact": gettext_noop("What can happen, also to others"),
    "advice": gettext_noop("Advice meanwhile"),
    "contact": gettext_noop("Contact"),
    "products": gettext_noop("Affected products"),
    "decided": gettext_noop("Affected or not"),
    "versions": gettext_noop("Affected versions"),
    "condition": gettext_noop("Condition under which it is affected"),
    "find_model": gettext_noop("How to tell the model"),
    "find_version": gettext_noop("How to tell the version"),
    "severity": gettext_noop("Severity (CVSS)"),
    "measure": gettext_noop("What the owner should do"),
    "fixed_version": gettext_noop("Fixed version"),
    "download": gettext_noop("Download link"),
    "checksum": gettext_noop("Checksum of the download"),
    "how_to_apply": gettext_noop("How to apply the fix"),
    "workaround": gettext_noop("Workaround"),
    "stop_use": gettext_noop("Request to stop using it"),
    "successor": gettext_noop("Successor"),
    "successor_not_affected": gettext_noop("Successor known not to be affected"),
    "end_of_sales": gettext_noop("End of sales"),
    "end_of_security_support": gettext_noop("End of security support"),
    "references": gettext_noop("References (JVN, CVE)"),
    "credit": gettext_noop("Credit, with consent"),
}


@dataclass
class _List:
    """`is_early`: said while products are still looked into."""

    languages: tuple[str, ...]
    is_early: bool = False
    items: list[Item] = field(default_factory=list)

    def fact(self, code: str, given: object, *, required: bool = True, of: str = "", place: str) -> None:
        state = State.PRESENT if given else State.MISSING
        self.items.append(Item(code, LABELS[code], state, required, of=of, place=place))

    def computed(self, code: str) -> None:
        self.items.append(Item(code, LABELS[code], State.COMPUTED, place="computed"))

    def text(
        self, code: str, given: Texts, *, required: bool = True, of: str = "", place: str = "words"
    ) -> None:
        for language in self.languages:
            state = State.PRESENT if given.get(language, "").strip() else State.MISSING
            self.items.append(Item(code, LABELS[code], state, required, language, of, place))


def items(content: Content, languages: Iterable[str] | None = None) -> tuple[Item, ...]:
    """Everything this advisory has to say, each with whether it does."""
    found = _List(tuple(languages if languages is not None else content.languages), is_early(content))
    found.computed("tracking_id")
    found.computed("dates")
    found.computed("history")
    words = content.words
    for code in ("title", "summary", "contact"):
        found.text(code, getattr(words, code))
    _flaws(found, content)
    if content.kind in {"vulnerability", "end_of_support"}:
        found.fact("products", content.products, required=not found.is_early, place="products")
    for standing in standings(content):
        _standing(found, standing)
    found.fact("references", content.references or _has_ids(content), required=False, place="words")
    found.fact("credit", content.credits, required=False, place="messages")
    return tuple(found.items)


def is_early(content: Content) -> bool:
    """Does it say "we are investigating"?"""
    return progress(content).stage is Stage.INVESTIGATING or content.phase == "investigating"


def missing(content: Content, languages: Iterable[str] | None = None) -> tuple[Item, ...]:
    return tuple(item for item in items(content, languages) if item.is_missing)


def ready_languages(content: Content) -> tuple[str, ...]:
    """The languages in which nothing required is missing and no word is older than its source."""
    lacking = [item for item in missing(content) if item.is_required and item.language]
    late = {item.language for item in lacking} | set(content.words.stale)
    return tuple(language for language in content.languages if language not in late)


def _has_ids(content: Content) -> bool:
    return any(each.cve or each.jvn or each.jvndb for each in content.vulnerabilities)


def _flaws(found: _List, content: Content) -> None:
    """Description and impact: said of the whole, or of each vulnerability where it lives."""
    for code in ("description", "impact"):
        of_all: Texts = getattr(content.words, code)
        of_each = [getattr(each, code) for each in content.vulnerabilities]
        said = {
            language: of_all.get(language, "") or _in_all(of_each, language) for language in found.languages
        }
        is_required = content.kind in {"vulnerability", "end_of_support"} and not found.is_early
        found.text(code, said, required=is_required)
    for flaw in content.vulnerabilities:
        found.fact(
            "severity", flaw.scores, required=False, of=flaw.cve or flaw.jvn or flaw.id, place="judgement"
        )


def _in_all(texts: list[Texts], language: str) -> str:
    said = [text.get(language, "") for text in texts]
    return said[0] if said and all(said) else ""


def _standing(found: _List, standing: Standing) -> None:
    of = standing.product.key
    if standing.undecided:
        found.fact("decided", None, required=False, of=of, place="products")
    if not standing.is_concerned:
        return
    _concerned(found, standing, of)
    if standing.action is Action.UPDATE:
        _update(found, standing, of)
    elif standing.action is Action.STOP_USE:
        _stop_use(found, standing, of)
    for measure in standing.of_kind("workaround"):
        found.text("workaround", measure.text, of=of, place="measures")
    if standing.action is Action.WAIT:
        found.fact("measure", standing.planned, required=not found.is_early, of=of, place="measures")


def _concerned(found: _List, standing: Standing, of: str) -> None:
    for status in standing.statuses:
        if status.state not in CONCERNED:
            continue
        is_known = status.versions and status.versions.is_known
        found.fact("versions", is_known, required=not found.is_early, of=of, place="products")
        if status.condition:
            found.text("condition", status.condition, of=of, place="products")
    found.text("find_model", standing.product.find_model, required=False, of=of, place="catalogue")
    if standing.product.line and standing.action is not Action.STOP_USE:
        found.text("find_version", standing.product.find_version, required=False, of=of, place="catalogue")


def _update(found: _List, standing: Standing, of: str) -> None:
    release = standing.release
    assert release is not None
    found.fact("fixed_version", release.text, of=of, place="products")
    found.fact("download", release.url or standing.product.page, of=of, place="catalogue")
    found.fact("checksum", release.sha256, required=False, of=of, place="catalogue")
    found.text("how_to_apply", release.how_to_apply, of=of, place="catalogue")


def _stop_use(found: _List, standing: Standing, of: str) -> None:
    found.text("stop_use", _first(standing.of_kind("stop_use")), of=of, place="measures")
    found.fact("successor", standing.successor, required=False, of=of, place="measures")
    if standing.successor is not None:
        found.fact("successor_not_affected", standing.successor.is_not_affected, of=of, place="products")
    for kind in ("end_of_sales", "end_of_security_support"):
        found.fact(kind, standing.product.support.get(kind), required=False, of=of, place="catalogue")


def _first(measures: tuple[Measure, ...]) -> Texts:
    return measures[0].text if measures else {}
