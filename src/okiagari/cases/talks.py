"""Values of conversations and inquiries that leave this room; see `values` for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.values import Name
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class DeliveryView:
    """How a letter stands: queued, sent, failed, by_hand, sent_by_hand. No address in it."""

    state: str
    sent_at: datetime | None
    next_try_at: datetime | None
    error: str


@dataclass(frozen=True)
class MessageFileView:
    id: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class MessageView:
    id: str
    audience: str
    direction: str
    channel: str
    language: str
    subject_line: str
    text: str
    at: datetime
    by: Name | None
    organisation: Name | None
    reply_to: str
    part: str = ""
    counterpart: str = ""
    address: str = ""
    template: str = ""
    sha256: str = ""
    is_automatic: bool = False
    awaits: bool = False
    settled_at: datetime | None = None
    settled_by: Name | None = None
    delivery: DeliveryView | None = None
    files: tuple[MessageFileView, ...] = ()


@dataclass(frozen=True)
class ConversationView:
    """Everything said to and by one contact, oldest first. `waiting`: how many of theirs want an answer."""

    key: str
    audience: str
    organisation: Name | None
    counterpart: str
    address: str
    language: str
    messages: tuple[MessageView, ...]
    waiting: int
    last_at: datetime

    @property
    def name(self) -> LocalText:
        if self.organisation:
            return self.organisation.name
        words = self.counterpart or self.address
        return LocalText({"ja": words, "en": words}) if words else LocalText()

    @property
    def last(self) -> MessageView:
        return self.messages[-1]

    @property
    def answerable(self) -> MessageView:
        """What an answer of ours would answer: their last word, else the last of all."""
        received = [message for message in self.messages if message.direction == "in"]
        return (received or list(self.messages))[-1]


@dataclass(frozen=True)
class Contact:
    """Somebody a letter may go to. `address` may be empty: then it is copied by hand."""

    audience: str
    organisation: str
    name: LocalText
    address: str
    language: str


@dataclass(frozen=True)
class AnswerView:
    """A question with its draft and what is approved, for those in the case."""

    id: str
    audience: str
    question: LocalText
    draft: LocalText
    products: str
    drafted_at: datetime
    drafted_by: Name | None
    approved_question: LocalText
    approved: LocalText
    approved_hash: str
    approved_at: datetime | None
    approved_by: Name | None
    usable_from: datetime | None
    is_withdrawn: bool
    has_new_draft: bool
    is_own: bool
    asked: int


@dataclass(frozen=True)
class AnswerInUse:
    """What a desk may say now. Nothing in it tells of a case."""

    id: str
    audience: str
    question: LocalText
    answer: LocalText
    products: str
    usable_from: datetime
    asked: int
    asked_lately: int


@dataclass(frozen=True)
class InquiryView:
    id: str
    audience: str
    channel: str
    count: int
    note: str
    at: datetime
    by: Name | None
    report: str
    is_settled: bool


@dataclass(frozen=True)
class HourCount:
    """How many asked within one hour, by who they are."""

    hour: datetime
    by_audience: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.by_audience.values())


@dataclass(frozen=True)
class InquiryFigures:
    """The last hours, oldest first, and the total of all time."""

    hours: tuple[HourCount, ...]
    total: int
    last_at: datetime | None

    @property
    def peak(self) -> HourCount | None:
        top = max(self.hours, key=lambda each: each.count, default=None)
        return top if top and top.count else None
