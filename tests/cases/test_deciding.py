"""Embargo decisions are taken by a named person and do what they say; urgent acts are reviewed by another."""

from datetime import timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests.factories import House, vulnerability


@pytest.fixture
def asked(house: House, case_id: str) -> str:
    """A case under embargo with an exploit seen and a publication elsewhere."""
    flaw = vulnerability(house.member, case_id)
    until = clock.now() + timedelta(days=20)
    actions.set_embargo(
        house.member, case_id, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    for kind in ("exploit_public", "public_elsewhere"):
        actions.note_fact(house.member, flaw, kind=kind, at=clock.now(), evidence="https://example.org/")
    return case_id


def decide(subject: Subject, case_id: str, choice: str, **more: object) -> str:
    return actions.decide_embargo(subject, case_id, choice=choice, reason="検討の結果", **more)  # type: ignore[arg-type]


def code(deed: object) -> str:
    with pytest.raises(Problem) as raised:
        deed()  # type: ignore[operator]
    return raised.value.code


def embargo(house: House, case_id: str) -> tuple[str, bool]:
    view = queries.case(house.member, case_id)
    assert view.embargo is not None
    return view.embargo.state, view.is_embargoed


def test_keeping_it_changes_nothing_but_says_who_and_why(house: House, asked: str) -> None:
    decide(house.member, asked, "keep", fact="exploit_public")
    assert embargo(house, asked) == ("agreed", True)
    (left,) = queries.open_embargo_decisions(house.member, asked)
    assert left.key == "decision:public_elsewhere"
    (taken,) = queries.embargo_decisions(house.member, asked)
    assert (taken.answer, taken.words, taken.decided_by.key if taken.decided_by else "") == (
        "keep",
        "検討の結果",
        "member",
    )


def test_a_decision_without_a_named_fact_answers_all_that_are_open(house: House, asked: str) -> None:
    until = clock.now() + timedelta(days=5)
    assert code(lambda: decide(house.member, asked, "revise")) == "cases.embargo_until"
    assert len(queries.open_embargo_decisions(house.member, asked)) == 2
    decide(house.member, asked, "revise", until=until)
    view = queries.case(house.member, asked)
    assert view.embargo is not None
    assert (view.embargo.state, view.embargo.until, view.embargo.agreed_with) == (
        "revised",
        until,
        "JPCERT/CC",
    )
    assert queries.open_embargo_decisions(house.member, asked) == ()


def test_ending_it_ends_it_and_publishing_now_asks_for_the_publication_too(house: House, asked: str) -> None:
    decide(house.member, asked, "publish")
    assert embargo(house, asked) == ("ended", False)
    (task,) = queries.tasks(house.member, asked, is_open=True)
    assert task.key == "publish-now"
    assert task.due is not None
    assert task.due <= clock.now() + timedelta(hours=4)


def test_only_who_may_change_the_embargo_decides_and_never_the_system(house: House, asked: str) -> None:
    assert code(lambda: decide(SYSTEM, asked, "end")) == "cases.by_a_person"
    assert code(lambda: decide(house.executive, asked, "end")) == "desk.nothing_here"
    actions.admit(house.member, asked, kind="team", key="executives", level="see", reason="会議")
    executive = people.named("executive", house.executive.door)
    assert code(lambda: decide(executive, asked, "end")) == "desk.not_yours"
    assert code(lambda: decide(house.member, asked, "hope")) == "cases.no_such_answer"
    reason = lambda: actions.decide_embargo(house.member, asked, choice="end", reason=" ")  # noqa: E731
    assert code(reason) == "cases.reason_needed"
    assert embargo(house, asked) == ("agreed", True)


def test_without_a_question_there_is_nothing_to_decide(house: House, case_id: str) -> None:
    assert code(lambda: decide(house.member, case_id, "keep")) == "cases.nothing_to_decide"


def test_an_urgent_act_is_kept_with_name_and_reason_and_asks_its_leaders_for_a_review(
    house: House, case_id: str
) -> None:
    act = actions.note_urgent(house.member, case_id, kind="jpcert", reason="攻撃が始まった", made="MSG-1")
    (view,) = queries.urgent_acts(house.member, case_id)
    assert (view.id, view.by.key if view.by else "", view.reason) == (act, "member", "攻撃が始まった")
    (task,) = queries.tasks(house.member, case_id)
    assert (task.team.key if task.team else "", task.key) == ("psirt", f"review:{act}")
    assert code(lambda: actions.finish_task(house.member, task.id, outcome="ok")) == "cases.review_it"


def test_somebody_else_reviews_it_once_with_a_verdict_in_words(house: House, case_id: str) -> None:
    act = actions.note_urgent(house.member, case_id, kind="jpcert", reason="攻撃が始まった")
    actions.admit(house.member, case_id, kind="person", key="second", level="see", reason="確認")
    actions.admit(house.member, case_id, kind="team", key="executives", level="see", reason="確認")
    review = lambda who, **more: actions.review_urgent(  # noqa: E731
        who, act, **{"verdict": "right", "words": "妥当", **more}
    )
    since = clock.now() - timedelta(hours=1)
    people.name_deputy(house.member, "executive", since=since, until=since + timedelta(days=2))
    deputy = people.named("executive", house.executive.door)
    assert code(lambda: review(house.member)) == "cases.own_act"
    assert code(lambda: review(deputy)) == "cases.own_act"
    second = people.named("second", house.second.door)
    assert code(lambda: review(second, verdict="fine")) == "cases.no_such_verdict"
    assert code(lambda: review(second, words=" ")) == "cases.no_such_verdict"
    review(second, verdict="partly", words="連絡先が古かった")
    view = queries.urgent_act(house.member, act)
    assert (view.verdict, view.reviewed_by.key if view.reviewed_by else "") == ("partly", "second")
    assert queries.tasks(house.member, case_id, is_open=True) == ()
    assert code(lambda: review(second)) == "cases.reviewed_already"


def test_an_act_needs_a_kind_a_reason_and_a_person(house: House, case_id: str) -> None:
    note = lambda who, **more: actions.note_urgent(  # noqa: E731
        who, case_id, **{"kind": "jpcert", "reason": "x", **more}
    )
    assert code(lambda: note(house.member, kind="party")) == "cases.no_such_act"
    assert code(lambda: note(house.member, reason=" ")) == "cases.reason_needed"
    assert code(lambda: note(SYSTEM)) == "cases.by_a_person"
    assert queries.tasks(house.member, case_id) == ()
