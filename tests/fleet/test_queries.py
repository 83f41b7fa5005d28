"""What those who may see figures are shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from okiagari.desk import permits
from okiagari.desk.subjects import PUBLIC, Door, Role, Subject, SubjectKind
from okiagari.engines.fleet import Bucket
from okiagari.fleet import access, queries
from okiagari.fleet.queries import Page
from okiagari.fleet.stores import Store
from okiagari.fleet.stores.base import CheckIn
from okiagari.plumbing import clock
from okiagari.problems import Problem

NOON = datetime(2016, 10, 28, 3, 0, tzinfo=UTC)
TODAY = date(2016, 10, 28)
READER = Subject(SubjectKind.PERSON, "person:1", Door.WEB, roles=frozenset({Role.SUPPORT}))
PARTNER = Subject(SubjectKind.PERSON, "person:2", Door.WEB, roles=frozenset({Role.PARTNER}))
ROUTER, OLD_ROUTER = "WN-G54/R2", "NP-BBRS"


def check_in(unit: str, product: str, version: str, days_ago: int) -> CheckIn:
    return CheckIn(unit, product, "", version, NOON - timedelta(days=days_ago), "check-in")


@pytest.fixture(autouse=True)
def fleet(store: Store) -> Iterator[Store]:
    """Four units of one product, one of them silent, and two of another with a strange version."""
    store.apply(
        [
            check_in("A1", ROUTER, "1.01", 40),
            check_in("A2", ROUTER, "1.01", 10),
            check_in("A2", ROUTER, "1.03", 3),
            check_in("A3", ROUTER, "1.03", 3),
            check_in("A4", ROUTER, "1.03", 0),
            check_in("B1", OLD_ROUTER, "?", 1),
            check_in("B2", OLD_ROUTER, "1.03", 1),
        ]
    )
    with access.using(store), clock.at(NOON):
        yield store


def test_a_curve_counts_every_day_up_to_today() -> None:
    curve = queries.curve(
        READER, [ROUTER], since=TODAY - timedelta(days=10), until=TODAY + timedelta(days=99)
    )
    assert [standing.day for standing in curve] == [TODAY - timedelta(days=ago) for ago in range(10, -1, -1)]
    assert [dict(standing.versions) for standing in (curve[0], curve[7], curve[10])] == [
        {"1.01": 2},
        {"1.01": 1, "1.03": 2},
        {"1.01": 1, "1.03": 3},
    ]
    assert [(standing.total, standing.silent) for standing in (curve[0], curve[10])] == [(2, 1), (4, 1)]


def test_a_curve_of_tomorrow_is_empty() -> None:
    assert queries.curve(READER, [ROUTER], since=TODAY + timedelta(days=1)) == ()


def test_a_curve_of_several_products_keeps_them_apart() -> None:
    now = queries.standing(READER, [ROUTER, OLD_ROUTER])
    assert now.versions == {"1.01": 1, "1.03": 4, "?": 1}
    assert {
        count.bucket.product: count.present for count in now.counts if count.bucket.version == "1.03"
    } == {
        OLD_ROUTER: 1,
        ROUTER: 3,
    }


def test_a_product_today_says_when_its_units_were_last_seen() -> None:
    seen = queries.seen(READER, ROUTER)
    assert (seen.standing.total, seen.standing.silent, seen.silence) == (4, 1, 30)
    assert [((TODAY - day).days, units) for day, units in seen.heard] == [(40, 1), (3, 2), (0, 1)]


def test_units_are_listed_page_by_page() -> None:
    first = queries.units(READER, ROUTER, page=Page(limit=3))
    assert [unit.unit for unit in first.units] == ["A1", "A2", "A3"]
    assert first.next == Page(after="A3", limit=3)
    last = queries.units(READER, ROUTER, page=first.next)
    assert ([unit.unit for unit in last.units], last.next) == (["A4"], None)


def test_units_are_found_by_version_and_silence() -> None:
    assert [unit.unit for unit in queries.units(READER, ROUTER, version="1.03").units] == ["A2", "A3", "A4"]
    assert [unit.unit for unit in queries.units(READER, ROUTER, silent=True).units] == ["A1"]
    assert [unit.unit for unit in queries.units(READER, ROUTER, version="1.01", silent=False).units] == []


def test_a_unit_shows_its_whole_past() -> None:
    found = queries.unit_history(READER, "A2")
    assert (found.unit.bucket.version, found.unit.is_silent) == ("1.03", False)
    assert [(each.bucket.version, (TODAY - each.day).days) for each in found.observations] == [
        ("1.01", 10),
        ("1.03", 3),
    ]
    with pytest.raises(Problem) as caught:
        queries.unit_history(READER, "A9")
    assert caught.value.definition is permits.NOTHING_HERE


def test_unknown_texts_are_counted_until_an_alias_names_them() -> None:
    known = {(ROUTER, "1.01"), (OLD_ROUTER, "1.03")}

    def unknown() -> list[tuple[Bucket, int]]:
        found = queries.unknown_versions(READER, lambda bucket: (bucket.product, bucket.version) in known)
        return [(count.bucket, count.present) for count in found]

    assert unknown() == [(Bucket(ROUTER, "", "1.03"), 3), (Bucket(OLD_ROUTER, "", "?"), 1)]
    known.add((ROUTER, "1.03"))
    assert unknown() == [(Bucket(OLD_ROUTER, "", "?"), 1)]
    assert queries.products(READER) == (OLD_ROUTER, ROUTER)


@pytest.mark.parametrize(("subject", "problem"), [(PARTNER, permits.NOT_YOURS), (PUBLIC, permits.SIGN_IN)])
def test_figures_are_not_for_everybody(subject: Subject, problem: object) -> None:
    for ask in (
        lambda: queries.curve(subject, [ROUTER], since=TODAY),
        lambda: queries.standing(subject, [ROUTER]),
        lambda: queries.seen(subject, ROUTER),
        lambda: queries.units(subject, ROUTER),
        lambda: queries.unit_history(subject, "A1"),
        lambda: queries.products(subject),
        lambda: queries.unknown_versions(subject, lambda bucket: True),
    ):
        with pytest.raises(Problem) as caught:
            ask()
        assert caught.value.definition is problem


@pytest.mark.django_db
def test_the_store_of_this_installation_lies_beside_the_desks_data() -> None:
    with access.using(None):
        opened = access.store()
        assert access.store() is opened
        assert opened.settings().zone == "Asia/Tokyo"
        access.close()
