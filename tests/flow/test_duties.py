"""What a fact makes the maker owe: which clocks run from which instant, and which do not apply and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.cases.queries import ClockView
from okiagari.catalog import actions as catalog
from okiagari.desk import calendar, people
from okiagari.desk.subjects import SYSTEM, Door, Role
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests import factories
from tests.factories import House, text

AWARE = datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
NOW = AWARE + timedelta(hours=6)
TOKYO = ZoneInfo("Asia/Tokyo")


def running(house: House, case_id: str) -> dict[str, ClockView]:
    return {each.rule: each for each in queries.clocks(house.member, case_id)}


def attacked(house: House, case_id: str, *, kind: str = "our_product_attacked") -> str:
    flaw = factories.vulnerability(house.member, case_id)
    return cases.note_fact(
        house.member, flaw, kind=kind, at=AWARE - timedelta(hours=2), evidence="honeypot log", source="CERT"
    )


def sold_in(house: House, case_id: str, *countries: str) -> None:
    catalog.put_product(house.member, {"model": "WN-G54/R2", "countries": list(countries)})
    triage.freeze_rows(house.member, case_id, rule={"models": ["WN-G54/R2"]})


def test_a_confirmed_attack_starts_the_clocks_of_the_cra_from_awareness(house: House, case_id: str) -> None:
    sold_in(house, case_id, "JP", "DE")
    with clock.at(NOW):
        fact = attacked(house, case_id)
        assert not [rule for rule in running(house, case_id) if rule.startswith("cra_")]
        cases.confirm_exploitation(
            house.member, fact, reliable=True, reason="Seen by our own sensor.", aware_at=AWARE
        )
        found = running(house, case_id)
    assert found["cra_exploited_early_warning"].due == AWARE + timedelta(hours=24)
    assert found["cra_exploited_notification"].due == AWARE + timedelta(hours=72)
    assert found["cra_exploited_early_warning"].anchor_source == fact
    assert "honeypot log (CERT)" in found["cra_exploited_early_warning"].anchor_evidence
    final = found["cra_exploited_final"]
    assert (final.state, final.due) == ("waiting", None)
    assert "measure" in final.waits_for


@pytest.mark.parametrize("kind", ["exploited_somewhere", "affects_us", "exploit_public", "public_elsewhere"])
def test_no_other_fact_can_be_confirmed_as_an_attack(house: House, case_id: str, kind: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id, kind=kind)
        with pytest.raises(Problem) as raised:
            cases.confirm_exploitation(house.member, fact, reliable=True, reason="In the list of CISA.")
    assert raised.value.code == "cases.not_our_product"
    assert not running(house, case_id)


def test_evidence_that_is_not_reliable_starts_nothing_and_says_so_in_rows(house: House, case_id: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id)
        cases.confirm_exploitation(house.member, fact, reliable=False, reason="実証コードのみ")
        found = running(house, case_id)
    assert {each.state for each in found.values()} == {"not_applicable"}
    assert len(found) == 4
    assert all("実証コードのみ" in each.waived_reason for each in found.values())


def test_a_program_does_not_decide_and_awareness_follows_the_attack(house: House, case_id: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id)
        with pytest.raises(Problem) as raised:
            cases.confirm_exploitation(SYSTEM, fact, reliable=True, reason="r")
        assert raised.value.code == "cases.named_person"
        for wrong in (AWARE - timedelta(days=1), NOW + timedelta(seconds=1)):
            with pytest.raises(Problem) as raised:
                cases.confirm_exploitation(house.member, fact, reliable=True, reason="r", aware_at=wrong)
            assert raised.value.field == "aware_at"


def test_a_product_that_is_not_sold_in_the_eu_owes_nothing_there(house: House, case_id: str) -> None:
    sold_in(house, case_id, "JP", "TW")
    with clock.at(NOW):
        fact = attacked(house, case_id)
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r")
        found = running(house, case_id)
    assert {each.state for each in found.values()} == {"not_applicable"}
    assert all("WN-G54/R2" in each.waived_reason for each in found.values())


def test_a_product_that_turned_out_not_affected_does_not_count(house: House, case_id: str) -> None:
    sold_in(house, case_id, "DE")
    with clock.at(NOW):
        fact = attacked(house, case_id)
        flaw = queries.case(house.member, case_id).vulnerabilities[0].id
        triage.decide(
            house.member,
            case_id,
            cells=[("WN-G54/R2", flaw)],
            change=CellChange("not_affected", justification="component_not_present"),
        )
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r")
        assert {each.state for each in running(house, case_id).values()} == {"not_applicable"}


def test_products_nobody_has_chosen_yet_count_as_sold_in_the_eu(house: House, case_id: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id)
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r", aware_at=AWARE)
        assert running(house, case_id)["cra_exploited_early_warning"].due == AWARE + timedelta(hours=24)


def test_before_september_2026_nothing_is_reported(house: House, case_id: str) -> None:
    sold_in(house, case_id, "DE")
    with clock.at(datetime(2026, 9, 10, 12, tzinfo=UTC)):
        flaw = factories.vulnerability(house.member, case_id)
        fact = cases.note_fact(
            house.member, flaw, kind="our_product_attacked", at=clock.now(), evidence="log"
        )
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r")
        found = running(house, case_id)
    assert all("2026-09-11" in each.waived_reason for each in found.values())


def test_awareness_put_right_moves_the_clocks_and_keeps_the_history(house: House, case_id: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id)
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r", aware_at=NOW)
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="earlier", aware_at=AWARE)
        warning = running(house, case_id)["cra_exploited_early_warning"]
    assert warning.due == AWARE + timedelta(hours=24)
    (kept,) = warning.corrections
    assert (kept.before, kept.due_before) == (NOW, NOW + timedelta(hours=24))


def test_the_decision_asked_for_by_an_attack_is_settled_by_deciding(house: House, case_id: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id)
        (task,) = queries.tasks(house.member, case_id, is_open=True)
        assert task.due == NOW + timedelta(hours=4)
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r")
        assert queries.tasks(house.member, case_id, is_open=True) == ()
    assert queries.task(house.member, task.id).state == "done"


def test_a_fact_taken_back_stops_what_it_started(house: House, case_id: str) -> None:
    with clock.at(NOW):
        fact = attacked(house, case_id)
        cases.confirm_exploitation(house.member, fact, reliable=True, reason="r")
        cases.withdraw_fact(house.member, fact, reason="Another maker's device.")
        found = running(house, case_id)
    assert {each.state for each in found.values()} == {"not_applicable"}


@pytest.fixture
def house(house: House) -> House:
    """The member is in both teams, as in most companies."""
    people.make_person(SYSTEM, "member", name=text("担当"), roles=[Role.MEMBER], teams=["psirt", "csirt"])
    return replace(house, member=people.named("member", Door.WEB))


@pytest.fixture
def leak(house: House) -> str:
    """A service of ours from which personal data leaked."""
    case_id = cases.open_case(house.member, title=text("クラウドからの漏えい"), kinds=["service"])
    with clock.at(NOW):
        cases.describe_incident(
            house.member,
            case_id,
            occurred_at=AWARE - timedelta(days=3),
            detected_at=AWARE - timedelta(hours=1),
            aware_at=AWARE,
            personal_data="yes",
            unlawful="unknown",
            countries=["JP"],
        )
    return case_id


def end_of(day: int, month: int = 11) -> datetime:
    last = datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=TOKYO)
    return last.astimezone(UTC)


def test_a_leak_of_personal_data_in_japan_counts_days_in_japan(house: House, leak: str) -> None:
    found = running(house, leak)
    assert found["appi_preliminary"].due == end_of(13)
    assert found["appi_final"].due == end_of(10, 12)
    assert found["appi_persons"].is_guide
    assert "appi_final_malicious" not in found
    assert found["gdpr_notification"].state == "not_applicable"
    assert "JP" in found["gdpr_notification"].waived_reason


def test_a_suspicion_of_crime_gives_sixty_days_and_its_end_thirty_again(house: House, leak: str) -> None:
    with clock.at(NOW):
        cases.describe_incident(house.member, leak, unlawful="yes")
        found = running(house, leak)
        assert found["appi_final"].state == "not_applicable"
        assert found["appi_final_malicious"].due == datetime(
            2027, 1, 9, 23, 59, 59, 999999, TOKYO
        ).astimezone(UTC)
        cases.describe_incident(house.member, leak, unlawful="no")
        found = running(house, leak)
    assert found["appi_final_malicious"].state == "not_applicable"
    assert (found["appi_final"].state, found["appi_final"].due) != ("not_applicable", None)
    assert found["appi_final"].waived_reason == ""


def test_persons_in_the_eu_found_later_start_its_clock_from_awareness(house: House, leak: str) -> None:
    with clock.at(NOW):
        cases.describe_incident(house.member, leak, countries=["JP", "FR"])
        found = running(house, leak)
    assert found["gdpr_notification"].due == AWARE + timedelta(hours=72)
    assert found["gdpr_notification"].waived_reason == ""


def test_countries_nobody_knows_count_as_the_eu_too(house: House) -> None:
    case_id = cases.open_case(house.member, title=text("漏えい"), kinds=["service"])
    with clock.at(NOW):
        cases.describe_incident(house.member, case_id, personal_data="yes", data_aware_at=AWARE)
        assert running(house, case_id)["gdpr_notification"].due == AWARE + timedelta(hours=72)


def test_no_personal_data_is_said_of_each_obligation(house: House) -> None:
    case_id = cases.open_case(house.member, title=text("サービス停止"), kinds=["service"])
    with clock.at(NOW):
        cases.describe_incident(house.member, case_id, personal_data="no")
        found = running(house, case_id)
    assert {each.state for each in found.values()} == {"not_applicable"}
    assert set(found) == {
        "appi_preliminary",
        "appi_final",
        "appi_persons",
        "gdpr_notification",
        "gdpr_persons",
    }


def test_the_final_report_of_a_severe_incident_counts_from_the_submission(house: House, leak: str) -> None:
    submitted = datetime(2027, 1, 31, 6, tzinfo=UTC)
    with clock.at(NOW):
        cases.confirm_severe_incident(
            house.member, leak, severe=True, reason="署名鍵が漏えい", aware_at=AWARE
        )
        found = running(house, leak)
        assert found["cra_incident_final"].state == "waiting"
    with clock.at(submitted + timedelta(hours=1)):
        message = cases.submit_notice(
            house.member,
            found["cra_incident_notification"].id,
            text="72-hour notification",
            at=submitted,
            to="CSIRT",
            reference="SRP-1",
        )
        found = running(house, leak)
    notified = found["cra_incident_notification"]
    assert (notified.state, notified.met_at, notified.proof) == ("met_late", submitted, message)
    assert found["cra_incident_final"].due == datetime(2027, 2, 28, 6, tzinfo=UTC)


def test_what_is_not_severe_is_recorded_as_such(house: House, leak: str) -> None:
    with clock.at(NOW):
        cases.confirm_severe_incident(house.member, leak, severe=False, reason="製品の安全に影響しない")
        found = running(house, leak)
    assert found["cra_incident_early_warning"].state == "not_applicable"


def test_our_own_clock_starts_by_itself_and_follows_our_calendar(house: House) -> None:
    rule = cases.put_rule(
        house.member,
        "contract-a",
        name=text("契約A: 初報", "Contract A: first notice"),
        anchor="case_opened",
        count=3,
        unit="working_days",
        source="Contract A, clause 12",
        is_automatic=True,
        kinds=["product"],
    )
    with clock.at(datetime(2026, 11, 19, 1, tzinfo=UTC)):
        case_id = factories.case(house.member)
        other = cases.open_case(house.member, title=text("漏えい"), kinds=["infrastructure"])
        assert running(house, case_id)[rule].due == end_of(25)
        assert rule not in running(house, other)
        calendar.put_holiday(house.member, datetime(2026, 11, 24).date(), name=text("創立記念日"))  # noqa: DTZ001
        assert running(house, case_id)[rule].due == end_of(26)


def test_a_retired_rule_starts_no_more_clocks_and_lets_the_others_run(house: House) -> None:
    rule = cases.put_rule(
        house.member, "target", name=text("目標"), anchor="case_opened", count=2, unit="hours",
        source="ours", is_automatic=True,
    )  # fmt: skip
    before = factories.case(house.member)
    cases.retire_rule(house.member, "target", reason="Contract over.")
    after = factories.case(house.member)
    assert rule in running(house, before)
    assert rule not in running(house, after)
