"""Answers are approved by somebody else, read by those who talk to people, and counted by the hour."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.desk.subjects import Role, Subject
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests.factories import House, person, text

NOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


@pytest.fixture
def pr(house: House, case_id: str) -> Subject:
    speaker = person("speaker", Role.PR, teams=("pr",))
    actions.admit(house.member, case_id, kind="team", key="pr", level="see", reason="Answers the press.")
    return speaker


@pytest.fixture
def answer_id(house: House, case_id: str) -> str:
    return actions.draft_answer(
        house.member,
        case_id,
        question=text("自分の製品は対象ですか？", "Is my device concerned?"),
        answer=text("底面の型番と版をご確認ください。", "Look at the label."),
        products="WFS-SR01 ポケドラ",
    )


def test_whoever_wrote_it_does_not_approve_it(
    house: House, pr: Subject, answer_id: str, case_id: str
) -> None:
    both = person("both", Role.MEMBER, Role.PR, teams=("psirt",))
    own = actions.draft_answer(both, case_id, question=text("a"), answer=text("b"))
    with pytest.raises(Problem, match=r"cases\.own_text"):
        actions.approve_answer(both, own)
    with pytest.raises(Problem, match=r"desk\.not_yours"):
        actions.approve_answer(house.member, answer_id)
    actions.approve_answer(pr, answer_id)
    (found,) = queries.answers_in_use(house.support)
    assert found.answer.best("en") == "Look at the label."


def test_the_desk_reads_the_answer_and_not_the_case(
    house: House, pr: Subject, answer_id: str, case_id: str
) -> None:
    assert queries.answers_in_use(house.support) == ()
    actions.approve_answer(pr, answer_id)
    (found,) = queries.answers_in_use(house.support, text="ポケドラ 型番")
    assert case_id not in repr(found)
    assert queries.answers_in_use(house.support, text="pocket") == ()
    with pytest.raises(Problem, match=r"desk\.nothing_here"):
        queries.answers(house.support, case_id)
    with pytest.raises(Problem, match=r"desk\.not_yours"):
        queries.answers_in_use(house.developer)


def test_an_answer_prepared_ahead_is_in_use_from_its_time(house: House, pr: Subject, answer_id: str) -> None:
    soon = clock.now() + timedelta(hours=2)
    actions.approve_answer(pr, answer_id, usable_from=soon)
    assert queries.answers_in_use(house.support) == ()
    with pytest.raises(Problem, match=r"desk\.nothing_here"):
        actions.take_inquiry(house.support, answer_id=answer_id)
    with clock.at(soon):
        assert len(queries.answers_in_use(house.support)) == 1


def test_a_new_draft_leaves_the_approved_one_in_use(
    house: House, pr: Subject, answer_id: str, case_id: str
) -> None:
    actions.approve_answer(pr, answer_id)
    actions.draft_answer(
        house.member, case_id, answer_id=answer_id, question=text("対象は？"), answer=text("調査中です。")
    )
    (found,) = queries.answers_in_use(house.support)
    assert "底面" in found.answer.best("ja")
    (view,) = queries.answers(house.member, case_id)
    assert view.has_new_draft
    actions.approve_answer(pr, answer_id)
    assert queries.answers_in_use(house.support)[0].answer.best("ja") == "調査中です。"


def test_a_withdrawn_answer_is_out_of_use(house: House, pr: Subject, answer_id: str) -> None:
    actions.approve_answer(pr, answer_id)
    actions.withdraw_answer(pr, answer_id, reason="誤りがあった")
    assert queries.answers_in_use(house.support) == ()


def test_inquiries_are_counted_by_the_hour(house: House, pr: Subject, answer_id: str) -> None:
    with clock.at(NOON - timedelta(hours=3)):
        actions.approve_answer(pr, answer_id)
        actions.take_inquiry(house.support, answer_id=answer_id, count=4)
    with clock.at(NOON):
        actions.take_inquiry(house.support, answer_id=answer_id, channel="mail")
        actions.take_inquiry(house.support, audience="press", channel="phone", note="記者から電話", count=2)
        figures = queries.figures(house.support, hours=4)
        assert [each.count for each in figures.hours] == [4, 0, 0, 3]
        assert figures.hours[-1].by_audience == {"customer": 1, "press": 2}
        assert figures.peak is not None
        assert (figures.peak.hour, figures.peak.count) == (NOON.replace(hour=9, minute=0), 4)
        assert figures.total == 7
        (found,) = queries.answers_in_use(house.support)
        assert (found.asked, found.asked_lately) == (5, 5)
        assert queries.figures(house.support, hours=4, answer_id=answer_id).total == 5


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"note": ""}, "cases.inquiry_note"),
        ({"note": "x", "count": 0}, "cases.count_wrong"),
        ({"note": "x", "channel": "fax"}, "cases.channel_unknown"),
        ({"note": "x", "audience": "reporter"}, "cases.audience_unknown"),
        ({"answer_id": "ANS-26-00000"}, "desk.nothing_here"),
    ],
)
def test_an_inquiry_says_something(house: House, given: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as caught:
        actions.take_inquiry(house.support, **given)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_what_no_answer_fits_waits_and_is_settled_once(house: House, pr: Subject, answer_id: str) -> None:
    number = actions.take_inquiry(house.support, note="電源が入らない")
    (waiting,) = queries.new_inquiries(house.support)
    assert waiting.id == number
    actions.approve_answer(pr, answer_id)
    with pytest.raises(Problem, match="reason"):
        actions.settle_inquiry(house.support, number)
    actions.settle_inquiry(house.support, number, answer_id=answer_id)
    assert queries.new_inquiries(house.support) == ()
    with pytest.raises(Problem, match=r"cases\.inquiry_settled"):
        actions.settle_inquiry(house.support, number, reason="x")


def test_question_and_answer_stand_in_the_same_languages(house: House, case_id: str) -> None:
    from okiagari.standards.localtext import LocalText

    with pytest.raises(Problem, match=r"cases\.answer_needs_text"):
        actions.draft_answer(
            house.member, case_id, question=text("a", "b"), answer=LocalText.of(ja="調査中です。")
        )
