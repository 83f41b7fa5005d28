"""What the reach curve is drawn from, and where a day and a number of units lie in its plot."""

from dataclasses import dataclass
from datetime import date

PLOT_HEIGHT = 248.0
LEFT = 48.0
WIDE, WIDE_RIGHT = 840.0, 176.0
NARROW, NARROW_RIGHT = 380.0, 10.0


@dataclass(frozen=True)
class Layer:
    """Units per day of the chart. ``kind``: fixed, unseen, silent, unknown or failed."""

    name: str
    kind: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Flag:
    """Something published on a day."""

    day: date
    name: str
    href: str = ""


@dataclass(frozen=True)
class Span:
    """A stretch of time with a name, open to the right without ``end``."""

    name: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class ReachChart:
    """``denominators`` holds the units counted on each day; ``denominator`` says in words who they are."""

    title: str
    days: tuple[date, ...]
    layers: tuple[Layer, ...]
    denominators: tuple[int, ...]
    denominator: str
    description: str = ""
    open_name: str = ""
    flags: tuple[Flag, ...] = ()
    spans: tuple[Span, ...] = ()
    is_share: bool = True
    language: str = "en"
    key: str = "reach"
    is_narrow: bool = False
    """For a phone: no names of layers and no denominator in the picture; the page says both."""

    @property
    def width(self) -> float:
        return NARROW if self.is_narrow else WIDE

    @property
    def margin(self) -> float:
        return NARROW_RIGHT if self.is_narrow else WIDE_RIGHT

    def __post_init__(self) -> None:
        if not self.days or list(self.days) != sorted(set(self.days)):
            raise ValueError("the days of a chart are ascending, at least one")
        lengths = {len(self.days), len(self.denominators), *(len(layer.counts) for layer in self.layers)}
        if len(lengths) > 1:
            raise ValueError("every layer and the denominator have one number for each day")

    @property
    def fixed(self) -> tuple[Layer, ...]:
        return tuple(layer for layer in self.layers if layer.kind == "fixed")

    def fixed_share(self, index: int = -1) -> float:
        """Share of the units that run a fixed release, 0 to 1; nobody counted is 0."""
        counted = self.denominators[index]
        return sum(layer.counts[index] for layer in self.fixed) / counted if counted else 0.0


@dataclass(frozen=True)
class Plot:
    chart: ReachChart
    top: float

    @property
    def bottom(self) -> float:
        return self.top + PLOT_HEIGHT

    @property
    def right(self) -> float:
        return self.chart.width - self.chart.margin

    @property
    def ceiling(self) -> float:
        return 1.0 if self.chart.is_share else float(_round_up(max(self.chart.denominators)))

    def x(self, day: date) -> float:
        first, last = self.chart.days[0], self.chart.days[-1]
        share = (day - first).days / max(1, (last - first).days)
        return LEFT + min(1.0, max(0.0, share)) * (self.right - LEFT)

    def y(self, units: float, index: int) -> float:
        counted = self.chart.denominators[index]
        value = (units / counted if counted else 0.0) if self.chart.is_share else units
        return self.bottom - value / self.ceiling * PLOT_HEIGHT

    def steps(self, heights: list[float]) -> list[tuple[float, float]]:
        """The corners of a line that keeps each day's height until the next day."""
        corners: list[tuple[float, float]] = []
        for day, height in zip(self.chart.days, heights, strict=True):
            if corners:
                corners.append((self.x(day), corners[-1][1]))
            corners.append((self.x(day), height))
        return corners


def _round_up(value: int) -> int:
    """The next 1, 2, 4, 5 or 8 times a power of ten, so that quarters of it read well."""
    power = int("1" + "0" * (len(str(max(1, value))) - 1))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= max(1, value))
