"""From a file to a case and a draft, or to a report, on the pages alone."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.cases.models import Case, Fact
from okiagari.disclose.models import Advisory
from okiagari.flow.models import ForeignDocument
from okiagari.intake.models import Report
from tests.disclose.story import Story
from tests.flow.importing.conftest import PAST, SUPPLIER, exported
from tests.web.cases.conftest import Enter


def uploaded(browser: Client, content: bytes, name: str = "past.json") -> str:
    """Upload it. Returns the address of its page."""
    answer = browser.post("/documents/new/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.text
    return str(answer["Location"])


def test_an_advisory_of_the_past_is_read_looked_at_and_taken_in(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    page = uploaded(browser, exported(story, x_house={"colour": "red"}))
    seen = browser.get(page).text
    assert 'value="WN-G54/R2"' in seen  # proposed, and to be changed
    assert "/document/x_house" in seen
    assert "使用を停止" in seen
    again = browser.post(f"{page}own/", {"match_0": "ETX2-RA", "again": "1", "language": "ja"})
    assert again.status_code == 200
    assert not Advisory.objects.filter(tracking_id=PAST).exists()
    fields = {f"match_{n}": value for n, value in enumerate(["WN-G54/R2", "NP-BBRS", "ETX2-RA"])}
    order = [each.key for each in _said(page)]
    typed = {f"match_{n}": next(v for v in fields.values() if v in key) for n, key in enumerate(order)}
    done = browser.post(f"{page}own/", {**typed, "tracking_id": PAST, "language": "ja", "case_id": ""})
    assert done.status_code == 302, done.text
    draft = Advisory.objects.get(tracking_id=PAST)
    assert done["Location"] == f"/advisories/{draft.public_id}/"
    assert "/document/x_house" in browser.get(f"/advisories/{draft.public_id}/").text


def _said(page: str) -> list:  # type: ignore[type-arg]
    from okiagari.flow.importing import frame

    row = ForeignDocument.objects.get(public_id=page.strip("/").rpartition("/")[2])
    return list(frame.found_in(row).advisory.products)


def test_lines_are_ticked_off_on_the_page_of_the_draft(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    page = uploaded(browser, exported(story, x_house={"colour": "red"}))
    browser.post(f"{page}own/", {"match_0": "WN-G54/R2", "tracking_id": PAST, "language": "ja"})
    draft = Advisory.objects.get(tracking_id=PAST).public_id
    row = ForeignDocument.objects.get(public_id=page.strip("/").rpartition("/")[2])
    done = browser.post(f"{page}look/", {"item": "1", "back": "advisory"})
    assert done["Location"] == f"/advisories/{draft}/#left-{row.public_id}"
    row.refresh_from_db()
    assert row.unread[0]["seen_by"] == story.member.key
    browser.post(f"{page}look/", {"item": "1", "undo": "1"})
    row.refresh_from_db()
    assert row.unread[0]["seen_by"] == ""


def test_a_suppliers_advisory_becomes_a_report_and_a_case(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    page = uploaded(browser, json.dumps(SUPPLIER).encode(), "exl.json")
    assert "is-primary" in browser.get(page).text
    done = browser.post(f"{page}supplier/", {"make": "new", "language": "en", "case_id": ""})
    case = Case.objects.order_by("-pk").first()
    assert case is not None
    assert done["Location"] == f"/cases/{case.public_id}/"
    report = Report.objects.get(source="supplier")
    assert report.reference == "EXL-2026-3"
    assert "/document/x_house" in browser.get(f"/reports/{report.public_id}/").text


def test_what_is_said_of_attacks_is_asked_about_and_noted(story: Story, enter: Enter) -> None:
    document = json.loads(exported(story))
    words = "A proof of concept is on a web page."
    document["vulnerabilities"][0]["threats"] = [{"category": "exploit_status", "details": words}]
    browser = enter(story.member)
    page = uploaded(browser, json.dumps(document).encode())
    seen = browser.get(f"{page}?as=own").text
    assert words in seen
    assert 'name="fact_1"' in seen
    typed = {"match_0": "WN-G54/R2", "tracking_id": PAST, "language": "ja", "fact_1": "exploit_public"}
    assert browser.post(f"{page}own/", {**typed, "fact_1": "nonsense"}).status_code == 422
    assert browser.post(f"{page}own/", typed).status_code == 302
    assert [each.kind for each in Fact.objects.filter(evidence__contains=words)] == ["exploit_public"]


def test_what_is_wrong_is_said_at_its_field_and_the_input_kept(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    answer = browser.post("/documents/new/", {"file": SimpleUploadedFile("a.json", b"{}")})
    assert answer.status_code == 422
    assert "CSAF 2.0" in answer.text
    page = uploaded(browser, exported(story))
    twice = browser.post("/documents/new/", {"file": SimpleUploadedFile("b.json", exported(story))})
    assert twice.status_code == 409
    assert page.strip("/").rpartition("/")[2] in twice.text
    wrong = browser.post(f"{page}own/", {"match_0": "NO-SUCH", "tracking_id": PAST, "language": "ja"})
    assert wrong.status_code == 422
    assert 'value="NO-SUCH"' in wrong.text
    taken = browser.post(
        f"{page}own/", {"match_0": "WN-G54/R2", "tracking_id": "SA-2015-001", "language": "ja"}
    )
    assert taken.status_code in {409, 422}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages(story: Story, enter: Enter, language: str) -> None:
    browser = enter(story.member, language)
    page = uploaded(browser, exported(story))
    for address in ("/documents/", "/documents/new/", page, f"{page}?as=supplier", f"{page}drop/"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in answer.text
    file = browser.get(f"{page}file/")
    assert file.content == exported(story)
    assert file["Content-Disposition"].startswith("attachment")


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    story: Story, enter: Enter, django_assert_max_num_queries: object
) -> None:
    browser = enter(story.member)
    for number in range(4):
        uploaded(browser, exported(story, title=f"題名{number}"))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert browser.get("/documents/").status_code == 200
