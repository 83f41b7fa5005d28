"""What every store of check-ins promises."""

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okiagari.engines.fleet import Bucket
from okiagari.fleet.stores import Store, open_store
from okiagari.fleet.stores.base import ZONE_FIXED, Applied, CheckIn, UnitFilter
from okiagari.problems import Problem
from tests.support.fleet import DAYS, START, TOKYO, a_place, check_ins, counted, cuts

OLD, NEW = Bucket("WN-G54/R2", "", "1.01"), Bucket("WN-G54/R2", "", "1.03")
PRODUCTS = ("WN-G54/R2", "NP-BBRS")


def seen(unit: str, bucket: Bucket, *, day: int = 0, hour: int = 9, source: str = "check-in") -> CheckIn:
    return CheckIn(unit, *bucket, START + timedelta(days=day, hours=hour), source)


def on(day: int) -> date:
    return date(2015, 3, 1) + timedelta(days=day)


def present(store: Store, day: int) -> dict[str, tuple[int, int]]:
    counts = store.curve(PRODUCTS, on(day), on(day))[on(day)]
    return {count.bucket.version: (count.present, count.silent) for count in counts}


@given(items=st.lists(check_ins(), max_size=40), sizes=st.lists(st.integers(1, 6)), silence=st.integers(1, 5))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_sequence_in_any_cut_counts_as_a_person_would(
    fleet_place: str,
    tmp_path_factory: pytest.TempPathFactory,
    items: list[CheckIn],
    sizes: list[int],
    silence: int,
) -> None:
    with a_place(tmp_path_factory.mktemp("fleet")) as place:
        store = open_store(place)
        store.set_silence(silence)
        for batch in cuts(items, sizes):
            store.apply(batch)
        curve = store.curve(PRODUCTS, on(0), on(DAYS + silence))
        for day, counts in curve.items():
            assert {each.bucket: (each.present, each.silent) for each in counts} == counted(
                items, day, silence
            )
        assert store.rollup() == store.recount()
        store.close()


def test_a_unit_stands_where_it_last_said(store: Store) -> None:
    store.apply([seen("u1", OLD), seen("u1", NEW, day=2)])
    unit = store.unit("u1", today=on(2))
    assert unit is not None
    assert (unit.bucket, unit.source, unit.is_silent) == (NEW, "check-in", False)
    assert (unit.first_seen, unit.last_seen) == (
        START + timedelta(hours=9),
        START + timedelta(days=2, hours=9),
    )
    assert [present(store, day) for day in (0, 1, 2)] == [
        {"1.01": (1, 0)},
        {"1.01": (1, 0)},
        {"1.03": (1, 0)},
    ]


def test_a_silent_unit_stays_counted_where_it_was(store: Store) -> None:
    store.apply([seen("u1", OLD), seen("u2", OLD, day=20)])
    assert present(store, 29) == {"1.01": (2, 0)}
    assert present(store, 30) == {"1.01": (2, 1)}
    assert present(store, 50) == {"1.01": (2, 2)}


def test_silence_after_other_days_counts_the_whole_past_anew(store: Store) -> None:
    store.apply([seen("u1", OLD), seen("u1", OLD, day=20)])
    store.set_silence(5)
    assert [present(store, day)["1.01"] for day in (4, 5, 19, 20, 25)] == [
        (1, 0),
        (1, 1),
        (1, 1),
        (1, 0),
        (1, 1),
    ]
    assert store.rollup() == store.recount()
    assert store.settings().silence == 5


def test_a_text_nobody_knows_is_counted_like_any_other(store: Store) -> None:
    strange = Bucket("WN-G54/R2", "", "1.03 β/開発 %s ?")
    store.apply([seen("u1", strange)])
    assert store.buckets() == [strange]
    assert present(store, 0) == {strange.version: (1, 0)}


def test_every_observation_is_kept_with_its_source(store: Store) -> None:
    store.apply([seen("u1", OLD), seen("u1", OLD, hour=20), seen("u1", NEW, hour=21, source="import:log")])
    store.apply([seen("u1", NEW, day=1)])
    store.apply([seen("u1", NEW, day=1, hour=23)])
    assert [(each.day, each.bucket.version, each.source) for each in store.history("u1")] == [
        (on(0), "1.01", "check-in"),
        (on(0), "1.03", "import:log"),
        (on(1), "1.03", "check-in"),
    ]
    spans = [(each.first_at, each.last_at) for each in store.history("u1")]
    assert [(last - first).seconds // 3600 for first, last in spans] == [11, 0, 14]


@pytest.mark.parametrize("hours_later", [1, 24])
def test_the_last_time_a_text_was_said_outlives_the_next_text(store: Store, hours_later: int) -> None:
    for item in (seen("u1", OLD), seen("u1", OLD, hour=20), seen("u1", NEW, hour=20 + hours_later)):
        store.apply([item])
    first, second = store.history("u1")
    assert first.last_at - first.first_at == timedelta(hours=11)
    assert second.first_at - first.last_at == timedelta(hours=hours_later)


def test_a_late_text_within_the_day_does_not_end_it(store: Store) -> None:
    for hour, bucket in ((9, OLD), (20, OLD), (15, NEW)):
        store.apply([seen("u1", bucket, hour=hour)])
    assert present(store, 0) == {"1.01": (1, 0)}
    assert store.rollup() == store.recount()


def test_what_comes_twice_is_told_and_changes_nothing(store: Store) -> None:
    items = [seen("u1", OLD), seen("u1", NEW, day=1), seen("u2", OLD)]
    assert store.apply(items) == Applied(new=3)
    before = store.rollup(), store.history("u1")
    assert store.apply(items) == Applied(repeated=3, late=1)
    assert (store.rollup(), store.history("u1")) == before


def test_what_comes_late_moves_no_unit_but_mends_the_past(store: Store) -> None:
    store.apply([seen("u1", NEW, day=10)])
    assert store.apply([seen("u1", OLD, day=3)]) == Applied(new=1, late=1)
    assert [present(store, day) for day in (2, 3, 10)] == [{}, {"1.01": (1, 0)}, {"1.03": (1, 0)}]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.writing() as batches:
            batches.apply([seen("u1", OLD)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert store.buckets() == []
    assert store.rollup() == {}
    store.apply([seen("u1", OLD)])
    assert store.rollup() == store.recount() != {}


def test_writers_at_the_same_time_lose_nothing(fleet_place: str) -> None:
    stores = [open_store(fleet_place) for _ in range(3)]
    items = [seen(f"u{number % 20}", (OLD, NEW)[number % 2], day=number % 5) for number in range(200)]

    def write(number: int) -> None:
        for start in range(0, len(items), 20):
            stores[number].apply(items[(start + number) % 7 :: 7])
        for start in range(0, len(items), 50):
            stores[number].apply(items[start : start + 50])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores[0].rollup() == stores[0].recount()
    curve = stores[0].curve(PRODUCTS, on(0), on(6))
    for day, counts in curve.items():
        assert {each.bucket: (each.present, each.silent) for each in counts} == counted(items, day, 30)
    for each in stores:
        each.close()


def test_units_come_in_pages_by_version_and_silence(store: Store) -> None:
    store.apply([seen(f"u{number:02}", (OLD, NEW)[number % 2], day=number) for number in range(10)])
    store.apply([seen("other", Bucket("NP-BBRS", "", "1.01"))])

    def names(**wanted: object) -> list[str]:
        chosen = UnitFilter(products=["WN-G54/R2"], **wanted)  # type: ignore[arg-type]
        return [unit.unit for unit in store.units(chosen, today=on(35))]

    assert names(version="1.03") == ["u01", "u03", "u05", "u07", "u09"]
    assert names(is_silent=True) == ["u00", "u01", "u02", "u03", "u04", "u05"]
    assert names(is_silent=False, version="1.01") == ["u06", "u08"]
    assert names(after="u03", limit=2) == ["u04", "u05"]
    assert store.heard(["NP-BBRS"]) == {on(0): 1}
    assert store.units(UnitFilter(products=["nothing"]), today=on(0)) == []


def test_units_are_ordered_by_code_point_whatever_the_locale(store: Store) -> None:
    names = ["a-1", "B2", "あ", "a1", "Ä", "_x"]
    store.apply([seen(name, OLD) for name in names])
    assert [unit.unit for unit in store.units(UnitFilter(PRODUCTS), today=on(0))] == sorted(names)


def test_health_is_the_latest_that_was_told(store: Store) -> None:
    at = START + timedelta(hours=9)
    for hours, health in ((5, '{"up":5}'), (2, '{"up":2}'), (6, None)):
        store.apply([CheckIn("u1", *OLD, at + timedelta(hours=hours), "check-in", health)])
    unit = store.unit("u1", today=on(0))
    assert unit is not None
    assert unit.health == '{"up":5}'


def test_a_store_opened_again_is_the_same_store(fleet_place: str) -> None:
    first = open_store(fleet_place)
    first.apply([seen("u1", OLD)])
    first.set_silence(7)
    first.set_floor(3)
    first.set_floor(5, unit="u1")
    first.set_floor(1)
    first.close()
    again = open_store(fleet_place)
    assert again.settings().silence == 7
    assert (again.settings().floor("u1"), again.settings().floor("u2")) == (5, 3)
    assert again.apply([seen("u1", OLD)]) == Applied(repeated=1)
    again.close()


def test_days_keep_the_zone_they_were_counted_in(fleet_place: str) -> None:
    store = open_store(fleet_place, zone="Europe/Berlin")
    store.close()
    store = open_store(fleet_place, zone="Asia/Tokyo")
    store.apply([CheckIn("u1", *OLD, datetime(2015, 3, 1, 23, 0, tzinfo=TOKYO), "check-in")])
    assert list(store.heard(PRODUCTS)) == [date(2015, 3, 1)]
    store.close()
    with pytest.raises(Problem) as caught:
        open_store(fleet_place, zone="Europe/Berlin")
    assert caught.value.definition is ZONE_FIXED


def test_a_newer_store_is_left_alone(fleet_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from okiagari.fleet.stores import schema

    open_store(fleet_place).close()
    monkeypatch.setattr(schema, "STEPS", ())
    with pytest.raises(Problem, match=r"fleet\.newer_store"):
        open_store(fleet_place)


@pytest.mark.sqlite
def test_a_store_that_cannot_be_reached_says_so(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"fleet\.store_unavailable"):
        open_store("postgres://nobody@/nothing?host=/nowhere")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Problem, match=r"fleet\.store_unavailable"):
        open_store(tmp_path / "folder")
