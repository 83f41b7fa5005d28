"""The kernel that keeps the daily counts of the fleet, driven through a store that is a dictionary."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.engines import fleet
from okiagari.engines.fleet import Bucket, Current, Key, Sign, Span
from okiagari.fleet.stores.base import CheckIn
from tests.support.fleet import DAYS, TOKYO, check_ins, counted, cuts, summed

OLD, NEW = Bucket("WN-G54/R2", "", "1.01"), Bucket("WN-G54/R2", "", "1.03")
HOUR = 3_600_000_000


class Memory:
    """Keeps what the kernel says and hands out no more history than it asked for."""

    def __init__(self, silence: int) -> None:
        self.silence = silence
        self.day_of = fleet.calendar(TOKYO)
        self.states: dict[str, Current] = {}
        self.observations: dict[str, dict[Key, Span]] = {}
        self.rollup: fleet.Rollup = {}
        self.asked: list[str] = []

    def apply(self, items: Sequence[CheckIn]) -> fleet.Outcome:
        batch: dict[str, list[Sign]] = {}
        for item in items:
            at = fleet.instant(item.at)
            bucket = Bucket(item.product, item.hardware, item.version)
            batch.setdefault(item.unit, []).append(
                Sign(at, bucket, item.source, self.day_of(at), item.health)
            )
        return self.settle(batch)

    def settle(self, batch: dict[str, list[Sign]]) -> fleet.Outcome:
        wanted = fleet.wanted_history(batch, self.states)
        self.asked += wanted
        histories = {unit: self._around(unit, *days) for unit, days in wanted.items()}
        outcome = fleet.settle(batch, self.states, histories, silence=self.silence)
        for unit, at in outcome.touched.items():
            self.states[unit] = self.states[unit]._replace(last_at=at)
        self.states.update(outcome.states)
        for (unit, key), span in outcome.observations.items():
            kept = self.observations.setdefault(unit, {})
            old = kept.get(key, span)
            kept[key] = Span(min(old.first_at, span.first_at), max(old.last_at, span.last_at))
        for place, counts in outcome.rollup.items():
            kept_counts = self.rollup.get(place, [0, 0, 0])
            self.rollup[place] = [a + b for a, b in zip(kept_counts, counts, strict=True)]
        return outcome

    def exact(self, unit: str) -> dict[Key, Span]:
        kept, state = dict(self.observations[unit]), self.states[unit]
        kept[state.key] = Span(kept[state.key].first_at, state.last_at)
        return kept

    def recount(self) -> fleet.Rollup:
        return fleet.recount((self.exact(unit) for unit in self.states), silence=self.silence)

    def _around(self, unit: str, lo: int, hi: int) -> dict[Key, Span]:
        days = {key.day for key in self.observations[unit]}
        first = max((day for day in days if day < lo), default=lo)
        last = min((day for day in days if day > hi), default=hi)
        return {key: span for key, span in self.exact(unit).items() if first <= key.day <= last}


@given(st.lists(check_ins(), max_size=40), st.lists(st.integers(0, 7)), st.integers(1, 6))
def test_every_day_counts_the_units_as_a_person_would(
    items: list[CheckIn], sizes: list[int], silence: int
) -> None:
    memory = Memory(silence)
    for batch in cuts(items, sizes):
        memory.apply(batch)
    for offset in range(DAYS + silence + 2):
        day = date(2015, 3, 1) + timedelta(days=offset)
        assert summed(memory.rollup, day) == counted(items, day, silence)
    assert fleet.without_zeros(memory.rollup) == memory.recount()


@given(st.lists(check_ins(), max_size=25), st.lists(st.integers(0, 4)), st.randoms(use_true_random=False))
def test_order_cut_and_repeats_change_nothing(items: list[CheckIn], sizes: list[int], random) -> None:
    straight, shuffled = Memory(3), Memory(3)
    straight.apply(items)
    again = [*items, *items[::2]]
    random.shuffle(again)
    for batch in cuts(again, sizes):
        shuffled.apply(batch)
    assert shuffled.states == straight.states
    assert fleet.without_zeros(shuffled.rollup) == fleet.without_zeros(straight.rollup)
    assert {unit: shuffled.exact(unit) for unit in shuffled.states} == {
        unit: straight.exact(unit) for unit in straight.states
    }


@given(st.lists(check_ins(), max_size=25), st.lists(st.integers(0, 4)))
def test_new_and_repeated_observations_are_told_apart(items: list[CheckIn], sizes: list[int]) -> None:
    memory, new, repeated = Memory(3), 0, 0
    for batch in cuts(items, sizes):
        outcome = memory.apply(batch)
        new += outcome.new
        repeated += outcome.repeated
    assert new == sum(len(kept) for kept in memory.observations.values())
    assert new + repeated == len(items)


@given(st.lists(check_ins(), max_size=30))
def test_units_heard_are_counted_on_the_day_of_their_latest_sign(items: list[CheckIn]) -> None:
    memory = Memory(3)
    memory.apply(items)
    for unit, state in memory.states.items():
        assert state.last_day == max(memory.day_of(fleet.instant(i.at)) for i in items if i.unit == unit)
    assert sum(counts[fleet.HEARD] for counts in memory.rollup.values()) == len(memory.states)


def test_a_unit_that_repeats_itself_costs_one_small_write() -> None:
    memory = Memory(30)
    memory.settle({"u1": [Sign(HOUR, OLD, "check-in", 1)]})
    outcome = memory.settle({"u1": [Sign(2 * HOUR, OLD, "check-in", 1), Sign(3 * HOUR, OLD, "check-in", 1)]})
    assert outcome == fleet.Outcome(touched={"u1": 3 * HOUR}, repeated=2)


def test_a_unit_in_order_needs_no_history() -> None:
    memory = Memory(30)
    memory.settle({"u1": [Sign(1 * HOUR, OLD, "check-in", 1)]})
    memory.settle({"u1": [Sign(25 * HOUR, OLD, "check-in", 2), Sign(49 * HOUR, NEW, "check-in", 3)]})
    assert not memory.asked


def test_a_second_text_on_one_day_asks_for_history() -> None:
    memory = Memory(30)
    memory.settle({"u1": [Sign(1 * HOUR, OLD, "check-in", 1)]})
    memory.settle({"u1": [Sign(2 * HOUR, NEW, "check-in", 1)]})
    assert memory.asked == ["u1"]


def test_a_late_sign_is_called_late_and_moves_no_unit() -> None:
    memory = Memory(30)
    memory.settle({"u1": [Sign(100 * HOUR, NEW, "check-in", 5)]})
    outcome = memory.settle({"u1": [Sign(5 * HOUR, OLD, "import:log", 1)]})
    assert (outcome.new, outcome.late) == (1, 1)
    assert memory.states["u1"].bucket == NEW
    assert memory.states["u1"].first_at == 5 * HOUR
    assert fleet.without_zeros(memory.rollup) == {
        (1, OLD): [1, 0, 0],
        (5, OLD): [-1, 0, 0],
        (5, NEW): [1, 0, 1],
        (35, NEW): [0, 1, 0],
    }


def test_silence_begins_after_its_days_and_ends_with_the_next_sign() -> None:
    memory = Memory(3)
    memory.settle({"u1": [Sign(HOUR, OLD, "check-in", 1)]})
    memory.settle({"u1": [Sign(24 * HOUR * 10, OLD, "check-in", 10)]})
    assert fleet.without_zeros(memory.rollup) == {
        (1, OLD): [1, 0, 0],
        (4, OLD): [0, 1, 0],
        (10, OLD): [0, -1, 1],
        (13, OLD): [0, 1, 0],
    }


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Asia/Tokyo", datetime(2016, 10, 27, 14, 59, 59, tzinfo=UTC), date(2016, 10, 27)),
        ("Asia/Tokyo", datetime(2016, 10, 27, 15, 0, tzinfo=UTC), date(2016, 10, 28)),
        ("Asia/Kathmandu", datetime(2016, 10, 27, 18, 14, 59, tzinfo=UTC), date(2016, 10, 27)),
        ("Asia/Kathmandu", datetime(2016, 10, 27, 18, 15, tzinfo=UTC), date(2016, 10, 28)),
    ],
)
def test_a_day_begins_at_midnight_where_the_maker_is(zone: str, at: datetime, day: date) -> None:
    assert fleet.calendar(ZoneInfo(zone))(fleet.instant(at)) == day.toordinal()


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_unchanged(at: datetime) -> None:
    assert fleet.moment(fleet.instant(at)) == at
