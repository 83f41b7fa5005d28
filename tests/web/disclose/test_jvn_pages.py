"""The tab JVN of a case: what is owed, the report ready to copy, the two ways to tell it, what was told."""

import re

import pytest

from okiagari.cases import actions as cases
from okiagari.disclose.jvn import queries
from okiagari.triage.actions import CellChange
from tests.disclose.jvn.story import coordinated, decide
from tests.disclose.story import Story
from tests.factories import text
from tests.web.cases.conftest import Enter


@pytest.fixture
def here(story: Story) -> Story:
    return coordinated(story, contact="vuls@coordinator.example")


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages_before_and_after_it_was_told(
    here: Story, enter: Enter, language: str
) -> None:
    browser, tab = enter(here.member, language), f"/cases/{here.case}/jvn/"
    assert browser.get(tab).status_code == 200
    token = seen(browser.get(f"{tab}told/").text)
    done = browser.post(f"{tab}told/", {"way": "portal", "language": "ja", "seen": token})
    assert done.status_code == 302
    (kept,) = queries.reports(here.member, here.case)
    decide(here, "ETX2-RA", CellChange("investigating"))
    compare = f"{tab}compare/?before={kept.id}&after=now"
    for address in (tab, f"{tab}send/", f"{tab}statement/", f"{tab}told/{kept.id}/", compare):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in answer.text
    changed = {"ja": "ETX2-RA：影響なし → 調査中", "en": "ETX2-RA: not affected → under investigation"}
    assert changed[language] in browser.get(tab).text
    assert changed[language] in browser.get(compare).text
    assert ">JVN<" in browser.get(f"/cases/{here.case}/").text
    for page in ("plan", "formats"):
        assert f"/cases/{here.case}/jvn/" in browser.get(f"/advisories/{here.advisory}/{page}/").text


def test_files_are_downloads_as_they_stand_and_as_they_were_told(here: Story, enter: Enter) -> None:
    browser, tab = enter(here.member), f"/cases/{here.case}/jvn/"
    ready = browser.get(f"{tab}next/ja/xml/")
    assert ready["Content-Disposition"] == f'attachment; filename="{here.case}-ja.xml"'
    browser.post(
        f"{tab}told/", {"way": "mail", "language": "ja", "seen": seen(browser.get(f"{tab}told/").text)}
    )
    (kept,) = queries.reports(here.member, here.case)
    assert browser.get(f"{tab}told/{kept.id}/ja/xml/").content == ready.content
    assert browser.get(f"{tab}told/{kept.id}/ja/txt/").text.startswith("JPCERT")
    for wrong in (
        "next/de/txt/",
        "next/ja/pdf/",
        f"told/{kept.id}/de/txt/",
        "told/VST-26-00000/",
        "compare/?before=VST-26-00000",
    ):
        assert browser.get(tab + wrong).status_code == 404


def test_what_changed_since_the_page_was_opened_is_shown_and_the_input_kept(
    here: Story, enter: Enter
) -> None:
    browser, send = enter(here.member, "en"), f"/cases/{here.case}/jvn/send/"
    page = browser.get(send).text
    assert "vuls@coordinator.example" in page
    token = seen(page)
    decide(here, "ETX2-RA", CellChange("investigating"))
    given = {"language": "en", "to": "vuls@coordinator.example", "remark": "My own words.", "seen": token}
    refused = browser.post(send, given)
    assert refused.status_code == 412
    assert "ETX2-RA: not affected → under investigation" in refused.text
    assert "My own words." in refused.text
    assert queries.reports(here.member, here.case) == ()
    assert browser.post(send, {**given, "seen": seen(refused.text)}).status_code == 302
    (kept,) = queries.reports(here.member, here.case)
    assert (kept.way, kept.language, kept.remark) == ("letter", "en", "My own words.")
    assert "hand" in browser.get(f"/cases/{here.case}/jvn/").text


def test_the_statement_is_written_on_its_page(here: Story, enter: Enter) -> None:
    browser, tab = enter(here.member), f"/cases/{here.case}/jvn/"
    done = browser.post(f"{tab}statement/", {"statement_ja": "準備しています。", "statement_en": ""})
    assert done.status_code == 302
    assert "準備しています。" in browser.get(tab).text
    wrong = browser.post(f"{tab}told/", {"way": "portal", "language": "ja", "at": "2099-01-01T10:00"})
    assert wrong.status_code == 422


def test_the_tab_is_there_for_coordinated_cases_alone_and_its_buttons_for_those_who_may(
    here: Story, enter: Enter
) -> None:
    other = cases.open_case(here.member, title=text("別件"), kinds=["product"])
    browser = enter(here.member)
    assert f"/cases/{other}/jvn/" not in browser.get(f"/cases/{other}/").text
    assert browser.get(f"/cases/{other}/jvn/").status_code == 200
    cases.admit(here.member, here.case, kind="person", key="approver", level="see", reason="読む")
    reader = enter(here.approver)
    page = reader.get(f"/cases/{here.case}/jvn/")
    assert page.status_code == 200
    assert "/jvn/send/" not in page.text
    assert reader.get(f"/cases/{here.case}/jvn/send/").status_code == 403
