"""The reach curve: which share of the units runs a fixed release, day by day.

Fixed releases are stacked from below; units never seen, silent, unknown or failed hang from above; what lies
between still runs a vulnerable release. Publications are flags, end of support a shaded stretch of time.
"""

from datetime import date, timedelta

from okiagari.web.frame.charts.plot import LEFT, PLOT_HEIGHT, Layer, Plot, ReachChart
from okiagari.web.frame.charts.svg import (
    Svg,
    element,
    group,
    line,
    number,
    picture,
    shortened,
    width_of,
    words,
)

BOTTOM = 30.0
FLAG_ROW = 17.0
HANGING = ("unseen", "silent", "unknown", "failed")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def reach(chart: ReachChart) -> Svg:
    """Draw it. The picture is as wide as its place and 840 units inside."""
    rows = _flag_rows(chart)
    plot = Plot(chart, top=26 + FLAG_ROW * (max(rows, default=-1) + 1) + 6)
    parts = [
        _patterns(chart.key),
        *([] if chart.is_narrow else [words(chart.denominator, LEFT, 14, css="c-strong")]),
        *_spans(plot),
        *_scale(plot),
        *_layers(plot),
        *_days(plot),
        *_flags(plot, rows),
        *([] if chart.is_narrow else _end_labels(plot)),
    ]
    size = (chart.width, plot.bottom + BOTTOM)
    return picture(parts, size=size, key=chart.key, title=chart.title, description=chart.description)


def _patterns(key: str) -> Svg:
    dots = element("circle", cx=2, cy=2, r=0.9, class_="c-dot")
    hatch = element("path", d="M-1 1 1-1M0 6 6 0M5 7 7 5", class_="c-hatch")
    grid = element("path", d="M0 3H6M3 0V6", class_="c-hatch")
    common: dict[str, str | float] = {"patternUnits": "userSpaceOnUse", "width": 6.0, "height": 6.0}
    return element(
        "defs",
        element("pattern", dots, id=f"{key}-silent", **common),
        element("pattern", grid, id=f"{key}-unknown", **common),
        element("pattern", hatch, id=f"{key}-failed", **common),
    )


def _path(corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners)


def _stacked(
    plot: Plot, layers: tuple[Layer, ...], *, is_hanging: bool
) -> list[tuple[Layer, list[float], list[float]]]:
    """Each layer with its two edges; hanging layers start at the denominator and go down."""
    chart = plot.chart
    reached = [float(units) if is_hanging else 0.0 for units in chart.denominators]
    stacked = []
    for layer in layers:
        inner = [plot.y(units, index) for index, units in enumerate(reached)]
        change = [-count if is_hanging else count for count in layer.counts]
        reached = [units + more for units, more in zip(reached, change, strict=True)]
        stacked.append((layer, inner, [plot.y(units, index) for index, units in enumerate(reached)]))
    return stacked


def _layers(plot: Plot) -> list[Svg]:
    parts: list[Svg] = []
    rising = _stacked(plot, plot.chart.fixed, is_hanging=False)
    for place, (_, inner, outer) in enumerate(rising):
        outline = plot.steps(outer) + plot.steps(inner)[::-1]
        parts.append(element("path", d=_path(outline) + "Z", class_=f"c-fixed c-fixed-{min(place, 3) + 1}"))
        if place < len(rising) - 1:
            parts.append(element("path", d=_path(plot.steps(outer)), class_="c-edge"))
    for kind in HANGING:
        parts += _hanging(plot, kind)
    if not plot.chart.is_share:
        tops = [plot.y(units, index) for index, units in enumerate(plot.chart.denominators)]
        parts.append(element("path", d=_path(plot.steps(tops)), class_="c-lead"))
    if rising:
        parts.append(element("path", d=_path(plot.steps(rising[-1][2])), class_="c-curve"))
    return parts


def _hung(plot: Plot) -> list[tuple[Layer, list[float], list[float]]]:
    ordered = sorted(
        (layer for layer in plot.chart.layers if layer.kind in HANGING),
        key=lambda layer: HANGING.index(layer.kind),
    )
    return _stacked(plot, tuple(ordered), is_hanging=True)


def _hanging(plot: Plot, kind: str) -> list[Svg]:
    parts: list[Svg] = []
    for layer, inner, outer in _hung(plot):
        if layer.kind == kind:
            outline = _path(plot.steps(outer) + plot.steps(inner)[::-1]) + "Z"
            parts.append(element("path", d=outline, class_=f"c-{kind}"))
            if kind != "unseen":
                parts.append(element("path", d=outline, fill=f"url(#{plot.chart.key}-{kind})"))
    return parts


def _scale(plot: Plot) -> list[Svg]:
    parts: list[Svg] = []
    for quarter in range(5):
        height = plot.bottom - PLOT_HEIGHT * quarter / 4
        text = f"{quarter * 25} %" if plot.chart.is_share else f"{plot.ceiling * quarter / 4:,.0f}"
        parts.append(line((LEFT, height), (plot.right, height), "c-grid" if quarter else "c-axis"))
        parts.append(words(text, LEFT - 8, height + 4, anchor="end"))
    return parts


def _days(plot: Plot) -> list[Svg]:
    parts: list[Svg] = []
    free_from = LEFT
    for day in _tick_days(plot.chart.days[0], plot.chart.days[-1]):
        x = plot.x(day)
        text = _day_text(plot.chart, day)
        half = width_of(text) / 2
        parts.append(line((x, plot.bottom), (x, plot.bottom + 5), "c-axis"))
        if x - half >= free_from - half and x - half > free_from - LEFT:
            parts.append(words(text, x, plot.bottom + 20, anchor="middle"))
            free_from = x + 2 * half + 12
    return parts


def _tick_days(first: date, last: date) -> list[date]:
    """Every day, every Monday, or the first of every month or year: as many as can be read."""
    length = (last - first).days
    every = [first + timedelta(days=count) for count in range(length + 1)]
    if length <= 14:
        return every
    if length <= 90:
        return [day for day in every if day.weekday() == 0]
    if length <= 900:
        return [day for day in every if day.day == 1]
    return [day for day in every if (day.month, day.day) == (1, 1)]


def _day_text(chart: ReachChart, day: date) -> str:
    months = (chart.days[-1] - chart.days[0]).days > 90
    if chart.language == "ja":
        return f"{day.year}年{day.month}月" if months else f"{day.month}月{day.day}日"
    return f"{MONTHS[day.month - 1]} {day.year}" if months else f"{day.day} {MONTHS[day.month - 1]}"


def _spans(plot: Plot) -> list[Svg]:
    parts: list[Svg] = []
    for span in plot.chart.spans:
        start, end = plot.x(span.start), plot.x(span.end) if span.end else plot.right
        if end <= start:
            continue
        parts.append(
            element("rect", x=start, y=plot.top, width=end - start, height=PLOT_HEIGHT, class_="c-span")
        )
        parts.append(line((start, plot.top), (start, plot.bottom), "c-span-edge"))
        fits = start + 6 + width_of(span.name) <= plot.right
        at, anchor = (start + 6, None) if fits else (start - 6, "end")
        if plot.chart.is_narrow:
            at, anchor = LEFT + 6, None
        parts.append(
            words(shortened(span.name, plot.right - LEFT), at, plot.bottom - 8, css="c-halo", anchor=anchor)
        )
    return parts


def _flag_rows(chart: ReachChart) -> list[int]:
    """The row of each flag's words, so that none covers another."""
    plot = Plot(chart, top=0)
    ends: list[float] = []
    rows = []
    for flag in chart.flags:
        start = plot.x(flag.day)
        row = next((place for place, end in enumerate(ends) if end <= start), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = start + 22 + width_of(flag.name)
        rows.append(row)
    return rows


def _flags(plot: Plot, rows: list[int]) -> list[Svg]:
    parts: list[Svg] = []
    for flag, row in zip(plot.chart.flags, rows, strict=True):
        x, y = plot.x(flag.day), 26 + FLAG_ROW * row
        fits = x + 12 + width_of(flag.name) <= plot.chart.width
        at, anchor = (x + 12, None) if fits else (x - 4, "end")
        name = words(flag.name, at, y + 10, anchor=anchor)
        parts.append(
            group(
                [
                    line((x, y), (x, plot.bottom), "c-flag"),
                    element("path", d=f"M{number(x)} {number(y)}l8 4-8 4Z", class_="c-pennant"),
                    element("a", name, href=flag.href) if flag.href else name,
                ]
            )
        )
    return parts


def _end_labels(plot: Plot) -> list[Svg]:
    """Names and numbers at the end of each layer, pushed apart where they would touch."""
    chart, left = plot.chart, plot.right + 12
    counted = chart.denominators[-1]
    labels = []
    for layer, inner, outer in _stacked(plot, chart.fixed, is_hanging=False) + _hung(plot):
        if layer.counts[-1]:
            labels.append(((inner[-1] + outer[-1]) / 2, layer.name, layer.counts[-1]))
    open_units = counted - sum(layer.counts[-1] for layer in chart.layers)
    if chart.open_name and open_units > 0:
        fixed_units = sum(layer.counts[-1] for layer in chart.fixed)
        labels.append(
            (plot.y(fixed_units + open_units / 2, len(chart.days) - 1), chart.open_name, open_units)
        )
    parts = []
    free_from = plot.top - 12
    for height, name, units in sorted(labels):
        y = max(height, free_from + 16)
        free_from = y + 16
        parts.append(words(shortened(name, chart.margin - 16), left, y, css="c-strong"))
        share = f" · {units / counted * 100:.1f} %" if counted else ""
        parts.append(words(f"{units:,}{share}", left, y + 15))
    return parts
