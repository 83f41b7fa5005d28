"""Who sees which report, and who sees the reporter: nothing leaks by the side."""

from collections.abc import Callable

import pytest

from okiagari.desk.subjects import PUBLIC, Role
from okiagari.intake import actions, queries
from okiagari.plumbing import anchors, ledger
from okiagari.plumbing.models import Payload
from okiagari.problems import Problem
from tests import factories
from tests.factories import House

WHO = actions.ReporterData(name="見本 太郎", contact="taro.mihon@example.jp")


def entered(house: House, **more: object) -> str:
    return actions.receive(house.support, source="user", title="x", text="y", reporter=WHO, **more)  # type: ignore[arg-type]


def test_a_product_report_is_seen_by_the_team_and_by_the_desk_that_entered_it(house: House) -> None:
    colleague = factories.person("colleague", Role.SUPPORT, teams=("support",))
    report_id = entered(house)
    for subject in (house.member, house.support, colleague):
        assert queries.report(subject, report_id).id == report_id
    for subject in (
        house.developer,
        house.executive,
        house.auditor,
        house.administrator,
        house.second,
        PUBLIC,
    ):
        with pytest.raises(Problem, match="nothing_here"):
            queries.report(subject, report_id)
        assert queries.reports(subject).total == 0
        assert queries.reports(subject, search="x").rows == ()


@pytest.mark.parametrize(
    ("kind", "psirt", "csirt"),
    [("product", True, False), ("service", True, True), ("infrastructure", False, True)],
)
def test_the_kind_decides_the_team(house: House, kind: str, psirt: bool, csirt: bool) -> None:
    guard = factories.person("guard", Role.MEMBER, teams=("csirt",))
    report_id = entered(house, kind=kind)
    seen = [bool(queries.reports(subject).total) for subject in (house.member, guard)]
    assert seen == [psirt, csirt]
    assert queries.report(house.support, report_id).kind == kind


def test_another_kind_lets_the_other_team_in_and_nobody_out(house: House) -> None:
    guard = factories.person("guard", Role.MEMBER, teams=("csirt",))
    report_id = entered(house)
    actions.amend(house.member, report_id, kind="service", reason="クラウドの問題だった")
    assert queries.report(guard, report_id).kind == "service"
    assert queries.report(house.member, report_id).kind == "service"


def test_the_reporter_is_known_to_the_team_and_to_the_person_who_entered_it(house: House) -> None:
    colleague = factories.person("colleague", Role.SUPPORT, teams=("support",))
    report_id = entered(house)
    for subject in (house.member, house.support):
        found = queries.identity(subject, report_id)
        assert found is not None
        assert found.name == WHO.name
    assert queries.identity(colleague, report_id) is None


def test_csirt_works_on_a_service_report_without_knowing_who_told_us(house: House) -> None:
    guard = factories.person("guard", Role.MEMBER, teams=("csirt",))
    report_id = entered(house, kind="service")
    report = queries.report(guard, report_id)
    assert "intake.work" in report.may
    assert not {"intake.identity", "intake.erase"} & report.may
    assert queries.identity(guard, report_id) is None
    told = str([line.facts for line in queries.timeline(guard, report_id)])
    assert WHO.name not in told
    assert WHO.contact not in told
    with pytest.raises(Problem, match="nothing_here"):
        actions.erase_reporter(guard, report_id, reason="x")


def test_the_timeline_names_the_reporter_only_to_those_who_may_know(house: House) -> None:
    report_id = entered(house)
    assert WHO.contact in str([line.facts for line in queries.timeline(house.member, report_id)])


def test_support_reads_its_report_but_not_that_it_became_a_case(house: House) -> None:
    report_id = entered(house)
    case_id = actions.accept(house.member, report_id)
    assert [each.id for each in queries.report(house.member, report_id).cases] == [case_id]
    assert queries.report(house.support, report_id).cases == ()
    assert queries.reports(house.support).rows[0].cases == ()
    assert case_id not in str(queries.timeline(house.support, report_id))


def test_a_duplicate_of_a_hidden_report_does_not_name_it(house: House) -> None:
    report_id = entered(house)
    first = actions.receive(house.member, source="jpcert", title="x", text="y")
    actions.assess(house.member, report_id, valid=False, verdict="duplicate", duplicate_of=first, reason="x")
    assert queries.report(house.member, report_id).duplicate_of == first
    assert queries.report(house.support, report_id).duplicate_of == ""


def test_candidates_come_only_from_what_one_may_see(house: House) -> None:
    words = "WAN側からSSDPの問い合わせを送ると応答が返ります。"
    mine = actions.receive(house.support, source="user", title="SSDP", text=words, product_text="NP-BBRS")
    hidden = actions.receive(house.member, source="jpcert", title="SSDP", text=words, product_text="NP-BBRS")
    assert [each.id for each in queries.candidates(house.member, mine)] == [hidden]
    assert queries.candidates(house.support, mine) == ()


def test_an_attachment_of_a_hidden_report_does_not_exist(
    house: House, spooled: Callable[..., actions.Receipt]
) -> None:
    number = spooled(actions.UploadedPart("a.txt", "text/plain", [b"a"])).number
    attachment = queries.report(house.member, number).attachments[0]
    with pytest.raises(Problem, match="nothing_here"):
        queries.attachment(house.support, number, attachment.id)
    other = entered(house)
    with pytest.raises(Problem, match="nothing_here"):
        queries.attachment(house.support, other, attachment.id)


def test_the_reporter_reads_nothing_of_cases_verdicts_or_colleagues(
    house: House, spooled: Callable[..., actions.Receipt]
) -> None:
    receipt = spooled()
    case_id = actions.accept(house.member, receipt.number, title=factories.text("極秘の件名"))
    actions.assess(house.member, receipt.number, valid=True, reason="内部の理由")
    actions.acknowledge(house.member, receipt.number, answer=factories.text("受け付けました"))
    told = str(queries.status(PUBLIC, receipt.secret))
    assert "受け付けました" in told
    for secret in (case_id, "極秘の件名", "内部の理由", "member", "valid", "accepted"):
        assert secret not in told


def test_erasing_the_reporter_leaves_the_ledger_whole(
    house: House, spooled: Callable[..., actions.Receipt]
) -> None:
    receipt = spooled(
        problem="応答が返ります。見本より。taro.mihon@example.jp",
        affiliation="見本大学",
        credit=True,
        credit_name="Taro M.",
    )
    actions.add_message(PUBLIC, receipt.secret, {"message": "見本 太郎です。追加します。"})
    actions.absorb_left()
    actions.answer(house.member, receipt.number, text=factories.text("見本 太郎 様、ありがとうございます。"))
    anchors.anchor()
    actions.erase_reporter(house.member, receipt.number, reason="見本 太郎さんのお求めによる")
    found = queries.identity(house.member, receipt.number)
    assert found is not None
    assert found.erased_at is not None
    assert found.name == found.contact == found.affiliation == found.credit_name == ""
    lines = queries.timeline(house.member, receipt.number)
    told = (
        f"{queries.report(house.member, receipt.number)}{lines}{list(Payload.objects.values_list('facts'))}"
    )
    for word in ("見本", "太郎", "taro.mihon", "Taro M."):
        assert word not in told
    assert "■■■" in told
    assert anchors.verify() == ()


def test_erasing_needs_a_reason_and_somebody_to_erase(house: House, report_id: str) -> None:
    with pytest.raises(Problem, match="reason_needed"):
        actions.erase_reporter(house.member, report_id, reason="")
    actions.erase_reporter(house.member, report_id, reason="お求めによる")
    with pytest.raises(Problem, match="nobody_named"):
        actions.erase_reporter(house.member, report_id, reason="もう一度")


def test_what_was_amended_away_is_erased_too(house: House) -> None:
    report_id = entered(house)
    actions.amend(house.member, report_id, text="見本 太郎さんからの電話。")
    actions.amend(house.member, report_id, text="電話での報告。", reason="名前を除いた")
    actions.erase_reporter(house.member, report_id, reason="お求めによる")
    lines = ledger.entries([("report", report_id)])
    assert "見本" not in str([line.facts for line in lines])
    assert anchors.verify() == ()
