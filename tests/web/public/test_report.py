"""The report form: plain, forgiving, in two languages, without script or session."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.desk.subjects import PUBLIC
from okiagari.intake import actions, queries
from okiagari.intake.models import Spooled
from okiagari.intake.rules import limits
from tests.factories import House, text
from tests.web.public.conftest import FORM


def upload(name: str = "log.txt", content: bytes = b"log") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def send(stranger: Client, **more: Any) -> Any:
    return stranger.post("/report/", {**FORM, **more})


def sent(stranger: Client, **more: Any) -> str:
    """Send, absorb, and give the receipt's address."""
    response = send(stranger, **more)
    assert response.status_code == 302, response.content.decode()
    actions.absorb_left()
    return str(response["Location"]).split("?")[0]


def kept(response: Any) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', response.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["脆弱性を届け出る", "1. どの製品の、どのバージョンですか", "7日以内", "10 MB"]),
        ("en", ["Report a vulnerability", "1. Which product, which version?", "within 7 days", "10 MB"]),
    ],
)
def test_the_form_speaks_the_language_of_the_browser(db: None, language: str, words: list[str]) -> None:
    response = Client(HTTP_ACCEPT_LANGUAGE=language).get("/report/")
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in page
    for word in words:
        assert word in page


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_sentence_is_in_the_language_of_the_page(house: House, language: str) -> None:
    stranger = Client(HTTP_ACCEPT_LANGUAGE=language)
    page = stranger.get("/report/").content.decode() + stranger.get(sent(stranger)).content.decode()
    prose = re.sub(r"<[^>]*>|https?://\S+|REP-\S+", " ", page)
    for word in (FORM["problem"], "NP-BBRS", "日本語", "English", "Okiagari"):
        prose = prose.replace(word, "")
    foreign = r"[A-Za-z]{4,}" if language == "ja" else r"[぀-ヿ一-鿿]+"
    assert not re.findall(foreign, prose)


def test_a_report_leads_to_its_receipt(house: House, stranger: Client) -> None:
    address = sent(stranger, files=[upload()])
    report = queries.reports(house.member).rows[0]
    page = stranger.get(address + "?new=1").content.decode()
    assert report.id in page
    assert f"http://testserver{address}" in page
    assert "log.txt" in page
    assert report.product_text == "NP-BBRS"
    assert report.files == 1


def test_no_cookie_and_no_token_is_needed(house: House) -> None:
    fresh = Client(enforce_csrf_checks=True)
    assert send(fresh).status_code == 302
    assert Spooled.objects.count() == 1


def test_sending_twice_is_one_report_and_the_same_receipt(house: House, stranger: Client) -> None:
    assert sent(stranger) == sent(stranger)
    assert queries.reports(house.member).total == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_form_with_faults_comes_back_as_it_was_typed(house: House, language: str) -> None:
    stranger = Client(HTTP_ACCEPT_LANGUAGE=language)
    typed = {
        "product": "",
        "problem": "<b>すべて</b>",
        "effect": "効果",
        "contact": "a@example.jp",
        "credit": "on",
    }
    response = send(stranger, **typed, public="yes", files=[upload()])
    page = response.content.decode()
    assert response.status_code == 422
    assert "&lt;b&gt;すべて&lt;/b&gt;" in page
    assert "<b>すべて" not in page
    assert "a@example.jp" in page
    assert re.search(r'name="public" value="yes"[^>]*checked', page)
    assert re.search(r'name="credit"[^>]*checked', page)
    assert 'value="one-time-token"' in page
    assert ("まだ空欄です" if language == "ja" else "This is still empty.") in page
    assert len(kept(response)) == 1
    assert not Spooled.objects.exists()


def test_files_of_a_form_that_came_back_need_not_be_chosen_again(house: House, stranger: Client) -> None:
    response = send(stranger, product="", files=[upload("one.txt", b"1"), upload("two.txt", b"2")])
    notes = kept(response)
    assert len(notes) == 2
    sent(stranger, kept=notes[:1], files=[upload("three.txt", b"3")])
    report = queries.report(house.member, queries.reports(house.member).rows[0].id)
    assert sorted(each.name for each in report.attachments) == ["one.txt", "three.txt"]


def test_a_note_nobody_signed_is_no_file(house: House, stranger: Client) -> None:
    response = send(stranger, kept=["eyJuYW1lIjoiZXRjL3Bhc3N3ZCJ9:forged"])
    assert response.status_code == 422
    assert not Spooled.objects.exists()


def test_a_file_over_the_limit_is_named_and_the_rest_is_kept(
    house: House, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1024 * 1024)
    response = send(stranger, files=[upload("big.bin", b"x" * (1024 * 1024 + 1)), upload("small.txt")])
    page = response.content.decode()
    assert response.status_code == 413
    assert "big.bin" in page
    assert len(kept(response)) == 1
    assert FORM["problem"] in page


def test_more_files_than_allowed_are_told_and_the_first_are_kept(house: House, stranger: Client) -> None:
    files = [upload(f"{number}.txt", bytes([number])) for number in range(limits.MAX_FILES + 2)]
    response = send(stranger, files=files)
    assert response.status_code == 413
    assert len(kept(response)) == limits.MAX_FILES
    assert not Spooled.objects.exists()


def test_a_request_beyond_all_measure_is_not_even_read(db: None, stranger: Client) -> None:
    response = stranger.post(
        "/report/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**12)
    )
    assert response.status_code == 413


def test_changing_the_language_keeps_what_was_typed(house: House, stranger: Client) -> None:
    response = send(stranger, product="", effect="途中まで", speak="en", files=[upload()])
    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="en"' in page
    assert "途中まで" in page
    assert "This is still empty." not in page
    assert len(kept(response)) == 1
    assert not Spooled.objects.exists()
    assert '<html lang="en"' in stranger.get("/report/").content.decode()


def test_a_machine_that_fills_every_field_gets_the_form_back(house: House, stranger: Client) -> None:
    response = send(stranger, website="https://spam.example")
    page = response.content.decode()
    assert response.status_code == 422
    assert not Spooled.objects.exists()
    assert FORM["problem"] in page
    assert "https://spam.example" in page
    assert 'aria-hidden="true"><label for="id_website"' not in page


def test_a_flood_is_slowed_down_and_loses_nothing(
    house: House, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REPORTS_PER_HOUR", 2)
    for number in range(2):
        assert send(stranger, effect=str(number)).status_code == 302
    response = send(stranger, effect="三つ目")
    assert response.status_code == 429
    assert "三つ目" in response.content.decode()
    assert Spooled.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert send(elsewhere, effect="三つ目").status_code == 302


def test_a_whole_house_of_ipv6_counts_as_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REPORTS_PER_HOUR", 1)
    assert send(Client(REMOTE_ADDR="2001:db8:1:2::1"), effect="a").status_code == 302
    assert send(Client(REMOTE_ADDR="2001:db8:1:2:ffff::9"), effect="b").status_code == 429
    assert send(Client(REMOTE_ADDR="2001:db8:1:3::1"), effect="c").status_code == 302


def test_the_status_page_tells_the_story_without_a_word_of_the_case(house: House, stranger: Client) -> None:
    address = sent(stranger)
    report_id = queries.reports(house.member).rows[0].id

    def page() -> str:
        return stranger.get(address).content.decode()

    assert "読まれるのを待っています" in page()
    actions.acknowledge(house.member, report_id, answer=text("受け付けました。", "Received."))
    case_id = actions.accept(house.member, report_id, title=text("極秘の件名"))
    actions.assess(house.member, report_id, valid=True, reason="内部の理由")
    told = page()
    assert "受け付けました。" in told
    for secret in (case_id, "極秘の件名", "内部の理由", "member", "案件"):
        assert secret not in told
    english = Client(HTTP_ACCEPT_LANGUAGE="en").get(address).content.decode()
    assert "Received." in english
    actions.close_report(house.member, report_id, reason="内部の完了")
    assert "対応を終えました" in page()


def test_the_reporter_adds_a_message_with_a_file(house: House, stranger: Client) -> None:
    address = sent(stranger)
    response = stranger.post(address, {"message": "手順です。", "once": "m", "files": [upload("steps.txt")]})
    assert response.status_code == 302
    assert stranger.post(address, {"message": "手順です。", "once": "m", "kept": []}).status_code == 302
    page = stranger.get(address).content.decode()
    assert page.count("<div>手順です。</div>") == 2
    actions.absorb_left()
    report = queries.report(house.member, queries.reports(house.member).rows[0].id)
    assert report.has_news
    assert [each.name for each in report.attachments] == ["steps.txt"]


def test_an_empty_message_comes_back(house: House, stranger: Client) -> None:
    response = stranger.post(sent(stranger), {"message": " "})
    assert response.status_code == 422
    assert "まだ空欄です" in response.content.decode()


def test_a_link_that_leads_nowhere_says_so(house: House, stranger: Client) -> None:
    for response in (
        stranger.get("/report/receipt/wrong/"),
        stranger.post("/report/receipt/wrong/", {"message": "x"}),
    ):
        assert response.status_code == 404
        assert "このリンクの先に届出はありません" in response.content.decode()


def test_the_receipt_stays_out_of_caches_logs_of_others_and_search_engines(
    house: House, stranger: Client
) -> None:
    response = stranger.get(sent(stranger))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


def test_somebody_who_is_signed_in_reports_as_nobody(house: House, client: Client) -> None:
    from okiagari.desk.models import Person

    client.force_login(Person.objects.get(username="support"))
    assert send(client).status_code == 302
    actions.absorb_left()
    report = queries.report(house.member, queries.reports(house.member).rows[0].id)
    assert report.entered_by is None
    assert queries.reports(house.support).total == 0


def test_the_page_needs_no_script(db: None, stranger: Client) -> None:
    page = stranger.get("/report/").content.decode()
    assert not re.search(r"\son[a-z]+=", page)
    assert "javascript:" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []


def test_the_receipt_is_known_before_the_report_is_absorbed(house: House, stranger: Client) -> None:
    address = send(stranger)["Location"]
    assert stranger.get(address).status_code == 200
    secret = address.split("/")[3]
    assert queries.status(PUBLIC, secret) is not None
