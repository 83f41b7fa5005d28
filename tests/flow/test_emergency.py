"""The emergency as a whole: executives called in one action, decisions done, acts that cannot wait."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries as read
from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import queries as advisories
from okiagari.flow import actions as flow
from okiagari.flow import agenda, knowing, matters, queries
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.remedy import queries as measures
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests import factories
from tests.factories import House, text

NOW = datetime(2016, 10, 24, 1, tzinfo=UTC)
TARGET = "WN-G54/R2"


@pytest.fixture
def grave(house: House, case_id: str) -> str:
    """A case with one flaw that hits a product which has been shipped."""
    flaw = factories.vulnerability(house.member, case_id)
    catalog.put_shipped(SYSTEM, TARGET, date="2016-10", units=22_800, source="営業")
    triage.freeze_rows(house.member, case_id, rule={"models": [TARGET, "NP-BBRS"]})
    affected = CellChange("affected", Range.up_to("1.02"))
    triage.decide(house.member, case_id, cells=[(TARGET, flaw)], change=affected, reason="確認")
    cases.add_party(house.member, case_id, role="coordinator", name="JPCERT/CC")
    cases.start_clock(house.member, case_id, rule="promise", anchor_at=clock.now(), anchor_source="約束")
    return case_id


def called(house: House, case_id: str) -> str:
    return flow.call_executives(
        house.member,
        case_id,
        at=clock.now() + timedelta(hours=1),
        place="https://call.example/1",
        reason="重大",
    )


def executive(house: House) -> Subject:
    return people.named("executive", house.executive.door)


def on_list(house: House, meeting: str) -> list[str]:
    return [each.matter for each in read.meeting(house.member, meeting).resolutions if not each.answer]


def test_one_action_calls_the_executives_lets_them_in_and_lists_what_to_decide(
    house: House, grave: str
) -> None:
    meeting = called(house, grave)
    found = on_list(house, meeting)
    assert {"stop_shipping", "recall", "brief_sales", "tell_jpcert", "workaround", "publication_date"} <= set(
        found
    )
    assert "answer_reporter" not in found  # nobody reported it
    (wait,) = [each for each in queries.waiting(executive(house)) if each.key == grave]
    assert wait.tab == f"meetings/{meeting}"


def test_the_agenda_says_what_is_known_and_is_kept_when_the_meeting_is_held(house: House, grave: str) -> None:
    meeting = called(house, grave)
    live = agenda.agenda(executive(house), grave)
    product = live.products[0]
    assert (product.key, product.state, product.shipped) == (TARGET, "affected", 22_800)
    assert live.shipped == 22_800
    assert [role for role, _ in live.parties] == ["coordinator"]
    assert live.clocks
    flow.hold_meeting(house.member, meeting, present=["executive", "member"], minutes="議事")
    cases.describe(house.member, grave, title=text("別の題"))
    kept = agenda.read(read.meeting(house.member, meeting).agenda)
    assert kept.products == live.products
    assert kept.title == live.title
    assert (kept.clocks, kept.flaws, kept.parties) == (live.clocks, live.flaws, live.parties)


def test_a_yes_to_stop_shipping_asks_for_it_and_the_executive_approves_in_person(
    house: House, grave: str
) -> None:
    meeting = called(house, grave)
    made = flow.decide_in_meeting(house.member, meeting, matter="stop_shipping", answer="yes", words="全数")
    view = measures.measure(house.member, made[0])
    assert (view.waits_for_approval, set(view.targets)) == ("stop", {TARGET, "NP-BBRS"})
    assert any(each.tab == "measures" for each in queries.waiting(executive(house)))
    remedy.approve_stop(executive(house), view.id)
    assert measures.measure(house.member, view.id).state == "ready"
    assert not any(each.tab == "measures" for each in queries.waiting(executive(house)))


def test_an_executive_who_says_yes_approves_the_stop_that_waits(house: House, grave: str) -> None:
    stop = remedy.stop_shipping(house.member, grave, targets=[TARGET], reason="重大")
    meeting = called(house, grave)
    made = flow.decide_in_meeting(executive(house), meeting, matter="stop_shipping", answer="yes")
    assert made == [stop]
    assert measures.measure(house.member, stop).approved_by


def test_a_yes_without_a_deed_is_a_task_of_the_team_that_ticks_itself_off(house: House, grave: str) -> None:
    meeting = called(house, grave)
    flow.decide_in_meeting(house.member, meeting, matter="tell_jpcert", answer="yes")
    (task,) = [each for each in read.tasks(house.member, grave) if each.key == "meeting.tell_jpcert"]
    assert task.team is not None
    assert task.team.key == "psirt"
    assert task.due is not None
    cases.communicate(house.member, grave, audience="jpcert", text="調整をお願いします。")
    assert read.task(house.member, task.id).state == "done"


def test_the_embargo_is_decided_in_the_meeting(house: House, grave: str) -> None:
    until = clock.now() + timedelta(days=20)
    cases.set_embargo(
        house.member, grave, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    flaw = read.case(house.member, grave).vulnerabilities[0].id
    cases.note_fact(house.member, flaw, kind="exploit_public", at=clock.now(), evidence="x")
    meeting = called(house, grave)
    flow.decide_in_meeting(
        house.member, meeting, matter="embargo", answer="yes", words="公開された", choice="end"
    )
    assert not read.case(house.member, grave).is_embargoed


def test_a_question_that_is_not_on_the_list_is_not_there(house: House, grave: str) -> None:
    meeting = called(house, grave)
    with pytest.raises(Problem) as raised:
        flow.decide_in_meeting(house.member, meeting, matter="party", answer="yes")
    assert raised.value.code == "desk.nothing_here"


def test_what_was_done_already_is_not_asked_again() -> None:
    everything = matters.Known(
        has_report=True,
        told=frozenset({"reporter", "sales", "support", "jpcert"}),
        may_be_affected=True,
        has_recall=True,
        has_shipped=True,
        has_workaround=True,
        is_published=True,
    )
    assert matters.to_decide(everything) == ()
    nothing = [each.key for each in matters.to_decide(matters.Known(has_report=True))]
    assert nothing == ["answer_reporter", "brief_sales", "brief_support", "tell_jpcert", "publication_date"]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("stop_shipping", {"targets": [TARGET]}),
        ("workaround", {"targets": [TARGET], "text": text("機能を使わないでください。")}),
        ("investigating", {"text": text("調査中です。")}),
        ("jpcert", {"text": text("至急ご相談です。")}),
        ("authority", {"text": text("速報です。"), "channel": "phone"}),
    ],
)
def test_what_cannot_wait_is_done_at_the_first_step_and_under_embargo(
    house: House, case_id: str, kind: str, given: dict[str, object]
) -> None:
    until = clock.now() + timedelta(days=20)
    cases.set_embargo(
        house.member, case_id, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    act = flow.act_urgently(house.member, case_id, kind=kind, reason="攻撃が始まった", **given)  # type: ignore[arg-type]
    view = read.urgent_act(house.member, act)
    assert (view.kind, bool(view.made)) == (kind, True)
    assert read.case(house.member, case_id).is_embargoed


def test_saying_that_we_investigate_drafts_and_leaves_the_approval_to_another(
    house: House, case_id: str
) -> None:
    act = flow.act_urgently(
        house.member, case_id, kind="investigating", reason="報道あり", text=text("調査中です。")
    )
    (advisory,) = advisories.advisories_of_case(house.member, case_id)
    assert read.urgent_act(house.member, act).made == advisory.id
    assert advisory.state == "draft"


def test_a_deed_that_is_refused_leaves_no_act_behind(house: House, case_id: str) -> None:
    with pytest.raises(Problem):
        flow.act_urgently(house.member, case_id, kind="workaround", reason="x", targets=[TARGET])
    assert read.urgent_acts(house.member, case_id) == ()


def test_an_executive_stops_shipping_at_once(house: House, grave: str) -> None:
    called(house, grave)
    act = flow.act_urgently(executive(house), grave, kind="stop_shipping", reason="攻撃中", targets=[TARGET])
    stop = measures.measure(house.member, read.urgent_act(house.member, act).made)
    assert (stop.state, stop.is_urgent, stop.waits_for_approval) == ("ready", True, "stop")


def test_playbooks_are_proposed_by_the_facts(house: House, grave: str) -> None:
    assert "severe-single-product" not in knowing.proposals(house.member, grave)
    flaw = read.case(house.member, grave).vulnerabilities[0].id
    never = CellChange("affected", Range.all(), cannot_fix=text("作成できない"))
    triage.decide(house.member, grave, cells=[("NP-BBRS", flaw)], change=never, reason="確認")
    assert "unsupported-product" in knowing.proposals(house.member, grave)
    cases.describe(house.member, grave, playbook="unsupported-product", reason="該当")
    assert "unsupported-product" not in knowing.proposals(house.member, grave)
