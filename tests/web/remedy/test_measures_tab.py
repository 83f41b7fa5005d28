"""The tab Measures: says what is lacking, plans, makes ready, keeps the input when refused."""

from tests.disclose.story import Story
from tests.web.cases.conftest import Enter

GIVEN = {
    "kind": "stop_use",
    "targets": ["NP-BBRS"],
    "text_ja": "停止してください。",
    "text_en": "Stop.",
    "version": "",
}


def test_the_tab_says_loudly_what_must_be_stopped_until_it_is(story: Story, enter: Enter) -> None:
    browser = enter(story.member, "ja")
    address = f"/cases/{story.case}/measures/"
    assert "NP-BBRS は修正できず、回避策もありません" in browser.get(address).text
    answer = browser.post(f"{address}new/", {**GIVEN, "successor": "ETX2-RA"})
    assert answer.status_code == 302
    page = browser.get(address).text
    assert "停止してください。" in page
    assert "公表できる状態ではありません" in page
    number = page.split('<article class="o-panel" id="')[1].split('"')[0]
    assert browser.post(f"{address}{number}/ready/", {"note": ""}).status_code == 302
    assert "停止してください。" in browser.get(f"{address}{number}/words/").text
    words = {"text_ja": "使用を停止し、接続を外してください。", "text_en": "Stop and unplug.", "version": ""}
    assert browser.post(f"{address}{number}/words/", words).status_code == 302
    assert "接続を外してください" in browser.get(address).text
    assert "足りないもの" not in browser.get(address).text


def test_a_refused_measure_keeps_what_was_typed(story: Story, enter: Enter) -> None:
    answer = enter(story.member).post(
        f"/cases/{story.case}/measures/new/", {**GIVEN, "kind": "fix", "text_ja": "手で書いた文章"}
    )
    assert answer.status_code in (409, 422)
    assert "手で書いた文章" in answer.text
    assert "cannot be fixed" in answer.text


def test_a_change_in_between_answers_412_and_keeps_the_input(story: Story, enter: Enter) -> None:
    answer = enter(story.member).post(
        f"/cases/{story.case}/measures/new/", {**GIVEN, "version": "1", "text_ja": "手で書いた文章"}
    )
    assert answer.status_code == 412
    assert "手で書いた文章" in answer.text


def test_a_link_knows_what_it_proposes(story: Story, enter: Enter) -> None:
    page = enter(story.member).get(f"/cases/{story.case}/measures/new/?kind=stop_use&target=NP-BBRS")
    assert 'value="stop_use" checked' in page.text or 'value="stop_use" selected' in page.text
    assert 'value="NP-BBRS"' in page.text


def test_nobody_else_finds_the_tab(story: Story, enter: Enter) -> None:
    for subject in (story.house.second, story.house.administrator, story.house.partner):
        assert enter(subject).get(f"/cases/{story.case}/measures/").status_code in (403, 404)
