"""What leaves this room of meetings, of what they decide, and of what was done without waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from okiagari.cases.values import Name
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class ResolutionView:
    """A question and what was decided. `made`: numbers of what came of it; `answer` "" while it is open."""

    id: str
    meeting_id: str
    matter: str
    question: LocalText
    raised_at: datetime
    raised_by: Name | None
    answer: str
    words: str
    decided_at: datetime | None
    decided_by: Name | None
    made: tuple[str, ...]


@dataclass(frozen=True)
class MeetingView:
    """A meeting. `present`: names as they were there; `agenda`: what was known then, as plain values."""

    id: str
    case_id: str
    case_title: LocalText
    state: str
    at: datetime
    place: str
    reason: str
    called: tuple[Name, ...]
    called_at: datetime
    called_by: Name | None
    held_at: datetime | None
    present: tuple[LocalText, ...]
    minutes: str
    agenda: Mapping[str, Any]
    resolutions: tuple[ResolutionView, ...]


@dataclass(frozen=True)
class UrgentActView:
    """Something done without waiting. `made`: what it made; no verdict while nobody reviewed it."""

    id: str
    kind: str
    reason: str
    made: str
    at: datetime
    by: Name | None
    reviewed_at: datetime | None
    reviewed_by: Name | None
    verdict: str
    words: str
    is_own: bool
