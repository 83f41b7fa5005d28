"""The values of the grid as they leave this room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from okiagari.catalog.queries import TargetView
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.rules.cells import CellState

_NONE = LocalText()
_NO_DATE = PartialDate()


@dataclass(frozen=True)
class CellView:
    """What one cell says. Undecided ones have nothing but their state.

    `is_inherited`: its group says it. `carried_from`: the product it was taken over from. `lapsed_at`: the
    releases that came later and of which nobody has said whether it holds.
    """

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
    is_inherited: bool = False
    carried_from: str = ""
    lapsed_at: tuple[str, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Settled: neither undecided nor still being looked into."""
        return self.state not in {CellState.UNDECIDED, CellState.INVESTIGATING}

    @property
    def is_open(self) -> bool:
        """Somebody still has to say: undecided, or lapsed at a later release."""
        return self.state == CellState.UNDECIDED or bool(self.lapsed_at)


UNDECIDED = CellView()


@dataclass(frozen=True)
class GridRow:
    """One row. `team` owns it: the product's, or the one it was handed over to."""

    target: TargetView
    due_at: datetime | None = None
    added_at: datetime | None = None
    added_reason: str = ""
    removed_at: datetime | None = None
    removed_reason: str = ""
    team: str = ""
    team_name: LocalText = _NONE
    team_principal: int | None = None
    is_handed_over: bool = False
    group: str = ""


@dataclass(frozen=True)
class Column:
    id: str
    title: LocalText
    cve: str


@dataclass(frozen=True)
class GroupView:
    """Rows that share their decisions. `says`: what the group says, by vulnerability."""

    key: str
    by: str
    value: str
    says: Mapping[str, str]


@dataclass(frozen=True)
class Grid:
    """Every cell of rows x columns, keyed by (target key, vulnerability id). `version` is the grid's own."""

    case_id: str
    version: int
    rows: tuple[GridRow, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], CellView]
    groups: Mapping[str, GroupView] = field(default_factory=dict)

    def cell(self, target: str, vulnerability: str) -> CellView:
        return self.cells[target, vulnerability]

    def count(self, *states: str) -> int:
        return sum(cell.state in states for cell in self.cells.values())


@dataclass(frozen=True)
class SelectionView:
    """A search rule with what it found and what was left out: (target, reason, approver).

    `template`: the saved rule it came from, with its version. `found_now`, `gone_now`: what the rule would
    find today and did not then, and the other way round.
    """

    rule: Mapping[str, object]
    found: tuple[str, ...]
    excluded: tuple[tuple[str, str, str], ...]
    frozen_at: datetime
    by: LocalText
    template: str = ""
    found_now: tuple[str, ...] = ()
    gone_now: tuple[str, ...] = ()
