"""A past case may be told as if it happened now: all dates move by whole weeks, nothing else does."""

from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from okiagari.plumbing import clock
from okiagari.replay import reading
from okiagari.replay.moving import moved, whole_weeks
from tests.replay.test_reading import GOOD

WEEK = timedelta(weeks=1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DAYS, DAYS)
def test_weekdays_stay_and_the_point_lies_in_the_last_seven_days(point: date, today: date) -> None:
    there = point + whole_weeks(point, today)
    assert there.weekday() == point.weekday()
    assert timedelta() <= today - there < WEEK


@given(DAYS, st.integers(-2000, 2000))
def test_days_move_alike_in_every_way_of_writing_them(day: date, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    there = day + by
    assert moved(day, by) == there
    assert moved(day.isoformat(), by) == there.isoformat()
    assert moved(f"{day.isoformat()}T10:30", by) == f"{there.isoformat()}T10:30:00"
    assert moved({"a": [day.isoformat()]}, by) == {"a": [there.isoformat()]}


def test_a_month_moves_as_a_month_and_keeps_how_exactly_it_is_known() -> None:
    assert moved("2013-09", timedelta(weeks=52)) == "2014-09"
    assert moved("late 2016-10", timedelta(weeks=52)) == "late 2017-10"


def test_what_is_no_date_stays() -> None:
    for value in (
        "2003",
        "1.10",
        "V1.03",
        "CVE-2016-7806",
        "2016-13",
        "today - 3 days 10:30",
        2016,
        None,
        True,
    ):
        assert moved(value, WEEK) == value


def test_a_story_is_moved_whole_and_until_means_the_day_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(GOOD, encoding="utf-8")
    plain = reading.read(path)
    now = datetime(2026, 11, 26, 12, tzinfo=plain.zone)
    with clock.at(now):
        story = reading.read(path, now_at="2015-08-02")
    ago = now - story.instant(1)
    assert timedelta() <= ago < timedelta(days=8)
    assert story.instant(0) - plain.instant(0) == story.instant(1) - plain.instant(1) == story.shift
    path_of_due = ("events", 1, "with", "due_at")
    due = story.as_instant(story.given.events[1].arguments["due_at"], path_of_due)
    assert due - story.instant(1) == timedelta(days=3, hours=9)
    assert story.end_of("2015-08-01T12:00") == plain.end_of("2015-08-01T12:00") + story.shift
