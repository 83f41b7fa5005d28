"""What may stand in an observation."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okiagari.fleet import rules
from okiagari.problems import Problem

NOW = datetime(2016, 10, 28, 3, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


def at(text: str, *, zone: ZoneInfo | None = TOKYO) -> datetime:
    return rules.instant(text, now=NOW, zone=zone)


def test_texts_are_trimmed_and_otherwise_left_alone() -> None:
    assert rules.text("  1.03 β　開発 \n", "version") == "1.03 β　開発"
    assert rules.text("", "hardware") == ""


@pytest.mark.parametrize(
    ("value", "field", "code"),
    [
        ("", "unit", "fleet.missing"),
        (" \t", "version", "fleet.missing"),
        ("x" * 129, "unit", "fleet.too_long"),
        ("x" * 65, "hardware", "fleet.too_long"),
        ("1\n0", "version", "fleet.control_characters"),
        ("1\x000", "version", "fleet.control_characters"),
        ("\ud800", "version", "fleet.control_characters"),
    ],
)
def test_texts_that_cannot_be_kept_are_told_with_their_field(value: str, field: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        rules.text(value, field)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.message
    assert caught.value.hint


def test_a_date_is_its_beginning_where_the_maker_is() -> None:
    assert at("2016-10-27") == datetime(2016, 10, 26, 15, 0, tzinfo=UTC)
    assert at("2016-10-28T09:30:00+09:00") == datetime(2016, 10, 28, 0, 30, tzinfo=UTC)
    assert at("2016-10-28T00:30:00Z", zone=None) == datetime(2016, 10, 28, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2016-10-28T09:30:00", "fleet.not_a_time_or_date"),
        ("28.10.2016", "fleet.not_a_time_or_date"),
        ("2016-02-30", "fleet.not_a_time_or_date"),
        ("", "fleet.missing"),
        ("2016-10-29", "fleet.in_the_future"),
        ("2016-10-28T03:05:01Z", "fleet.in_the_future"),
        ("9999-12-31T23:59:59-12:00", "fleet.in_the_future"),
        ("1970-01-01T00:00:00Z", "fleet.too_early"),
        ("0001-01-01T00:00:00+14:00", "fleet.too_early"),
    ],
)
def test_times_that_cannot_be_are_told(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        at(text)
    assert (caught.value.code, caught.value.field) == (code, "at")


def test_a_clock_a_little_fast_is_taken_for_now() -> None:
    assert at("2016-10-28T03:05:00Z") == NOW


@given(st.text(max_size=30) | st.datetimes(timezones=st.timezones()).map(datetime.isoformat))
def test_any_text_is_a_time_in_reach_or_a_problem(text: str) -> None:
    try:
        found = at(text)
    except Problem:
        return
    assert rules.EARLIEST <= found <= NOW
    assert found.utcoffset() is not None


def test_health_keeps_plain_facts_and_cuts_the_rest() -> None:
    health = {"up": 5, "ok": True, "note": "y" * 300, "none": None, "list": [1], "f": 0.5}
    assert json.loads(rules.capped_health(health) or "") == {
        "up": 5,
        "ok": True,
        "note": "y" * 200,
        "none": None,
        "f": 0.5,
    }
    assert rules.capped_health(None) is None
    assert rules.capped_health({"nested": {}}) is None


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
nested = st.lists(plain, max_size=2) | st.dictionaries(st.text(max_size=2), st.lists(plain), max_size=2)


@given(st.dictionaries(st.text(), plain | nested, max_size=50))
@example({f"{number:_<90}": "長" * 300 for number in range(50)})
@example({str(number): number for number in range(50)})
def test_health_is_always_small_json(health: dict[str, object]) -> None:
    kept = rules.capped_health(health)
    if kept is not None:
        assert len(kept.encode("utf-8", "surrogatepass")) <= rules.HEALTH_BYTES
        assert 0 < len(json.loads(kept)) <= rules.HEALTH_FACTS


def test_an_instant_out_of_a_day_is_still_the_day_it_was() -> None:
    late = rules.instant("2016-10-28T00:10:00+09:00", now=NOW + timedelta(days=1))
    assert late.astimezone(TOKYO).date().isoformat() == "2016-10-28"
