"""The grid: rows, columns, and what was decided of each pair, now and before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q

from okiagari.cases.models import Case, Vulnerability
from okiagari.cases.reading import readable
from okiagari.catalog import queries as catalog
from okiagari.catalog.queries import TargetView
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import ids
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.models import Decision, Row, Ruling, Selection, Sheet
from okiagari.triage.rules.cells import CellState

_NONE = LocalText()
_NO_DATE = PartialDate()


@dataclass(frozen=True)
class CellView:
    """What one cell says. Undecided ones have nothing but their state."""

    state: str = CellState.UNDECIDED.value
    range: Range | None = None
    condition: LocalText = _NONE
    justification: str = ""
    note: LocalText = _NONE
    fixed_in: tuple[str, str] | None = None
    verification: Mapping[str, str] = field(default_factory=dict)
    planned: PartialDate = _NO_DATE
    planned_confidence: str = ""
    planned_wording: LocalText = _NONE
    cannot_fix: LocalText = _NONE
    reason: str = ""
    at: datetime | None = None
    by: LocalText = _NONE
    sheet: int = 0
    replaced_at: datetime | None = None

    @property
    def is_decided(self) -> bool:
        """Settled: neither undecided nor still being looked into."""
        return self.state not in {CellState.UNDECIDED, CellState.INVESTIGATING}


UNDECIDED = CellView()


@dataclass(frozen=True)
class GridRow:
    target: TargetView
    due_at: datetime | None = None
    added_at: datetime | None = None
    added_reason: str = ""
    removed_at: datetime | None = None
    removed_reason: str = ""


@dataclass(frozen=True)
class Column:
    id: str
    title: LocalText
    cve: str


@dataclass(frozen=True)
class Grid:
    """Every cell of rows x columns, keyed by (target key, vulnerability id). `version` is the grid's own."""

    case_id: str
    version: int
    rows: tuple[GridRow, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], CellView]

    def cell(self, target: str, vulnerability: str) -> CellView:
        return self.cells[target, vulnerability]

    def count(self, *states: str) -> int:
        return sum(cell.state in states for cell in self.cells.values())


@dataclass(frozen=True)
class SelectionView:
    """A search rule with what it found and what was left out: (target, reason, approver)."""

    rule: Mapping[str, object]
    found: tuple[str, ...]
    excluded: tuple[tuple[str, str, str], ...]
    frozen_at: datetime
    by: LocalText


def grid(subject: Subject, case_id: str) -> Grid:
    """The grid as it stands. The number of queries does not depend on its size."""
    case = readable(subject, case_id, "cases.inside")
    rows = _rows(case, is_removed=False)
    flaws = Vulnerability.objects.filter(case=case, withdrawn_at__isnull=True).order_by("position", "pk")
    columns = tuple(Column(row.public_id, row.title, row.cve) for row in flaws)
    cells = {(row.target.key, column.id): UNDECIDED for row in rows for column in columns}
    cells |= {key: view for key, view in _standing(case).items() if key in cells}
    version = Sheet.objects.filter(case=case).values_list("version", flat=True).first()
    return Grid(case.public_id, version or 0, rows, columns, cells)


def _rows(case: Case, *, is_removed: bool) -> tuple[GridRow, ...]:
    found = Row.objects.filter(
        case=case, scope_id=case.scope_id, removed_at__isnull=not is_removed
    ).select_related("target")
    rows = {row.target.key: row for row in found}
    views = catalog.targets(SYSTEM, list(rows)) if rows else ()
    ordered = sorted(views, key=lambda view: (view.family or view.model, view.model, view.key))
    return tuple(_row(rows[view.key], view) for view in ordered)


def _row(row: Row, view: TargetView) -> GridRow:
    return GridRow(view, row.due_at, row.added_at, row.added_reason, row.removed_at, row.removed_reason)


def _standing(case: Case) -> dict[tuple[str, str], CellView]:
    """What is decided now. Cells set by one deed share one value."""
    found = Decision.objects.filter(row__case=case, scope_id=case.scope_id, replaced_at__isnull=True)
    cells = list(found.values_list("row__target__key", "vulnerability__public_id", "ruling_id"))
    rulings = Ruling.objects.filter(pk__in={ruling for _, _, ruling in cells})
    views = {row.pk: _cell(row) for row in rulings.select_related("fixed_in__line", "by")}
    return {(target, vulnerability): views[ruling] for target, vulnerability, ruling in cells}


def _cell(row: Ruling) -> CellView:
    return CellView(
        state=row.state,
        range=Range.from_json(row.range) if row.range else None,
        condition=row.condition,
        justification=row.justification,
        note=row.note,
        fixed_in=(row.fixed_in.line.key, row.fixed_in.text) if row.fixed_in else None,
        verification=row.verification or {},
        planned=row.planned,
        planned_confidence=row.planned_confidence,
        planned_wording=row.planned_wording,
        cannot_fix=row.cannot_fix,
        reason=row.reason,
        at=row.at,
        by=row.by.name if row.by else _NONE,
        sheet=row.sheet,
    )


def decision_history(subject: Subject, case_id: str, target: str, vulnerability: str) -> tuple[CellView, ...]:
    """Everything ever decided of one cell, newest first."""
    case = readable(subject, case_id, "cases.inside")
    found = Decision.objects.filter(
        row__case=case,
        scope_id=case.scope_id,
        row__target__key=target,
        vulnerability__public_id=ids.folded(vulnerability),
    )
    ordered = found.select_related("ruling__fixed_in__line", "ruling__by").order_by("-pk")
    return tuple(replace(_cell(each.ruling), replaced_at=each.replaced_at) for each in ordered)


def changed_cells(subject: Subject, case_id: str, since: int) -> frozenset[tuple[str, str]]:
    """The cells somebody changed after this version of the grid."""
    case = readable(subject, case_id, "cases.inside")
    later = Q(ruling__sheet__gt=since) | Q(replaced_in__gt=since)
    found = Decision.objects.filter(later, row__case=case, scope_id=case.scope_id)
    return frozenset(found.values_list("row__target__key", "vulnerability__public_id"))


def removed_rows(subject: Subject, case_id: str) -> tuple[GridRow, ...]:
    """Rows that were taken out, with when and why."""
    return _rows(readable(subject, case_id, "cases.inside"), is_removed=True)


def selections(subject: Subject, case_id: str) -> tuple[SelectionView, ...]:
    """The frozen search rules, newest first."""
    case = readable(subject, case_id, "cases.inside")
    rows = Selection.objects.filter(case=case, scope_id=case.scope_id).select_related("by")
    return tuple(
        SelectionView(
            rule=dict(row.rule),
            found=tuple(row.found),
            excluded=tuple((each["target"], each["reason"], each["approver"]) for each in row.excluded),
            frozen_at=row.frozen_at,
            by=row.by.name if row.by else _NONE,
        )
        for row in rows.order_by("-frozen_at", "-pk")
    )
