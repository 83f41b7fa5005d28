"""The pages of the advisories: what stands on them, for whom."""

from datetime import UTC, datetime
from typing import Any

import pytest

from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.factories import text
from tests.web.cases.conftest import Enter


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_the_editor_and_the_tab_of_the_case_open_in_both_languages(
    story: Story, enter: Enter, language: str
) -> None:
    browser = enter(story.member, language)
    for address in (
        "/advisories/",
        f"/advisories/{story.advisory}/",
        f"/cases/{story.case}/advisory/",
        f"/cases/{story.case}/measures/",
        f"/cases/{story.case}/measures/new/",
        f"/advisories/{story.advisory}/submit/",
        f"/advisories/{story.advisory}/sheets/ja/briefing/",
        f"/advisories/{story.advisory}/sheets/en/press/",
        "/advisories/new/?case=" + story.case,
    ):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in answer.text


@pytest.mark.django_db(transaction=True)
def test_support_finds_the_briefing_of_what_is_public_and_no_way_into_the_case(
    story: Story, enter: Enter
) -> None:
    support = enter(story.house.support)
    paper = f"/advisories/{story.advisory}/sheets/en/briefing/"
    assert "Nothing is published yet." in support.get("/advisories/sheets/").text
    assert support.get(paper).status_code == 404
    story.approved()
    disclose.publish(story.member, story.advisory)
    found = support.get("/advisories/sheets/?q=np-bbrs").text
    assert paper in found
    assert "press/" not in found
    page = support.get(paper)
    assert page.status_code == 200
    assert f'href="/advisories/{story.advisory}/"' not in page.text
    assert story.case not in page.text
    assert paper not in support.get("/advisories/sheets/?q=nothing").text


@pytest.mark.parametrize("kind", ["page", "csaf", "jvn"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_previews_show_what_the_public_would_see(
    story: Story, enter: Enter, language: str, kind: str
) -> None:
    answer = enter(story.member).get(f"/advisories/{story.advisory}/preview/{language}/{kind}/")
    assert answer.status_code == 200
    assert "NP-BBRS" in answer.text
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"].startswith("text/html" if kind == "page" else "text/plain")


def test_the_approver_reads_decides_and_signs_on_one_page(story: Story, enter: Enter) -> None:
    seal = disclose.submit(story.member, story.advisory)
    browser = enter(story.approver)
    page = browser.get(f"/advisories/{story.advisory}/")
    assert page.status_code == 200
    assert seal in page.text
    answer = browser.post(f"/advisories/{story.advisory}/approve/", {"snapshot": seal, "note": ""})
    assert answer.status_code == 302
    assert "Publish" in enter(story.member).get(f"/advisories/{story.advisory}/").text


def test_what_changed_after_it_was_submitted_is_submitted_again_before_anybody_can_approve_it(
    story: Story, enter: Enter
) -> None:
    address = f"/advisories/{story.advisory}/"
    disclose.submit(story.member, story.advisory)
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    approver = enter(story.approver)
    page = approver.get(address).content.decode()
    assert "Its words or facts changed after it was submitted." in page
    assert "Approve it" not in page
    author = enter(story.member)
    assert "Submit it again" in author.get(address).content.decode()
    assert author.post(f"{address}submit/", {"reason": ""}).status_code == 302
    assert "Submit it again" not in author.get(address).content.decode()
    assert "Approve it" in approver.get(address).content.decode()


def test_the_editor_offers_a_preview_of_each_kind_that_follows_the_words(story: Story, enter: Enter) -> None:
    page = enter(story.member).get(f"/advisories/{story.advisory}/").text
    assert "data-preview>" in page
    assert 'data-format="page" data-language="en" aria-current="true"' in page
    assert page.count('target="preview" data-format=') == 6
    assert 'sandbox="allow-same-origin"' in page
    formats = f"/advisories/{story.advisory}/formats/"
    assert f'href="{formats}"' in page
    listed = enter(story.member).get(formats).text
    for name in ("openvex", "cyclonedx-1.6", "cve-2015-2984", "vuldef", "jvn", "cve-request"):
        address = f"/advisories/{story.advisory}/preview/ja/{name}/"
        assert f'href="{address}"' in listed
        assert enter(story.member).get(address)["Content-Type"].startswith("text/plain")
    assert "There is room for one language" in listed
    assert f'class="o-small is-home" href="/cases/{story.case}/products/"' in page


def test_what_is_typed_is_shown_in_the_preview_and_not_kept(story: Story, enter: Enter) -> None:
    address = f"/advisories/{story.advisory}/preview/ja/page/"
    browser = enter(story.member)
    assert "まだ保存していない文" in browser.post(address, {"summary_ja": "まだ保存していない文"}).text
    assert "まだ保存していない文" not in browser.get(address).text


def words(story: Story, **more: str) -> dict[str, str]:
    version = queries.advisory(story.member, story.advisory).version
    return {"title_ja": "題名", "title_en": "Title", "summary_ja": "要約", "version": str(version), **more}


def test_words_and_references_are_saved(story: Story, enter: Enter) -> None:
    given = words(story, references="https://jvn.jp/jp/JVN17964918/ JVN の記事")
    answer = enter(story.member).post(f"/advisories/{story.advisory}/", given)
    assert answer.status_code == 302
    view = queries.advisory(story.member, story.advisory)
    assert view.words["summary"].exact("ja") == "要約"
    assert [(url, str(title)) for url, title in view.references] == [
        ("https://jvn.jp/jp/JVN17964918/", "JVN の記事")
    ]


def test_a_title_in_two_languages_survives_the_editor_and_names_are_thanked(
    story: Story, enter: Enter
) -> None:
    titles = {"url": "https://jvn.jp/jp/JVN17964918/", "title": {"ja": "題名", "en": "Title"}}
    disclose.write(story.member, story.advisory, references=[titles])
    browser, page = enter(story.member, "ja"), f"/advisories/{story.advisory}/"
    before = queries.advisory(story.member, story.advisory)
    told = {
        "references": f"{titles['url']} 題名",
        "thanked": "発見者A\r\n\r\nFinder B",
        "version": before.version,
    }
    assert browser.post(page, told).status_code == 302
    after = queries.advisory(story.member, story.advisory)
    assert dict(after.references) == dict(before.references)
    assert after.thanked == ("発見者A", "Finder B")
    assert "Finder B" in browser.get(page).text
    long = {"thanked": "x" * 300, "version": after.version}
    refused = browser.post(page, long)
    assert refused.status_code == 422
    assert "x" * 300 in refused.text


def test_a_change_in_between_answers_412_and_keeps_what_was_typed(story: Story, enter: Enter) -> None:
    given = words(story, summary_ja="手で書いた要約")
    disclose.write(story.member, story.advisory, advice=text("助言"))
    answer = enter(story.member).post(f"/advisories/{story.advisory}/", given)
    assert answer.status_code == 412
    assert "手で書いた要約" in answer.text


def test_submitting_names_what_is_missing_and_takes_a_reason(story: Story, enter: Enter) -> None:
    disclose.write(story.member, story.advisory, summary=LocalText())
    browser = enter(story.member)
    address = f"/advisories/{story.advisory}/submit/"
    refused = browser.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "Summary" in refused.text
    assert browser.post(address, {"reason": "Attacks were seen"}).status_code == 302


def test_an_author_is_not_offered_to_approve(story: Story, enter: Enter) -> None:
    seal = story.submitted()
    page = enter(story.member).get(f"/advisories/{story.advisory}/")
    assert "Approve it" not in page.text
    answer = enter(story.member).post(f"/advisories/{story.advisory}/approve/", {"snapshot": seal})
    assert answer.status_code == 403


def test_sending_back_needs_a_note(story: Story, enter: Enter) -> None:
    story.submitted()
    browser = enter(story.approver)
    address = f"/advisories/{story.advisory}/send-back/"
    assert browser.post(address, {"note": ""}).status_code == 422
    assert browser.post(address, {"note": "Name the successor"}).status_code == 302
    assert "Name the successor" in enter(story.member).get(f"/advisories/{story.advisory}/").text


def test_a_time_is_read_in_the_zone_that_was_chosen(story: Story, enter: Enter) -> None:
    story.approved()
    given = {"when": "later", "at": "2031-08-18T12:00", "zone": "UTC"}
    answer = enter(story.member).post(f"/advisories/{story.advisory}/publish/", given)
    assert answer.status_code == 302
    waiting = queries.advisory(story.member, story.advisory).scheduled
    assert waiting is not None
    assert waiting.planned_at == datetime(2031, 8, 18, 12, 0, tzinfo=UTC)
    refused = enter(story.member).post(f"/advisories/{story.advisory}/publish/", {"when": "later"})
    assert refused.status_code == 422


def test_the_list_filters_by_state_and_text(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    assert "SA-2015-001" in browser.get("/advisories/?state=draft&text=UPnP").text
    assert "SA-2015-001" not in browser.get("/advisories/?state=published").text
    assert "SA-2015-001" not in browser.get("/advisories/?text=nothing").text


def test_nobody_else_finds_any_of_it(story: Story, enter: Enter) -> None:
    for subject in (story.house.second, story.house.administrator, story.house.partner):
        browser = enter(subject)
        for tail in ("", "preview/ja/page/", "formats/", "submit/", "approve/", "publish/", "withdraw/"):
            assert browser.get(f"/advisories/{story.advisory}/{tail}").status_code in (403, 404)


def test_lists_need_the_same_number_of_queries_however_long_they_are(
    story: Story, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    browser = enter(story.member)
    for number in range(8):
        disclose.draft(story.member, cases=[story.case], title=text(f"題名{number}"))
    with django_assert_max_num_queries(14):
        assert browser.get("/advisories/").status_code == 200
