"""The measures that are ready, and what to use instead."""

from collections.abc import Iterable

from okiagari.catalog import queries as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.rules.content import Measure, Successor
from okiagari.remedy import queries as remedy
from okiagari.remedy.queries import MeasureView
from okiagari.triage.queries import Grid

TOLD = frozenset({"fix", "workaround", "stop_use", "replace"})


def views(case_ids: Iterable[str]) -> list[MeasureView]:
    """All measures of the cases."""
    return [each for case_id in case_ids for each in remedy.measures(SYSTEM, case_id)]


def measures(found: Iterable[MeasureView], chosen: frozenset[str]) -> list[Measure]:
    """Ready measures for owners; what the maker does inside (shipping stop, accepted risk) is not told."""
    told = [
        _measure(each)
        for each in found
        if each.kind in TOLD
        and each.state == "ready"
        and (not each.vulnerabilities or chosen & set(each.vulnerabilities) or not chosen)
    ]
    return sorted(told, key=lambda each: each.id)


def plans(found: Iterable[MeasureView]) -> list[MeasureView]:
    """Fixes to come, of which it is said when, in words for the public or as a date."""
    return [
        each
        for each in found
        if each.kind == "fix" and each.state == "planned" and (each.planned or each.planned_wording.texts)
    ]


def _measure(view: MeasureView) -> Measure:
    line, release = view.release or ("", "")
    return Measure(
        id=view.id,
        kind=view.kind,
        text=dict(view.text.texts),
        products=list(view.targets),
        vulnerabilities=list(view.vulnerabilities),
        line=line,
        release=release,
        successor=view.successor,
    )


def successors(told: Iterable[Measure], grids: Iterable[Grid], chosen: frozenset[str]) -> list[Successor]:
    """Each successor named, and whether the same cases decided that it is not affected."""
    wanted = sorted({each.successor for each in told if each.successor})
    found = catalog.products_named(SYSTEM, wanted)
    known = list(grids)
    return [
        Successor(
            model=model,
            names=dict(found[model].names.texts) if model in found else {},
            page=found[model].page if model in found else "",
            is_not_affected=_is_not_affected(model, known, chosen),
        )
        for model in wanted
    ]


def _is_not_affected(model: str, grids: list[Grid], chosen: frozenset[str]) -> bool:
    states = {
        (row.target.key, column.id): grid.cell(row.target.key, column.id).state
        for grid in grids
        for row in grid.rows
        for column in grid.columns
        if row.target.model == model and column.id in chosen
    }
    return bool(states) and set(states.values()) == {"not_affected"}
