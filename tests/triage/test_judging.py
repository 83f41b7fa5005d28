"""Judging a case: first, final, executives; deviation, lapse, reopening."""

from datetime import timedelta

import pytest

from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.plumbing import clock, jobs, ledger
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions, queries, shipped
from okiagari.triage.rules.criteria import to_json
from tests import factories
from tests.triage.conftest import Matter

SEVERE = {
    "reach": "internet",
    "success": "always",
    "data": "control",
    "others": "stepping",
    "exposure": "function",
}
HIGH = SEVERE | {"data": "none", "others": "directly", "exposure": "shipped"}
LOW = {"reach": "hand", "success": "complicated", "data": "none", "others": "none", "exposure": "rare"}


def judge(matter: Matter, stage: str = "final", answers: dict[str, str] | None = None, **more: object) -> str:
    return actions.judge(matter.member, matter.case, stage=stage, answers=answers or HIGH, **more)  # type: ignore[arg-type]


def code_of(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Problem) as raised:
        call(*args, **kwargs)  # type: ignore[operator]
    return raised.value.code


def verbs(matter: Matter) -> list[str]:
    return [entry.verb for entry in ledger.entries([("case", matter.case)], newest_first=False)]


def test_the_shipped_criteria_become_version_1_at_the_first_judgement(matter: Matter) -> None:
    assert queries.criteria(matter.member).version == 0
    judge(matter)
    assert queries.criteria(matter.member).version == 1
    assert queries.criteria(matter.member).next_review.is_known


def test_a_judgement_keeps_who_when_answers_criteria_reason_and_assumed_use(matter: Matter) -> None:
    use = LocalText.of(ja="ルータ機能はほとんど使われない", en="The router function is rarely used")
    judge(matter, level="medium", reason="出荷数が少ない", assumed_use=use)
    (given,) = queries.judgements(matter.member, matter.case)
    assert given.answers == HIGH
    assert (given.proposed, given.level, given.score) == ("high", "medium", 75)
    assert given.deviates
    assert given.reason == "出荷数が少ない"
    assert given.assumed_use == use
    assert given.criteria_version == 1
    assert given.given_by.exact("ja") == "memberさん"
    assert given.given_at is not None
    assert queries.level(matter.member, matter.case) == "medium"


def test_a_deviation_without_a_reason_is_refused_and_nothing_is_kept(matter: Matter) -> None:
    assert code_of(judge, matter, level="low") == "triage.deviation_needs_reason"
    assert queries.judgements(matter.member, matter.case) == ()


def test_new_criteria_leave_old_judgements_as_they_were(matter: Matter) -> None:
    judge(matter)
    content = to_json(shipped.criteria())
    content["thresholds"] = {"medium": 5, "high": 10, "severe": 20, "executive": 100}
    assert actions.adopt_criteria(matter.member, content, next_review="2027-03") == 2
    judge(matter)
    first, second = queries.judgements(matter.member, matter.case)
    assert (first.criteria_version, first.proposed) == (1, "high")
    assert (second.criteria_version, second.proposed) == (2, "severe")
    assert str(queries.criteria(matter.member).next_review) == "2027-03"
    assert queries.criteria(matter.member, version=1).rules.severe == 80


def test_a_developer_adopts_no_criteria(house: factories.House) -> None:
    content = to_json(shipped.criteria())
    assert code_of(actions.adopt_criteria, house.developer, content) == "desk.not_yours"


def test_a_team_asked_is_let_in_and_gives_the_first_judgement(matter: Matter, house: factories.House) -> None:
    due = clock.now() + timedelta(hours=24)
    assert code_of(queries.judgements, house.developer, matter.case) == "desk.nothing_here"
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    (asked,) = queries.judgements(house.developer, matter.case)
    assert (asked.state, asked.team, asked.due_at) == ("asked", "router-dev", due)
    actions.judge(house.developer, matter.case, stage="first", answers=LOW)
    (given,) = queries.judgements(matter.member, matter.case)
    assert (given.id, given.state, given.level) == (asked.id, "given", "low")
    assert queries.level(matter.member, matter.case) == ""


def test_asking_again_moves_the_due_time_and_asks_nobody_twice(matter: Matter) -> None:
    for hours in (24, 48):
        due = clock.now() + timedelta(hours=hours)
        actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    (asked,) = queries.judgements(matter.member, matter.case)
    assert asked.due_at == due
    with clock.at(clock.now() + timedelta(hours=30)):
        jobs.run_due()
        assert queries.judgements(matter.member, matter.case)[0].state == "asked"


def test_nobody_is_asked_for_a_time_that_has_passed(matter: Matter) -> None:
    late = clock.now() - timedelta(minutes=1)
    called = {"teams": ["router-dev"], "due_at": late}
    assert code_of(actions.ask_first, matter.member, matter.case, **called) == "triage.due_past"


def test_where_no_first_judgement_comes_the_team_judges(matter: Matter, house: factories.House) -> None:
    due = clock.now() + timedelta(hours=24)
    actions.ask_first(matter.member, matter.case, teams=["router-dev", "storage-dev"], due_at=due)
    actions.judge(house.developer, matter.case, stage="first", answers=HIGH)
    with clock.at(due + timedelta(minutes=1)):
        jobs.run_due()
        jobs.run_due()
        states = {each.team: each.state for each in queries.judgements(matter.member, matter.case)}
    assert states == {"router-dev": "given", "storage-dev": "lapsed"}
    assert verbs(matter).count("triage.first_lapsed") == 1


def test_the_lapse_happens_once_however_often_the_job_runs(matter: Matter) -> None:
    from okiagari.triage.handlers import first_judgement_due

    due = clock.now() + timedelta(hours=1)
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    (asked,) = queries.judgements(matter.member, matter.case)
    first_judgement_due({"judgement": asked.id})
    assert "triage.first_lapsed" not in verbs(matter)
    with clock.at(due):
        for _ in range(3):
            first_judgement_due({"judgement": asked.id})
    assert verbs(matter).count("triage.first_lapsed") == 1


def test_a_late_first_judgement_is_still_kept(matter: Matter, house: factories.House) -> None:
    due = clock.now() + timedelta(hours=1)
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    with clock.at(due + timedelta(hours=1)):
        jobs.run_due()
        actions.judge(house.developer, matter.case, stage="first", answers=HIGH)
    (given,) = queries.judgements(matter.member, matter.case)
    assert given.state == "given"


def test_a_developer_does_not_judge_for_another_team_nor_finally(
    matter: Matter, house: factories.House
) -> None:
    due = clock.now() + timedelta(hours=24)
    actions.ask_first(matter.member, matter.case, teams=["router-dev", "storage-dev"], due_at=due)
    other = {"stage": "first", "answers": HIGH, "team": "storage-dev"}
    assert code_of(actions.judge, house.developer, matter.case, **other) == "triage.other_team"
    final = {"stage": "final", "answers": HIGH}
    assert code_of(actions.judge, house.developer, matter.case, **final) == "desk.not_yours"


def test_a_severe_incident_lets_the_executives_in(matter: Matter, house: factories.House) -> None:
    assert code_of(queries.judgements, house.executive, matter.case) == "desk.nothing_here"
    judge(matter, answers=SEVERE)
    (final,) = queries.judgements(house.executive, matter.case)
    assert final.needs_executives
    actions.judge(house.executive, matter.case, stage="executive", answers=SEVERE)
    assert queries.level(matter.member, matter.case) == "severe"


def test_a_harmless_one_lets_nobody_else_in(matter: Matter, house: factories.House) -> None:
    judge(matter, answers=LOW)
    assert code_of(queries.judgements, house.executive, matter.case) == "desk.nothing_here"


def test_executives_change_the_level_with_a_reason(matter: Matter, house: factories.House) -> None:
    judge(matter, answers=SEVERE)
    changed = {"stage": "executive", "answers": SEVERE, "level": "high"}
    assert code_of(actions.judge, house.executive, matter.case, **changed) == "triage.deviation_needs_reason"
    actions.judge(house.executive, matter.case, reason="回避策が届いている", **changed)  # type: ignore[arg-type]
    assert queries.level(matter.member, matter.case) == "high"


def test_a_new_final_judgement_asks_the_executives_again(matter: Matter, house: factories.House) -> None:
    with clock.at(clock.now()):
        judge(matter, answers=SEVERE)
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.judge(
            house.executive, matter.case, stage="executive", answers=SEVERE, level="high", reason="回避策あり"
        )
    with clock.at(clock.now() + timedelta(minutes=2)):
        judge(matter, answers=SEVERE)
        assert queries.level(matter.member, matter.case) == "severe"


def test_the_executives_do_not_judge_before_the_team(matter: Matter, house: factories.House) -> None:
    from okiagari.desk import scopes
    from okiagari.desk.permits import Level

    scope = queries_scope(matter)
    scopes.admit_teams(scope, ("executives",), Level.SEE, "test")
    early = {"stage": "executive", "answers": SEVERE}
    assert code_of(actions.judge, house.executive, matter.case, **early) == "triage.final_first"


def queries_scope(matter: Matter) -> int:
    from okiagari.cases import queries as cases

    return cases.case(matter.member, matter.case).scope_id


def test_a_broken_assumption_opens_a_judgement_again_and_it_no_longer_counts(matter: Matter) -> None:
    given = judge(matter)
    assert code_of(actions.reopen_judgement, matter.member, given, reason=" ") == (
        "triage.reopening_needs_reason"
    )
    actions.reopen_judgement(matter.member, given, reason="ルータ機能が広く使われていた")
    (kept,) = queries.judgements(matter.member, matter.case)
    assert (kept.state, kept.stands, kept.level) == ("reopened", False, "high")
    assert kept.reopened_reason == "ルータ機能が広く使われていた"
    assert queries.level(matter.member, matter.case) == ""
    assert code_of(actions.reopen_judgement, matter.member, given, reason="もう一度") == "triage.not_given"


def test_a_first_judgement_opened_again_is_asked_again(matter: Matter, house: factories.House) -> None:
    due = clock.now() + timedelta(hours=1)
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    given = actions.judge(house.developer, matter.case, stage="first", answers=LOW)
    actions.reopen_judgement(matter.member, given, reason="想定が違った")
    states = [each.state for each in queries.judgements(matter.member, matter.case)]
    assert sorted(states) == ["asked", "reopened"]


def test_severity_may_differ_per_product_and_the_worst_is_the_level_of_the_case(matter: Matter) -> None:
    judge(matter, target="WN-G54/R2")
    judge(matter, answers=LOW, target="NP-BBRS", vulnerability=matter.second)
    levels = {each.targets[0]: each.level for each in queries.judgements(matter.member, matter.case)}
    assert levels == {"WN-G54/R2": "high", "NP-BBRS": "low"}
    assert queries.level(matter.member, matter.case) == "high"


def test_the_newest_final_judgement_counts_and_the_older_is_kept(matter: Matter) -> None:
    judge(matter, answers=LOW)
    judge(matter)
    assert [each.stands for each in queries.judgements(matter.member, matter.case)] == [False, True]
    assert queries.level(matter.member, matter.case) == "high"


def test_a_stale_page_judges_nothing(matter: Matter) -> None:
    assert code_of(judge, matter, version=0) == STALE.code


def test_a_vulnerability_of_another_case_is_not_judged_here(matter: Matter) -> None:
    other = factories.case(matter.member)
    strange = factories.vulnerability(matter.member, other)
    assert code_of(judge, matter, vulnerability=strange) == permits.NOTHING_HERE.code


def test_every_judgement_is_one_line(matter: Matter) -> None:
    before = len(verbs(matter))
    judge(matter)
    assert verbs(matter)[before:] == ["triage.judged_final"]


def test_a_closed_case_is_not_judged(matter: Matter) -> None:
    from okiagari.cases import actions as cases

    cases.close_case(matter.member, matter.case, reason="対応完了")
    assert code_of(judge, matter) == "cases.closed"
