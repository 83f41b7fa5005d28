"""The score of a judgement: answers pile up in a column, thresholds lie across it."""

from dataclasses import dataclass
from html import escape

from okiagari.web.frame.charts.svg import Svg, element, line, picture, shortened, words

WIDTH, TOP, HEIGHT, COLUMN = 320.0, 12.0, 240.0, 72.0


@dataclass(frozen=True)
class Part:
    """Points an answer gave."""

    name: str
    points: float


@dataclass(frozen=True)
class Threshold:
    """From ``at`` points on, the proposal is this."""

    name: str
    at: float


@dataclass(frozen=True)
class ScoreChart:
    title: str
    maximum: float
    parts: tuple[Part, ...]
    thresholds: tuple[Threshold, ...]
    description: str = ""
    key: str = "score"

    @property
    def total(self) -> float:
        return sum(part.points for part in self.parts)

    @property
    def proposal(self) -> Threshold | None:
        """The highest threshold the total has reached."""
        reached = [threshold for threshold in self.thresholds if threshold.at <= self.total]
        return max(reached, key=lambda threshold: threshold.at, default=None)


def score(chart: ScoreChart) -> Svg:
    """Draw it, 320 wide. Negative points are taken off the top of the pile."""
    bottom = TOP + HEIGHT
    scale = HEIGHT / chart.maximum if chart.maximum > 0 else 0.0
    drawn = [element("rect", x=0, y=TOP, width=COLUMN, height=HEIGHT, class_="g-track")]
    height = 0.0
    for part in chart.parts:
        taller = min(HEIGHT, max(0.0, height + part.points * scale))
        if taller > height:
            title = element("title", Svg(escape(f"{part.name} +{part.points:g}")))
            drawn.append(
                element(
                    "rect",
                    title,
                    x=0,
                    y=bottom - taller,
                    width=COLUMN,
                    height=taller - height,
                    class_="g-part",
                )
            )
        height = taller
    drawn += _thresholds(chart, scale)
    return picture(
        drawn, size=(WIDTH, bottom + 12), key=chart.key, title=chart.title, description=chart.description
    )


def _thresholds(chart: ScoreChart, scale: float) -> list[Svg]:
    drawn: list[Svg] = []
    for threshold in chart.thresholds:
        y = TOP + HEIGHT - threshold.at * scale
        is_reached = threshold == chart.proposal
        css = "is-strong" if is_reached else None
        drawn += [
            line((0, y), (COLUMN, y), "g-halo"),
            line((0, y), (COLUMN + 12, y), "g-line"),
            words(f"{threshold.at:g}", COLUMN + 40, y + 4, css=css, anchor="end"),
            words(shortened(threshold.name, WIDTH - COLUMN - 52), COLUMN + 50, y + 4, css=css),
        ]
    return drawn
