"""What is due when: a rule, an anchor, and nothing invented where the anchor does not exist yet.

In: rules, the anchors known so far, agreements to move a date, reasons why a rule does not apply.
Out: `Due`, `Waiting` or `NotApplicable` for each rule, and how it stands at an instant. It never
asks for the time, and obligations never compete: each stays its own, only the sorting is earliest first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from okiagari.problems import Kind, define, gettext_noop

from .spans import WEEKDAYS, Calendar, Itself, Moment, Place, Span

NO_ZONE = define(
    "deadlines.no_zone",
    Kind.INVALID,
    gettext_noop("The time %(time)s has no time zone."),
    gettext_noop("Say in which zone it is meant, for example 2026-11-23 09:30 JST."),
)
NOT_MOVABLE = define(
    "deadlines.not_movable",
    Kind.CONFLICT,
    gettext_noop("The deadline “%(rule)s” cannot be moved by agreement."),
    gettext_noop("It is set by law or by nature; if it does not apply, record the reason instead."),
)
AGREEMENT_UNPROVEN = define(
    "deadlines.agreement_unproven",
    Kind.INVALID,
    gettext_noop("An agreement to move the deadline “%(rule)s” needs the other party and a reason."),
    gettext_noop("Record who agreed to the new date, and why."),
)


class Anchor(StrEnum):
    """The events clocks run from. The event is recorded elsewhere; here it only has a name."""

    REPORT_RECEIVED = "report_received"
    COORDINATOR_FIRST_CONTACT = "coordinator_first_contact"
    FINDER_FIRST_CONTACT = "finder_first_contact"
    EMBARGO_END = "embargo_end"
    FIRST_JUDGEMENT_DUE = "first_judgement_due"
    PROMISED = "promised"
    AWARE_OF_EXPLOITATION = "aware_of_exploitation"
    AWARE_OF_SEVERE_INCIDENT = "aware_of_severe_incident"
    MEASURE_AVAILABLE = "measure_available"
    INCIDENT_NOTIFICATION_SUBMITTED = "incident_notification_submitted"
    AWARE_OF_DATA_BREACH = "aware_of_data_breach"
    CASE_OPENED = "case_opened"
    JUDGED = "judged"
    PUBLISHED = "published"


ANCHOR_WORDS: Mapping[str, str] = {
    Anchor.REPORT_RECEIVED: gettext_noop("the report is received"),
    Anchor.COORDINATOR_FIRST_CONTACT: gettext_noop("the coordinator first tries to contact us"),
    Anchor.FINDER_FIRST_CONTACT: gettext_noop("the finder first contacts us"),
    Anchor.EMBARGO_END: gettext_noop("the end of the embargo is agreed"),
    Anchor.FIRST_JUDGEMENT_DUE: gettext_noop("a time for the first judgement is set"),
    Anchor.PROMISED: gettext_noop("a date is promised"),
    Anchor.AWARE_OF_EXPLOITATION: gettext_noop("we become aware of active exploitation"),
    Anchor.AWARE_OF_SEVERE_INCIDENT: gettext_noop("we become aware of a severe incident"),
    Anchor.MEASURE_AVAILABLE: gettext_noop("a corrective or mitigating measure is available"),
    Anchor.INCIDENT_NOTIFICATION_SUBMITTED: gettext_noop("the incident notification is submitted"),
    Anchor.AWARE_OF_DATA_BREACH: gettext_noop("we become aware of the leak of personal data"),
    Anchor.CASE_OPENED: gettext_noop("the case is opened"),
    Anchor.JUDGED: gettext_noop("the final judgement is given"),
    Anchor.PUBLISHED: gettext_noop("we publish"),
}


class Receiver(StrEnum):
    """To whom an obligation is owed. "" where it is nobody's but ours."""

    NOBODY = ""
    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    EU_CSIRT = "eu_csirt"
    PPC = "ppc"
    EU_DPA = "eu_dpa"
    PERSONS = "persons"
    USERS = "users"


RECEIVER_WORDS: Mapping[str, str] = {
    Receiver.REPORTER: gettext_noop("the reporter"),
    Receiver.COORDINATOR: gettext_noop("the coordinator"),
    Receiver.EU_CSIRT: gettext_noop("the receiving CSIRT in the EU, and ENISA"),
    Receiver.PPC: gettext_noop("the Personal Information Protection Commission"),
    Receiver.EU_DPA: gettext_noop("the data protection authority in the EU"),
    Receiver.PERSONS: gettext_noop("the persons concerned"),
    Receiver.USERS: gettext_noop("the users of the product"),
}


@dataclass(frozen=True)
class Rule:
    """One clock. `zone` is where its whole days end (IANA name; "" = the maker's own).

    `title` and `source` are message ids; `soon` is how long before its end it counts as due soon.
    `is_guide`: the law says "without delay" and names no date; the one shown is ours. `stage`: what is
    submitted, one of "early_warning", "notification", "final", "" for everything else.
    """

    key: str
    anchor: Anchor
    span: Span
    title: str
    source: str
    zone: str = ""
    is_movable: bool = False
    soon: timedelta = timedelta(days=3)
    to: Receiver = Receiver.NOBODY
    is_guide: bool = False
    stage: str = ""


@dataclass(frozen=True)
class Agreement:
    """A date moved by agreement: until when, with whom, why."""

    until: Moment
    agreed_with: str
    reason: str


@dataclass(frozen=True)
class Due:
    """`at`: last instant in time, UTC. `day`: set where whole days count. `agreement`: what moved it."""

    at: datetime
    day: date | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True)
class Waiting:
    """There is no deadline yet: its anchor has not happened."""

    for_anchor: Anchor


@dataclass(frozen=True)
class NotApplicable:
    reason: str


Result = Due | Waiting | NotApplicable


class State(StrEnum):
    MET = "met"
    MET_LATE = "met_late"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Situation:
    """All a case knows for its clocks. `agreements` and `excused` are keyed by rule."""

    zone: ZoneInfo
    anchors: Mapping[Anchor, Moment] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    excused: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar = WEEKDAYS


def compute(rule: Rule, situation: Situation) -> Result:
    """When the rule falls due. Raises NO_ZONE, NOT_MOVABLE, AGREEMENT_UNPROVEN."""
    if rule.key in situation.excused:
        return NotApplicable(situation.excused[rule.key])
    anchor = situation.anchors.get(rule.anchor)
    if anchor is None:
        return Waiting(rule.anchor)
    place = Place(ZoneInfo(rule.zone) if rule.zone else situation.zone, situation.calendar)
    agreement = situation.agreements.get(rule.key)
    if agreement is None:
        end = rule.span.end(_zoned(anchor), place)
        return Due(end.at, end.day)
    if not rule.is_movable:
        raise NOT_MOVABLE(rule=rule.key)
    if not (agreement.agreed_with.strip() and agreement.reason.strip()):
        raise AGREEMENT_UNPROVEN(rule=rule.key)
    end = Itself().end(_zoned(agreement.until), place)
    return Due(end.at, end.day, agreement)


def _zoned(moment: Moment) -> Moment:
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise NO_ZONE(time=moment.isoformat(" "))
    return moment


def state(result: Result, now: datetime, *, met_at: datetime | None = None, soon: timedelta) -> State:
    """How it stands at `now`. Fulfilled at the last instant is in time, one microsecond later is late.

    An act that came before its anchor (`met_at` while waiting) is met. Raises NO_ZONE.
    """
    for moment in (now, met_at):
        if moment is not None:
            _zoned(moment)
    if isinstance(result, NotApplicable):
        return State.NOT_APPLICABLE
    if met_at is not None and met_at <= now:
        return State.MET if isinstance(result, Waiting) or met_at <= result.at else State.MET_LATE
    if isinstance(result, Waiting):
        return State.WAITING
    if now > result.at:
        return State.OVERDUE
    return State.SOON if result.at - now <= soon else State.OPEN
