"""Facts start clocks: the table of which line is the anchor of what, and the code that reads it.

Enters: a ledger line of a case. Leaves: clocks that waited for it run, obligations it brings are recorded
(running, or not applying and why), the maker's own automatic clocks start. Nothing is typed twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.cases.clockbook import book
from okiagari.cases.models import Case, Obligation
from okiagari.desk.subjects import SYSTEM
from okiagari.flow import duties, telling
from okiagari.flow.measures import available
from okiagari.flow.streams import case_of
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.wording import house_language
from okiagari.standards.deadlines import Anchor


@dataclass(frozen=True)
class Event:
    """A line that is an anchor.

    `at`: the fact with its instant ("": the line's own); `source`: the fact that names it; `where`: facts
    that it must have; `holds`: what else must be so.
    """

    verb: str
    anchor: Anchor
    at: str = ""
    source: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    holds: Callable[[Case], bool] | None = None


EVENTS: tuple[Event, ...] = (
    Event("cases.opened", Anchor.CASE_OPENED, source="case"),
    Event("triage.judged_final", Anchor.JUDGED),
    Event("disclose.published", Anchor.PUBLISHED, source="tracking_id"),
    Event("disclose.published", Anchor.MEASURE_AVAILABLE, source="tracking_id", holds=available),
    Event("remedy.ready", Anchor.MEASURE_AVAILABLE, source="measure", holds=available),
    Event(
        "cases.exploitation_confirmed",
        Anchor.AWARE_OF_EXPLOITATION,
        at="aware_at",
        source="fact",
        where={"verdict": "reliable"},
    ),
    Event(
        "cases.severity_decided",
        Anchor.AWARE_OF_SEVERE_INCIDENT,
        at="aware_at",
        where={"verdict": "severe"},
    ),
    Event(
        "cases.incident_described",
        Anchor.AWARE_OF_DATA_BREACH,
        at="data_aware_at",
        where={"personal_data": "yes"},
    ),
    Event(
        "cases.notice_submitted",
        Anchor.INCIDENT_NOTIFICATION_SUBMITTED,
        at="submitted_at",
        source="message",
        where={"rule": "cra_incident_notification"},
    ),
)
_VERBS = frozenset(event.verb for event in EVENTS)


def hear(entry: Entry) -> None:
    """Run what waited for this line, and record what it brings."""
    if entry.stream_kind == "desk" and entry.verb.startswith("desk.day_"):
        _follow_the_calendar()
    if entry.verb not in _VERBS and entry.verb not in duties.VERBS:
        return
    number = case_of(entry)
    if not number:
        return
    case = Case.objects.get(public_id=number)
    duties.record(case, entry)
    for event in EVENTS:
        if event.verb == entry.verb and _fits(event, entry) and (event.holds is None or event.holds(case)):
            _happened(case, event, entry)


def _fits(event: Event, entry: Entry) -> bool:
    return all(entry.facts.get(name) == value for name, value in event.where.items())


def _happened(case: Case, event: Event, entry: Entry) -> None:
    at = _instant(entry.facts.get(event.at)) if event.at else entry.at
    if at is None:
        return
    with house_language():
        evidence = telling.sentence(entry.verb, entry.facts)
    known = book()
    waiting = Obligation.objects.filter(case=case, anchor_at=None, met_at=None, waived_reason="")
    for row in waiting.order_by("pk"):
        if row.rule in known.rules and known.rules[row.rule].anchor == event.anchor:
            cases.run_clock(SYSTEM, row.public_id, at=at, evidence=evidence)
    source = str(entry.facts.get(event.source) or event.anchor)
    for rule in queries.own_rules(SYSTEM):
        fits = not rule.kinds or set(rule.kinds) & set(case.kinds)
        if rule.is_automatic and rule.anchor == event.anchor and fits and not _runs(case, rule.rule, source):
            cases.start_clock(
                SYSTEM,
                case.public_id,
                rule=rule.rule,
                anchor_at=at,
                anchor_source=source,
                label=rule.name,
                evidence=evidence,
            )


def _runs(case: Case, rule: str, source: str) -> bool:
    """A second line of the same event (a case described twice) starts nothing anew."""
    return Obligation.objects.filter(case=case, rule=rule, anchor_source=source).exists()


def _instant(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and value else None


def _follow_the_calendar() -> None:
    """Our own days have changed: every running clock is reckoned again."""
    running = Obligation.objects.filter(met_at=None, waived_reason="", anchor_at__isnull=False)
    spans = {key for key, rule in book().rules.items() if type(rule.span).__name__ == "WorkingDays"}
    numbers = running.filter(rule__in=spans).values_list("case__public_id", flat=True).distinct()
    for number in list(numbers):
        cases.reckon_anew(SYSTEM, number)
