"""Codes of triage as the words of the page, and what a page may offer its reader."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, pgettext

from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.firmware_order import Form, Range
from okiagari.standards.localtext import LocalText
from okiagari.triage.rules.levels import LEVELS
from okiagari.web.frame.words import language

VERBS = (
    "triage.judge_first",
    "triage.judge_final",
    "triage.judge_executive",
    "triage.score",
    "triage.rows",
    "triage.decide",
    "triage.hand_over",
)
_SHORT: Mapping[Form, str] = {
    Form.UP_TO: "≤ {high}",
    Form.BEFORE: "< {high}",
    Form.FROM: "≥ {low}",
    Form.BETWEEN: "{low} – {high}",
    Form.EXACTLY: "= {low}",
}


def best(text: LocalText) -> str:
    return text.best(language())


def level_words() -> dict[str, str]:
    words = (
        pgettext("severity", "Low"),
        pgettext("severity", "Medium"),
        pgettext("severity", "High"),
        pgettext("severity", "Severe"),
    )
    return dict(zip(LEVELS, words, strict=True))


def choices(words: Mapping[str, str], codes: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Codes with their words, for a field."""
    return [(code, gettext(words[code])) for code in (words if codes is None else codes)]


def short_range(versions: Range) -> str:
    """The range in a few signs, for a cell: ``< 1.03``."""
    if versions.form is Form.ALL:
        return pgettext("versions, short", "all versions")
    if versions.form is Form.UNKNOWN:
        return pgettext("versions, short", "versions?")
    return _SHORT[versions.form].format(low=versions.low, high=versions.high)


def range_words(versions: Range) -> str:
    return versions.words(language())


def rights(subject: Subject, case: CaseView) -> frozenset[str]:
    """The verbs of this stage the reader may use on the case; none on a closed one."""
    if not case.is_open:
        return frozenset()
    return permits.allowed(subject, case.scope_id, VERBS)
