"""What people read of the flow, as values: positions, what is missing, what waits, the desk."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.queries import ClockView
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class StepView:
    """One step as the case page shows it. `state`: done, now, todo, skipped."""

    key: str
    label: str
    state: str
    at: datetime | None


@dataclass(frozen=True)
class MissingView:
    """One thing that is missing, in the reader's language."""

    code: str
    text: str
    action: str
    tab: str
    due: datetime | None
    owners: tuple[LocalText, ...]
    is_mine: bool = True
    """Whether it waits for the reader, and not for somebody else."""


@dataclass(frozen=True)
class PositionView:
    case_id: str
    title: LocalText
    kinds: tuple[str, ...]
    step: str
    step_label: str
    steps: tuple[StepView, ...]
    missing: tuple[MissingView, ...]
    due: datetime | None
    level: str
    is_open: bool
    is_on_fire: bool
    is_attacked: bool
    embargo_until: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    changed_at: datetime

    @property
    def next(self) -> MissingView | None:
        return self.missing[0] if self.missing else None


@dataclass(frozen=True)
class PositionPage:
    items: tuple[PositionView, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True)
class WaitView:
    """One line of the desk: what, of which matter, until when, and the one thing to press."""

    kind: str
    key: str
    matter: str
    text: str
    action: str
    tab: str
    due: datetime | None
    is_late: bool
    level: str = ""
    """How bad the case is, where it is one and the reader may know."""


@dataclass(frozen=True)
class DeskView:
    """The first page: what burns, what waits for me, what is late, the clocks of the next days."""

    on_fire: tuple[PositionView, ...]
    waits: tuple[WaitView, ...]
    late: tuple[WaitView, ...]
    clocks: tuple[ClockView, ...]
