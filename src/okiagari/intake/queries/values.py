"""The values that leave this room. Ids are public ids; texts in several languages are `LocalText`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate


@dataclass(frozen=True)
class CaseLink:
    """A case the report led to, where the reader may see that case."""

    id: str
    title: LocalText


@dataclass(frozen=True)
class ReportRow:
    """A report in a list. `need`: what the team owes next (acknowledge, assess, accept, read or "")."""

    id: str
    title: str
    source: str
    reference: str
    kind: str
    state: str
    verdict: str
    product_text: str
    version_text: str
    received_at: datetime
    acknowledged_at: datetime | None
    assessed_at: datetime | None
    acknowledge_due: datetime
    has_news: bool
    said_attacked: str
    need: str
    files: int
    cases: tuple[CaseLink, ...]

    @property
    def due(self) -> datetime | None:
        """Until when the reporter is to hear from us; nothing once they have."""
        return self.acknowledge_due if self.need == "acknowledge" else None


@dataclass(frozen=True)
class ReportPage:
    """One page of the list. `next_after` goes back in as `after`; the door signs it."""

    rows: tuple[ReportRow, ...]
    total: int
    next_after: tuple[str, str] | None


@dataclass(frozen=True)
class AttachmentView:
    id: str
    name: str
    content_type: str
    size: int
    sha256: str
    received_at: datetime


@dataclass(frozen=True)
class AttachmentFile:
    """The bytes, for a download that no browser opens; never shown in a page."""

    name: str
    content: bytes


@dataclass(frozen=True)
class LetterToCopy:
    """A letter that a person sends. `address`: "" for whoever may not know who reported."""

    subject_line: str
    text: str
    address: str


@dataclass(frozen=True)
class MessageView:
    """Something said to (`out`) or by (`in`) the reporter. `delivery`: how its letter stands, if any."""

    direction: str
    text: LocalText
    at: datetime
    by: LocalText | None
    letter: str = ""
    delivery: str = ""
    error: str = ""
    is_automatic: bool = False


@dataclass(frozen=True)
class ReportView:
    """One report. `may`: the verbs the reader may use on it; the version is its ETag."""

    id: str
    version: int
    source: str
    reference: str
    kind: str
    state: str
    verdict: str
    reason: str
    need: str
    title: str
    text: str
    effect: str
    product_text: str
    version_text: str
    said_public: str
    said_attacked: str
    language: str
    received_at: datetime
    first_contact_at: datetime | None
    publication_due: datetime | None
    wanted_publication: PartialDate
    acknowledge_due: datetime
    acknowledged_at: datetime | None
    assessed_at: datetime | None
    has_news: bool
    answer: LocalText
    entered_by: LocalText | None
    duplicate_of: str
    cases: tuple[CaseLink, ...]
    attachments: tuple[AttachmentView, ...]
    messages: tuple[MessageView, ...]
    has_identity: bool
    has_receipt: bool
    may: frozenset[str]
    claims: str = ""
    has_address: bool = False


@dataclass(frozen=True)
class IdentityView:
    """Who reported, for those who may know."""

    name: str
    contact: str
    affiliation: str
    credit_name: str
    consents_to_credit: bool
    language: str
    erased_at: datetime | None


@dataclass(frozen=True)
class Candidate:
    """Another report that may be the same. `reasons`: marked templates with their parameters, best first."""

    id: str
    title: str
    state: str
    received_at: datetime
    score: float
    reasons: tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True)
class TimelineLine:
    """`who` acted, `name` is what they are called; strangers and the system have no name."""

    seq: int
    at: datetime
    who: str
    name: LocalText | None
    door: str
    verb: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_erased: bool = False


@dataclass(frozen=True)
class StatusView:
    """What the reporter may know: how far their report is, what was said, what they sent. Nothing else.

    `stage`: received, read, finished. `answer_by` only before the first answer.
    """

    number: str
    stage: str
    received_at: datetime
    answer_by: datetime | None
    product: str
    problem: str
    language: str
    messages: tuple[MessageView, ...]
    files: tuple[AttachmentView, ...]


@dataclass(frozen=True)
class WaitingReport:
    """Something the team owes a report: `need` is acknowledge, assess, accept or read."""

    id: str
    title: str
    source: str
    need: str
    due: datetime | None
    received_at: datetime
    scope_id: int
    owners: tuple[int, ...]
    cases: tuple[str, ...]
