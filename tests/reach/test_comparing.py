"""Of whom a share is counted, how fast it grew, by whose word; advisories side by side."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.desk import people
from okiagari.desk.subjects import Door
from okiagari.fleet import actions as fleet
from okiagari.fleet.logs import actions as logs
from okiagari.fleet.stores import Store
from okiagari.fleet.stores.base import CheckIn
from okiagari.plumbing import clock
from okiagari.reach import queries
from okiagari.reach.rules import Day, Denominator, days_until, speed
from tests.disclose.story import Story
from tests.fleet.logs.making import line
from tests.reach.conftest import days
from tests.reach.test_curves import ROUTER, fill

START = date(2015, 8, 18)
COUNT = st.integers(0, 50)
DAYS = st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=40)


@given(DAYS)
def test_a_smaller_crowd_is_never_reached_later(found: list[tuple[int, ...]]) -> None:
    row = [Day(START + timedelta(days=number), *counts) for number, counts in enumerate(found)]
    for percent in (50, 90):
        reached = [days_until(row, since=START, percent=percent, of=of) for of in Denominator]
        known = [len(row) if each is None else each for each in reached]
        assert known == sorted(known, reverse=True)
    for of in Denominator:
        told = speed(row, since=START, of=of)
        assert (told.half is None) <= (told.most is None)
        assert all(share is None or 0 <= share <= 1 for share in told.after)
        assert (told.after[0] is None) == (len(row) <= 7)


@pytest.mark.django_db(transaction=True)
def test_the_denominator_is_named_and_a_download_is_no_fix(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(10)):
        logs.put_log_rules(
            published.member, 'rules: [{key: f, kind: download, path: "/{version}", line: wn-g54-r2}]'
        )
        stamped = line("/1.03", address="203.0.113.1").replace("25/Oct/2016", "20/Aug/2015")
        logs.read_lines(published.member, [stamped, stamped.replace("/1.03", "/1.02")])
        curve = queries.of_case(published.member, published.case)
    assert [(each.of, each.units, each.fixed) for each in curve.speeds] == [
        ("shipped", 150, 30),
        ("seen", 46, 30),
        ("recent", 46, 30),
    ]
    assert [(each.half, each.most) for each in curve.speeds] == [(None, None), (5, None), (5, None)]
    router = next(each for each in curve.products if each.model == ROUTER)
    assert [(claim.version, claim.is_fixed, claim.clients) for claim in router.claims] == [
        ("1.02", False, 1),
        ("1.03", True, 1),
    ]
    assert (router.claimed, router.now.fixed) == (1, 30)


@pytest.mark.django_db(transaction=True)
def test_one_source_alone_is_counted_as_if_only_it_had_spoken(published: Story, field: Store) -> None:
    fill(field)
    field.apply([CheckIn(f"L{number}", ROUTER, "", "1.03", days(3), "log:x") for number in range(7)])
    with clock.at(days(10)):
        whole = queries.of_case(published.member, published.case)
        alone = queries.of_case(published.member, published.case, source="log:x")
        nothing = queries.of_case(published.member, published.case, source="nobody")
    assert dict(whole.sources) == {"check-in": 46, "log:x": 7}
    assert (whole.now.fixed, alone.now.fixed, alone.now.seen, nothing.now.seen) == (37, 7, 7, 0)
    assert [day.fixed for day in alone.days[16:18]] == [0, 7]


@pytest.mark.django_db(transaction=True)
def test_failed_updates_are_a_band_until_the_unit_runs_the_fix(published: Story, field: Store) -> None:
    fill(field)
    told = '{"update":"failed"}'
    field.apply([CheckIn(f"F{number}", ROUTER, "", "1.02", days(6), "check-in", told) for number in (30, 31)])
    with clock.at(days(6)):
        fleet.note_failed()
    field.apply([CheckIn("F30", ROUTER, "", "1.03", days(8), "check-in")])
    with clock.at(days(9)):
        fleet.note_failed()
        curve = queries.of_case(published.member, published.case)
    failed = {day.day: day.failed for day in curve.days}
    assert [failed[days(number).date()] for number in (5, 6, 8, 9)] == [0, 2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_advisories_are_compared_by_those_who_may_see_them(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(40)):
        (one,) = queries.compare(published.member, of=Denominator.SEEN)
        assert (one.advisory_id, one.products, one.revisions) == (published.advisory, ("NP-BBRS", ROUTER), 1)
        assert len(one.points) == 41
        assert one.points[6] == pytest.approx(one.speed.after[0] or 0, abs=0.3)
        assert one.speed.after[2] is None
        assert queries.compare(published.member, family="nothing") == ()
        assert queries.compare(people.named("second", Door.WEB)) == ()
