"""The values that leave this room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.disclose.naming import Name
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class ApprovalView:
    """A yes or a sending back. `snapshot` is the hash it is bound to."""

    verdict: str
    by: Name
    at: datetime
    note: str
    snapshot: str
    renderer: str


@dataclass(frozen=True)
class ScheduledView:
    planned_at: datetime
    by: Name | None
    is_void: bool


@dataclass(frozen=True)
class AdvisoryView:
    """An advisory as people work on it. `may`: what the reader may do with it now, by role and state.

    `words` maps each field to its text. `thanked`: names that somebody wrote down. `number` is the last
    edition published, 0 before the first.
    """

    id: str
    version: int
    tracking_id: str
    kind: str
    state: str
    title: LocalText
    words: Mapping[str, LocalText]
    references: tuple[tuple[str, LocalText], ...]
    thanked: tuple[str, ...]
    languages: tuple[str, ...]
    cases: tuple[str, ...]
    vulnerabilities: tuple[str, ...]
    made_at: datetime
    made_by: Name | None
    submitted_at: datetime | None
    submitted_by: Name | None
    authors: tuple[Name, ...]
    approvals: tuple[ApprovalView, ...]
    scheduled: ScheduledView | None
    number: int
    published_at: datetime | None
    published_languages: tuple[str, ...]
    withdrawn_at: datetime | None
    phase: str
    next_update: str
    publishes_on_approval: bool
    may: frozenset[str]

    @property
    def is_published(self) -> bool:
        return self.number > 0
