"""The second language of what lives in the grid and with the measures: conditions, refusals, texts.

In: another language of an advisory that became a case. It writes beside the words of the first, for the same
product and vulnerability, and changes no other fact. What answers to nothing there, or was said by somebody
in the meantime, is left for a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from okiagari.cases.models import Vulnerability
from okiagari.catalog.marks import marks
from okiagari.desk.subjects import Subject
from okiagari.flow.importing import leaving, matching, shelf
from okiagari.flow.importing.matching import SURE
from okiagari.flow.importing.measures import KINDS
from okiagari.flow.models import ForeignDocument
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.remedy import queries as measures
from okiagari.remedy.queries import MeasureView
from okiagari.standards.advisory import Advisory, Flaw, Measure
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage import queries as grids
from okiagari.triage.actions.deciding import Entry
from okiagari.triage.queries import CellView, Grid
from okiagari.triage.queries.values import UNDECIDED
from okiagari.triage.rules.cells import CellChange

Pairs = Sequence[tuple[Vulnerability, Flaw]]
NEVER = "no_fix_planned"


def beside(text: LocalText, language: str, words: str) -> LocalText:
    """One more language; the source stays what it was."""
    return LocalText({**text.texts, language: words}, text.source or language, text.stale) if words else text


def put_words(
    subject: Subject, row: ForeignDocument, said: Advisory, pairs: Pairs, language: str
) -> list[leaving.Left]:
    """Write what has its place. Returns what is left for a person."""
    known = shelf.known(subject)
    found = matching.matches(said.products, known, marks(subject))
    chosen = {each.product: each.targets for each in found if each.confidence in SURE}
    reason = f"{said.tracking_id or row.name} ({row.public_id})"
    left: list[leaving.Left] = []
    for vulnerability, flaw in pairs:
        case_id = str(vulnerability.case.public_id)
        grid = grids.grid(subject, case_id)
        if vulnerability.case.closed_at is not None:
            left += _all(flaw, leaving.CASE_CLOSED)
            continue
        left += _cells(subject, grid, (vulnerability, flaw), chosen, (language, reason))
        left += _measures(subject, case_id, (vulnerability, flaw), chosen, language)
    return left


def _all(flaw: Flaw, why: str) -> Iterator[leaving.Left]:
    name = flaw.cve or flaw.title
    for each in flaw.statements:
        if each.condition:
            yield leaving.Left(f"{name}: condition", each.condition, why)
    for measure in flaw.measures:
        if measure.text:
            yield leaving.Left(f"{name}: {measure.kind}", measure.text, why)


def _cells(
    subject: Subject,
    grid: Grid,
    pair: tuple[Vulnerability, Flaw],
    chosen: Mapping[str, Sequence[str]],
    written: tuple[str, str],
) -> list[leaving.Left]:
    """Conditions, and why there will be no fix, in the cells that say them in another language."""
    vulnerability, flaw = pair
    language, reason = written
    changes: dict[str, CellChange] = {}
    left: list[leaving.Left] = []
    for field, kind, text, targets in _said(flaw, chosen):
        placed = False
        for target in targets:
            cell = grid.cells.get((target, vulnerability.public_id), UNDECIDED)
            change = changes.get(target) or _as_change(cell)
            there: LocalText = getattr(change, field)
            if there.exact(language) == text:
                placed = True
            elif there and language not in there and not (cell.is_inherited or cell.lapsed_at):
                new: dict[str, Any] = {field: beside(there, language, text)}
                changes[target] = replace(change, **new)
                placed = True
        if not placed:
            left.append(leaving.Left(f"{flaw.cve or flaw.title}: {kind}", text, leaving.ONE_LANGUAGE))
    if changes:
        entries = [Entry([(key, vulnerability.public_id)], each, reason) for key, each in changes.items()]
        triage.decide_many(subject, grid.case_id, entries)
    return left


def _said(flaw: Flaw, chosen: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str, Sequence[str]]]:
    """Field of the cell, what it is called, the words, the targets they are about; each once."""
    found: dict[tuple[str, str, str, tuple[str, ...]], None] = {}
    for each in flaw.statements:
        if each.condition:
            found["condition", "condition", each.condition, tuple(chosen.get(each.product, ()))] = None
    for measure in flaw.measures:
        if measure.kind == NEVER and measure.text:
            found["cannot_fix", NEVER, measure.text, tuple(_targets(measure, chosen))] = None
    yield from found


def _as_change(cell: CellView) -> CellChange:
    return CellChange(**{each.name: getattr(cell, each.name) for each in fields(CellChange)})


def _targets(measure: Measure, chosen: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted({key for product in measure.products or chosen for key in chosen.get(product, ())})


def _measures(
    subject: Subject,
    case_id: str,
    pair: tuple[Vulnerability, Flaw],
    chosen: Mapping[str, Sequence[str]],
    language: str,
) -> list[leaving.Left]:
    """The texts of measures, in the order of the document: those of one kind answer to one another."""
    vulnerability, flaw = pair
    rows = [each for each in reversed(measures.measures(subject, case_id)) if _is_of(each, vulnerability)]
    left = []
    for kind in dict.fromkeys(each.kind for each in flaw.measures if each.text and each.kind != NEVER):
        said = _once([each for each in flaw.measures if each.kind == kind and each.text])
        there = _by_text([each for each in rows if each.kind == KINDS.get(kind)])
        for place, each in enumerate(said):
            same = there[place] if len(there) == len(said) else []
            if not _reworded(subject, same, _targets(each, chosen), (language, each.text)):
                why = leaving.ONE_LANGUAGE if kind in KINDS else leaving.NO_PLACE
                left.append(leaving.Left(f"{flaw.cve or flaw.title}: {kind}", each.text, why))
    return left


def _once(said: Sequence[Measure]) -> list[Measure]:
    """Each text once, for the products of all that say it."""
    found: dict[str, Measure] = {}
    for each in said:
        first = found.setdefault(each.text, each)
        if first.products and each.products:
            found[each.text] = replace(first, products=tuple(dict.fromkeys(first.products + each.products)))
    return list(found.values())


def _is_of(view: MeasureView, vulnerability: Vulnerability) -> bool:
    is_live = view.state in ("planned", "ready")
    return is_live and (not view.vulnerabilities or vulnerability.public_id in view.vulnerabilities)


def _by_text(rows: Sequence[MeasureView]) -> list[list[MeasureView]]:
    """Measures that say the same, the oldest first: one remediation became one for each release."""
    found: dict[str, list[MeasureView]] = {}
    for each in rows:
        found.setdefault(str(each.text), []).append(each)
    return list(found.values())


def _reworded(
    subject: Subject, same: Sequence[MeasureView], targets: Sequence[str], said: tuple[str, str]
) -> bool:
    """Whether it is said now in this language, of those targets and no others."""
    language, text = said
    if not same or not all(set(each.targets) <= set(targets) for each in same):
        return False
    for each in same:
        if language in each.text:
            return each.text.exact(language) == text
        try:
            remedy.reword(subject, each.id, text=beside(each.text, language, text))
        except Problem:
            return False
    return True
