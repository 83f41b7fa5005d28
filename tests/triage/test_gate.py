"""The gates: what holds, what is missing, and who is asked for it."""

from datetime import timedelta

from okiagari.cases.gates import Facts
from okiagari.cases.models import Case
from okiagari.desk.models import Team
from okiagari.plumbing import clock
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions, gate
from okiagari.triage.actions import CellChange
from tests import factories
from tests.triage.conftest import Matter
from tests.triage.test_judging import HIGH, LOW, SEVERE


def pk(case_id: str) -> int:
    return Case.objects.get(public_id=case_id).pk


def team(key: str) -> int:
    return Team.objects.get(key=key).principal_id


def codes(facts: Facts) -> list[str]:
    return [missing.code for missing in facts.missing]


def test_nobody_has_been_asked_yet(matter: Matter) -> None:
    facts = gate.first_judgement(pk(matter.case))
    assert not facts.holds
    assert codes(facts) == ["triage.nobody_asked"]
    assert facts.missing[0].tab == "judgement"


def test_each_team_that_has_not_answered_is_named_with_its_due_time(matter: Matter) -> None:
    due = clock.now() + timedelta(hours=24)
    actions.ask_first(matter.member, matter.case, teams=["router-dev", "storage-dev"], due_at=due)
    actions.judge(matter.member, matter.case, stage="first", answers=LOW, team="router-dev")
    facts = gate.first_judgement(pk(matter.case))
    (missing,) = facts.missing
    assert (missing.owners, missing.due) == ((team("storage-dev"),), due)
    actions.judge(matter.member, matter.case, stage="first", answers=LOW, team="storage-dev")
    assert gate.first_judgement(pk(matter.case)).holds


def test_a_case_of_infrastructure_alone_asks_no_development_team(house: factories.House) -> None:
    case = factories.case(house.member, kinds=("service", "infrastructure"))
    assert gate.first_judgement(pk(case)).applies
    row = Case.objects.get(public_id=case)
    row.kinds = ["infrastructure"]
    row.save()
    assert not gate.first_judgement(row.pk).applies
    assert not gate.affectedness(row.pk).applies


def test_the_final_judgement_is_missing_until_it_covers_every_vulnerability(matter: Matter) -> None:
    assert codes(gate.final_judgement(pk(matter.case))) == ["triage.no_final"]
    actions.judge(matter.member, matter.case, stage="final", answers=HIGH, vulnerability=matter.first)
    facts = gate.final_judgement(pk(matter.case))
    assert facts.missing[0].parameters["vulnerabilities"] == [matter.second]
    actions.judge(matter.member, matter.case, stage="final", answers=HIGH)
    facts = gate.final_judgement(pk(matter.case))
    assert facts.holds
    assert facts.since is not None


def test_a_final_judgement_opened_again_is_missing_again(matter: Matter) -> None:
    given = actions.judge(matter.member, matter.case, stage="final", answers=HIGH)
    actions.reopen_judgement(matter.member, given, reason="想定が崩れた")
    assert codes(gate.final_judgement(pk(matter.case))) == ["triage.no_final"]


def test_the_executives_are_asked_only_above_their_line(matter: Matter, house: factories.House) -> None:
    actions.judge(matter.member, matter.case, stage="final", answers=HIGH)
    assert not gate.executive_judgement(pk(matter.case)).applies
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.judge(matter.member, matter.case, stage="final", answers=SEVERE)
        facts = gate.executive_judgement(pk(matter.case))
        assert (facts.applies, facts.holds) == (True, False)
        assert facts.missing[0].owners == (team("executives"),)
        actions.judge(house.executive, matter.case, stage="executive", answers=SEVERE)
        assert gate.executive_judgement(pk(matter.case)).holds


def test_affectedness_names_open_cells_with_the_team_of_their_product(matter: Matter) -> None:
    assert codes(gate.affectedness(pk(matter.case))) == ["triage.no_rows"]
    due = clock.now() + timedelta(days=2)
    actions.freeze_rows(matter.member, matter.case, rule={"models": ["WN-G54/R2", "Remote Link"]}, due_at=due)
    facts = gate.affectedness(pk(matter.case))
    assert sorted(missing.owners for missing in facts.missing) == sorted(
        [(team("router-dev"),), (team("storage-dev"),)]
    )
    assert {missing.due for missing in facts.missing} == {due}
    both = [("WN-G54/R2", matter.first), ("WN-G54/R2", matter.second)]
    actions.decide(matter.member, matter.case, cells=both, change=CellChange("investigating"))
    found = {missing.code: missing for missing in gate.affectedness(pk(matter.case)).missing}
    assert found["triage.cells_investigated"].owners == (team("router-dev"),)
    assert found["triage.cells_investigated"].parameters["targets"] == ["WN-G54/R2"]
    assert found["triage.cells_undecided"].owners == (team("storage-dev"),)


def test_affectedness_holds_when_every_cell_is_decided(matter: Matter) -> None:
    actions.freeze_rows(matter.member, matter.case, rule={"models": ["WN-G54/R2"]})
    cells = [("WN-G54/R2", matter.first), ("WN-G54/R2", matter.second)]
    unknown = CellChange("affected", range=Range.unknown())
    actions.decide(matter.member, matter.case, cells=cells, change=unknown)
    assert codes(gate.affectedness(pk(matter.case))) == ["triage.versions_unknown"]
    known = CellChange("affected", range=Range.before("1.03"))
    actions.decide(matter.member, matter.case, cells=cells, change=known)
    facts = gate.affectedness(pk(matter.case))
    assert facts.holds
    assert facts.since is not None


def test_a_vulnerability_added_later_opens_the_question_again(matter: Matter) -> None:
    actions.freeze_rows(matter.member, matter.case, rule={"models": ["WN-G54/R2"]})
    cells = [("WN-G54/R2", matter.first), ("WN-G54/R2", matter.second)]
    actions.decide(matter.member, matter.case, cells=cells, change=CellChange("affected", range=Range.all()))
    factories.vulnerability(matter.member, matter.case, "三つ目")
    assert codes(gate.affectedness(pk(matter.case))) == ["triage.cells_undecided"]


def test_what_is_missing_can_be_kept_as_json(matter: Matter) -> None:
    import json

    due = clock.now() + timedelta(hours=24)
    actions.ask_first(matter.member, matter.case, teams=["router-dev"], due_at=due)
    for ask in (gate.first_judgement, gate.final_judgement, gate.executive_judgement, gate.affectedness):
        for missing in ask(pk(matter.case)).missing:
            assert missing.text % dict(missing.parameters)
            json.dumps(dict(missing.parameters))
