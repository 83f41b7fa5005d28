"""What has to be done about a decided grid, and what is lacking. Pure.

In: cells of the grid and measures as plain values. Out: gaps. "Not yet" (no fix so far) asks for a plan;
"never" (why it cannot be fixed is recorded) with no workaround demands the request to stop using it,
whatever else was decided: neither a replacement offer nor an accepted risk stands in for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    FIX = "fix"
    WORKAROUND = "workaround"
    STOP_USE = "stop_use"
    REPLACE = "replace"
    ACCEPT = "accept"
    SHIPPING_STOP = "shipping_stop"
    RECALL = "recall"
    REWORK = "rework"
    CUT_IN = "cut_in"


PROTECTING = frozenset({Kind.FIX, Kind.WORKAROUND, Kind.STOP_USE, Kind.REPLACE})
STOCKED = frozenset({Kind.RECALL, Kind.REWORK})
STOPPING = frozenset({Kind.SHIPPING_STOP, Kind.RECALL, Kind.REWORK, Kind.CUT_IN})
ALIVE = frozenset({"planned", "ready"})


@dataclass(frozen=True)
class Cell:
    """One decided cell. `can_fix` is False where why it cannot be fixed is recorded."""

    target: str
    vulnerability: str
    state: str
    can_fix: bool = True
    has_release: bool = False


@dataclass(frozen=True)
class Have:
    """One measure, as far as a gap needs to know."""

    kind: Kind
    state: str
    targets: frozenset[str]
    vulnerabilities: frozenset[str]
    is_approved: bool = False
    expires_at: datetime | None = None

    def covers(self, cell: Cell) -> bool:
        about = not self.vulnerabilities or cell.vulnerability in self.vulnerabilities
        return about and cell.target in self.targets


class Lack(StrEnum):
    """What a cell lacks; the first is the loudest."""

    STOP_USE = "stop_use"
    MEASURE = "measure"
    APPROVAL = "approval"
    EXPIRED = "expired"
    READY = "ready"


@dataclass(frozen=True)
class Gap:
    target: str
    lack: Lack
    vulnerabilities: tuple[str, ...]


def plan_gaps(cells: Iterable[Cell], measures: Iterable[Have], now: datetime) -> tuple[Gap, ...]:
    """What is not even planned, one gap per target and lack."""
    return _gaps(cells, tuple(measures), now, ready=False)


def ready_gaps(cells: Iterable[Cell], measures: Iterable[Have], now: datetime) -> tuple[Gap, ...]:
    """What is not ready to be published, one gap per target and lack."""
    return _gaps(cells, tuple(measures), now, ready=True)


def _gaps(
    cells: Iterable[Cell], measures: tuple[Have, ...], now: datetime, *, ready: bool
) -> tuple[Gap, ...]:
    found: dict[tuple[str, Lack], list[str]] = {}
    for cell in cells:
        if cell.state not in {"affected", "fixed"}:
            continue
        lack = _lack(cell, [each for each in measures if each.covers(cell)], now, ready=ready)
        if lack:
            found.setdefault((cell.target, lack), []).append(cell.vulnerability)
    gaps = [Gap(target, lack, tuple(flaws)) for (target, lack), flaws in found.items()]
    return tuple(sorted(gaps, key=lambda gap: tuple(Lack).index(gap.lack)))


def _lack(cell: Cell, measures: list[Have], now: datetime, *, ready: bool) -> Lack | None:
    alive = [each for each in measures if each.state in ALIVE]
    counted = [each for each in alive if each.state == "ready"] if ready else alive
    kinds = {each.kind for each in counted}
    if not cell.can_fix:
        if kinds & {Kind.STOP_USE, Kind.WORKAROUND}:
            return None
        planned = {each.kind for each in alive} & {Kind.STOP_USE, Kind.WORKAROUND}
        return Lack.READY if planned else Lack.STOP_USE
    if cell.has_release or kinds & PROTECTING:
        return None
    accepted = [each for each in alive if each.kind is Kind.ACCEPT]
    if accepted:
        return _acceptance(accepted, now)
    return Lack.READY if ready and {each.kind for each in alive} & PROTECTING else Lack.MEASURE


def _acceptance(accepted: list[Have], now: datetime) -> Lack | None:
    """An accepted risk holds while somebody else approved it and its time has not run out."""
    approved = [each for each in accepted if each.is_approved]
    if not approved:
        return Lack.APPROVAL
    if any(each.expires_at and each.expires_at > now for each in approved):
        return None
    return Lack.EXPIRED
