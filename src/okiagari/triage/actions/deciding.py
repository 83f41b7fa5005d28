"""Setting cells of the grid, as many as are chosen: one request, one transaction, one line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog import queries as catalog
from okiagari.catalog.models import Release
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ids
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.firmware_order import Range
from okiagari.triage.actions.common import vulnerabilities_of, write
from okiagari.triage.actions.rows import ROW_NOT_THERE
from okiagari.triage.actions.sheet import turning
from okiagari.triage.models import Decision, Row, Ruling, Sheet
from okiagari.triage.rules.cells import CellChange, CellState, Place, checked, settled

NO_CELLS = define(
    "triage.no_cells",
    Kind.INVALID,
    gettext_noop("No cell is chosen."),
    gettext_noop("Choose the cells that the decision is for."),
)
BATCH = 500
Cell = tuple[str, str]


@dataclass(frozen=True)
class _Where:
    """A row with what the rules need to know of it."""

    row: Row
    place: Place
    releases: dict[str, int]


@dataclass(frozen=True)
class _Standing:
    """The decision that stands in a cell, with its versions."""

    pk: int
    versions: Mapping[str, object] | None


@dataclass(frozen=True)
class _Deed:
    subject: Subject
    case: Case
    sheet: Sheet
    change: CellChange
    reason: str


_Key = tuple[int, int]


def decide(
    subject: Subject,
    case_id: str,
    *,
    cells: Sequence[Cell],
    change: CellChange,
    reason: str = "",
    version: int | None = None,
) -> int:
    """Decide cells (target key, vulnerability id) alike. Returns the new version of the grid.

    Nothing is saved unless all of it can be. Raises what `rules.cells.checked` raises, ROW_NOT_THERE,
    STALE. `change.state` "undecided" takes decisions back.
    """
    chosen = list(dict.fromkeys((target, ids.folded(vulnerability)) for target, vulnerability in cells))
    if not chosen:
        raise NO_CELLS().at("cells")
    with turning(subject, "triage.decide", case_id, version=version) as (case, sheet):
        columns = vulnerabilities_of(case, [vulnerability for _, vulnerability in chosen])
        places = _places(case, [target for target, _ in chosen], change)
        checked(change, [where.place for where in places.values()], reason)
        before = _current(places.values(), columns.values())
        _replace([before[key].pk for key in _keys(chosen, places, columns) if key in before], sheet)
        if change.state != CellState.UNDECIDED:
            deed = _Deed(subject, case, sheet, change, reason.strip())
            _put(deed, chosen, places, columns, before)
        write(subject, case, "triage.decided", _facts(chosen, change, reason, sheet))
    return sheet.version


def _places(case: Case, targets: Iterable[str], change: CellChange) -> dict[str, _Where]:
    """The rows of these targets, each with the order of its firmware line where the change names versions."""
    wanted = set(targets)
    rows = Row.objects.filter(case=case, removed_at__isnull=True, target__key__in=wanted)
    found = {row.target.key: row for row in rows.select_related("target__line")}
    for target in sorted(wanted - set(found)):
        raise ROW_NOT_THERE(target=target).at("cells")
    keys = {key: row.target.line.key if row.target.line else "" for key, row in found.items()}
    wants_lines = change.state == CellState.FIXED or (change.range is not None and change.range.ends)
    lines = catalog.lines_named(SYSTEM, sorted({key for key in keys.values() if key})) if wants_lines else {}
    orders = {key: line.order() for key, line in lines.items()}
    pks: dict[str, dict[str, int]] = {}
    for key, text, pk in Release.objects.filter(line__key__in=list(lines)).values_list(
        "line__key", "text", "pk"
    ):
        pks.setdefault(key, {})[text] = pk
    return {
        target: _Where(row, Place(target, keys[target], orders.get(keys[target])), pks.get(keys[target], {}))
        for target, row in found.items()
    }


def _current(places: Iterable[_Where], columns: Iterable[Vulnerability]) -> dict[_Key, _Standing]:
    standing = Decision.objects.filter(
        row__in=[where.row.pk for where in places],
        vulnerability__in=[column.pk for column in columns],
        replaced_at__isnull=True,
    )
    found = standing.values_list("pk", "row_id", "vulnerability_id", "ruling__range")
    return {(row, vulnerability): _Standing(pk, versions) for pk, row, vulnerability, versions in found}


def _keys(
    chosen: Sequence[Cell], places: Mapping[str, _Where], columns: Mapping[str, Vulnerability]
) -> list[_Key]:
    return [(places[target].row.pk, columns[vulnerability].pk) for target, vulnerability in chosen]


def _replace(pks: Sequence[int], sheet: Sheet) -> None:
    for start in range(0, len(pks), BATCH):
        Decision.objects.filter(pk__in=pks[start : start + BATCH]).update(
            replaced_at=clock.now(), replaced_in=sheet.version
        )


def _put(
    deed: _Deed,
    chosen: Sequence[Cell],
    places: Mapping[str, _Where],
    columns: Mapping[str, Vulnerability],
    before: Mapping[_Key, _Standing],
) -> None:
    """One ruling for each content that comes out (ranges differ by line), a decision for each cell."""
    rulings: dict[tuple[int | None, str], Ruling] = {}
    decisions = []
    for key, (target, _) in zip(_keys(chosen, places, columns), chosen, strict=True):
        where = places[target]
        earlier = before[key].versions if key in before else None
        content = settled(deed.change, where.place, Range.from_json(earlier) if earlier else None)
        release = where.releases.get(content.fixed_in[1]) if content.fixed_in else None
        same = (release, str(content.range.to_json()) if content.range else "")
        if same not in rulings:
            rulings[same] = _ruling(deed, content, release)
        row, vulnerability = key
        decisions.append(
            Decision(
                row_id=row,
                vulnerability_id=vulnerability,
                scope_id=deed.case.scope_id,
                ruling=rulings[same],
            )
        )
    Decision.objects.bulk_create(decisions, batch_size=BATCH)


def _ruling(deed: _Deed, content: CellChange, release: int | None) -> Ruling:
    return Ruling.objects.create(
        case=deed.case,
        scope_id=deed.case.scope_id,
        state=content.state,
        range=content.range.to_json() if content.range else {},
        condition=content.condition,
        justification=content.justification,
        note=content.note,
        fixed_in_id=release,
        verification=dict(content.verification),
        planned=content.planned,
        planned_confidence=content.planned_confidence,
        planned_wording=content.planned_wording,
        cannot_fix=content.cannot_fix,
        reason=deed.reason,
        at=clock.now(),
        by_id=deed.subject.person_id,
        sheet=deed.sheet.version,
    )


def _facts(chosen: Sequence[Cell], change: CellChange, reason: str, sheet: Sheet) -> dict[str, object]:
    """What the line keeps: the cells by row, and the change in full."""
    rows: dict[str, list[str]] = {}
    for target, vulnerability in chosen:
        rows.setdefault(target, []).append(vulnerability)
    return {
        "cells": rows,
        "count": len(chosen),
        "targets": list(rows)[:8] + ([" …"] if len(rows) > 8 else []),
        "state": change.state,
        "range": change.range.to_json() if change.range else None,
        "condition": change.condition.to_json() if change.condition else None,
        "justification": change.justification,
        "note": change.note.to_json() if change.note else None,
        "fixed_in": list(change.fixed_in) if change.fixed_in else None,
        "verification": dict(change.verification),
        "planned": str(change.planned),
        "planned_confidence": change.planned_confidence,
        "cannot_fix": change.cannot_fix.to_json() if change.cannot_fix else None,
        "reason": reason.strip(),
        "grid": sheet.version,
    }
