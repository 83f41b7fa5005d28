"""Playbooks: tasks for a situation, owned by teams that are in the case, ticked off by deeds themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries as read
from okiagari.desk.subjects import SYSTEM
from okiagari.flow import playbook, telling
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.triage import actions as triage
from tests import factories
from tests.factories import House, text

NAME = "unsupported-product"
NOW = datetime(2015, 7, 9, tzinfo=UTC)


def tasks(house: House, case_id: str) -> dict[str, "read.TaskView"]:
    return {task.key.partition(".")[2]: task for task in read.tasks(house.member, case_id)}


@pytest.fixture
def with_playbook(house: House, case_id: str) -> str:
    cases.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="自分の製品")
    with clock.at(NOW):
        cases.describe(house.member, case_id, playbook=NAME, reason="修正できない")
    return case_id


def test_a_case_that_gets_a_playbook_gets_its_tasks_with_owner_and_due_time(
    house: House, with_playbook: str
) -> None:
    found = tasks(house, with_playbook)
    templates = {task.key: task for task in playbook.playbooks()[NAME].tasks}
    assert set(found) == set(templates)
    assert found["check-lines"].team.key == "router-dev"
    assert found["stop-use"].team.key == "psirt"
    for key, task in found.items():
        within = templates[key].within
        assert task.due == (NOW + within if within is not None else None)
        assert task.title == templates[key].title


def test_a_case_opened_with_a_playbook_has_its_tasks_at_once(house: House) -> None:
    case_id = cases.open_case(house.member, title=text("古い製品"), kinds=("product",), playbook=NAME)
    assert tasks(house, case_id)


def test_a_playbook_nobody_wrote_is_refused_and_the_case_stays_as_it_was(house: House, case_id: str) -> None:
    for attempt in (
        lambda: cases.describe(house.member, case_id, playbook="nonsense"),
        lambda: cases.open_case(house.member, title=text("x"), kinds=("product",), playbook="nonsense"),
        lambda: playbook.apply(house.member, case_id, "nonsense"),
    ):
        with pytest.raises(Problem) as raised:
            attempt()
        assert raised.value.code == "flow.no_such_playbook"
        assert NAME in str(raised.value.parameters["known"])
    assert read.case(house.member, case_id).playbook == ""
    assert read.tasks(house.member, case_id) == ()


def test_a_playbook_given_twice_gives_each_task_once(house: House, with_playbook: str) -> None:
    before = set(tasks(house, with_playbook))
    assert playbook.apply(house.member, with_playbook, NAME) == 0
    assert len(read.tasks(house.member, with_playbook)) == len(before)


def test_a_team_that_was_never_let_in_gets_no_task(house: House, case_id: str) -> None:
    """Storage development need not learn from its task list that there is something about routers."""
    cases.describe(house.member, case_id, playbook=NAME, reason="修正できない")
    owners = {task.team.key if task.team else None for task in tasks(house, case_id).values()}
    assert owners == {None, "psirt"}


def test_a_deed_ticks_off_the_task_it_was_and_says_so_in_words(house: House, with_playbook: str) -> None:
    cases.communicate(house.member, with_playbook, audience="support", channel="meeting", text="想定問答")
    done = {key for key, task in tasks(house, with_playbook).items() if task.done_at is not None}
    assert done == {"support-brief"}
    outcome = tasks(house, with_playbook)["support-brief"].outcome
    assert outcome
    assert outcome != "cases.communicated"
    line = next(
        entry for entry in ledger.entries([("case", with_playbook)]) if entry.verb == "cases.task_done"
    )
    assert (line.subject_kind, line.facts["key"]) == ("system", f"{NAME}.support-brief")


def test_a_deed_of_another_sort_ticks_off_nothing(house: House, with_playbook: str) -> None:
    cases.communicate(house.member, with_playbook, audience="jpcert", text="調査中です。")
    assert all(task.done_at is None for task in tasks(house, with_playbook).values())


def test_asking_to_stop_use_ticks_off_the_decision_to_do_so(house: House, with_playbook: str) -> None:
    flaw = factories.vulnerability(house.member, with_playbook)
    triage.freeze_rows(house.member, with_playbook, rule={"models": ["NP-BBRS"]})
    for kind, ticked in (("workaround", False), ("stop_use", True)):
        measure = remedy.plan_measure(
            house.member,
            with_playbook,
            kind=kind,
            text=text("ご使用を停止してください。"),
            targets=["NP-BBRS"],
            vulnerabilities=[flaw],
        )
        remedy.ready(house.member, measure)
        assert (tasks(house, with_playbook)["stop-use"].done_at is not None) is ticked, kind


def test_every_deed_that_a_playbook_waits_for_can_be_told() -> None:
    """A verb that no room ever writes would leave its task open for ever."""
    said = telling.sentences()
    for book in playbook.playbooks().values():
        assert book.name
        for task in book.tasks:
            assert set(task.verbs) <= set(said), (book.key, task.key)
            assert set(task.after) <= {each.key for each in book.tasks} - {task.key}, (book.key, task.key)
            assert set(task.title.texts) == {"ja", "en"}
            assert task.team_kind in set(factories.TEAMS.values())


def test_the_system_applies_playbooks_too(case_id: str) -> None:
    assert playbook.apply(SYSTEM, case_id, NAME) == len(playbook.playbooks()[NAME].tasks)


SEVERE = "severe-single-product"


def test_a_task_that_comes_after_another_is_given_when_that_is_over_and_counts_from_then(
    house: House, case_id: str
) -> None:
    with clock.at(NOW):
        playbook.apply(house.member, case_id, SEVERE)
    keys = {task.key.partition(".")[2] for task in read.tasks(house.member, case_id)}
    assert "meeting" in keys
    assert not keys & {"first-publication", "dealers", "resume"}
    (workaround,) = [each for each in read.tasks(house.member, case_id) if each.key == f"{SEVERE}.workaround"]
    later = NOW + timedelta(days=1)
    with clock.at(later):
        cases.finish_task(house.member, workaround.id, outcome="済み")
    found = {task.key: task for task in read.tasks(house.member, case_id)}
    assert found[f"{SEVERE}.first-publication"].due == later + timedelta(days=1)
    assert f"{SEVERE}.dealers" not in found


def test_a_task_may_be_due_in_hours(house: House, case_id: str) -> None:
    with clock.at(NOW):
        playbook.apply(house.member, case_id, SEVERE)
    (meeting,) = [each for each in read.tasks(house.member, case_id) if each.key == f"{SEVERE}.meeting"]
    assert meeting.due == NOW + timedelta(hours=4)


def test_what_was_done_before_the_playbook_came_is_ticked_off_at_once(house: House, case_id: str) -> None:
    cases.communicate(house.member, case_id, audience="sales", channel="meeting", text="説明した")
    playbook.apply(house.member, case_id, SEVERE)
    done = {task.key.partition(".")[2] for task in read.tasks(house.member, case_id, is_open=False)}
    assert done == {"sales"}


def test_a_message_received_is_no_answer_given(house: House, case_id: str) -> None:
    playbook.apply(house.member, case_id, SEVERE)
    cases.communicate(house.member, case_id, audience="reporter", direction="in", text="いかがですか")
    assert read.tasks(house.member, case_id, is_open=False) == ()
