"""Vulnerabilities, facts of attack with their evidence, and what a fact under embargo asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests.factories import House, text, vulnerability

NOON = datetime(2015, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def flaw(house: House, case_id: str) -> str:
    return vulnerability(house.member, case_id, cve="CVE-2015-2984")


def embargoed(house: House, case_id: str) -> None:
    actions.set_embargo(
        house.member,
        case_id,
        state="agreed",
        until=clock.now() + timedelta(days=45),
        zone="Asia/Tokyo",
        agreed_with="JPCERT/CC",
    )


def test_a_vulnerability_keeps_its_numbers_in_their_written_form(house: House, case_id: str) -> None:
    actions.add_vulnerability(
        house.member, case_id, title=text("一"), cve="cve-2015-2984", jvn="ＪＶＮ#17964918", cwe="120"
    )
    seen = queries.case(house.member, case_id).vulnerabilities[0]
    assert (seen.cve, seen.jvn, seen.cwe) == ("CVE-2015-2984", "JVN#17964918", "CWE-120")


def test_one_number_names_one_vulnerability(house: House, case_id: str, flaw: str) -> None:
    with pytest.raises(Problem) as raised:
        vulnerability(house.member, case_id, "別のもの", cve="CVE-2015-2984")
    assert (raised.value.code, raised.value.field) == ("cases.number_taken", "cve")
    actions.withdraw_vulnerability(house.member, flaw, reason="The same as the other.")
    vulnerability(house.member, case_id, "別のもの", cve="CVE-2015-2984")


def test_a_change_of_a_vulnerability_says_which_fields(house: House, case_id: str, flaw: str) -> None:
    actions.change_vulnerability(house.member, flaw, cve="CVE-2015-2985", jvn="", reason="Assigned anew.")
    facts = queries.timeline(house.member, case_id, limit=1)[0].facts
    assert facts["fields"] == ["cve"]
    assert (facts["old"]["cve"], facts["new"]["cve"]) == ("CVE-2015-2984", "CVE-2015-2985")
    with pytest.raises(Problem) as raised:
        actions.change_vulnerability(house.member, flaw, severity="high")
    assert raised.value.code == "cases.no_such_field"


def test_a_withdrawn_vulnerability_stays_readable_and_still(house: House, case_id: str, flaw: str) -> None:
    actions.withdraw_vulnerability(house.member, flaw, reason="No flaw.")
    assert queries.case(house.member, case_id).vulnerabilities[0].is_withdrawn
    with pytest.raises(Problem) as raised:
        actions.change_vulnerability(house.member, flaw, cve="")
    assert raised.value.code == "cases.already_withdrawn"


def test_a_fact_without_an_embargo_asks_for_no_decision(house: House, case_id: str, flaw: str) -> None:
    actions.note_fact(house.member, flaw, kind="exploit_public", at=NOON, evidence="https://example.org/poc")
    assert queries.tasks(house.member, case_id) == ()


def test_a_fact_under_embargo_asks_the_team_for_a_decision_in_hours_and_ends_nothing(
    house: House, case_id: str, flaw: str
) -> None:
    with clock.at(NOON):
        embargoed(house, case_id)
        actions.note_fact(house.member, flaw, kind="our_product_attacked", at=NOON, evidence="Sensor log")
        view = queries.case(house.member, case_id)
        (task,) = (each for each in queries.tasks(house.member, case_id) if each.is_decision)
    assert view.is_embargoed
    assert {grant.who.key for grant in queries.people_in(house.member, case_id)} == {"psirt", "member"}
    assert task.is_decision
    assert task.team is not None
    assert task.team.key == "psirt"
    assert task.due == NOON + timedelta(hours=4)
    assert task.title.exact("ja") != task.title.exact("en")
    with pytest.raises(Problem) as raised:
        actions.finish_task(house.member, task.id, outcome="Decided.")
    assert raised.value.code == "cases.decide_it"
    with clock.at(NOON):
        actions.decide_embargo(house.member, case_id, choice="keep", reason="JPCERT/CC is told.")
        assert queries.task(house.member, task.id).state == "done"
        assert queries.case(house.member, case_id).is_embargoed


def test_the_same_fact_twice_asks_for_one_decision(house: House, case_id: str, flaw: str) -> None:
    embargoed(house, case_id)
    for _ in range(2):
        actions.note_fact(house.member, flaw, kind="public_elsewhere", at=NOON, evidence="A blog")
    assert len(queries.tasks(house.member, case_id)) == 1
    assert len(queries.case(house.member, case_id).vulnerabilities[0].facts) == 2


def test_after_the_agreed_end_a_fact_asks_for_nothing(house: House, case_id: str, flaw: str) -> None:
    with clock.at(NOON):
        embargoed(house, case_id)
    with clock.at(NOON + timedelta(days=46)):
        actions.note_fact(house.member, flaw, kind="public_elsewhere", at=NOON, evidence="A blog")
        assert not queries.case(house.member, case_id).is_embargoed
    assert queries.tasks(house.member, case_id) == ()


def test_a_fact_taken_back_stays_readable(house: House, case_id: str, flaw: str) -> None:
    fact = actions.note_fact(house.member, flaw, kind="exploit_public", at=NOON, evidence="A rumour")
    actions.withdraw_fact(house.member, fact, reason="It was another product.")
    (seen,) = queries.case(house.member, case_id).vulnerabilities[0].facts
    assert seen.is_withdrawn
    with pytest.raises(Problem) as raised:
        actions.withdraw_fact(house.member, fact, reason="Again.")
    assert raised.value.code == "cases.already_withdrawn"
