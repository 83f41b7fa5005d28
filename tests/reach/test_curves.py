"""The curve of a case and of an advisory, day by day, with its denominator."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okiagari.catalog import actions as catalog
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.disclose import actions as disclose
from okiagari.fleet.stores import Store
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.reach import actions, queries
from tests.disclose.story import Story
from tests.reach.conftest import PUBLISHED, days
from tests.support.field import heard

pytestmark = pytest.mark.django_db(transaction=True)
ROUTER, OLD = "WN-G54/R2", "NP-BBRS"


def fill(field: Store) -> None:
    """40 routers at the start, 30 of them fixed by day 10; five of the old ones; one strange text."""
    heard(field, ROUTER, 40, "1.02", days(-10))
    heard(field, ROUTER, 20, "1.03", days(5))
    heard(field, ROUTER, 10, "1.03", days(10), first=20)
    heard(field, ROUTER, 10, "1.02", days(10), first=30)
    heard(field, ROUTER, 1, "1.0X", days(10), first=40)
    heard(field, OLD, 5, "1.00", days(9))


def test_a_curve_counts_every_day_against_what_was_shipped(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(10)):
        curve = queries.of_case(published.member, published.case)
    assert [day.day for day in curve.days] == [days(n).date() for n in range(-14, 11)]
    now = curve.now
    assert (now.fixed, now.vulnerable, now.unknown, now.silent, now.unseen) == (30, 15, 1, 0, 104)
    assert (now.denominator, curve.is_counted_by_shipped, curve.published) == (150, True, PUBLISHED.date())
    assert curve.days[19].fixed == 20
    assert [flag.number for flag in curve.flags] == [1]
    assert (curve.days_to_half, curve.days_to_most) == (None, None)
    assert [product.model for product in curve.products] == [OLD, ROUTER]


def test_a_product_says_what_can_be_done_about_it(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(10)):
        old, router = queries.of_case(published.member, published.case).products
    assert (old.is_hopeless, old.has_fix, old.why_hopeless.exact("en")) == (
        True,
        False,
        "Firmware can no longer be built.",
    )
    assert (old.now.vulnerable, old.successor, str(old.end_of_support)) == (5, "ETX2-RA", "2010")
    assert (router.is_hopeless, router.fixed_in) == (False, ("1.03",))
    assert router.affected[0].words("ja") == "1.03より前のバージョン"
    assert [(each.version, each.release, each.standing, each.present) for each in router.versions] == [
        ("1.03", "1.03", "fixed", 30),
        ("1.02", "1.02", "vulnerable", 10),
        ("1.0X", "", "unknown", 1),
    ]
    assert router.shipped is not None
    assert (router.shipped.units, router.shipped.is_assumed) == (100, True)


def test_a_new_alias_is_right_for_the_whole_past(published: Story, field: Store) -> None:
    fill(field)
    catalog.put_alias(published.member, "wn-g54-r2", "1.03", alias="1.0X")
    with clock.at(days(10)):
        now = queries.of_case(published.member, published.case).now
    assert (now.fixed, now.unknown) == (31, 0)


def test_a_silent_unit_is_silent_whatever_it_ran(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(60)):
        curve = queries.of_case(published.member, published.case)
    assert (curve.now.fixed, curve.now.silent, curve.now.unseen) == (0, 46, 104)


def test_more_units_than_were_shipped_make_the_denominator(published: Story, field: Store) -> None:
    heard(field, OLD, 70, "1.00", days(1))
    with clock.at(days(1)):
        old = queries.of_case(published.member, published.case).products[0]
    assert (old.now.unseen, old.now.denominator) == (0, 70)


def test_a_day_may_be_asked_for(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(30)):
        curve = queries.of_case(published.member, published.case, until=days(5).date())
        before = queries.of_case(published.member, published.case, until=days(-40).date())
        later = queries.of_case(published.member, published.case, until=days(99).date())
    assert (curve.now.day, curve.now.fixed) == (days(5).date(), 20)
    assert (before.now.day, before.now.fixed) == (days(-40).date(), 0)
    assert later.now.day == days(30).date()


def test_an_old_publication_is_still_on_its_curve(published: Story, field: Store) -> None:
    with clock.at(days(365 * 8)):
        curve = queries.of_case(published.member, published.case)
    assert curve.since == days(-14).date()
    assert len(curve.days) == 365 * 8 + 15


def test_before_a_publication_the_curve_shows_the_ground_it_starts_from(drafted: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(-5)):
        curve = queries.of_case(drafted.member, drafted.case)
    assert (curve.published, curve.flags, curve.days_to_half) == (None, (), None)
    assert (curve.now.vulnerable, len(curve.days)) == (40, 15)


def test_an_advisory_has_the_curve_of_its_cases(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(10)):
        of_case = queries.of_case(published.member, published.case)
        of_advisory = queries.curve(published.member, published.advisory)
    assert (of_advisory.days, of_advisory.products) == (of_case.days, of_case.products)
    assert of_advisory.case_ids == (published.case,)


def test_the_curve_ends_where_the_watch_was_ended(published: Story, field: Store) -> None:
    fill(field)
    with clock.at(days(10)):
        actions.settle(published.member, published.case, reason="Nobody else answers.")
    with clock.at(days(60)):
        curve = queries.of_case(published.member, published.case)
        today = queries.of_case(published.member, published.case, until=days(60).date())
    assert (curve.now.day, curve.settled_share, curve.now.fixed) == (days(10).date(), 20, 30)
    assert today.now.silent == 46


def test_reach_is_not_for_those_outside_or_not_let_in(published: Story) -> None:
    house = published.house
    asked = [
        lambda subject: queries.of_case(subject, published.case),
        lambda subject: queries.curve(subject, published.advisory),
    ]
    for ask in asked:
        for subject, problem in ((house.second, NOTHING_HERE), (house.auditor, NOTHING_HERE)):
            with pytest.raises(Problem) as raised:
                ask(subject)
            assert raised.value.definition is problem
        with pytest.raises(Problem) as raised:
            ask(house.partner)
        assert raised.value.definition in {NOTHING_HERE, NOT_YOURS}


def test_the_number_of_queries_grows_neither_with_days_nor_with_products(
    published: Story, field: Store
) -> None:
    def asked(day: float) -> int:
        with clock.at(days(day)), CaptureQueriesContext(connection) as captured:
            queries.of_case(published.member, published.case)
        return len(captured)

    before = asked(1)
    fill(field)
    assert asked(100) == before <= 25


def test_a_withdrawn_advisory_has_its_flag(published: Story) -> None:
    with clock.at(days(3)):
        disclose.withdraw(published.member, published.advisory, reason="Another maker's product.")
    with clock.at(days(4)):
        flags = queries.of_case(published.member, published.case).flags
    assert [flag.is_withdrawal for flag in flags] == [False, True]
    assert flags[1].at - flags[0].at >= timedelta(days=3) - timedelta(seconds=1)
