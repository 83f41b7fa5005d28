"""What a batch of check-ins changes in the counted fleet. Pure: values in, changes out.

Enters: check-ins of many units in any order, and what is already known of these units.
Leaves: rows to write and differences to add to the daily counts.
Never: reads a clock or a database; looks at units that said nothing.

How the counts work. At the end of a day a unit *stands* in the bucket (product, hardware, version) of its
latest sign up to that day, and is *silent* once `silence` days have passed since that sign. Three counters
per (day, bucket) hold this for every day at once:

- present: +1 on the day a unit comes to stand in the bucket, -1 on the day it leaves
- silent: +1 on the day it falls silent there (written ahead of time), -1 on the day it speaks again
- heard: how many units gave their latest sign of all on that day

The sum of `present` and of `silent` up to a day is that day's curve; no nightly scan is needed. All three
depend on the set of signs alone: neither the order of arrival nor the cut into batches nor repeated
deliveries change them. Signs of one unit at the very same instant are ordered by their texts.

Units: instants are integer microseconds since 1970 UTC; days are `date.toordinal()` in the maker's zone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
QUARTER_HOUR = 900_000_000

PRESENT, SILENT, HEARD = 0, 1, 2


class Bucket(NamedTuple):
    """What a unit says it is: texts as reported, `hardware` empty where none was given."""

    product: str
    hardware: str
    version: str


class Sign(NamedTuple):
    """One sign of life of a unit, stamped with its day. `health` is JSON text."""

    at: int
    bucket: Bucket
    source: str
    day: int
    health: str | None = None


class Key(NamedTuple):
    """What makes two signs of a unit the same observation."""

    day: int
    bucket: Bucket
    source: str


class Span(NamedTuple):
    """The first and the last instant at which an observation was made."""

    first_at: int
    last_at: int


class Current(NamedTuple):
    """Where a unit stands: its latest sign, and the latest health it told."""

    bucket: Bucket
    source: str
    first_at: int
    last_at: int
    last_day: int
    health: str | None
    health_at: int | None

    @property
    def key(self) -> Key:
        return Key(self.last_day, self.bucket, self.source)


Signs = Mapping[str, Sequence[Sign]]
States = Mapping[str, Current]
History = Mapping[Key, Span]
Rollup = dict[tuple[int, Bucket], list[int]]
DayEnds = list[tuple[int, Bucket]]

_order = itemgetter(0, 1, 2)


@dataclass(slots=True)
class Outcome:
    """What a batch comes to. Written together with the batch, or not at all."""

    rollup: Rollup = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)
    """Units that only repeated themselves: the new instant of their latest sign."""
    states: dict[str, Current] = field(default_factory=dict)
    observations: dict[tuple[str, Key], Span] = field(default_factory=dict)
    """To be merged into what is stored: the smaller first_at, the larger last_at."""
    new: int = 0
    repeated: int = 0
    late: int = 0


def instant(at: datetime) -> int:
    """Microseconds since 1970 UTC of an aware datetime."""
    return (at - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    """The datetime in UTC of an `instant`."""
    return EPOCH + at * MICROSECOND


def calendar(zone: tzinfo) -> Callable[[int], int]:
    """A function from an instant to its day in this zone.

    It remembers the answer per quarter of an hour: since 1972 every midnight on Earth falls on one.
    """

    @lru_cache(maxsize=4096)
    def day_of_quarter(quarter: int) -> int:
        return moment(quarter * QUARTER_HOUR).astimezone(zone).toordinal()

    return lambda at: day_of_quarter(at // QUARTER_HOUR)


def wanted_history(batch: Signs, states: States) -> dict[str, tuple[int, int]]:
    """Units whose latest sign does not tell enough, with the first and last day their batch touches.

    These are units with a sign older than their latest, or with a second observation on the day of it.
    `settle` needs their observations of these days, of the nearest day before and of the nearest after.
    """
    wanted = {}
    for unit, signs in batch.items():
        state = states.get(unit)
        if state is None:
            continue
        latest, key = (state.last_at, state.bucket, state.source), state.key
        for sign in signs:
            same = (sign.day, sign.bucket, sign.source) == key
            if _order(sign) < latest or (sign.day == state.last_day and not same):
                days = [each.day for each in signs]
                wanted[unit] = (min(days), max(days))
                break
    return wanted


def settle(batch: Signs, states: States, histories: Mapping[str, History], *, silence: int) -> Outcome:
    """Everything a batch changes. `histories` holds what `wanted_history` asked for."""
    outcome = Outcome()
    for unit, signs in batch.items():
        state = states.get(unit)
        if state is not None and _only_repeats(state, signs):
            outcome.repeated += len(signs)
            outcome.touched[unit] = max(sign.at for sign in signs)
            continue
        known = histories.get(unit)
        if known is None:
            known = {state.key: Span(state.last_at, state.last_at)} if state else {}
        _settle_unit(outcome, unit, signs, state, known)
        merged = _merged(known, signs)
        _keep_observations(outcome, unit, state, known, merged)
        contribute(outcome.rollup, day_ends(known), silence=silence, weight=-1)
        contribute(outcome.rollup, day_ends(merged), silence=silence)
    return outcome


def day_ends(observations: History) -> DayEnds:
    """Per day with a sign, in order: the bucket in which the unit stood at its end."""
    last: dict[int, tuple[int, Bucket, str]] = {}
    for (day, bucket, source), span in observations.items():
        mark = (span.last_at, bucket, source)
        if day not in last or mark > last[day]:
            last[day] = mark
    return [(day, last[day][1]) for day in sorted(last)]


def contribute(rollup: Rollup, ends: DayEnds, *, silence: int, weight: int = 1) -> None:
    """Add one unit's part to the counters, or take it away with weight -1.

    The difference of two calls is exact as well for any stretch of a unit's days that begins at a day
    which both have in common, and ends at one or at the unit's latest sign.
    """
    previous: tuple[int, Bucket] | None = None
    for day, bucket in ends:
        if previous is None:
            _add(rollup, day, bucket, PRESENT, weight)
        else:
            before, was = previous
            if was != bucket:
                _add(rollup, day, was, PRESENT, -weight)
                _add(rollup, day, bucket, PRESENT, weight)
            if before + silence < day:
                _add(rollup, before + silence, was, SILENT, weight)
                _add(rollup, day, was, SILENT, -weight)
        previous = (day, bucket)
    if previous is not None:
        day, bucket = previous
        _add(rollup, day + silence, bucket, SILENT, weight)
        _add(rollup, day, bucket, HEARD, weight)


def recount(units: Iterable[History], *, silence: int) -> Rollup:
    """The counters from nothing but the observations of every unit: the proof of the kept ones."""
    rollup: Rollup = {}
    for observations in units:
        contribute(rollup, day_ends(observations), silence=silence)
    return without_zeros(rollup)


def without_zeros(rollup: Rollup) -> Rollup:
    """The counters that say something."""
    return {place: counts for place, counts in rollup.items() if any(counts)}


def _add(rollup: Rollup, day: int, bucket: Bucket, counter: int, weight: int) -> None:
    counts = rollup.get((day, bucket))
    if counts is None:
        counts = rollup[(day, bucket)] = [0, 0, 0]
    counts[counter] += weight


def _only_repeats(state: Current, signs: Sequence[Sign]) -> bool:
    return all(
        sign.at >= state.last_at
        and sign.health is None
        and sign.day == state.last_day
        and sign.bucket == state.bucket
        and sign.source == state.source
        for sign in signs
    )


def _settle_unit(
    outcome: Outcome, unit: str, signs: Sequence[Sign], state: Current | None, known: History
) -> None:
    """The unit's new state, and how many of its signs were new, repeated and late."""
    newest = max(signs, key=_order)
    if state is None:
        state_after = Current(newest.bucket, newest.source, newest.at, newest.at, newest.day, None, None)
    else:
        latest = (state.last_at, state.bucket, state.source)
        outcome.late += sum(_order(sign) < latest for sign in signs)
        state_after = state
        if _order(newest) > latest:
            state_after = state._replace(
                bucket=newest.bucket, source=newest.source, last_at=newest.at, last_day=newest.day
            )
    told = [(sign.at, sign.health) for sign in signs if sign.health is not None]
    if state is not None and state.health is not None and state.health_at is not None:
        told.append((state.health_at, state.health))
    health_at, health = max(told, default=(None, None))
    first_at = min(state_after.first_at, *(sign.at for sign in signs))
    state_after = state_after._replace(first_at=first_at, health=health, health_at=health_at)
    if state_after != state:
        outcome.states[unit] = state_after
    new = len({(sign.day, sign.bucket, sign.source) for sign in signs} - known.keys())
    outcome.new += new
    outcome.repeated += len(signs) - new


def _merged(known: History, signs: Sequence[Sign]) -> dict[Key, Span]:
    merged = dict(known)
    for sign in signs:
        key = Key(sign.day, sign.bucket, sign.source)
        span = merged.get(key)
        first = sign.at if span is None else min(span.first_at, sign.at)
        last = sign.at if span is None else max(span.last_at, sign.at)
        merged[key] = Span(first, last)
    return merged


def _keep_observations(
    outcome: Outcome, unit: str, state: Current | None, known: History, merged: History
) -> None:
    """Write what changed. The latest observation's `last_at` lives in the state while the unit repeats
    itself; it is written down when the unit says something else."""
    after = outcome.states.get(unit)
    for key, span in merged.items():
        if known.get(key) != span:
            outcome.observations[(unit, key)] = span
    if state is not None and after is not None and after.key != state.key:
        key = state.key
        span = merged.get(key, Span(state.last_at, state.last_at))
        outcome.observations[(unit, key)] = span
