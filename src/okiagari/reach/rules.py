"""Counts a fleet against the grid: which units run a fixed version, which do not, which are silent.

In: what the units say (version texts with counts), the maker's order of releases, what the grid decided.
Out: counts by standing. A text the catalogue does not know is its own standing, never dropped; a silent
unit is counted as silent whatever it last ran, for nobody knows what it runs now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okiagari.standards.firmware_order import Line, Range

ENOUGH_PERCENT = 90


class Standing(StrEnum):
    """Where a unit stands against an advisory."""

    FIXED = "fixed"
    VULNERABLE = "vulnerable"
    UNKNOWN = "unknown"
    SILENT = "silent"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Verdict:
    """What the grid says of one target and one vulnerability, as far as reach needs it."""

    affected: Range | None
    fixed_in: str
    is_concerned: bool


@dataclass(frozen=True)
class Ask:
    """One target: its order of releases and every verdict about it."""

    line: Line
    verdicts: tuple[Verdict, ...]

    def standing(self, text: str) -> Standing:
        """Where a unit stands that reports this text: fixed only if fixed for every vulnerability."""
        concerned = [verdict for verdict in self.verdicts if verdict.is_concerned]
        if self.line.resolve(text) is None:
            everything = any(each.affected is not None and each.affected.form == "all" for each in concerned)
            return Standing.VULNERABLE if everything else Standing.UNKNOWN
        if all(self._is_safe(text, verdict) for verdict in concerned):
            return Standing.FIXED
        return Standing.VULNERABLE

    def _is_safe(self, text: str, verdict: Verdict) -> bool:
        if verdict.fixed_in:
            return not self.line.is_older(text, verdict.fixed_in)
        if verdict.affected is None or not verdict.affected.is_known:
            return False
        return not self.line.contains(verdict.affected, text)


@dataclass(frozen=True)
class Count:
    """Units of one hardware and version text on one day: how many are there, how many of them silent."""

    hardware: str
    version: str
    present: int
    silent: int


@dataclass(frozen=True)
class Day:
    """One day of one product, in units. The five add up to the denominator."""

    day: date
    fixed: int
    vulnerable: int
    unknown: int
    silent: int
    unseen: int

    @property
    def denominator(self) -> int:
        return self.fixed + self.vulnerable + self.unknown + self.silent + self.unseen

    @property
    def share(self) -> float:
        """Fixed units, 0 to 1, of the denominator; 0 where there is nobody to count."""
        return self.fixed / self.denominator if self.denominator else 0.0


def tally(day: date, counts: Iterable[Count], asks: Mapping[str, Ask], *, shipped: int | None) -> Day:
    """Count one day. `asks` is by hardware revision; "" stands for all that are not named.

    Units shipped but never seen are counted as unseen, so that the denominator stays what was sold.
    """
    sums = dict.fromkeys(Standing, 0)
    for count in counts:
        ask = asks.get(count.hardware) or asks.get("") or next(iter(asks.values()), None)
        speaking = count.present - count.silent
        sums[Standing.SILENT] += count.silent
        sums[ask.standing(count.version) if ask else Standing.UNKNOWN] += speaking
    seen = sum(sums.values())
    unseen = max(0, shipped - seen) if shipped is not None else 0
    return Day(
        day,
        fixed=sums[Standing.FIXED],
        vulnerable=sums[Standing.VULNERABLE],
        unknown=sums[Standing.UNKNOWN],
        silent=sums[Standing.SILENT],
        unseen=unseen,
    )


def add(days: Iterable[Day], day: date) -> Day:
    """Several products of one day together."""
    found = list(days)
    return Day(
        day,
        fixed=sum(each.fixed for each in found),
        vulnerable=sum(each.vulnerable for each in found),
        unknown=sum(each.unknown for each in found),
        silent=sum(each.silent for each in found),
        unseen=sum(each.unseen for each in found),
    )


def days_until(days: Iterable[Day], *, since: date, percent: int) -> int | None:
    """Days from `since` until this share of the denominator was fixed, or None while it is not."""
    for day in days:
        if day.day >= since and day.denominator and day.share * 100 >= percent:
            return (day.day - since).days
    return None
