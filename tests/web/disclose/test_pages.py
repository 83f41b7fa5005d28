"""The pages of the advisories: what stands on them, for whom."""

import pytest

from okiagari.disclose import actions as disclose
from tests.disclose.story import Story
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
        "/advisories/new/?case=" + story.case,
    ):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("format", ["page", "csaf", "jvn"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_previews_show_what_the_public_would_see(
    story: Story, enter: Enter, language: str, format: str
) -> None:
    answer = enter(story.member).get(f"/advisories/{story.advisory}/preview/{language}/{format}/")
    assert answer.status_code == 200
    assert "NP-BBRS" in answer.text
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"].startswith("text/html" if format == "page" else "text/plain")


def test_the_approver_reads_decides_and_signs_on_one_page(story: Story, enter: Enter) -> None:
    seal = disclose.submit(story.member, story.advisory)
    browser = enter(story.approver)
    page = browser.get(f"/advisories/{story.advisory}/")
    assert page.status_code == 200
    assert seal in page.text
    answer = browser.post(f"/advisories/{story.advisory}/approve/", {"snapshot": seal, "note": ""})
    assert answer.status_code == 302
    assert "Publish" in enter(story.member).get(f"/advisories/{story.advisory}/").text
