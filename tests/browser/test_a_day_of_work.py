"""What people do with keyboard, pointer and thumb: at a desk, on a phone, without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, Numbers, Windows, overflow, sign_in

pytestmark = pytest.mark.chromium


def cell(page: Page, target: str) -> object:
    return page.locator("td.is-settable").filter(has=page.locator(f'input[value^="{target}|"]'))


def test_somebody_signs_in_and_sees_what_waits(windows: Windows) -> None:
    page = windows.window()
    sign_in(page, "sample-member")
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    fire = page.locator("section, div").filter(has=page.get_by_role("heading", name="On fire")).last
    expect(fire).to_contain_text("SR-100")
    page.keyboard.press("Control+k")
    page.keyboard.type("SR-120M")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=SR-120M")
    expect(page.locator("main")).to_contain_text("SR-120M")


def test_cells_are_set_by_keyboard_alone(windows: Windows, number: Numbers) -> None:
    """Down to SR-110, Shift down to SR-120M, N for not affected, why, one reason for both."""
    page = windows.window("sample-member")
    page.goto(f"/cases/{number.severe}/products/")
    page.locator("td.is-settable").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator('td[aria-selected="true"]')).to_have_count(2)
    expect(page.locator(".is-count")).to_have_text("2 cells")
    page.keyboard.press("n")
    expect(page.locator("[name=justification]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.locator("[name=reason]").first.fill("The page is not built into these models.")
    page.keyboard.press("Enter")
    for target in ("SR-110", "SR-120M"):
        expect(cell(page, target)).to_contain_text("not affected")  # type: ignore[arg-type]
    expect(cell(page, "SR-100")).to_contain_text("affected")  # type: ignore[arg-type]
    page.reload()
    expect(cell(page, "SR-120M")).to_contain_text("not affected")  # type: ignore[arg-type]


def test_the_score_builds_up_while_somebody_answers(windows: Windows, number: Numbers) -> None:
    page = windows.window("sample-executive")
    page.goto(f"/cases/{number.severe}/judgement/")
    total = page.locator("#score .is-total")
    final = int(total.inner_text())  # executives go on from the answers of the final judgement
    assert 0 < final < 100
    for name in ("reach", "success", "data", "others", "exposure"):
        before = int(total.inner_text())
        graver = page.locator("label").filter(has=page.locator(f'[name="answer.{name}"]')).first
        was = graver.locator("input").is_checked()
        graver.click()
        expect(total).to_have_text(str(before) if was else re.compile(rf"^(?!{before}$)\d+$"))
    expect(total).to_have_text("100")
    expect(page.locator("#score")).to_contain_text("Severe")
    assert page.url.endswith("/judgement/"), "nothing was sent yet"


def test_the_editor_shows_what_the_public_will_see(windows: Windows, number: Numbers) -> None:
    page = windows.window("sample-member")
    page.goto(f"/advisories/{number.unapproved}/")
    page.locator("[name=summary_en]").fill("A sentence nobody has saved yet.")
    shown = page.frame_locator("iframe[name=preview]")
    expect(shown.locator("body")).to_contain_text("A sentence nobody has saved yet.")
    page.reload()
    expect(page.locator("[name=summary_en]")).not_to_have_value(re.compile("nobody has saved"))

    plain = windows.window("sample-member", script=False)
    plain.goto(f"/advisories/{number.unapproved}/")
    plain.locator("[name=summary_en]").fill("Nor this one, without script.")
    english = plain.locator("section", has=plain.locator("[name=summary_en]"))
    english.get_by_role("button", name="Show in the preview").click()
    shown = plain.frame_locator("iframe[name=preview]")
    expect(shown.locator("body")).to_contain_text("Nor this one, without script.")


def test_an_approver_decides_on_a_phone_and_it_is_published(windows: Windows, number: Numbers) -> None:
    phone = windows.window("sample-approver", width=PHONE)
    phone.goto("/")
    phone.get_by_role("link", name=re.compile("approve")).first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("SN-2")
    expect(phone.frame_locator("iframe[name=preview]").locator("body")).to_contain_text("SN-2")
    phone.locator("[name=note]").fill("Read on the train.")
    phone.get_by_role("button", name="Approve it").click()
    expect(phone.locator("main")).to_contain_text("approved")
    assert not overflow(phone)

    member = windows.window("sample-member")
    member.goto(f"/advisories/{number.unapproved}/")
    member.locator("main").get_by_role("link", name="Publish", exact=True).click()
    member.get_by_role("button", name="Publish it").click()
    expect(member.locator("main")).to_contain_text("edition 1 published")

    stranger = windows.window(width=PHONE, script=False)
    stranger.goto("/security/en/")
    stranger.get_by_role("link", name=re.compile("SN-2")).first.click()
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("SN-2")
    expect(stranger.locator("body")).to_contain_text("1.1.0")
    stranger.get_by_role("link", name="日本語").first.click()
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("脆弱性")


def test_a_finder_reports_without_script_and_comes_back(windows: Windows) -> None:
    page = windows.window(language="ja", script=False)
    page.goto("/report/")
    page.get_by_role("button", name="届出を送信").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("[name=product]").fill("SR-110")
    page.locator("[name=problem]").fill("外から設定画面が開きます。")
    page.locator("[name=effect]").fill("設定を変えられます。")
    page.get_by_role("button", name="届出を送信").click()
    number = page.locator(".o-lead .o-id").inner_text()
    assert re.fullmatch(r"REP-\d\d-\w{5}", number)
    link = page.locator("#link").inner_text()
    assert number not in link, "the link gives nothing away"

    later = windows.window(language="ja", script=False)
    later.goto(link)
    expect(later.locator("main")).to_contain_text("外から設定画面が開きます。")
    later.locator("[name=message]").fill("再現手順を追加します。")
    later.get_by_role("button", name="送信").click()
    expect(later.locator("main")).to_contain_text("再現手順を追加します。")

    desk = windows.window("sample-support", language="ja")
    desk.goto("/reports/")
    expect(desk.locator("main")).not_to_contain_text(link)
