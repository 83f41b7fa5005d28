"""Meetings: people called are let in, who was there is kept by name, what is decided becomes a task."""

from datetime import timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.desk import people
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from tests.factories import House, text


def called(house: House, case_id: str, **more: object) -> str:
    given = {"at": clock.now(), "place": "第1会議室", "reason": "重大な届出", "teams": ["executives"], **more}
    return actions.call_meeting(house.member, case_id, **given)  # type: ignore[arg-type]


def executive(house: House) -> Subject:
    return people.named("executive", house.executive.door)


def code(deed: object) -> str:
    with pytest.raises(Problem) as raised:
        deed()  # type: ignore[operator]
    return raised.value.code


def test_whoever_is_called_may_see_the_case_from_then_on_with_the_reason(house: House, case_id: str) -> None:
    assert code(lambda: queries.case(house.executive, case_id)) == "desk.nothing_here"
    meeting = called(house, case_id, people=["approver"])
    assert queries.case(executive(house), case_id).id == case_id
    view = queries.meeting(executive(house), meeting)
    assert [(each.kind, each.key) for each in view.called] == [("team", "executives"), ("person", "approver")]
    reasons = {grant.who.key: grant.reason for grant in queries.people_in(house.member, case_id)}
    assert reasons["executives"] == "重大な届出"


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"place": " "}, "cases.meeting_incomplete"),
        ({"reason": " "}, "cases.meeting_incomplete"),
        ({"teams": []}, "cases.nobody_called"),
        ({"people": ["nobody"]}, "cases.no_such_principal"),
    ],
)
def test_a_call_that_lacks_something_lets_nobody_in(
    house: House, case_id: str, more: dict[str, object], problem: str
) -> None:
    assert code(lambda: called(house, case_id, **more)) == problem
    assert queries.meetings(house.member, case_id) == ()
    assert code(lambda: queries.case(executive(house), case_id)) == "desk.nothing_here"


def test_who_may_not_let_people_in_calls_no_meeting(house: House, case_id: str) -> None:
    actions.admit(house.member, case_id, kind="person", key="second", level="work", reason="手伝い")
    deed = lambda: actions.call_meeting(  # noqa: E731
        house.second, case_id, at=clock.now(), place="x", reason="x", teams=["executives"]
    )
    assert code(deed) == NOT_YOURS.code


def test_a_meeting_is_held_with_those_present_by_name_and_what_was_known(house: House, case_id: str) -> None:
    meeting = called(house, case_id)
    assert code(lambda: actions.hold_meeting(house.member, meeting, present=[" "], agenda={})) == (
        "cases.nobody_present"
    )
    present = ["executive", "member", "外部の弁護士"]
    actions.hold_meeting(house.member, meeting, present=present, agenda={"a": 1}, minutes="開始")
    view = queries.meeting(house.member, meeting)
    assert [each.exact("ja") for each in view.present] == ["executiveさん", "memberさん", "外部の弁護士"]
    assert (view.state, view.agenda) == ("held", {"a": 1})
    actions.keep_minutes(house.member, meeting, minutes="出荷を止める。")
    assert queries.meeting(house.member, meeting).minutes == "出荷を止める。"
    assert code(lambda: actions.cancel_meeting(house.member, meeting, reason="x")) == "cases.meeting_over"


def test_a_meeting_called_off_stays_on_record_with_its_reason(house: House, case_id: str) -> None:
    meeting = called(house, case_id)
    actions.cancel_meeting(house.member, meeting, reason="誤報")
    assert queries.meeting(house.member, meeting).state == "cancelled"
    put = lambda: actions.put_question(house.member, meeting, question=text("止めるか"))  # noqa: E731
    assert code(put) == "cases.meeting_over"


def test_a_decision_with_an_owner_is_a_task_and_is_decided_once(house: House, case_id: str) -> None:
    meeting = called(house, case_id)
    question = actions.put_question(house.member, meeting, question=text("営業に説明するか"), matter="sales")
    again = actions.put_question(house.member, meeting, question=text("営業"), matter="sales")
    assert again == question
    due = clock.now() + timedelta(hours=4)
    made = actions.resolve(
        executive(house), question, answer="yes", words="本日中に", team="psirt", due_at=due
    )
    (task,) = queries.tasks(house.member, case_id)
    assert (made, task.due, task.team.key if task.team else "") == ([task.id], due, "psirt")
    (view,) = queries.meeting(house.member, meeting).resolutions
    assert (view.answer, view.words, view.decided_by.key if view.decided_by else "") == (
        "yes",
        "本日中に",
        "executive",
    )
    assert code(lambda: actions.resolve(house.member, question, answer="no")) == "cases.decided_already"


def test_later_needs_an_owner_and_a_time_and_no_makes_no_task(house: House, case_id: str) -> None:
    meeting = called(house, case_id)
    one = actions.put_question(house.member, meeting, question=text("いつ公表するか"))
    assert code(lambda: actions.resolve(house.member, one, answer="later")) == "cases.later_needs_due"
    assert code(lambda: actions.resolve(house.member, one, answer="maybe")) == "cases.no_such_answer"
    assert actions.resolve(house.member, one, answer="no", team="psirt") == []
    assert queries.tasks(house.member, case_id) == ()


def test_minutes_and_decisions_stand_in_the_timeline(house: House, case_id: str) -> None:
    meeting = called(house, case_id)
    question = actions.put_question(house.member, meeting, question=text("止めるか"))
    actions.hold_meeting(house.member, meeting, present=["executive"], agenda={}, minutes="議事")
    actions.resolve(house.member, question, answer="no", words="影響が小さい")
    lines = {entry.verb: entry.facts for entry in ledger.entries([("case", case_id)])}
    assert lines["cases.meeting_held"]["minutes"] == "議事"
    assert lines["cases.decided_in_meeting"]["words"] == "影響が小さい"


def test_a_meeting_about_a_case_is_not_there_for_those_outside(house: House, case_id: str) -> None:
    meeting = called(house, case_id)
    for subject in (house.support, house.second, house.administrator, house.partner):
        for deed in (
            lambda subject=subject: queries.meeting(subject, meeting),
            lambda subject=subject: actions.keep_minutes(subject, meeting, minutes="x"),
            lambda subject=subject: actions.cancel_meeting(subject, meeting, reason="x"),
        ):
            assert code(deed) == NOTHING_HERE.code
