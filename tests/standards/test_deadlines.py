"""Every clock runs from its own anchor, and none shows a date it does not have."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import deadlines
from okiagari.standards.deadlines import (
    RULES,
    Agreement,
    Anchor,
    Days,
    Due,
    Hours,
    Months,
    NotApplicable,
    Receiver,
    Rule,
    Situation,
    State,
    Waiting,
    WorkingDays,
    compute,
    spans,
    state,
)

TOKYO = ZoneInfo("Asia/Tokyo")
ZONES = st.sampled_from([TOKYO, ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")])
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
MOMENTS = INSTANTS | DAYS


def jst(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[misc,arg-type]


def due(key: str, anchor: datetime | date, zone: ZoneInfo = TOKYO) -> Due:
    result = compute(RULES[key], Situation(zone, {RULES[key].anchor: anchor}))
    assert isinstance(result, Due)
    return result


@given(INSTANTS, ZONES, st.integers(1, 200))
def test_a_deadline_of_days_ends_with_its_day_in_the_makers_zone(
    anchor: datetime, zone: ZoneInfo, count: int
) -> None:
    end = Days(count).end(anchor, spans.Place(zone))
    local = end.at.astimezone(zone)
    assert local.date() == end.day == anchor.astimezone(zone).date() + timedelta(days=count)
    assert (end.at + timedelta(microseconds=1)).astimezone(zone).date() == local.date() + timedelta(days=1)


@given(INSTANTS, ZONES, st.integers(1, 2000))
def test_hours_are_hours_also_when_the_clocks_change(anchor: datetime, zone: ZoneInfo, count: int) -> None:
    end = Hours(count).end(anchor.astimezone(zone), spans.Place(zone))
    assert end.at - anchor == timedelta(hours=count)
    assert end.day is None


def _same_date_later(day: date, months: int) -> date:
    """The last day of the later month that is not past the same date; by trying."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        with suppress(ValueError):
            return date(year, month + 1, last)
    raise AssertionError


@given(INSTANTS, st.integers(1, 24))
@example(datetime(2000, 8, 30, 22, tzinfo=UTC), 1)
def test_months_end_in_time_by_the_calendar_of_every_zone_of_the_union(anchor: datetime, count: int) -> None:
    end = Months(count).end(anchor, spans.Place(TOKYO))
    readings = [
        spans.end_of_day(_same_date_later(anchor.astimezone(zone).date(), count), zone).at
        for zone in spans.UNION
    ]
    assert end.at <= min(readings)
    assert min(readings) - end.at <= timedelta(hours=25)


@given(MOMENTS, ZONES, st.integers(1, 60))
def test_working_days_end_on_a_working_day_after_exactly_that_many(
    anchor: datetime | date, zone: ZoneInfo, count: int
) -> None:
    calendar = spans.Weekdays()
    end = WorkingDays(count).end(anchor, spans.Place(zone, calendar)).day
    assert end is not None
    assert calendar.is_working_day(end)
    start = spans.day_of(anchor, zone)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(calendar.is_working_day, between)) == count


@given(MOMENTS, ZONES, st.sampled_from(sorted(RULES)))
def test_no_deadline_lies_before_its_anchor_and_all_are_in_utc(
    anchor: datetime | date, zone: ZoneInfo, key: str
) -> None:
    result = compute(RULES[key], Situation(zone, {RULES[key].anchor: anchor}))
    assert isinstance(result, Due)
    assert result.at.utcoffset() == timedelta(0)
    assert result.at >= spans.instant_of(anchor, ZoneInfo(RULES[key].zone) if RULES[key].zone else zone)


@given(ZONES, st.sampled_from(sorted(RULES)), st.dictionaries(st.sampled_from(Anchor), INSTANTS))
def test_without_its_anchor_a_clock_waits_and_names_it(
    zone: ZoneInfo, key: str, anchors: dict[Anchor, datetime]
) -> None:
    rule = RULES[key]
    anchors.pop(rule.anchor, None)
    assert compute(rule, Situation(zone, anchors)) == Waiting(rule.anchor)


@given(INSTANTS, INSTANTS, st.none() | INSTANTS, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_the_state_follows_from_the_three_times(
    at: datetime, now: datetime, met_at: datetime | None, soon: timedelta
) -> None:
    found = state(Due(at), now, met_at=met_at, soon=soon)
    if met_at is not None and met_at <= now:
        assert found is (State.MET if met_at <= at else State.MET_LATE)
    elif now > at:
        assert found is State.OVERDUE
    else:
        assert found is (State.SOON if at - now <= soon else State.OPEN)


def test_the_last_microsecond_is_in_time_and_the_next_is_not() -> None:
    end = due("acknowledge_report", jst(2026, 11, 2, 9, 0)).at
    late = end + timedelta(microseconds=1)
    assert end.astimezone(TOKYO) == jst(2026, 11, 9, 23, 59, 59, 999999)
    assert state(Due(end), late, met_at=end, soon=timedelta(0)) is State.MET
    assert state(Due(end), late, met_at=late, soon=timedelta(0)) is State.MET_LATE
    assert state(Due(end), end, soon=timedelta(0)) is State.SOON
    assert state(Due(end), late, soon=timedelta(0)) is State.OVERDUE


def test_jpcert_counts_45_days_in_japan_from_the_first_attempt_to_contact_us() -> None:
    assert due("jpcert_publication", date(2026, 10, 1)).day == date(2026, 11, 15)
    abroad = due("jpcert_publication", jst(2026, 10, 1, 0, 30), ZoneInfo("America/New_York"))
    assert abroad.day == date(2026, 11, 15)


def test_an_agreed_date_replaces_the_45_days_and_keeps_who_agreed() -> None:
    agreed = Agreement(date(2026, 12, 24), "JPCERT/CC", "other vendors need more time")
    situation = Situation(
        TOKYO, {Anchor.COORDINATOR_FIRST_CONTACT: date(2026, 10, 1)}, {"jpcert_publication": agreed}
    )
    result = compute(RULES["jpcert_publication"], situation)
    assert isinstance(result, Due)
    assert (result.day, result.agreement) == (date(2026, 12, 24), agreed)
    assert result.at.astimezone(TOKYO) == jst(2026, 12, 24, 23, 59, 59, 999999)


@pytest.mark.parametrize(("who", "why"), [("", "later"), ("JPCERT/CC", " ")])
def test_an_agreement_without_party_or_reason_moves_nothing(who: str, why: str) -> None:
    situation = Situation(
        TOKYO,
        {Anchor.COORDINATOR_FIRST_CONTACT: date(2026, 10, 1)},
        {"jpcert_publication": Agreement(date(2027, 1, 1), who, why)},
    )
    with pytest.raises(Problem, match=r"deadlines\.agreement_unproven"):
        compute(RULES["jpcert_publication"], situation)


@pytest.mark.parametrize(
    "key", [key for key, rule in RULES.items() if key.startswith(("cra_", "gdpr", "appi"))]
)
def test_what_a_law_sets_no_agreement_moves(key: str) -> None:
    rule = RULES[key]
    agreed = {key: Agreement(date(2027, 1, 1), "somebody", "we are busy")}
    with pytest.raises(Problem, match=r"deadlines\.not_movable"):
        compute(rule, Situation(TOKYO, {rule.anchor: jst(2026, 10, 1, 9)}, agreed))


def test_an_embargo_ends_at_its_instant_in_its_own_zone() -> None:
    end = datetime(2026, 11, 23, 0, 30, tzinfo=ZoneInfo("America/New_York"))
    assert due("embargo_end", end) == Due(end.astimezone(UTC))


def test_a_promise_for_a_day_is_kept_until_that_day_is_over() -> None:
    assert due("promise", date(2026, 11, 30)).at.astimezone(TOKYO) == jst(2026, 11, 30, 23, 59, 59, 999999)


def test_cra_final_reports_do_not_count_from_awareness() -> None:
    aware = Situation(
        TOKYO,
        {
            Anchor.AWARE_OF_EXPLOITATION: jst(2026, 11, 1, 9),
            Anchor.AWARE_OF_SEVERE_INCIDENT: jst(2026, 11, 1, 9),
        },
    )
    assert compute(RULES["cra_exploited_final"], aware) == Waiting(Anchor.MEASURE_AVAILABLE)
    assert compute(RULES["cra_incident_final"], aware) == Waiting(Anchor.INCIDENT_NOTIFICATION_SUBMITTED)
    assert compute(RULES["cra_exploited_early_warning"], aware) == Due(jst(2026, 11, 2, 9).astimezone(UTC))
    assert compute(RULES["cra_incident_notification"], aware) == Due(jst(2026, 11, 4, 9).astimezone(UTC))


def test_cra_final_reports_count_14_days_from_the_measure_and_one_month_from_the_notification() -> None:
    assert due("cra_exploited_final", jst(2026, 11, 1, 9)).at == jst(2026, 11, 15, 9)
    assert due("cra_incident_final", jst(2027, 1, 31, 12)).at == jst(2027, 2, 28, 12)


def test_what_does_not_apply_says_why_whatever_happened() -> None:
    situation = Situation(TOKYO, {}, excused={"gdpr_notification": "no person in the EU is concerned"})
    result = compute(RULES["gdpr_notification"], situation)
    assert result == NotApplicable("no person in the EU is concerned")
    assert state(result, jst(2030, 1, 1), soon=timedelta(0)) is State.NOT_APPLICABLE


def test_an_act_before_its_anchor_is_met_and_a_future_one_is_not() -> None:
    waiting = Waiting(Anchor.MEASURE_AVAILABLE)
    now = jst(2026, 11, 1)
    assert state(waiting, now, soon=timedelta(0)) is State.WAITING
    assert state(waiting, now, met_at=now, soon=timedelta(0)) is State.MET
    assert state(waiting, now, met_at=now + timedelta(hours=1), soon=timedelta(0)) is State.WAITING


def test_a_time_without_zone_is_refused() -> None:
    naive = datetime(2026, 11, 1, 9)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(Problem, match=r"deadlines\.no_zone"):
        compute(RULES["promise"], Situation(TOKYO, {Anchor.PROMISED: naive}))
    with pytest.raises(Problem, match=r"deadlines\.no_zone"):
        state(Due(jst(2026, 11, 1)), naive, soon=timedelta(0))


def test_the_makers_calendar_decides_which_days_are_worked() -> None:
    class Closed:
        def is_working_day(self, day: date) -> bool:
            return day.weekday() < 5 and day != date(2026, 11, 23)

    rule = Rule("target", Anchor.REPORT_RECEIVED, WorkingDays(2), "Target", "ours")
    anchors = {Anchor.REPORT_RECEIVED: jst(2026, 11, 20, 18)}
    with_holiday = compute(rule, Situation(TOKYO, anchors, calendar=Closed()))
    without = compute(rule, Situation(TOKYO, anchors))
    assert isinstance(with_holiday, Due)
    assert isinstance(without, Due)
    assert (with_holiday.day, without.day) == (date(2026, 11, 25), date(2026, 11, 24))


@given(st.sampled_from([Hours, Days, WorkingDays, Months]), st.integers(1, 500))
def test_a_span_survives_json(kind: type[Hours | Days | WorkingDays | Months], count: int) -> None:
    assert spans.from_json(spans.to_json(kind(count))) == kind(count)
    assert spans.from_json(spans.to_json(spans.Itself())) == spans.Itself()


@pytest.mark.parametrize(
    "value", [{}, {"kind": "Weeks", "count": 1}, {"kind": "Days", "count": 0}, {"kind": "Days"}]
)
def test_a_span_nobody_knows_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no span"):
        spans.from_json(value)


def test_every_anchor_can_be_put_into_words_and_starts_a_clock() -> None:
    assert set(deadlines.ANCHOR_WORDS) == set(Anchor)
    for_own_rules = {Anchor.CASE_OPENED, Anchor.JUDGED, Anchor.PUBLISHED}
    assert {rule.anchor for rule in RULES.values()} == set(Anchor) - for_own_rules


def test_whoever_is_owed_something_can_be_named() -> None:
    assert {rule.to for rule in RULES.values()} - {Receiver.NOBODY} == set(deadlines.RECEIVER_WORDS)
