"""Lessons become promises; a promise has an owner and stays open until it is kept, once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases import actions as cases
from okiagari.cases.models import Case
from okiagari.desk import people
from okiagari.desk.aggregates import STALE
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.desk.subjects import Door, Subject
from okiagari.learn import actions, gate, queries
from okiagari.learn.rules import AREA_LABELS, AREAS
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from tests.factories import House, case, text

DUE = datetime(2016, 1, 29, 9, 0, tzinfo=UTC)


def lesson(house: House, case_id: str) -> str:
    return actions.learn(house.member, case_id, area="tools", text=text("ポートを調べる", "Scan the ports"))


def missing(case_id: str) -> list[str]:
    return [each.code for each in gate.lessons(Case.objects.get(public_id=case_id).pk).missing]


def test_a_lesson_becomes_a_promise_that_is_kept(house: House, case_id: str) -> None:
    assert missing(case_id) == ["lessons.none"]
    number = lesson(house, case_id)
    assert missing(case_id) == []
    promise = actions.promise(house.member, number, text=text("買う", "Buy one"), team="psirt", due_at=DUE)
    with clock.at(clock.now() + timedelta(days=1)):
        (view,) = queries.open_actions(house.member)
        assert (view.id, view.is_late, view.is_mine, view.case_id) == (promise, True, True, case_id)
        actions.fulfil(house.member, promise, outcome="Bought and used.")
    assert queries.open_actions(house.member) == ()
    (drawn,) = queries.lessons(house.member, case_id)
    assert (drawn.area, drawn.promises[0].outcome, drawn.promises[0].is_late) == (
        "tools",
        "Bought and used.",
        False,
    )
    verbs = [line.verb for line in ledger.entries([("case", case_id)], newest_first=False)]
    assert verbs[-3:] == ["learn.lesson", "learn.promised", "learn.fulfilled"]


def test_a_promise_of_nobody_is_missing_until_somebody_is_named(house: House, case_id: str) -> None:
    promise = actions.promise(house.member, lesson(house, case_id), text=text("買う"))
    assert missing(case_id) == ["lessons.nobody"]
    with pytest.raises(Problem) as raised:
        actions.assign(house.member, promise)
    assert (raised.value.code, raised.value.field) == ("learn.no_owner", "team")
    actions.assign(house.member, promise, person="developer", due_at=DUE)
    view = queries.promise(house.member, promise)
    assert (view.person_key, view.team_key, view.due, missing(case_id)) == ("developer", "", DUE, [])
    with pytest.raises(Problem) as raised:
        actions.assign(house.member, promise, person="nobody")
    assert raised.value.code == "desk.no_such_person"


def test_a_promise_is_kept_once_and_says_what_came_of_it(house: House, case_id: str) -> None:
    promise = actions.promise(house.member, lesson(house, case_id), text=text("買う"), team="psirt")
    with pytest.raises(Problem) as raised:
        actions.fulfil(house.member, promise, outcome=" ")
    assert (raised.value.code, raised.value.field) == ("learn.no_outcome", "outcome")
    actions.fulfil(house.member, promise, outcome="Done.")
    for deed in (
        lambda: actions.fulfil(house.member, promise, outcome="Done again."),
        lambda: actions.assign(house.member, promise, team="psirt"),
    ):
        with pytest.raises(Problem) as raised:
            deed()
        assert raised.value.code == "learn.kept_already"
    assert queries.promise(house.member, promise).outcome == "Done."


def test_whoever_is_inside_keeps_a_promise_and_nobody_from_outside_knows_of_it(
    house: House, case_id: str
) -> None:
    number = lesson(house, case_id)
    promise = actions.promise(house.member, number, text=text("買う"), team="router-dev")
    for kind, key in (("team", "router-dev"), ("organisation", "integrator")):
        cases.admit(house.member, case_id, kind=kind, key=key, level="see", reason="x")
    developer = people.named("developer", Door.WEB)
    partner = people.named("partner", Door.WEB)
    assert queries.lessons(developer, case_id)[0].promises[0].is_mine
    for ask in (
        lambda: queries.lessons(partner, case_id),
        lambda: queries.open_actions(partner),
        lambda: queries.promise(partner, promise),
        lambda: actions.fulfil(partner, promise, outcome="x"),
        lambda: actions.learn(developer, case_id, area="tools", text=text("x")),
        lambda: actions.promise(developer, number, text=text("x")),
        lambda: actions.assign(developer, promise, team="psirt"),
    ):
        with pytest.raises(Problem) as raised:
            ask()
        assert raised.value.definition is NOT_YOURS
    actions.fulfil(developer, promise, outcome="Done.")


def test_what_one_may_not_see_looks_like_what_does_not_exist(house: House, case_id: str) -> None:
    number = lesson(house, case_id)
    promise = actions.promise(house.member, number, text=text("買う"), team="psirt")
    assert queries.open_actions(house.second) == ()
    there = (house.second, case_id, number, promise)
    nowhere = (house.member, "OKI-26-00000", "LES-26-00000", "ACT-26-00000")
    asked: list[Callable[[Subject, str, str, str], object]] = [
        lambda who, one, two, three: queries.lessons(who, one),
        lambda who, one, two, three: actions.learn(who, one, area="tools", text=text("x")),
        lambda who, one, two, three: actions.promise(who, two, text=text("x")),
        lambda who, one, two, three: actions.fulfil(who, three, outcome=""),
        lambda who, one, two, three: queries.promise(who, three),
    ]
    for ask in asked:
        for about in (there, nowhere):
            with pytest.raises(Problem) as raised:
                ask(*about)
            assert raised.value.definition is NOTHING_HERE


def test_who_saw_an_older_version_changes_nothing(house: House, case_id: str) -> None:
    number = lesson(house, case_id)
    promise = actions.promise(house.member, number, text=text("買う"), team="psirt")
    for deed in (
        lambda: actions.learn(house.member, case_id, area="tools", text=text("x"), version=1),
        lambda: actions.promise(house.member, number, text=text("x"), version=1),
        lambda: actions.assign(house.member, promise, team="psirt", version=1),
        lambda: actions.fulfil(house.member, promise, outcome="x", version=1),
    ):
        with pytest.raises(Problem) as raised:
            deed()
        assert raised.value.definition is STALE


@given(st.text(max_size=20))
def test_a_lesson_is_about_something_the_team_knows(area: str) -> None:
    assert set(AREAS) == set(AREA_LABELS)
    if area not in AREAS:
        with pytest.raises(Problem) as raised:
            actions.learn(None, "OKI-26-00000", area=area, text=text("x"))  # type: ignore[arg-type]
        assert (raised.value.code, raised.value.field) == ("learn.wrong_area", "area")


def test_a_lesson_needs_words(house: House, case_id: str) -> None:
    for deed in (
        lambda: actions.learn(house.member, case_id, area="tools", text=text(" ")),
        lambda: actions.promise(house.member, lesson(house, case_id), text=text("")),
    ):
        with pytest.raises(Problem) as raised:
            deed()
        assert (raised.value.code, raised.value.field) == ("learn.no_words", "text")


def test_open_promises_come_by_their_due_time_and_cost_the_same_however_many(house: House) -> None:
    counts = []
    for _ in range(2):
        for number in range(3):
            found = lesson(house, case(house.member))
            due = None if number == 0 else datetime(2030 - number, 1, 1, tzinfo=UTC)
            actions.promise(house.member, found, text=text(f"{number}"), team="psirt", due_at=due)
        with CaptureQueriesContext(connection) as captured:
            views = queries.open_actions(house.member)
        counts.append(len(captured))
    assert [str(view.text) for view in views] == ["2", "2", "1", "1", "0", "0"]
    assert counts[0] == counts[1] <= 3
