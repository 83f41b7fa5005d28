"""Small curves: one line beside a row (sparkline), one per product under the big chart (multiple)."""

from dataclasses import dataclass

from okiagari.web.frame.charts.svg import Svg, element, line, number, picture, width_of, words


@dataclass(frozen=True)
class SmallCurve:
    """``values`` from 0 to 1, evenly spaced in time; ``figure`` is the last one in words ("63.2 %")."""

    title: str
    values: tuple[float, ...]
    figure: str = ""
    first_label: str = ""
    last_label: str = ""
    key: str = "small"
    room: float = 1.0
    """How many times longer the time axis is than the values: for curves of different age side by side."""


def sparkline(curve: SmallCurve) -> Svg:
    """A curve for a table cell, 112 x 24."""
    width, height = 112.0, 24.0
    path, end = _curve(curve.values, (2, 3, width - 6, height - 6))
    drawing = picture(
        [
            element("path", d=path, class_="c-curve"),
            element("circle", cx=end[0], cy=end[1], r=2.5, class_="c-fixed"),
        ],
        size=(width, height),
        key=curve.key,
        title=f"{curve.title} {curve.figure}".strip(),
    )
    return Svg(drawing.replace('class="o-svg"', 'class="o-svg o-spark"', 1))


def multiple(curve: SmallCurve) -> Svg:
    """A curve with its base line, half line and last figure, 208 x 84. The page names it above."""
    width, base, top = 208.0, 66.0, 6.0
    box = (0.0, top, width - 58, base - top)
    right = box[2]
    path, end = _curve(curve.values, (0.0, top, right / max(1.0, curve.room), base - top))
    area = f"{path}L{number(end[0])} {number(base)}L0 {number(base)}Z"
    has_room = end[0] >= width_of(curve.first_label) + width_of(curve.last_label) + 8
    parts = [
        line((0, top), (right, top), "c-grid"),
        line((0, (base + top) / 2), (right, (base + top) / 2), "c-grid"),
        element("path", d=area, class_="c-fixed c-fixed-2"),
        element("path", d=path, class_="c-curve"),
        line((0, base), (right, base), "c-axis"),
        words(curve.figure, right + 8, min(base, max(top + 8, end[1] + 4)), css="c-strong"),
        words(curve.last_label, end[0], base + 15, anchor="end")
        if has_room
        else words(curve.last_label, 0, base + 15),
    ]
    if has_room:
        parts.append(words(curve.first_label, 0, base + 15))
    return picture(parts, size=(width, 84), key=curve.key, title=f"{curve.title} {curve.figure}".strip())


def _curve(
    values: tuple[float, ...], box: tuple[float, float, float, float]
) -> tuple[str, tuple[float, float]]:
    """The step line inside x, y, width, height, and its last point. No values lie on the base."""
    left, top, width, height = box
    known = values or (0.0,)
    step = width / max(1, len(known) - 1)
    heights = [top + height * (1 - min(1.0, max(0.0, value))) for value in known]
    path = f"M{number(left)} {number(heights[0])}"
    for place, y in enumerate(heights[1:], start=1):
        path += f"H{number(left + place * step)}V{number(y)}"
    if len(known) == 1:
        path += f"H{number(left + width)}"
    return path, (left + width, heights[-1])
