"""Charts as SVG from the server. No Django, no script.

In: frozen values, with every word already in the reader's language. Out: an `Svg` that templates print
as it is; colours come from charts.css, so one drawing serves day, night and paper. Each has a title and
a description; the page shows the same numbers in a table. It never computes a figure of its own beyond
shares of the denominator it is given.
"""

from okiagari.web.frame.charts.plot import Flag, Layer, ReachChart, Span
from okiagari.web.frame.charts.reach import reach
from okiagari.web.frame.charts.score import Part, ScoreChart, Threshold, score
from okiagari.web.frame.charts.small import SmallCurve, multiple, sparkline
from okiagari.web.frame.charts.svg import Svg
from okiagari.web.frame.charts.week import Mark, WeekChart, week

__all__ = [
    "Flag",
    "Layer",
    "Mark",
    "Part",
    "ReachChart",
    "ScoreChart",
    "SmallCurve",
    "Span",
    "Svg",
    "Threshold",
    "WeekChart",
    "multiple",
    "reach",
    "score",
    "sparkline",
    "week",
]
