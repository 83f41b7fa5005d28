"""Working days: weekends, the public holidays of Japan, the maker's own days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.standards.deadlines import (
    BusinessCalendar,
    WorkingDays,
    next_working_day,
    plus_working_days,
    public_holidays,
    spans,
)

JAPAN = BusinessCalendar("JP")
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
OWN = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 1), date(2026, 5, 7)),  # Friday before Golden Week; 6 May stands in for the 3rd
        (date(2026, 9, 18), date(2026, 9, 24)),  # 22 September lies between two holidays and is one itself
        (date(2019, 4, 26), date(2019, 5, 7)),  # ten days of rest for the new era
        (date(2026, 11, 20), date(2026, 11, 24)),  # Labour Thanksgiving Day is a Monday
        (date(2024, 2, 28), date(2024, 2, 29)),  # a leap day is worked like any other
        (date(2026, 12, 30), date(2026, 12, 31)),  # the end of the year is no public holiday
    ],
)
def test_the_next_working_day_as_counted_by_hand(day: date, expected: date) -> None:
    assert next_working_day(day, JAPAN) == expected


def test_own_days_close_the_house_and_open_it() -> None:
    summer = frozenset({date(2026, 8, 12), date(2026, 8, 13), date(2026, 8, 14)})
    ours = BusinessCalendar("JP", closed=summer, worked=frozenset({date(2026, 8, 15)}))
    assert next_working_day(date(2026, 8, 10), ours) == date(2026, 8, 15)
    assert plus_working_days(date(2026, 8, 10), 2, ours) == date(2026, 8, 17)


def test_a_day_that_is_closed_and_worked_is_worked() -> None:
    day = date(2026, 1, 1)
    assert BusinessCalendar("JP", closed=frozenset({day}), worked=frozenset({day})).is_working_day(day)


@given(DAYS, st.integers(0, 60), OWN, OWN)
def test_counting_on_is_counting_twice(
    day: date, count: int, closed: frozenset[date], worked: frozenset[date]
) -> None:
    ours = BusinessCalendar("JP", closed, worked)
    end = plus_working_days(day, count, ours)
    between = [day + timedelta(days=ahead) for ahead in range(1, (end - day).days + 1)]
    assert sum(ours.is_working_day(each) for each in between) == count
    assert count == 0 or ours.is_working_day(end)


@given(DAYS, st.integers(1, 30), OWN)
def test_a_closed_day_never_makes_a_deadline_earlier(day: date, count: int, closed: frozenset[date]) -> None:
    assert plus_working_days(day, count, BusinessCalendar("JP", closed)) >= plus_working_days(
        day, count, JAPAN
    )


@given(st.datetimes(datetime(2001, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)), st.integers(1, 30))  # noqa: DTZ001
def test_a_span_of_working_days_ends_with_the_day_of_the_calendar(anchor: datetime, count: int) -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    end = WorkingDays(count).end(anchor, spans.Place(tokyo, JAPAN))
    assert end.day == plus_working_days(anchor.astimezone(tokyo).date(), count, JAPAN)
    assert (end.at + timedelta(microseconds=1)).astimezone(tokyo).date() == end.day + timedelta(days=1)


def test_a_calendar_without_working_days_says_so_instead_of_counting_for_ever() -> None:
    class Closed:
        def is_working_day(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="no working day"):
        next_working_day(date(2026, 1, 1), Closed())
    assert WorkingDays(2).end(date(2026, 1, 1), spans.Place(UTC, Closed())).day == date(2027, 1, 16)


def test_holidays_have_their_names_in_both_languages() -> None:
    assert public_holidays("JP", 2026, "ja")[date(2026, 5, 5)] == "こどもの日"
    assert public_holidays("JP", 2026, "en")[date(2026, 5, 5)] == "Children's Day"
