"""The reach curve says what its numbers say."""

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.web.frame.charts import Flag, Layer, ReachChart, Span, reach

DAYS = tuple(date(2015, 8, 17) + timedelta(days=count) for count in range(4))
CHART = ReachChart(
    title="Reach",
    description="What the table says",
    days=DAYS,
    layers=(
        Layer("1.03", "fixed", (10, 40, 50, 60)),
        Layer("1.04", "fixed", (0, 0, 10, 15)),
        Layer("silent", "silent", (20, 20, 20, 20)),
        Layer("failed", "failed", (0, 0, 4, 4)),
    ),
    denominators=(100, 100, 100, 200),
    denominator="Share of 200 units",
    open_name="still vulnerable",
)


def _words(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter("text")]


def _curve(svg: str) -> list[tuple[float, float]]:
    path = next(e for e in ET.fromstring(svg).iter("path") if e.get("class") == "c-curve").get("d", "")
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_it_names_its_denominator_and_the_numbers_of_the_last_day() -> None:
    words = _words(reach(CHART))
    assert "Share of 200 units" in words
    assert "60 · 30.0 %" in words
    assert "20 · 10.0 %" in words
    assert "101 · 50.5 %" in words  # 200 - 60 - 15 - 20 - 4 still run a vulnerable release


def test_the_curve_is_the_sum_of_all_fixed_releases_over_that_days_denominator() -> None:
    corners = _curve(reach(CHART))
    heights = dict(corners)  # the last corner on a day is that day's own height
    bottom = max(
        float(e.get("y2", 0))
        for e in ET.fromstring(reach(CHART)).iter("line")
        if e.get("class") == "c-axis" and e.get("x1") != e.get("x2")
    )
    shares = [round((bottom - heights[x]) / 248, 3) for x in sorted(heights)]
    assert shares == pytest.approx([0.10, 0.40, 0.60, 0.375], abs=0.001)
    assert CHART.fixed_share() == 0.375


def test_counts_are_drawn_against_a_round_ceiling() -> None:
    words = _words(reach(replace(CHART, is_share=False)))
    assert [word for word in ("0", "50", "100", "150", "200") if word in words] == [
        "0",
        "50",
        "100",
        "150",
        "200",
    ]


def test_a_day_with_nobody_counted_is_zero_and_no_error() -> None:
    empty = replace(CHART, layers=(Layer("1.03", "fixed", (0, 0, 0, 0)),), denominators=(0, 0, 0, 0))
    assert empty.fixed_share() == 0
    assert "c-curve" in reach(empty)


def test_flags_that_would_cover_each_other_take_rows_of_their_own() -> None:
    flags = (Flag(DAYS[0], "First advisory"), Flag(DAYS[1], "JVN"), Flag(DAYS[1], "Dealers", href="/m/1"))
    svg = reach(
        replace(CHART, days=tuple(date(2015, 8, 1) + timedelta(days=40 * n) for n in range(4)), flags=flags)
    )
    heights = [
        e.get("y") for e in ET.fromstring(svg).iter("text") if e.text in {"First advisory", "JVN", "Dealers"}
    ]
    assert len(set(heights)) == 3
    assert 'href="/m/1"' in svg


def test_end_of_support_reaches_to_the_right_edge_and_one_that_is_over_before_is_left_out() -> None:
    spans = (Span("after end of support", DAYS[2]), Span("before", date(2010, 1, 1), date(2011, 1, 1)))
    words = _words(reach(replace(CHART, spans=spans)))
    assert "after end of support" in words
    assert "before" not in words


def test_it_has_a_title_and_a_description_bound_to_it() -> None:
    root = ET.fromstring(reach(CHART))
    told = root.get("aria-labelledby", "").split()
    assert [root.find(f"*[@id='{name}']").text for name in told] == ["Reach", "What the table says"]  # type: ignore[union-attr]
    assert root.get("role") == "img"


def test_a_chart_with_links_is_no_image_or_they_could_not_be_reached_by_ear() -> None:
    linked = reach(replace(CHART, flags=(Flag(DAYS[1], "JVN", href="/m/1"),)))
    assert ET.fromstring(linked).get("role") == "group"


def test_words_from_outside_cannot_become_markup() -> None:
    hostile = '<script>alert("1")</script>'
    svg = reach(
        replace(CHART, title=hostile, denominator=hostile, flags=(Flag(DAYS[1], hostile, href='"><b>'),))
    )
    assert "<script>" not in svg
    assert hostile in _words(svg)


def test_days_are_named_in_the_language_of_the_reader() -> None:
    assert "8月18日" in _words(reach(replace(CHART, language="ja")))
    assert "18 Aug" in _words(reach(CHART))


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": ()},
        {"days": DAYS[::-1]},
        {"denominators": (1, 2, 3)},
        {"layers": (Layer("1.03", "fixed", (1,)),)},
    ],
)
def test_numbers_that_do_not_match_the_days_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"days|one number"):
        replace(CHART, **wrong)  # type: ignore[arg-type]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 30), st.integers(50, 10**7)), min_size=1, max_size=40
    ),
    st.booleans(),
)
def test_nothing_is_ever_drawn_outside_the_picture(rows: list[tuple[int, int, int]], is_share: bool) -> None:
    days = tuple(date(2015, 1, 1) + timedelta(days=count) for count in range(len(rows)))
    fixed, _silent, denominators = zip(*rows, strict=True)
    chart = ReachChart(
        "t",
        days,
        (Layer("f", "fixed", fixed), Layer("s", "silent", tuple(min(s, d - f) for f, s, d in rows))),
        denominators,
        "d",
        is_share=is_share,
    )
    root = ET.fromstring(reach(chart))
    _, _, width, height = (float(value) for value in root.get("viewBox", "").split())
    for path in root.iter("path"):
        if "c-" in (path.get("class") or "") and path.get("class") != "c-hatch":
            for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d", "")):
                assert 0 <= float(x) <= width
                assert 0 <= float(y) <= height
