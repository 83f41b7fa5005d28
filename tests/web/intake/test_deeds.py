"""Deeds done in the browser: forms that come back, one click for a duplicate, PRG."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.cases import queries as cases
from okiagari.intake import actions, queries
from okiagari.intake.rules import answers, states
from tests import factories
from tests.factories import House

Enter = Callable[..., Client]
WORDS = "WAN 側から SSDP の問い合わせを送ると応答が返ります。踏み台になります。"


def test_support_enters_what_a_customer_said(house: House, enter: Enter) -> None:
    response = enter(house.support).post(
        "/reports/new/",
        {
            "source": "user",
            "title": "",
            "text": "電話で、設定が勝手に変わると言われた。ほかにも詳しい話があった。",
            "kind": "product",
            "product_text": "WN-G54/R2",
            "name": "山田 花子",
            "contact": "03-0000-0000",
            "language": "ja",
            "zone": "Asia/Tokyo",
            "files": [SimpleUploadedFile("memo.txt", b"memo")],
        },
    )
    assert response.status_code == 302
    report = queries.report(house.support, response["Location"].split("/")[2])
    assert report.title == "電話で、設定が勝手に変わると言われた"
    assert [each.name for each in report.attachments] == ["memo.txt"]
    who = queries.identity(house.member, report.id)
    assert who is not None
    assert who.contact == "03-0000-0000"


def test_the_start_date_of_jpcert_is_read_in_the_zone_that_was_chosen(house: House, enter: Enter) -> None:
    response = enter(house.developer).post(
        "/reports/new/",
        {
            "source": "jpcert",
            "text": WORDS,
            "kind": "product",
            "reference": "JVN#17964918",
            "first_contact_at": "2015-07-01T23:30",
            "zone": "UTC",
            "wanted_publication": "2015-08-18",
            "language": "ja",
        },
    )
    report = queries.report(house.member, response["Location"].split("/")[2])
    assert report.first_contact_at is not None
    assert report.first_contact_at.isoformat() == "2015-07-01T23:30:00+00:00"
    assert report.publication_due is not None
    assert report.publication_due.isoformat().startswith("2015-08-16T14:59:59")
    assert str(report.wanted_publication) == "2015-08-18"


def test_a_form_with_faults_comes_back_with_its_input(house: House, enter: Enter) -> None:
    response = enter(house.support).post(
        "/reports/new/",
        {
            "source": "user",
            "text": WORDS,
            "kind": "product",
            "wanted_publication": "someday",
            "language": "ja",
        },
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert WORDS in page
    assert "someday" in page


def test_an_answer_begins_with_the_template_and_is_sent_as_it_was_changed(
    house: House, enter: Enter, report_id: str
) -> None:
    client = enter(house.member)
    page = client.get(f"/reports/{report_id}/acknowledge/").content.decode()
    assert f"受付番号 {report_id}" in page
    response = client.post(
        f"/reports/{report_id}/acknowledge/", {"version": "1", "answer_ja": "承りました。", "answer_en": ""}
    )
    assert response.status_code == 302
    assert queries.report(house.member, report_id).answer.exact("ja") == "承りました。"


def test_a_change_in_between_keeps_what_was_typed(house: House, enter: Enter, report_id: str) -> None:
    client = enter(house.member)
    actions.amend(house.member, report_id, version_text="1.33")
    form = {"version": "1", "finding": "valid", "reason": "再現した手順を長く書いた"}
    response = client.post(f"/reports/{report_id}/assess/", form)
    page = response.content.decode()
    assert response.status_code == 412
    assert "再現した手順を長く書いた" in page
    assert 'name="version" value="2">Save mine over it' in page
    assert client.post(f"/reports/{report_id}/assess/", {**form, "version": "2"}).status_code == 302


def test_one_click_says_it_is_a_duplicate_and_why_and_tells_the_reporter(
    house: House, enter: Enter, report_id: str
) -> None:
    again = actions.receive(house.support, source="user", title="SSDP", text=WORDS, product_text="NP-BBRS")
    client = enter(house.member)
    page = client.get(f"/reports/{again}/").content.decode()
    assert f'action="/reports/{again}/duplicate/{report_id}/"' in page
    assert "same product (NP-BBRS)" in page
    assert client.post(f"/reports/{again}/duplicate/{report_id}/", {"version": "1"}).status_code == 302
    report = queries.report(house.member, again)
    assert (report.state, report.verdict, report.duplicate_of) == ("invalid", "duplicate", report_id)
    assert "same product (NP-BBRS)" in report.reason
    assert again in report.answer.exact("ja")


def test_a_number_nobody_knows_comes_back_at_its_field(house: House, enter: Enter, report_id: str) -> None:
    form = {"version": "1", "finding": "duplicate", "duplicate_of": "REP-99-XXXXX", "reason": "同じ"}
    response = enter(house.member).post(f"/reports/{report_id}/assess/", form)
    assert response.status_code == 404
    assert "REP-99-XXXXX" in response.content.decode()


@pytest.mark.parametrize("finding", ["valid", *states.VERDICTS])
def test_the_answer_begins_with_the_words_of_the_finding(
    house: House, enter: Enter, report_id: str, finding: str
) -> None:
    page = enter(house.member, "ja").get(f"/reports/{report_id}/assess/?finding={finding}").content.decode()
    own = answers.answer(finding, report_id)
    assert own.exact("ja") in page
    assert f'name="finding" value="{finding}"' in page
    assert ('name="duplicate_of"' in page) == (finding == "duplicate")


def test_a_finding_nobody_knows_is_refused(house: House, enter: Enter, report_id: str) -> None:
    assert enter(house.member).get(f"/reports/{report_id}/assess/?finding=boring").status_code == 422


def test_a_report_is_taken_into_a_new_case(house: House, enter: Enter, report_id: str) -> None:
    response = enter(house.member).post(
        f"/reports/{report_id}/accept/", {"version": "1", "case_id": "", "title_ja": "SSDP の件"}
    )
    assert response.status_code == 302
    case_id = response["Location"].split("/")[2]
    assert str(cases.case(house.member, case_id).title) == "SSDP の件"


def test_a_report_joins_a_case_that_is_worked_on(house: House, enter: Enter, report_id: str) -> None:
    case_id = factories.case(house.member)
    client = enter(house.member)
    assert case_id in client.get(f"/reports/{report_id}/accept/").content.decode()
    response = client.post(f"/reports/{report_id}/accept/", {"version": "1", "case_id": case_id})
    assert response["Location"] == f"/cases/{case_id}/"


def test_saving_other_facts_leaves_the_start_date_to_the_second(house: House, enter: Enter) -> None:
    from datetime import UTC, datetime

    at = datetime(2015, 7, 1, 6, 30, 12, tzinfo=UTC)
    report_id = actions.receive(house.member, source="jpcert", title="x", text="y", first_contact_at=at)
    response = enter(house.member).post(
        f"/reports/{report_id}/amend/",
        {
            "version": "1",
            "title": "x",
            "text": "y",
            "kind": "product",
            "first_contact_at": "2015-07-01T15:30",
            "zone": "Asia/Tokyo",
            "product_text": "NP-BBRS",
        },
    )
    assert response.status_code == 302
    report = queries.report(house.member, report_id)
    assert (report.first_contact_at, report.product_text) == (at, "NP-BBRS")


def test_erasing_is_a_deed_with_a_reason(house: House, enter: Enter, report_id: str) -> None:
    client = enter(house.member)
    assert client.post(f"/reports/{report_id}/erase/", {"version": "1", "reason": ""}).status_code == 422
    form = {"version": "1", "reason": "お求めによる"}
    assert client.post(f"/reports/{report_id}/erase/", form).status_code == 302
    page = client.get(f"/reports/{report_id}/").content.decode()
    assert "taro@example.jp" not in page
    assert "見本" not in page


def test_deeds_need_the_token_of_the_page(house: House, report_id: str) -> None:
    from okiagari.desk.models import Person

    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(username="member"))
    assert client.post(f"/reports/{report_id}/defer/", {"reason": "x"}).status_code == 403
