"""Sparkline, small multiple, the week of clocks, the score."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from okiagari.web.frame.charts import (
    Mark,
    Part,
    ScoreChart,
    SmallCurve,
    Threshold,
    WeekChart,
    multiple,
    score,
    sparkline,
    week,
)
from okiagari.web.frame.charts.svg import number, shortened, width_of

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2015, 8, 17, 14, 20, tzinfo=TOKYO)
WEEK = WeekChart("Clocks", NOW, (), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "now")
SCORE = ScoreChart(
    "Score",
    20,
    (Part("from the Internet", 6), Part("always", 3), Part("few units left", -2)),
    (Threshold("normal", 0), Threshold("severe", 10), Threshold("executives", 16)),
)


def _texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter("text")]


def _week(*marks: Mark) -> WeekChart:
    return WeekChart(WEEK.title, NOW, marks, WEEK.weekdays, WEEK.now_word)


def test_a_week_shows_seven_days_from_today_and_the_time_it_is() -> None:
    texts = _texts(week(WEEK))
    assert [text for text in texts if "/" in text] == [
        "8/17 Mon",
        "8/18 Tue",
        "8/19 Wed",
        "8/20 Thu",
        "8/21 Fri",
        "8/22 Sat",
        "8/23 Sun",
    ]
    assert "now 14:20" in texts


def test_a_clock_stands_on_the_day_it_ends_in_the_zone_of_the_reader() -> None:
    late_in_utc = Mark(datetime(2015, 8, 18, 15, 30, tzinfo=UTC), "embargo")
    texts = _texts(week(_week(late_in_utc)))
    assert texts.index("8/19 Wed") < texts.index("embargo") < texts.index("8/20 Thu")
    assert "00:30" in texts


def test_the_line_of_now_lies_between_what_is_past_and_what_comes() -> None:
    marks = (Mark(NOW + timedelta(hours=2), "later"), Mark(NOW - timedelta(hours=2), "earlier", state="late"))
    texts = _texts(week(_week(*marks)))
    assert texts.index("earlier") < texts.index("now 14:20") < texts.index("later")


def test_clocks_beyond_the_week_are_left_out() -> None:
    assert "far" not in _texts(week(_week(Mark(NOW + timedelta(days=7), "far"))))


def test_a_long_name_is_cut_and_stands_whole_in_the_title() -> None:
    name = "公表予定日時の再調整についてJPCERT/CCへ回答する期限（延長後の二回目）"
    svg = week(_week(Mark(NOW + timedelta(days=1), name, href="/cases/x")))
    assert any(text.endswith("…") and name.startswith(text[:-1]) for text in _texts(svg))
    assert name in svg
    assert '<a href="/cases/x">' in svg


def test_a_score_marks_the_highest_threshold_it_has_reached() -> None:
    assert SCORE.total == 7
    assert SCORE.proposal == Threshold("normal", 0)
    strong = [e.text for e in ET.fromstring(score(SCORE)).iter("text") if e.get("class") == "is-strong"]
    assert strong == ["0", "normal"]


def test_the_pile_of_a_score_is_as_high_as_its_points() -> None:
    piled = ScoreChart("Score", 20, (Part("a", 6), Part("b", 4)), ())
    parts = [e for e in ET.fromstring(score(piled)).iter("rect") if e.get("class") == "g-part"]
    assert [float(part.get("height", 0)) for part in parts] == [72, 48]  # of 240 for 20 points


def test_a_score_above_its_maximum_stays_in_the_column() -> None:
    over = ScoreChart("Score", 10, (Part("a", 8), Part("b", 8)), ())
    parts = [e for e in ET.fromstring(score(over)).iter("rect") if e.get("class") == "g-part"]
    assert sum(float(part.get("height", 0)) for part in parts) == 240


def test_a_small_curve_ends_at_its_last_value() -> None:
    svg = multiple(SmallCurve("WN-G54/R2", (0.0, 0.5, 1.0), "100.0 %"))
    path = next(e for e in ET.fromstring(svg).iter("path") if e.get("class") == "c-curve").get("d", "")
    assert [float(value) for value in re.findall(r"V([\d.]+)", path)] == [36, 6]
    assert "100.0 %" in _texts(svg)


def test_labels_of_a_young_curve_never_lie_over_one_another() -> None:
    young = SmallCurve("KRACK", (0.0, 0.1), "4.9 %", "day 0", "day 30", room=9.0)
    assert "day 0" not in _texts(multiple(young))
    assert "day 30" in _texts(multiple(young))
    grown = SmallCurve("KRACK", (0.0, 0.1), "4.9 %", "day 0", "day 30")
    assert {"day 0", "day 30"} <= set(_texts(multiple(grown)))


def test_a_sparkline_without_values_is_flat_and_named() -> None:
    svg = sparkline(SmallCurve("NP-BBRS", ()))
    title = ET.fromstring(svg).find("title")
    assert title is not None
    assert title.text == "NP-BBRS"
    assert "o-spark" in svg


def test_numbers_are_written_short() -> None:
    assert [number(value) for value in (1.0, 1.25, -0.01, 12)] == ["1", "1.2", "0", "12"]


def test_japanese_is_reckoned_wider_than_latin() -> None:
    assert width_of("公表") > width_of("ab") * 1.7
    assert shortened("ab", 100) == "ab"
    assert width_of(shortened("公表予定日時", 40)) <= 40
