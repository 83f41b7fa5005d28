"""From reports to cases: clocks, parties, n to m."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions as cases_actions
from okiagari.cases import queries as cases
from okiagari.intake import actions, queries
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from tests import factories
from tests.factories import House, text

FIRST_CONTACT = datetime(2015, 7, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def from_jpcert(house: House) -> str:
    with clock.at(FIRST_CONTACT + timedelta(days=2)):
        return actions.receive(
            house.developer,
            source="jpcert",
            title="SSDP リフレクター",
            text="WAN 側の SSDP に応答する。",
            product_text="NP-BBRS",
            reference="JVN#17964918",
            first_contact_at=FIRST_CONTACT,
        )


def clocks(house: House, case_id: str) -> dict[str, datetime | None]:
    return {each.rule: each.due for each in cases.clocks(house.member, case_id)}


def test_a_report_of_the_coordinator_starts_both_clocks_and_names_the_party(
    house: House, from_jpcert: str
) -> None:
    case_id = actions.accept(house.member, from_jpcert)
    assert clocks(house, case_id) == {
        "acknowledge_report": datetime(2015, 7, 10, 14, 59, 59, 999999, tzinfo=UTC),
        "jpcert_publication": datetime(2015, 8, 15, 14, 59, 59, 999999, tzinfo=UTC),
    }
    party = cases.case(house.member, case_id).parties[0]
    assert (party.role, str(party.name), party.reference) == ("coordinator", "JPCERT/CC", "JVN#17964918")


def test_the_45_days_run_from_the_first_attempt_not_from_receipt(house: House, from_jpcert: str) -> None:
    report = queries.report(house.member, from_jpcert)
    assert report.publication_due == datetime(2015, 8, 15, 14, 59, 59, 999999, tzinfo=UTC)


def test_an_ordinary_report_starts_no_clock_of_the_coordinator(house: House, report_id: str) -> None:
    case_id = actions.accept(house.member, report_id)
    assert set(clocks(house, case_id)) == {"acknowledge_report"}
    assert cases.case(house.member, case_id).parties == ()


def test_a_start_date_learned_later_starts_the_waiting_clock(house: House) -> None:
    report_id = actions.receive(house.member, source="jpcert", title="x", text="y", reference="JVN#1")
    case_id = actions.accept(house.member, report_id)
    assert clocks(house, case_id)["jpcert_publication"] is None
    actions.amend(house.member, report_id, first_contact_at=FIRST_CONTACT)
    assert clocks(house, case_id)["jpcert_publication"] == datetime(
        2015, 8, 15, 14, 59, 59, 999999, tzinfo=UTC
    )


def test_the_clock_is_met_by_the_acknowledgement_whichever_came_first(house: House, report_id: str) -> None:
    case_id = actions.accept(house.member, report_id)
    assert cases.clocks(house.member, case_id)[0].met_at is None
    actions.acknowledge(house.member, report_id, answer=text("受領しました"))
    met = cases.clocks(house.member, case_id)[0]
    assert (met.met_at, met.met_by) == (queries.report(house.member, report_id).acknowledged_at, report_id)
    other = actions.accept(house.member, report_id, title=text("もう一つの欠陥"))
    assert cases.clocks(house.member, other)[0].met_at is not None


def test_two_finders_of_one_flaw_lead_to_one_case(house: House, report_id: str) -> None:
    second = actions.receive(house.support, source="user", title="same", text="same")
    case_id = actions.accept(house.member, report_id)
    assert actions.accept(house.member, second, case_id=case_id) == case_id
    assert [each.id for each in queries.reports_of_case(house.member, case_id)] == [report_id, second]
    assert len(cases.clocks(house.member, case_id)) == 2


def test_the_same_report_joins_a_case_once(house: House, report_id: str) -> None:
    case_id = actions.accept(house.member, report_id)
    with pytest.raises(Problem, match="already_linked"):
        actions.accept(house.member, report_id, case_id=case_id)


def test_a_case_takes_its_title_and_kind_from_the_report(house: House) -> None:
    report_id = actions.receive(house.member, source="own", title="ログの漏えい", text="x", kind="service")
    view = cases.case(house.member, actions.accept(house.member, report_id))
    assert (str(view.title), view.kinds) == ("ログの漏えい", ("service",))


def test_both_streams_say_it(house: House, report_id: str) -> None:
    case_id = actions.accept(house.member, report_id)
    lines = ledger.entries([("case", case_id), ("report", report_id)], limit=50)
    said = {(each.stream_kind, each.verb) for each in lines}
    assert {("case", "intake.report_linked"), ("report", "intake.accepted")} <= said


def test_nobody_gets_into_a_case_they_do_not_know(house: House, report_id: str) -> None:
    hidden = factories.case(house.second, kinds=("infrastructure",))
    with pytest.raises(Problem, match="nothing_here"):
        actions.accept(house.member, report_id, case_id=hidden)
    assert queries.report(house.member, report_id).state == "received"


def test_a_closed_report_leads_nowhere(house: House, report_id: str) -> None:
    actions.close_report(house.member, report_id, reason="x")
    with pytest.raises(Problem, match="is_closed"):
        actions.accept(house.member, report_id)


def test_a_mail_that_turns_out_to_be_the_coordinators_gives_its_cases_the_45_days_and_the_party(
    house: House,
) -> None:
    report_id = actions.receive(house.member, source="user", title="x", text="y", reference="JVN#17964918")
    case_id = actions.accept(house.member, report_id)
    for source, reason, field in (("jpcert", "", "reason"), ("form", "聞いた", "source")):
        with pytest.raises(Problem) as refused:
            actions.amend(house.member, report_id, source=source, reason=reason)
        assert refused.value.field == field
    actions.amend(
        house.member, report_id, source="jpcert", first_contact_at=FIRST_CONTACT, reason="JVN 番号があった"
    )
    assert clocks(house, case_id)["jpcert_publication"] == datetime(
        2015, 8, 15, 14, 59, 59, 999999, tzinfo=UTC
    )
    (party,) = cases.case(house.member, case_id).parties
    assert (party.role, party.reference) == ("coordinator", "JVN#17964918")
    line = queries.timeline(house.member, report_id)[0]
    assert (line.facts["old"], line.facts["reason"]) == (
        {"source": "user", "first_contact_at": "None"},
        "JVN 番号があった",
    )

    actions.amend(house.member, report_id, source="supplier", reason="取り違えた")
    left = {each.rule: each.waived_reason for each in cases.clocks(house.member, case_id)}
    assert left == {"acknowledge_report": "", "jpcert_publication": "取り違えた"}

    actions.amend(house.member, report_id, source="jpcert", reason="やはり調整機関から")
    assert len(cases.case(house.member, case_id).parties) == 1
    again = next(each for each in cases.clocks(house.member, case_id) if each.rule != "acknowledge_report")
    cases_actions.waive_clock(house.member, again.id, reason="対象外")
    actions.amend(house.member, report_id, version_text="1.03")
    assert {each.waived_reason for each in cases.clocks(house.member, case_id)} == {"", "対象外"}
