"""Counts a fleet against the grid: which units run a fixed version, which do not, which are silent.

In: what the units say (version texts with counts), the maker's order of releases, what the grid decided.
Out: counts by standing. A text the catalogue does not know is its own standing, never dropped; a silent
unit is counted as silent whatever it last ran, for nobody knows what it runs now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from okiagari.standards.firmware_order import Form, Line, Range

ENOUGH_PERCENT = 90


class Standing(StrEnum):
    """Where a unit stands against an advisory."""

    FIXED = "fixed"
    VULNERABLE = "vulnerable"
    UNKNOWN = "unknown"
    SILENT = "silent"
    UNSEEN = "unseen"
    NOT_CONCERNED = "not_concerned"


class Denominator(StrEnum):
    """Of whom a share is counted. SHIPPED: sold, as far as that is stated, else seen; SEEN: ever seen;
    RECENT: seen within the days after which a unit counts as silent."""

    SHIPPED = "shipped"
    SEEN = "seen"
    RECENT = "recent"


MILESTONES = (7, 30, 90)
"""Days after a publication at which advisories are compared."""

_WORST_FIRST = (Standing.VULNERABLE, Standing.UNKNOWN, Standing.FIXED, Standing.NOT_CONCERNED)


@dataclass(frozen=True)
class Verdict:
    """What the grid says of one target and one vulnerability, as far as reach needs it.

    `is_hopeless`: it was decided that there will never be a fix; "not yet" is not "never".
    """

    affected: Range | None
    fixed_in: str
    is_concerned: bool
    is_hopeless: bool = False


@dataclass(frozen=True)
class Ask:
    """One target: its order of releases and every verdict about it."""

    line: Line
    verdicts: tuple[Verdict, ...]

    @property
    def concerned(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.is_concerned)

    @property
    def is_hopeless(self) -> bool:
        """Something about it will never be fixed."""
        return any(verdict.is_hopeless and not verdict.fixed_in for verdict in self.concerned)

    def standing(self, text: str) -> Standing:
        """Where a unit stands that reports this text: fixed only if fixed for every vulnerability."""
        concerned = self.concerned
        if not concerned:
            return Standing.NOT_CONCERNED
        if self.line.resolve(text) is None:
            return Standing.VULNERABLE if any(map(_is_always, concerned)) else Standing.UNKNOWN
        if all(self._is_safe(text, verdict) for verdict in concerned):
            return Standing.FIXED
        return Standing.VULNERABLE

    def _is_safe(self, text: str, verdict: Verdict) -> bool:
        """What has no place in the order makes nothing safe."""
        if verdict.fixed_in:
            is_listed = self.line.resolve(verdict.fixed_in) is not None
            return is_listed and not self.line.is_older(text, verdict.fixed_in)
        if verdict.affected is None or not verdict.affected.is_known or self.line.problems(verdict.affected):
            return False
        return not self.line.contains(verdict.affected, text)


def _is_always(verdict: Verdict) -> bool:
    """Whatever version a unit runs, known or not, it is affected."""
    return verdict.affected is not None and verdict.affected.form is Form.ALL and not verdict.fixed_in


Asks = Mapping[str, Sequence[Ask]]
"""The targets of one product by hardware revision; "" stands for all that are not named."""


def standing_of(asks: Asks, hardware: str, text: str) -> Standing:
    """Where a unit stands that says this of itself. Where several targets could be meant, the worst one."""
    candidates = _candidates(asks, hardware)
    known = [ask for ask in candidates if ask.line.resolve(text) is not None] or candidates
    standings = {ask.standing(text) for ask in known}
    return next((each for each in _WORST_FIRST if each in standings), Standing.UNKNOWN)


def release_of(asks: Asks, hardware: str, text: str) -> str:
    """The maker's own text of the release that is meant, "" where nobody knows it."""
    found = (ask.line.resolve(text) for ask in _candidates(asks, hardware))
    return next((release.text for release in found if release is not None), "")


def _candidates(asks: Asks, hardware: str) -> Sequence[Ask]:
    named = asks.get(hardware) or asks.get("")
    return named or [ask for several in asks.values() for ask in several]


@dataclass(frozen=True)
class Count:
    """Units of one hardware and version text on one day: how many are there, how many of them silent."""

    hardware: str
    version: str
    present: int
    silent: int


@dataclass(frozen=True)
class Day:
    """One day of one product, in units. The five add up to the denominator. `failed`: of the vulnerable and
    the unknown, those that say that their update failed."""

    day: date
    fixed: int
    vulnerable: int
    unknown: int
    silent: int
    unseen: int
    failed: int = 0

    @property
    def seen(self) -> int:
        return self.fixed + self.vulnerable + self.unknown + self.silent

    @property
    def denominator(self) -> int:
        return self.seen + self.unseen

    @property
    def share(self) -> float:
        """Fixed units, 0 to 1, of the denominator; 0 where there is nobody to count."""
        return self.fixed / self.denominator if self.denominator else 0.0

    def units(self, of: Denominator) -> int:
        """How many units a share of this kind is counted of."""
        if of is Denominator.SHIPPED:
            return self.denominator
        return self.seen if of is Denominator.SEEN else self.seen - self.silent

    def share_of(self, of: Denominator) -> float:
        units = self.units(of)
        return self.fixed / units if units else 0.0


def tally(
    day: date, counts: Iterable[Count], asks: Asks, *, shipped: int | None, failed: Iterable[Count] = ()
) -> Day:
    """Count one day. Units of variants that are not concerned are left out, and of the failed those that run
    a fixed version by now.

    Units shipped but never seen are counted as unseen, so that the denominator stays what was sold.
    """
    sums = dict.fromkeys(Standing, 0)
    for count in counts:
        standing = standing_of(asks, count.hardware, count.version)
        is_out = standing is Standing.NOT_CONCERNED
        sums[standing] += count.present if is_out else count.present - count.silent
        sums[Standing.SILENT] += 0 if is_out else count.silent
    seen = sum(sums.values())
    unseen = max(0, shipped - seen) if shipped is not None else 0
    return Day(
        day,
        fixed=sums[Standing.FIXED],
        vulnerable=sums[Standing.VULNERABLE],
        unknown=sums[Standing.UNKNOWN],
        silent=sums[Standing.SILENT],
        unseen=unseen,
        failed=min(_failed(failed, asks), sums[Standing.VULNERABLE] + sums[Standing.UNKNOWN]),
    )


def _failed(counts: Iterable[Count], asks: Asks) -> int:
    still_open = (Standing.VULNERABLE, Standing.UNKNOWN)
    return sum(
        count.present for count in counts if standing_of(asks, count.hardware, count.version) in still_open
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
        failed=sum(each.failed for each in found),
    )


def days_until(
    days: Iterable[Day], *, since: date, percent: int, of: Denominator = Denominator.SHIPPED
) -> int | None:
    """Days from `since` until this share of the denominator was fixed, or None while it is not."""
    for day in days:
        units = day.units(of)
        if day.day >= since and units and day.fixed * 100 >= percent * units:
            return (day.day - since).days
    return None


@dataclass(frozen=True)
class Speed:
    """How fast a fix spread, of one denominator. `half`, `most`: days until 50 % and 90 % were fixed, None
    where that is not reached. `after`: the share at each milestone, None where that day has not come."""

    of: Denominator
    units: int
    fixed: int
    half: int | None
    most: int | None
    after: tuple[float | None, ...]

    @property
    def share(self) -> float:
        return self.fixed / self.units if self.units else 0.0


def speed(days: Sequence[Day], *, since: date, of: Denominator) -> Speed:
    """Days are consecutive, at least one; `since` is the day of the first publication."""
    by_age = {(day.day - since).days: day for day in days}
    shares = (by_age[age].share_of(of) if age in by_age else None for age in MILESTONES)
    return Speed(
        of=of,
        units=days[-1].units(of),
        fixed=days[-1].fixed,
        half=days_until(days, since=since, percent=50, of=of),
        most=days_until(days, since=since, percent=ENOUGH_PERCENT, of=of),
        after=tuple(shares),
    )
