"""The facts a template may name, drawn from where they live, in one language.

In: the subject, a case, and where one is answered a report. Out: every placeholder with its value or "".
It reads as the subject: what they may not know is a gap. It never guesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from okiagari.cases import queries as cases
from okiagari.cases.narration import FACT_WORDS
from okiagari.cases.values import CaseView
from okiagari.desk import directory
from okiagari.desk.subjects import Subject
from okiagari.disclose import queries as disclose
from okiagari.flow.letters.rules import Fact
from okiagari.intake import queries as intake
from okiagari.problems import gettext_noop
from okiagari.remedy import queries as remedy
from okiagari.standards.csaf.parts import date_words
from okiagari.triage import queries as triage
from okiagari.triage.rules.levels import LEVEL_WORDS, Level

LABELS: Mapping[str, tuple[str, str]] = {
    "maker": (gettext_noop("name of the maker"), ""),
    "number": (gettext_noop("number of the case"), "overview"),
    "reference": (gettext_noop("their number"), "overview"),
    "report": (gettext_noop("number of the report"), "overview"),
    "received": (gettext_noop("day the report came in"), "overview"),
    "credit": (gettext_noop("name to be credited"), "overview"),
    "title": (gettext_noop("title of the case"), "overview"),
    "summary": (gettext_noop("summary of the case"), "overview"),
    "flaws": (gettext_noop("vulnerabilities"), "overview"),
    "level": (gettext_noop("severity"), "judgement"),
    "attacked": (gettext_noop("what is known of attacks"), "overview"),
    "affected": (gettext_noop("affected products and versions"), "products"),
    "not_affected": (gettext_noop("products not affected"), "products"),
    "investigating": (gettext_noop("products being investigated"), "products"),
    "fixed": (gettext_noop("fixed releases, or when they are planned"), "products"),
    "workaround": (gettext_noop("workarounds"), "measures"),
    "stopped": (gettext_noop("whether shipping is stopped"), "measures"),
    "publication": (gettext_noop("planned date of publication"), "overview"),
    "published": (gettext_noop("when it was published"), "advisory"),
    "advisory_title": (gettext_noop("title of the advisory"), "advisory"),
    "advisory_url": (gettext_noop("address of the advisory"), "advisory"),
    "answers": (gettext_noop("approved questions and answers"), "messages"),
    "next_contact": (gettext_noop("until when we write again"), ""),
}
"""placeholder -> (what it is, tab of the case where it lives)."""
NONE = gettext_noop("none")
NO_ATTACK = gettext_noop("none known")
YES, NO = gettext_noop("yes"), gettext_noop("no")


@dataclass(frozen=True)
class About:
    """What else the letter is about: the report it answers, until when we promise to write again."""

    report: str = ""
    next_contact: datetime | None = None
    audience: str = ""


def gather(subject: Subject, case_id: str, language: str, about: About) -> Mapping[str, Fact]:
    """Every placeholder. Raises NOTHING_HERE."""
    with override(language):
        case = cases.case(subject, case_id)
        values = {
            **_case(case, language),
            **_grid(subject, case, language),
            **_measures(subject, case, language),
            **_advisory(subject, case, language),
            **_report(subject, case, about),
            "maker": _maker(subject, language),
            "answers": _answers(subject, case, language),
            "next_contact": _when(about.next_contact),
        }
        return {
            key: Fact(key, gettext(label), values.get(key, ""), tab) for key, (label, tab) in LABELS.items()
        }


def known(language: str) -> Mapping[str, Fact]:
    """Every placeholder with nothing in it: for whoever edits a template."""
    with override(language):
        return {key: Fact(key, gettext(label), "", tab) for key, (label, tab) in LABELS.items()}


def _when(instant: datetime | None) -> str:
    return timezone.localtime(instant).strftime("%Y-%m-%d %H:%M %Z") if instant else ""


def _list(lines: list[str]) -> str:
    return "\n".join(f"・{line}" for line in lines)


def _case(case: CaseView, language: str) -> dict[str, str]:
    flaws = [each for each in case.vulnerabilities if not each.is_withdrawn]
    reference = next(
        (each.reference for each in case.parties if each.role == "coordinator" and each.reference), ""
    )
    attacks = {fact.kind for flaw in flaws for fact in flaw.facts if not fact.is_withdrawn}
    said = [
        gettext(word) for kind, word in FACT_WORDS.items() if kind in attacks and kind != "public_elsewhere"
    ]
    until = case.embargo.until if case.embargo and case.embargo.state != "ended" else None
    return {
        "number": case.id,
        "reference": reference,
        "title": case.title.best(language),
        "summary": case.summary.best(language),
        "flaws": _list([" ".join(filter(None, (flaw.title.best(language), flaw.cve))) for flaw in flaws]),
        "attacked": gettext(", ").join(said) or gettext(NO_ATTACK),
        "publication": _when(until),
    }


def _grid(subject: Subject, case: CaseView, language: str) -> dict[str, str]:
    grid = triage.grid(subject, case.id)
    affected, fixed, clear, open_ = [], [], [], []
    for row in grid.rows:
        cells = [grid.cell(row.target.key, column.id) for column in grid.columns]
        states = {cell.state for cell in cells}
        name = row.target.key
        hit = [cell for cell in cells if cell.state in ("affected", "fixed")]
        if hit:
            ranges = dict.fromkeys(cell.range.words(language) for cell in hit if cell.range)
            condition = next((cell.condition.best(language) for cell in hit if cell.condition), "")
            words = [name, gettext(", ").join(ranges), f"({condition})" if condition else ""]
            affected.append(" ".join(filter(None, words)))
            fixed.append(f"{name} {_fix(hit, language)}")
        elif states & {"undecided", "investigating"}:
            open_.append(name)
        elif states:
            clear.append(name)
    empty = gettext(NONE) if grid.rows else ""
    level = triage.level(subject, case.id)
    return {
        "affected": _list(affected) or ("" if open_ else empty),
        "fixed": _list(fixed),
        "not_affected": _list(clear) or empty,
        "investigating": _list(open_) or empty,
        "level": gettext(LEVEL_WORDS[Level(level)]) if level else "",
    }


def _fix(cells: "list[triage.CellView]", language: str) -> str:
    for cell in cells:
        if cell.fixed_in:
            return cell.fixed_in[1]
    for cell in cells:
        if cell.cannot_fix:
            return cell.cannot_fix.best(language)
        if cell.planned_wording or cell.planned:
            return cell.planned_wording.best(language) or date_words(cell.planned, language)
    return gettext("being prepared")


def _measures(subject: Subject, case: CaseView, language: str) -> dict[str, str]:
    found = [each for each in remedy.measures(subject, case.id) if each.is_alive]
    words = [
        each.text.best(language) for each in found if each.kind in ("workaround", "stop_use") and each.text
    ]
    stops = any(each.kind == "shipping_stop" and each.state == "ready" for each in found)
    return {"workaround": _list(words), "stopped": gettext(YES) if stops else gettext(NO)}


def _advisory(subject: Subject, case: CaseView, language: str) -> dict[str, str]:
    rows = disclose.advisories(subject, case=case.id, sort="published", limit=5).items
    row = next((each for each in rows if each.published_at), None)
    if row is None:
        return {}
    site = settings.ENVIRONMENT.site_url
    shown = language if language in row.languages else next(iter(row.languages), language)
    return {
        "advisory_title": row.title.best(language),
        "advisory_url": f"{site}/{shown}/{row.tracking_id.lower()}.html",
        "published": _when(row.published_at),
    }


def _report(subject: Subject, case: CaseView, about: About) -> dict[str, str]:
    if not about.report:
        return {}
    report = intake.report(subject, about.report)
    identity = intake.identity(subject, about.report)
    return {
        "report": report.id,
        "received": timezone.localtime(report.received_at).strftime("%Y-%m-%d"),
        "credit": (identity.credit_name or identity.name) if identity else "",
    }


def _maker(subject: Subject, language: str) -> str:
    found = [each for each in directory.organisations(subject) if each.kind == "maker"]
    return found[0].name.best(language) if found else ""


def _answers(subject: Subject, case: CaseView, language: str) -> str:
    found = [each for each in cases.answers(subject, case.id) if each.approved and not each.is_withdrawn]
    pairs = [(each.approved_question.best(language), each.approved.best(language)) for each in found]
    return "\n\n".join(f"Q. {question}\nA. {answer}" for question, answer in pairs)
