"""Ending the watch, taking it up again, and what is missing until then."""

import pytest

from okiagari.cases.gates import Facts
from okiagari.cases.models import Case
from okiagari.desk.aggregates import STALE
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.fleet.stores import Store
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from okiagari.reach import actions, gate
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.reach.conftest import days
from tests.support.field import heard

pytestmark = pytest.mark.django_db(transaction=True)


def reach(story: Story) -> Facts:
    return gate.reach(Case.objects.get(public_id=story.case).pk)


def codes(facts: Facts) -> list[str]:
    return [missing.code for missing in facts.missing]


def test_before_a_publication_there_is_nothing_to_reach(drafted: Story) -> None:
    assert reach(drafted) == Facts(holds=False)


def test_a_fix_that_got_nowhere_and_a_product_without_one_are_both_missing(published: Story) -> None:
    with clock.at(days(1)):
        facts = reach(published)
    assert not facts.holds
    assert codes(facts) == ["reach.too_few", "reach.cannot"]
    assert facts.missing[0].parameters == {"share": 0, "denominator": 100, "products": "WN-G54/R2"}
    assert facts.missing[1].parameters == {"products": "NP-BBRS"}


def test_nine_of_ten_are_enough(published: Story, field: Store) -> None:
    heard(field, "WN-G54/R2", 89, "1.03", days(1))
    with clock.at(days(1)):
        assert codes(reach(published)) == ["reach.too_few", "reach.cannot"]
        heard(field, "WN-G54/R2", 1, "1.03", days(1), first=89)
        assert codes(reach(published)) == ["reach.cannot"]


def test_not_yet_is_told_apart_from_never(published: Story) -> None:
    with clock.at(days(1)):
        change = CellChange("affected", Range.all())
        triage.decide(
            published.member, published.case, cells=[("NP-BBRS", published.flaw)], change=change, reason="x"
        )
        assert codes(reach(published)) == ["reach.too_few", "reach.no_fix_yet"]


def test_ending_the_watch_says_why_and_keeps_the_share(published: Story, field: Store) -> None:
    heard(field, "WN-G54/R2", 30, "1.03", days(1))
    with clock.at(days(2)):
        with pytest.raises(Problem) as raised:
            actions.settle(published.member, published.case, reason=" ")
        assert raised.value.field == "reason"
        actions.settle(published.member, published.case, reason="Shops were told.")
        assert reach(published) == Facts(holds=True, since=days(2))
        with pytest.raises(Problem) as raised:
            actions.settle(published.member, published.case, reason="Again.")
        assert raised.value.code == "reach.settled_already"
    line = ledger.entries([("case", published.case)])[0]
    assert (line.verb, line.facts) == ("reach.settled", {"share": 20, "reason": "Shops were told."})


def test_the_watch_is_taken_up_again(published: Story) -> None:
    with clock.at(days(2)):
        with pytest.raises(Problem) as raised:
            actions.resume(published.member, published.case, reason="Not ended.")
        assert raised.value.code == "reach.not_settled"
        actions.settle(published.member, published.case, reason="Enough.")
        actions.resume(published.member, published.case, reason="A new model turned up.")
        assert not reach(published).holds
        actions.settle(published.member, published.case, reason="Enough now.")


def test_only_the_team_that_was_let_in_ends_the_watch(published: Story) -> None:
    house = published.house
    for subject, problem in ((house.second, NOTHING_HERE), (published.approver, NOT_YOURS)):
        for deed in (actions.settle, actions.resume):
            with pytest.raises(Problem) as raised:
                deed(subject, published.case, reason="")
            assert raised.value.definition is problem
    with pytest.raises(Problem) as raised:
        actions.settle(published.member, published.case, reason="x", version=1)
    assert raised.value.definition is STALE
