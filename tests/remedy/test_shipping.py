"""Shipping stopped and resumed by two people; at once where it cannot wait, and approved afterwards."""

from datetime import timedelta

import pytest

from okiagari.cases import actions as cases
from okiagari.desk import people
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.plumbing import clock, ledger
from okiagari.remedy import actions, problems, queries
from tests.disclose.story import Story
from tests.factories import person
from tests.remedy.test_measures import refused

pytestmark = pytest.mark.django_db
TARGET = "WN-G54/R2"


@pytest.fixture
def executive(story: Story) -> Subject:
    cases.admit(story.member, story.case, kind="team", key="executives", level="see", reason="緊急会議")
    return people.named("executive", story.house.executive.door)


def asked(story: Story, **more: object) -> str:
    given = {"targets": [TARGET], "reason": "外部から操作される", **more}
    return actions.stop_shipping(story.member, story.case, **given)  # type: ignore[arg-type]


def state(story: Story, measure: str) -> tuple[str, str]:
    view = queries.measure(story.member, measure)
    return view.state, view.waits_for_approval


def test_a_stop_is_asked_for_approved_and_resumed_on_a_condition_by_two_people(
    story: Story, executive: Subject
) -> None:
    stop = asked(story, places=["川崎倉庫", " "])
    assert state(story, stop) == ("planned", "stop")
    assert queries.measure(story.member, stop).places == ("川崎倉庫",)
    assert refused(lambda: actions.approve_stop(story.member, stop)) is NOT_YOURS
    actions.approve_stop(executive, stop, note="承認")
    assert state(story, stop) == ("ready", "")
    resume = lambda text: actions.resume_shipping(story.member, stop, condition=text)  # noqa: E731
    assert refused(lambda: resume(" ")) is problems.CONDITION_NEEDED
    assert refused(lambda: actions.approve_resume(executive, stop)) is problems.NOT_A_STOP
    resume("1.11 を組み込んだ SR1B000120 以降")
    assert state(story, stop) == ("ready", "resume")
    actions.refuse_resume(executive, stop, reason="検証が不足")
    assert state(story, stop) == ("ready", "")
    resume("1.11 を組み込み、全数検査済み")
    actions.approve_resume(executive, stop)
    view = queries.measure(story.member, stop)
    assert (view.state, view.end_reason, bool(view.end_approved_by)) == (
        "ended",
        "1.11 を組み込み、全数検査済み",
        True,
    )


def test_a_stop_in_force_ends_only_by_resuming(story: Story, executive: Subject) -> None:
    stop = asked(story)
    assert refused(lambda: actions.ready(story.member, stop)) is problems.NEEDS_APPROVAL
    assert refused(lambda: actions.end_measure(story.member, stop, reason="x")) is problems.RESUME_NAMES_IT
    actions.approve_stop(executive, stop)
    for deed in (actions.end_measure, actions.withdraw_measure):
        assert refused(lambda deed=deed: deed(story.member, stop, reason="x")) is problems.RESUME_NAMES_IT
    assert refused(lambda: actions.approve_stop(executive, stop)) is problems.NOT_A_STOP


def test_who_asks_does_not_approve_and_neither_does_their_deputy(story: Story) -> None:
    both = person("both", Role.MEMBER, Role.EXECUTIVE, teams=("psirt",))
    own = actions.stop_shipping(both, story.case, targets=["NP-BBRS"], reason="x")
    assert refused(lambda: actions.approve_stop(both, own)) is problems.OWN_APPROVAL
    assert refused(lambda: actions.approve_stop(SYSTEM, own)) is problems.OWN_APPROVAL
    other = person("other", Role.EXECUTIVE, teams=("psirt",))
    since = clock.now() - timedelta(hours=1)
    people.name_deputy(both, "other", since=since, until=since + timedelta(days=2))
    deputy = people.named("other", other.door)
    for deed in (
        lambda: actions.approve_stop(deputy, own),
        lambda: actions.refuse_stop(deputy, own, reason="x"),
    ):
        assert refused(deed) is problems.OWN_APPROVAL


def test_a_deputy_of_an_executive_approves(story: Story, executive: Subject) -> None:
    stop = asked(story)
    since = clock.now() - timedelta(hours=1)
    people.name_deputy(executive, "approver", since=since, until=since + timedelta(days=2))
    deputy = people.named("approver", story.house.approver.door)
    actions.approve_stop(deputy, stop)
    assert state(story, stop) == ("ready", "")


def test_an_urgent_stop_holds_at_once_says_so_and_is_approved_or_ended_afterwards(
    story: Story, executive: Subject
) -> None:
    stop = asked(story, urgent=True)
    assert state(story, stop) == ("ready", "stop")
    line = ledger.entries([("case", story.case)], limit=1)[0]
    assert line.verb == "remedy.stopped_at_once"
    actions.approve_stop(executive, stop)
    assert state(story, stop) == ("ready", "")
    other = actions.stop_shipping(executive, story.case, targets=["NP-BBRS"], reason="攻撃中", urgent=True)
    approver = person("second-executive", Role.EXECUTIVE, teams=("executives",))
    assert refused(lambda: actions.refuse_stop(approver, other, reason=" ")) is problems.REASON_NEEDED
    actions.refuse_stop(approver, other, reason="在庫はもうない")
    assert queries.measure(story.member, other).state == "ended"


def test_a_stop_refused_before_it_held_is_withdrawn(story: Story, executive: Subject) -> None:
    stop = asked(story)
    actions.refuse_stop(executive, stop, reason="影響が限定的")
    assert queries.measure(story.member, stop).state == "withdrawn"


def test_a_product_is_stopped_once(story: Story) -> None:
    asked(story)
    assert refused(lambda: asked(story)) is problems.ALREADY_STOPPED
    assert refused(lambda: asked(story, targets=["NP-BBRS"], reason=" ")) is problems.REASON_NEEDED


def test_what_is_stopped_now_is_seen_by_those_in_the_case_and_nobody_else(story: Story) -> None:
    stop = asked(story, urgent=True)
    assert [each.id for each in queries.in_force(story.member)] == [stop]
    for subject in (story.house.second, story.house.support, story.house.auditor, story.house.administrator):
        assert queries.in_force(subject) == ()
        assert refused(lambda subject=subject: actions.approve_stop(subject, stop)) is NOTHING_HERE
