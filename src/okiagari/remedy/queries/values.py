"""The values that leave this room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from okiagari.remedy import rules
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

_NOBODY = LocalText()


@dataclass(frozen=True)
class CountView:
    """How many were done up to a day, and who says so."""

    done: int
    day: date
    source: str
    noted_at: datetime


@dataclass(frozen=True)
class StockView:
    """Units that lie somewhere. `counts`: the newest day first; `done` is what the newest says."""

    place: str
    name: str
    units: int
    counts: tuple[CountView, ...] = ()

    @property
    def done(self) -> int:
        return self.counts[0].done if self.counts else 0


@dataclass(frozen=True)
class CutInView:
    """From which unit on a factory ships a target with the fix. `measure`: the number of the measure."""

    measure: str
    case_id: str
    target: str
    factory: str
    counted_by: str
    order: tuple[str, ...]
    first: str
    since: PartialDate
    source: str
    release: tuple[str, str] | None


@dataclass(frozen=True)
class MeasureView:
    """One measure. `release` is (line, text); no vulnerability means all of the case.

    `planned_wording` is what the public reads of the planned date. A shipping stop: `places` (none means
    everywhere), `begins_at`, `is_urgent` (in force before it was approved); `end_reason` names the condition
    on which shipping resumes, `end_asked_at` that somebody asked for it.
    """

    id: str
    case_id: str
    case_title: LocalText
    kind: str
    state: str
    text: LocalText
    targets: tuple[str, ...]
    vulnerabilities: tuple[str, ...]
    release: tuple[str, str] | None
    successor: str
    planned: PartialDate
    planned_confidence: str
    planned_wording: LocalText
    verification: Mapping[str, str]
    places: tuple[str, ...]
    begins_at: datetime | None
    is_urgent: bool
    reason: str
    made_at: datetime
    made_by: LocalText
    made_by_key: str
    ready_at: datetime | None
    approved_by: LocalText
    expires_at: datetime | None
    end_reason: str
    end_asked_at: datetime | None
    end_asked_by: LocalText
    end_asked_by_key: str
    end_approved_by: LocalText
    ended_at: datetime | None
    stocks: tuple[StockView, ...] = field(default=())
    cut_ins: tuple[CutInView, ...] = field(default=())

    @property
    def is_alive(self) -> bool:
        return self.state in rules.ALIVE

    @property
    def waits_for_approval(self) -> str:
        """What an executive or approver decides next: "stop", "resume" or ""."""
        if self.kind != rules.Kind.SHIPPING_STOP or not self.is_alive:
            return ""
        if not self.approved_by:
            return "stop"
        return "resume" if self.end_asked_at else ""

    @property
    def progress(self) -> tuple[int, int]:
        """Units of stock done, of how many."""
        units = {(each.place, each.name): each.units for each in self.stocks}
        return rules.progress(units, {(each.place, each.name): each.done for each in self.stocks})

    def have(self) -> rules.Have:
        return rules.Have(
            kind=rules.Kind(self.kind),
            state=self.state,
            targets=frozenset(self.targets),
            vulnerabilities=frozenset(self.vulnerabilities),
            is_approved=bool(self.approved_by),
            expires_at=self.expires_at,
        )


@dataclass(frozen=True)
class Gaps:
    """What the measures of a case lack. `concerns` is False while nothing is affected."""

    concerns: bool
    plan: tuple[rules.Gap, ...]
    ready: tuple[rules.Gap, ...]


@dataclass(frozen=True)
class SerialView:
    """What is known of one device by its number. `cut_ins`: those whose order the number fits."""

    answer: rules.Answer
    cut_ins: tuple[CutInView, ...]
