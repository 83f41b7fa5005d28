"""The embargo as the case carries it, and the clock of its end."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests.factories import House

NOON = datetime(2015, 6, 1, 3, 0, tzinfo=UTC)
END = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)


def say(house: House, case_id: str, state: str, *, until: datetime | None = END, reason: str = "") -> None:
    actions.set_embargo(
        house.member,
        case_id,
        state=state,
        until=until,
        zone="Asia/Tokyo",
        agreed_with="JPCERT/CC",
        reason=reason,
    )


def test_a_case_begins_without_an_embargo(house: House, case_id: str) -> None:
    view = queries.case(house.member, case_id)
    assert view.embargo is None
    assert not view.is_embargoed


def test_an_agreed_embargo_runs_as_a_clock_that_a_revision_moves(house: House, case_id: str) -> None:
    with clock.at(NOON):
        say(house, case_id, "proposed", until=None)
        assert queries.clocks(house.member, case_id) == ()
        say(house, case_id, "agreed")
        later = END + timedelta(days=7)
        say(house, case_id, "revised", until=later, reason="The fix needs a week.")
        (running,) = queries.clocks(house.member, case_id)
        view = queries.case(house.member, case_id)
    assert (running.rule, running.first_due, running.due) == ("embargo_end", END, later)
    assert running.extension_reason == "The fix needs a week."
    assert view.embargo is not None
    assert (view.embargo.state, view.embargo.until, view.embargo.zone) == ("revised", later, "Asia/Tokyo")
    assert view.embargo.next_states == ("revised", "ended")


def test_an_ended_embargo_holds_no_more_and_its_clock_is_met(house: House, case_id: str) -> None:
    with clock.at(NOON):
        say(house, case_id, "agreed")
    with clock.at(END - timedelta(days=1)):
        say(house, case_id, "ended", until=None, reason="Published by the finder; agreed with JPCERT/CC.")
        (over,) = queries.clocks(house.member, case_id)
        assert not queries.case(house.member, case_id).is_embargoed
    assert over.state == "met"


def test_the_timeline_keeps_each_end_that_was_agreed(house: House, case_id: str) -> None:
    with clock.at(NOON):
        say(house, case_id, "agreed")
        say(house, case_id, "revised", until=END + timedelta(days=1), reason="One day more.")
        facts = [
            line.facts for line in queries.timeline(house.member, case_id) if line.verb == "cases.embargo_set"
        ]
    assert [fact["state"] for fact in facts] == ["revised", "agreed"]
    assert facts[0]["until_before"] == facts[1]["until"]


def test_only_who_leads_the_case_speaks_of_the_embargo(house: House, case_id: str) -> None:
    actions.admit(house.member, case_id, kind="person", key="second", level="work", reason="Helps.")
    with pytest.raises(Problem) as raised:
        actions.set_embargo(house.second, case_id, state="proposed", until=None, zone="Asia/Tokyo")
    assert raised.value.code == "desk.not_yours"
