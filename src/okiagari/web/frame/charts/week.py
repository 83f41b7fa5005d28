"""The clocks of the next days on one time line, top to bottom: a day is a row that grows with its clocks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from okiagari.web.frame.charts.svg import Svg, element, line, number, picture, shortened, width_of, words

WIDTH, AXIS, TEXT = 384.0, 76.0, 92.0
MARK, EMPTY = 38.0, 26.0


@dataclass(frozen=True)
class Mark:
    """A clock that ends. ``state`` as of `Clock`: running, soon, late."""

    at: datetime
    name: str
    note: str = ""
    state: str = "running"
    href: str = ""


@dataclass(frozen=True)
class WeekChart:
    """``now`` carries the zone the days are cut in; ``weekdays`` are seven short names from Monday on."""

    title: str
    now: datetime
    marks: tuple[Mark, ...]
    weekdays: tuple[str, ...]
    now_word: str
    description: str = ""
    days: int = 7
    rest_days: frozenset[date] = frozenset()
    key: str = "week"


def week(chart: WeekChart) -> Svg:
    """Draw it. Marks outside the days are left out: the desk shows late ones in a band of their own."""
    top = 4.0
    rests: list[Svg] = []
    parts: list[Svg] = []
    for count in range(chart.days):
        day = chart.now.date() + timedelta(days=count)
        marks = sorted(
            (mark for mark in chart.marks if mark.at.astimezone(chart.now.tzinfo).date() == day),
            key=lambda mark: mark.at,
        )
        rows, height = _day(chart, day, marks, top)
        if day.weekday() >= 5 or day in chart.rest_days:
            rests.append(element("rect", x=0, y=top, width=WIDTH, height=height, class_="c-rest"))
        parts += rows
        top += height
    axis = line((AXIS, 4), (AXIS, top), "c-axis")
    return picture(
        [*rests, axis, *parts],
        size=(WIDTH, top + 4),
        key=chart.key,
        title=chart.title,
        description=chart.description,
    )


def _day(chart: WeekChart, day: date, marks: list[Mark], top: float) -> tuple[list[Svg], float]:
    is_today = day == chart.now.date()
    height = max(EMPTY, MARK * len(marks) + (EMPTY if is_today else 6))
    name = f"{day.month}/{day.day} {chart.weekdays[day.weekday()]}"
    parts = [
        line((0, top), (WIDTH, top), "c-grid"),
        words(name, 4, top + 18, css="c-strong" if is_today else None),
    ]
    y = top + 8
    is_now_drawn = not is_today
    for mark in marks:
        if not is_now_drawn and mark.at > chart.now:
            parts += _now(chart, y + 6)
            y, is_now_drawn = y + 20, True
        parts.append(_mark(chart, mark, y))
        y += MARK
    if not is_now_drawn:
        parts += _now(chart, y + 6)
    return parts, height


def _now(chart: WeekChart, y: float) -> list[Svg]:
    text = f"{chart.now_word} {chart.now:%H:%M}"
    return [
        line((AXIS, y), (WIDTH - width_of(text) - 8, y), "c-now"),
        element("circle", cx=AXIS, cy=y, r=3.5, class_="c-now-dot"),
        words(text, WIDTH, y + 4, css="c-now-word", anchor="end"),
    ]


def _mark(chart: WeekChart, mark: Mark, y: float) -> Svg:
    local = mark.at.astimezone(chart.now.tzinfo)
    room = WIDTH - TEXT - 44
    corner = f"M{number(AXIS)} {number(y)}l5 5-5 5-5-5Z"
    drawn = [
        element("title", Svg(escape(f"{local:%Y-%m-%d %H:%M %Z} {mark.name} {mark.note}".strip()))),
        element("path", d=corner, class_=f"c-tick is-{mark.state}"),
        words(f"{local:%H:%M}", TEXT, y + 9),
        words(shortened(mark.name, room), TEXT + 44, y + 9, css="c-strong"),
        words(shortened(mark.note, room), TEXT + 44, y + 24) if mark.note else Svg(),
    ]
    return element("a" if mark.href else "g", *drawn, href=mark.href or None)
