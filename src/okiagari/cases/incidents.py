"""The values of incidents and of the maker's own clocks that leave this room."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.values import Name
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class CountView:
    """How many were affected, as far as known then. `is_newest`: the one that counts."""

    of: str
    number: int
    certainty: str
    country: str
    source: str
    at: datetime
    by: Name | None
    is_newest: bool


@dataclass(frozen=True)
class SystemView:
    """How it is with one of our systems. `state`: of `rules.SYSTEM_STATES`."""

    key: str
    name: LocalText
    slug: str
    state: str
    note: str
    since: datetime
    by: Name | None


@dataclass(frozen=True)
class IncidentView:
    """What is known of an incident. `part`: the part of the case it stands in, "" where it is shared."""

    occurred_at: datetime | None
    detected_at: datetime | None
    aware_at: datetime | None
    detected_how: str
    unlawful: str
    personal_data: str
    data_aware_at: datetime | None
    categories: tuple[str, ...]
    countries: tuple[str, ...]
    consequences: LocalText
    contained_at: datetime | None
    contained_by: str
    contained_how: LocalText
    still_open: LocalText
    restored_at: datetime | None
    severe_verdict: str
    severe_reason: str
    severe_aware_at: datetime | None
    severe_by: Name | None
    counts: tuple[CountView, ...]
    systems: tuple[SystemView, ...]
    part: str


@dataclass(frozen=True)
class OwnRuleView:
    """A clock of our own. `rule`: by which name clocks are started."""

    key: str
    rule: str
    name: LocalText
    anchor: str
    count: int
    unit: str
    zone: str
    source: str
    is_movable: bool
    is_automatic: bool
    kinds: tuple[str, ...]
    is_retired: bool
