"""The written criteria: what may be adopted, and how a score comes from answers."""

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.triage import shipped
from okiagari.triage.rules.criteria import Criteria, read, to_json
from okiagari.triage.rules.judging import judged, needs_executives, propose, settled
from okiagari.triage.rules.levels import LEVELS, Level

CRITERIA = shipped.criteria()


@st.composite
def criteria(draw: st.DrawFn) -> Criteria:
    """Any criteria that can be adopted."""
    words = {"ja": "問い", "en": "question"}
    points = st.lists(st.integers(0, 50), min_size=2, max_size=5).filter(lambda many: max(many) > 0)
    questions = [
        {
            "key": f"q{number}",
            "text": words,
            "answers": [
                {"key": f"a{place}", "text": words, "points": each} for place, each in enumerate(many)
            ],
        }
        for number, many in enumerate(draw(st.lists(points, min_size=1, max_size=6)))
    ]
    most = sum(max(answer["points"] for answer in question["answers"]) for question in questions)  # type: ignore[attr-defined]
    assume(most >= 3)
    lines = sorted(draw(st.sets(st.integers(1, most), min_size=3, max_size=3)))
    content = {
        "title": words,
        "questions": questions,
        "thresholds": {
            "medium": lines[0],
            "high": lines[1],
            "severe": lines[2],
            "executive": draw(st.integers(0, most)),
        },
    }
    return read(content)


def answers_to(rules: Criteria, data: st.DataObject) -> dict[str, str]:
    return {
        question.key: data.draw(st.sampled_from([answer.key for answer in question.answers]))
        for question in rules.questions
    }


@given(criteria(), st.integers(0, 400))
def test_every_score_has_exactly_one_level(rules: Criteria, score: int) -> None:
    level = rules.level_at(score)
    ranges = [start for _, start in rules.lines] + [10**6]
    assert ranges[level.rank] <= score < ranges[level.rank + 1]


@given(criteria(), st.data())
def test_a_worse_answer_never_lowers_score_or_level(rules: Criteria, data: st.DataObject) -> None:
    answers = answers_to(rules, data)
    question = data.draw(st.sampled_from(rules.questions))
    before = propose(rules, answers)
    worse = [a for a in question.answers if a.points >= question.answer(answers[question.key]).points]  # type: ignore[union-attr]
    after = propose(rules, answers | {question.key: data.draw(st.sampled_from(worse)).key})
    assert after.score >= before.score
    assert after.level.rank >= before.level.rank


@given(criteria(), st.data(), st.sampled_from([*LEVELS, ""]), st.sampled_from(["", "  ", "因みに"]))
def test_a_deviation_needs_a_reason_and_nothing_else_does(
    rules: Criteria, data: st.DataObject, chosen: str, reason: str
) -> None:
    proposal = judged(rules, answers_to(rules, data))
    if chosen in {"", proposal.level} or reason.strip():
        assert settled(proposal.level, chosen, reason) == (chosen or proposal.level)
    else:
        with pytest.raises(Problem) as raised:
            settled(proposal.level, chosen, reason)
        assert raised.value.code == "triage.deviation_needs_reason"


@given(criteria(), st.data(), st.sampled_from(LEVELS))
def test_deciding_lower_never_keeps_a_case_from_the_executives(
    rules: Criteria, data: st.DataObject, chosen: Level
) -> None:
    proposal = judged(rules, answers_to(rules, data))
    if proposal.score >= rules.executive:
        assert needs_executives(rules, proposal, chosen)
    if chosen is Level.SEVERE and proposal.level is not Level.SEVERE:
        assert needs_executives(rules, proposal, chosen)


@given(criteria())
def test_criteria_survive_being_written_and_read(rules: Criteria) -> None:
    assert read(to_json(rules)) == rules


def test_the_shipped_criteria_ask_the_makers_questions_and_say_that_they_are_assumed() -> None:
    assert [question.key for question in CRITERIA.questions] == [
        "reach",
        "success",
        "data",
        "others",
        "exposure",
    ]
    assert CRITERIA.assumed
    assert CRITERIA.most == 100


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (("internet", "always", "control", "stepping", "function"), "severe"),
        (("internet", "always", "none", "directly", "shipped"), "high"),
        (("nearby", "complicated", "leaked", "none", "shipped"), "medium"),
        (("hand", "complicated", "none", "none", "rare"), "low"),
    ],
)
def test_the_shipped_criteria_put_known_cases_where_people_put_them(
    answers: tuple[str, ...], level: str
) -> None:
    given_answers = dict(zip([question.key for question in CRITERIA.questions], answers, strict=True))
    assert judged(CRITERIA, given_answers).level == level


def broken(change: str) -> dict[str, Any]:
    content = copy.deepcopy(to_json(CRITERIA))
    spoil: dict[str, Any] = {
        "shape": lambda c: c["questions"][1]["answers"][0].update(points="many"),
        "unknown": lambda c: c.update(wieghts={}),
        "words": lambda c: c["questions"][0]["text"].pop("en"),
        "twice": lambda c: c["questions"][0].update(key="success"),
        "few": lambda c: c["questions"][2].update(answers=c["questions"][2]["answers"][:1]),
        "crossed": lambda c: c["thresholds"].update(high=30),
        "reach": lambda c: c["thresholds"].update(executive=101),
    }
    spoil[change](content)
    return content  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ("shape", "triage.criteria_wrong_shape", "$.questions[1].answers[0].points"),
        ("unknown", "triage.criteria_wrong_shape", "$"),
        ("words", "triage.criteria_no_words", "questions.reach.text"),
        ("twice", "triage.criteria_key_twice", "questions"),
        ("few", "triage.criteria_too_few", "questions.data.answers"),
        ("crossed", "triage.criteria_lines_crossed", "high"),
        ("reach", "triage.criteria_out_of_reach", "executive"),
    ],
)
def test_wrong_criteria_are_refused_with_the_place(change: str, code: str, place: str) -> None:
    with pytest.raises(Problem) as raised:
        read(broken(change))
    problems = raised.value.parts or (raised.value,)
    found = next(problem for problem in problems if problem.code == code)
    assert place in found.message


def test_an_answer_that_is_missing_and_one_that_does_not_exist_are_both_named() -> None:
    with pytest.raises(Problem) as raised:
        judged(CRITERIA, {"reach": "moon", "success": "always"})
    codes = [problem.code for problem in raised.value.parts]
    assert codes.count("triage.no_such_answer") == 1
    assert codes.count("triage.not_answered") == 3
