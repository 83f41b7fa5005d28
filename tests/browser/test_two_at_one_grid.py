"""Two people with the same grid open: nothing is lost, and whoever comes second chooses between both."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Numbers, Windows

pytestmark = pytest.mark.chromium
SOON = 16_000
"""Milliseconds after which a page has asked what others did."""


def at_the_grid(windows: Windows, who: str, case: str) -> Page:
    """Its clock is ours, so that nobody waits for a page to ask."""
    page = windows.window(who)
    page.clock.install()
    page.goto(f"/cases/{case}/products/")
    return page


def cell(page: Page, target: str) -> Locator:
    return page.locator("td.is-settable").filter(has=page.locator(f'input[value^="{target}|"]'))


def choose(page: Page, target: str, letter: str, reason: str) -> None:
    cell(page, target).click()
    page.keyboard.press(letter)
    page.locator("[name=reason]").first.fill(reason)


def set_it(page: Page) -> None:
    """Sent, and answered: whoever comes after this comes second."""
    with page.expect_response("**/products/decide/"):
        page.locator("[name=reason]").first.press("Enter")


def test_nothing_that_two_people_say_is_lost(windows: Windows, number: Numbers) -> None:
    member = at_the_grid(windows, "sample-member", number.severe)
    developer = at_the_grid(windows, "sample-developer", number.severe)

    # each says something of another product: both hold, and each hears of the other
    choose(member, "SR-110", "i", "We look at the page of SR-110.")
    choose(developer, "SR-120M", "i", "We look at the page of SR-120M.")
    set_it(member)
    expect(cell(member, "SR-110")).to_contain_text("investigating")
    set_it(developer)
    expect(cell(developer, "SR-120M")).to_contain_text("investigating")
    expect(cell(developer, "SR-110")).to_contain_text("investigating")

    # the member has not loaded the page again: a line says who did what, and the cell is drawn anew
    member.clock.run_for(SOON)
    notice = member.locator("[data-live]")
    expect(notice).to_contain_text("Sample Router Developer")
    expect(notice.get_by_role("link", name="Show it beside")).to_be_visible()
    expect(cell(member, "SR-120M")).to_contain_text("investigating")

    # both say something of the same product; the second is told, sees both answers and keeps the own words
    choose(developer, "SR-110", "n", "The page is not built in.")
    developer.locator("[name=justification]").first.select_option("component_not_present")
    choose(member, "SR-110", "i", "The page answers here.")
    set_it(member)
    set_it(developer)
    clashes = developer.locator("#clashes")
    expect(clashes).to_contain_text("SR-110")
    expect(clashes).to_contain_text("there now")
    expect(clashes).to_contain_text("Sample Team Member")
    expect(clashes).to_contain_text("not affected")
    expect(developer.locator("[name=reason]").first).to_have_value("The page is not built in.")
    developer.get_by_role("button", name="Set them all the same").click()
    expect(cell(developer, "SR-110")).to_contain_text("not affected")

    # nothing of it is gone: the cell tells what the first said, too
    cell(developer, "SR-110").dblclick()
    drawer = developer.locator("#drawer")
    expect(drawer).to_contain_text("The page answers here.")
    expect(drawer).to_contain_text("The page is not built in.")
