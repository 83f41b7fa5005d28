"""Codes of documents as the words of the page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from okiagari.flow.importing.matching import LABELS, WHY, Match
from okiagari.flow.importing.queries import DocumentRow, LeftLine
from okiagari.problems import Problem
from okiagari.standards.advisory import Flaw, Statement
from okiagari.web.frame.words import language

STATES: Mapping[str, Any] = {
    "read": gettext_lazy("Read, nothing made of it"),
    "taken": gettext_lazy("Taken in"),
    "dropped": gettext_lazy("Set aside"),
}
TONES = {"read": "wait", "taken": "ok", "dropped": "off"}
JOURNEYS: Mapping[str, Any] = {
    "own": gettext_lazy("our own, of the past"),
    "supplier": gettext_lazy("a supplier's"),
    "": "",
}
STATED: Mapping[str, Any] = {
    "affected": gettext_lazy("affected"),
    "fixed": gettext_lazy("fixed in"),
    "not_affected": gettext_lazy("not affected"),
    "investigating": gettext_lazy("under investigation"),
    "undecided": gettext_lazy("stays undecided"),
}
CELLS: Mapping[str, Any] = {**STATED, "fixed": gettext_lazy("fixed")}
CONFIDENCE_TONES = {"certain": "ok", "likely": "ok", "possible": "wait", "": "off"}


def row(view: DocumentRow) -> dict[str, object]:
    return {
        "state": STATES[view.state],
        "tone": TONES[view.state],
        "journey": JOURNEYS[view.journey],
    }


def why(line: LeftLine) -> str:
    """Why the line is there, its parameters (marked texts as well) in words."""
    return gettext(line.why) % {name: gettext(text) if text else "" for name, text in line.parameters.items()}


def reason(problem: str | Problem) -> str:
    from okiagari.plumbing import wording

    if isinstance(problem, Problem):
        return wording.told(problem).message
    return gettext(problem) if problem else ""


def match(found: Match) -> dict[str, object]:
    return {
        "tone": CONFIDENCE_TONES[found.confidence.value],
        "label": gettext(LABELS[found.confidence]),
        "why": gettext(WHY[found.why]) if found.why else "",
        "targets": ", ".join(found.targets),
    }


def statement(said: Statement) -> str:
    versions = said.text or (said.versions.words(language()) if said.versions else "")
    return " ".join(part for part in (str(STATED[said.state.value]), versions) if part)


def called(flaw: Flaw, number: int) -> str:
    return flaw.cve or flaw.jvn or flaw.jvndb or flaw.title or str(number)
