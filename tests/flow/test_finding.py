"""What is found: everything of the house, kept true in the action's own transaction, within need-to-know."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import actions as disclose
from okiagari.flow import finding, indexing
from okiagari.intake import actions as intake
from okiagari.intake.actions import ReporterData
from okiagari.learn import actions as learn
from okiagari.plumbing.models import Job, SearchDoc
from okiagari.problems import Problem
from tests import factories
from tests.factories import House, text

NOW = datetime(2015, 7, 1, 3, tzinfo=UTC)


def found(subject: Subject, words: str) -> set[tuple[str, str]]:
    return {(hit.kind, hit.key) for hit in finding.find(subject, words).hits}


@pytest.mark.parametrize(
    "words",
    ["無線ルータ", "ﾙｰﾀ", "要約の言葉", "バッファオーバーフロー", "CVE-2015-2984", "2984", "電話に備える"],
)
def test_a_case_is_found_by_what_stands_in_it(house: House, case_id: str, words: str) -> None:
    cases.describe(house.member, case_id, summary=text("要約の言葉"))
    factories.vulnerability(house.member, case_id, cve="CVE-2015-2984")
    cases.add_task(house.member, case_id, title=text("電話に備える"))
    assert ("case", case_id) in found(house.member, words)


def test_messages_files_and_reasons_are_found(house: House, case_id: str) -> None:
    cases.communicate(
        house.member, case_id, audience="jpcert", direction="out", channel="mail", text="調整をお願いします"
    )
    cases.add_evidence(house.member, case_id, name="pcap-2015.zip", content=None, note="通信の記録")
    cases.close_case(house.member, case_id, reason="再現しなかったため")
    for words in ("調整", "pcap", "通信の記録", "再現しなかった"):
        assert found(house.member, words) == {("case", case_id)}


def test_reports_advisories_products_releases_and_lessons_are_found(house: House, case_id: str) -> None:
    report = intake.receive(house.support, source="user", title="認証回避", text="漏洩します。")
    advisory = disclose.draft(house.member, cases=[case_id], kind="vulnerability", title=text("お知らせの件"))
    lesson = learn.learn(house.member, case_id, area="tools", text=text("走査器を入れる"))
    assert found(house.member, "漏洩") == {("report", report)}
    assert found(house.member, "お知らせ") >= {("advisory", advisory)}
    assert ("lesson", f"{case_id}/{lesson}") in found(house.member, "走査器")
    assert ("product", "wn-g54-r2") in found(house.member, "WN-G54/R2")
    assert found(house.member, "wn-g54-r2 1.03") == {("release", "wn-g54-r2/1.03")}


def test_who_is_not_in_the_case_finds_nothing_of_it(house: House, case_id: str) -> None:
    for subject in (house.second, house.support, house.developer, house.partner):
        result = finding.find(subject, "無線ルータの脆弱性")
        assert not result.hits
        assert "case" not in result.counts


def test_from_outside_one_finds_what_one_may_read_there(house: House, case_id: str) -> None:
    cases.admit(house.member, case_id, kind="organisation", key="integrator", level="see", reason="共同")
    cases.add_task(house.member, case_id, title=text("内輪の仕事"))
    assert found(house.partner, "無線ルータ") == {("case", case_id)}
    assert found(house.partner, "内輪の仕事") == set()
    assert found(house.member, "内輪の仕事") == {("case", case_id)}


def test_a_draft_of_two_cases_is_found_by_those_in_both(house: House, case_id: str) -> None:
    other = factories.case(house.member, "別件")
    cases.admit(house.member, case_id, kind="person", key="second", level="see", reason="手伝い")
    advisory = disclose.draft(
        house.member, cases=[case_id, other], kind="vulnerability", title=text("二件の告知")
    )
    assert ("advisory", advisory) in found(house.member, "二件の告知")
    assert found(house.second, "二件の告知") == set()


def test_who_reported_is_never_indexed_and_what_is_erased_is_gone(house: House) -> None:
    person = ReporterData(name="名無権兵衛", contact="gombei@example.org")
    report = intake.receive(
        house.member, source="user", title="届出", text="名無権兵衛と申します。漏洩です。", reporter=person
    )
    assert found(house.member, "gombei") == set()
    assert found(house.member, "名無権兵衛") == {("report", report)}  # it stands in the text
    intake.erase_reporter(house.member, report, reason="本人の求め")
    assert found(house.member, "名無権兵衛") == set()
    assert found(house.member, "漏洩") == {("report", report)}
    assert Job.objects.filter(kind="plumbing.merge_index").exists()


def test_an_action_that_fails_leaves_nothing_to_find(house: House, case_id: str) -> None:
    with transaction.atomic():
        cases.describe(house.member, case_id, summary=text("まぼろし"))
        transaction.set_rollback(True)
    assert found(house.member, "まぼろし") == set()


def test_a_rebuild_mends_what_somebody_broke_and_finds_nothing_else_to_mend(
    house: House, case_id: str
) -> None:
    report = intake.receive(house.support, source="user", title="認証回避", text="漏洩")
    disclose.draft(house.member, cases=[case_id], kind="vulnerability", title=text("お知らせの件"))
    learn.learn(house.member, case_id, area="tools", text=text("走査器を入れる"))
    assert indexing.rebuild() == 0
    SearchDoc.objects.filter(kind="report").update(text="", grams="")
    SearchDoc.objects.create(kind="case", key="OKI-15-GHOST", verb="cases.read", grams="漏洩", at=NOW)
    assert ("report", report) not in found(house.support, "漏洩")
    assert indexing.rebuild() == 2
    assert found(house.support, "漏洩") == {("report", report)}
    assert indexing.rebuild() == 0


def test_an_imported_catalogue_is_found_in_a_constant_number_of_queries(
    house: House, django_assert_max_num_queries: object
) -> None:
    products = [{"model": f"X-{number}", "names": {"ja": "新型"}} for number in range(40)]
    catalog.import_catalogue(SYSTEM, {"products": products})
    assert finding.find(house.member, "新型").counts == {"product": 40}
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        indexing.catalog.index_all()


def test_a_kind_that_is_none_is_said(house: House) -> None:
    with pytest.raises(Problem) as caught:
        finding.find(house.member, "x", kinds=["people"])
    assert caught.value.code == "flow.unknown_kind"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("oki-26-7k3qd", ("case", "OKI-26-7K3QD")),
        ("REP-26-00000", ("report", "REP-26-00000")),
        ("OKI", None),
        ("CVE-2016-7806", None),
        ("認証", None),
    ],
)
def test_a_number_is_known_as_one(words: str, number: tuple[str, str] | None) -> None:
    assert finding.number_of(words) == number
