"""Remediations of an advisory of the maker's own as measures: those that name targets of the grid."""

from collections.abc import Iterator, Mapping, Sequence

from okiagari.desk.subjects import Subject
from okiagari.flow.importing.frame import words
from okiagari.flow.importing.leaving import NO_PLACE, Left
from okiagari.flow.importing.proposing import Cell
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.standards.advisory import Advisory, Flaw, Measure
from okiagari.standards.localtext import LocalText

KINDS = {"workaround": "workaround", "mitigation": "workaround", "vendor_fix": "fix"}
_IN_CELLS = frozenset({"no_fix_planned"})
"""What the grid says itself: why there will be no fix."""

Settled = tuple[Mapping[str, Sequence[str]], Sequence[str], Sequence[Cell], str]
"""Product -> targets, numbers of the vulnerabilities, proposed cells, language."""


def put_measures(subject: Subject, case_id: str, said: Advisory, settled: Settled) -> list[Left]:
    """Plan each and say it is ready. Returns those that could not be, as what is left."""
    left: list[Left] = []
    for number, flaw in enumerate(said.flaws):
        for measure in flaw.measures:
            try:
                text = _told(measure, said.language, settled[3])
                made = _put(subject, case_id, (number, measure, text), settled)
            except Problem as problem:
                left.append(Left(_place(flaw, measure), f"{measure.text} ({problem.message})", NO_PLACE))
                continue
            if not made and not (measure.kind in _IN_CELLS and _targets(measure, settled)):
                left.append(Left(_place(flaw, measure), f"{measure.text} {measure.url}".strip(), NO_PLACE))
    return left


def _place(flaw: Flaw, measure: Measure) -> str:
    return f"{flaw.cve or flaw.title}: {measure.kind}"


def _targets(measure: Measure, settled: Settled) -> list[str]:
    """The targets it is for: of its products, or of all that are concerned."""
    chosen = settled[0]
    products = measure.products or tuple(chosen)
    concerned = {
        cell.target
        for cell in settled[2]
        if cell.change is not None and cell.change.state in {"affected", "fixed"}
    }
    return sorted({target for product in products for target in chosen.get(product, ())} & concerned)


def _told(measure: Measure, stated: str, language: str) -> LocalText:
    """Its text: in the language chosen, or in all that the document tells apart."""
    if not measure.translations:
        return words({language: measure.text}, language)
    return words({stated: measure.text, **measure.translations}, language)


def _put(subject: Subject, case_id: str, one: tuple[int, Measure, LocalText], settled: Settled) -> bool:
    number, measure, text = one
    kind = KINDS.get(measure.kind, "")
    targets = _targets(measure, settled)
    if not kind or not targets:
        return False
    flaws = [settled[1][number]]
    if kind != "fix":
        made = remedy.plan_measure(
            subject, case_id, kind=kind, targets=targets, text=text, vulnerabilities=flaws
        )
        remedy.ready(subject, made)
        return True
    done = False
    for release, its_targets in _by_release(number, targets, settled[2]):
        made = remedy.plan_measure(
            subject,
            case_id,
            kind=kind,
            targets=its_targets,
            text=text,
            vulnerabilities=flaws,
            release=release,
        )
        _ready_if_out(subject, made)
        done = True
    return done


def _by_release(
    number: int, targets: Sequence[str], cells: Sequence[Cell]
) -> Iterator[tuple[tuple[str, str], list[str]]]:
    found: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        fixed = cell.change.fixed_in if cell.change is not None else None
        if cell.flaw == number and cell.target in targets and fixed is not None:
            found.setdefault(fixed, []).append(cell.target)
    yield from found.items()


def _ready_if_out(subject: Subject, made: str) -> None:
    """A fix whose release is not public here stays planned: nobody could install it."""
    try:
        remedy.ready(subject, made)
    except Problem as problem:
        if problem.code != "remedy.no_release":
            raise
