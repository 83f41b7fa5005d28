"""Answering and deciding, with versions, reasons and due times."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from okiagari.desk.subjects import SYSTEM
from okiagari.intake import actions, gate, queries
from okiagari.intake.actions.judging import ANSWER_NEEDED
from okiagari.plumbing import anchors, clock
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests.factories import House, text

ANSWER = text("ありがとうございます。", "Thank you.")
MONDAY = datetime(2015, 8, 3, 1, 0, tzinfo=UTC)


def test_a_report_waits_to_be_acknowledged_then_judged_then_taken_into_a_case(
    house: House, report_id: str
) -> None:
    def need() -> str:
        waiting = queries.waiting_reports(house.member)
        return waiting[0].need if waiting else ""

    assert need() == "acknowledge"
    actions.acknowledge(house.member, report_id, answer=ANSWER)
    assert need() == "assess"
    actions.assess(house.member, report_id, valid=True, reason="再現した")
    assert need() == "accept"
    actions.accept(house.member, report_id)
    assert need() == ""


def test_the_most_urgent_report_waits_first(house: House) -> None:
    with clock.at(MONDAY + timedelta(days=1)):
        late = actions.receive(house.member, source="own", title="later", text="later")
    with clock.at(MONDAY):
        early = actions.receive(house.member, source="own", title="earlier", text="earlier")
    waiting = queries.waiting_reports(house.member)
    assert [each.id for each in waiting] == [early, late]
    assert waiting[0].due == datetime(2015, 8, 10, 14, 59, 59, 999999, tzinfo=UTC)


def test_nothing_waits_for_those_who_cannot_work_on_it(house: House, report_id: str) -> None:
    assert queries.waiting_reports(house.second) == ()
    assert queries.waiting_reports(house.support) == ()
    assert queries.waiting_report(SYSTEM, report_id) is not None
    assert queries.unsettled(SYSTEM) == (report_id,)


def test_an_answer_given_earlier_by_mail_counts_from_then(house: House) -> None:
    with clock.at(MONDAY):
        report_id = actions.receive(house.support, source="user", title="x", text="y")
    told = MONDAY + timedelta(days=2)
    actions.acknowledge(house.member, report_id, answer=ANSWER, at=told)
    assert queries.report(house.member, report_id).acknowledged_at == told


@pytest.mark.parametrize("shift", [timedelta(days=-1), timedelta(days=30)])
def test_an_answer_is_neither_before_the_report_nor_in_the_future(
    house: House, report_id: str, shift: timedelta
) -> None:
    with pytest.raises(Problem, match="in_the_future"):
        actions.acknowledge(house.member, report_id, answer=ANSWER, at=clock.now() + shift)


def test_an_empty_answer_is_refused(house: House, report_id: str) -> None:
    with pytest.raises(Problem, match=ANSWER_NEEDED.code):
        actions.acknowledge(house.member, report_id, answer=LocalText())


def test_the_first_answer_of_any_kind_acknowledges(house: House, report_id: str) -> None:
    actions.answer(house.member, report_id, text=ANSWER)
    assert queries.report(house.member, report_id).acknowledged_at is not None


def test_whoever_saw_an_older_version_does_not_write_over_a_newer_one(house: House, report_id: str) -> None:
    seen = queries.report(house.member, report_id).version
    actions.answer(house.member, report_id, text=ANSWER, version=seen)
    with pytest.raises(Problem, match=r"desk\.stale"):
        actions.assess(house.member, report_id, valid=True, reason="x", version=seen)


def test_a_judgement_needs_its_reason(house: House, report_id: str) -> None:
    with pytest.raises(Problem, match="reason_needed"):
        actions.assess(house.member, report_id, valid=True, reason=" ")


def test_an_invalid_report_says_which_way(house: House, report_id: str) -> None:
    with pytest.raises(Problem, match="wrong_verdict"):
        actions.assess(house.member, report_id, valid=False, verdict="boring", reason="x")
    actions.assess(house.member, report_id, valid=False, verdict="not_ours", reason="他社製品", answer=ANSWER)
    report = queries.report(house.member, report_id)
    assert (report.state, report.verdict, report.answer) == ("invalid", "not_ours", ANSWER)


def test_a_duplicate_points_to_the_first_report_of_all(
    house: House, spooled: Callable[..., actions.Receipt]
) -> None:
    first, second, third = (spooled(problem=f"{n}番目の報告").number for n in "123")
    with pytest.raises(Problem, match="duplicate_of_what"):
        actions.assess(house.member, second, valid=False, verdict="duplicate", reason="x")
    for copy, original in ((second, first), (third, second)):
        actions.assess(
            house.member, copy, valid=False, verdict="duplicate", duplicate_of=original, reason="同じ"
        )
    assert queries.report(house.member, third).duplicate_of == first


def test_two_reports_are_not_duplicates_of_each_other(
    house: House, spooled: Callable[..., actions.Receipt]
) -> None:
    one, other = spooled(problem="一").number, spooled(problem="二").number
    actions.assess(house.member, one, valid=False, verdict="duplicate", duplicate_of=other, reason="x")
    for original in (one, other):
        with pytest.raises(Problem, match="duplicate_of_what"):
            actions.assess(
                house.member, other, valid=False, verdict="duplicate", duplicate_of=original, reason="x"
            )


def test_a_report_outside_ones_sight_is_no_original(house: House, report_id: str) -> None:
    hidden = actions.receive(house.second, source="own", title="x", text="y", kind="infrastructure")
    with pytest.raises(Problem, match="nothing_here"):
        actions.assess(
            house.member, report_id, valid=False, verdict="duplicate", duplicate_of=hidden, reason="x"
        )


def test_a_judgement_can_change_until_the_report_is_closed(house: House, report_id: str) -> None:
    actions.assess(house.member, report_id, valid=False, verdict="not_security", reason="仕様")
    actions.assess(house.member, report_id, valid=True, reason="別の条件で再現した")
    actions.close_report(house.member, report_id, reason="完了", answer=ANSWER)
    with pytest.raises(Problem, match="is_closed"):
        actions.assess(house.member, report_id, valid=True, reason="x")
    actions.reopen(house.member, report_id, reason="新しい情報")
    report = queries.report(house.member, report_id)
    assert (report.state, report.assessed_at, report.verdict) == ("received", None, "")


def test_a_deferred_report_still_waits(house: House, report_id: str) -> None:
    actions.acknowledge(house.member, report_id, answer=ANSWER)
    actions.defer(house.member, report_id, reason="部品メーカーの回答待ち")
    assert [each.need for each in queries.waiting_reports(house.member)] == ["assess"]


def test_a_message_after_the_end_wakes_the_team_until_it_is_read(
    house: House, spooled: Callable[..., actions.Receipt]
) -> None:
    receipt = spooled()
    actions.close_report(house.member, receipt.number, reason="完了")
    actions.add_message(SYSTEM, receipt.secret, {"message": "まだ直っていません。"})
    actions.absorb_left()
    assert [each.need for each in queries.waiting_reports(house.member)] == ["read"]
    actions.mark_read(house.member, receipt.number)
    assert queries.waiting_reports(house.member) == ()


def test_only_the_team_judges(house: House) -> None:
    report_id = actions.receive(house.support, source="user", title="x", text="y")
    with pytest.raises(Problem, match="not_yours"):
        actions.assess(house.support, report_id, valid=True, reason="x")


def test_the_gate_names_every_report_that_is_not_answered_and_judged(house: House) -> None:
    one = actions.receive(house.member, source="own", title="one", text="one")
    other = actions.receive(house.member, source="supplier", title="other", text="other")
    case_id = actions.accept(house.member, one)
    actions.accept(house.member, other, case_id=case_id)
    key = _key(case_id)
    assert {(each.code, each.parameters["report"]) for each in gate.received(key).missing} == {
        (code, report)
        for code in ("intake.not_acknowledged", "intake.not_assessed")
        for report in (one, other)
    }
    for report in (one, other):
        actions.acknowledge(house.member, report, answer=ANSWER)
        actions.assess(house.member, report, valid=True, reason="再現した")
    facts = gate.received(key)
    assert facts.holds
    assert facts.since is not None


def test_the_gate_holds_for_a_case_without_reports(house: House) -> None:
    from tests import factories

    assert gate.received(_key(factories.case(house.member))).holds


def _key(case_id: str) -> int:
    from okiagari.cases.models import Case

    return Case.objects.get(public_id=case_id).pk


def test_every_action_leaves_a_line_and_the_ledger_is_whole(house: House, report_id: str) -> None:
    from okiagari.intake.narration import SENTENCES

    actions.acknowledge(house.member, report_id, answer=ANSWER)
    actions.attach(house.member, report_id, [actions.UploadedPart("a.txt", "text/plain", [b"a"])])
    actions.amend(house.member, report_id, version_text="1.03")
    actions.defer(house.member, report_id, reason="x")
    actions.assess(house.member, report_id, valid=True, reason="x")
    actions.accept(house.member, report_id)
    actions.close_report(house.member, report_id, reason="x")
    verbs = [line.verb for line in reversed(queries.timeline(house.member, report_id))]
    assert verbs == [
        "intake.reporter_named",
        "intake.received",
        "intake.acknowledged",
        "intake.attached",
        "intake.amended",
        "intake.deferred",
        "intake.found_valid",
        "intake.accepted",
        "intake.closed",
    ]
    assert set(verbs) <= set(SENTENCES)
    assert anchors.verify() == ()
