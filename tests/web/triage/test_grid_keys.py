"""The grid in a browser: arrows move, Shift selects, letters say what holds, Enter opens; input survives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from okiagari.desk.models import Person
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.support.browser import ARGUMENTS
from tests.triage.conftest import CATALOGUE, Matter

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def matter(transactional_db: None) -> Matter:
    house = factories.house()
    factories.catalogue(CATALOGUE)
    case = factories.case(house.member)
    first = factories.vulnerability(house.member, case, "SSDPリフレクション", cve="CVE-2015-2984")
    second = factories.vulnerability(house.member, case, "別の問題")
    actions.freeze_rows(house.member, case, rule={"team": "router-dev"})
    return Matter(house.member, case, first, second)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def grid(
    matter: Matter,
    live_server: LiveServer,
    chromium: Path,
    monkeypatch: pytest.MonkeyPatch,
    complaints: list[str],
) -> Iterator[Page]:
    """The Products tab in a window of a member. The browser may complain of nothing but refused answers."""
    monkeypatch.setenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
    )  # the browser's driver keeps a loop in this thread
    client = Client()
    client.force_login(Person.objects.get(username="member"), "django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=list(ARGUMENTS))
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="en", base_url=live_server.url
        )
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/cases/{matter.case}/products/")
        yield page
        browser.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def enter(page: Page) -> None:
    """Into the grid by the keyboard: its one cell that takes the focus."""
    page.locator('td.is-settable[tabindex="0"]').focus()


def states(matter: Matter) -> dict[tuple[str, str], str]:
    grid = queries.grid(matter.member, matter.case)
    return {cell: view.state for cell, view in grid.cells.items() if view.state != "undecided"}


def test_cells_are_chosen_said_and_set_without_a_mouse(
    grid: Page, matter: Matter, complaints: list[str]
) -> None:
    enter(grid)
    press(grid, "ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight")
    assert grid.locator(".is-count").inner_text() == "4 cells"
    press(grid, "n")
    assert grid.evaluate("document.activeElement.name") == "justification"
    grid.select_option("[name=justification]", "component_not_present")
    grid.locator(".o-change button[type=submit]").press("Enter")
    grid.locator("#messages", has_text="4 cells are decided.").wait_for()
    assert set(states(matter).values()) == {"not_affected"}
    assert len(states(matter)) == 4
    assert grid.evaluate("document.activeElement.tagName") == "TD"
    assert not complaints


def test_investigating_takes_two_keys(grid: Page, matter: Matter, complaints: list[str]) -> None:
    enter(grid)
    press(grid, "i", "Enter")
    grid.locator("#messages", has_text="1 cell is decided.").wait_for()
    assert states(matter) == {("ETX2-RA", matter.first): "investigating"}
    assert not complaints


def test_a_refused_change_keeps_selection_and_input(grid: Page, matter: Matter) -> None:
    enter(grid)
    press(grid, "Shift+ArrowDown", "f")
    grid.fill("[name=fixed_in]", "1.03")
    grid.fill("[name=reason]", "reproduced")
    grid.locator(".o-change button[type=submit]").press("Enter")
    grid.locator(".o-problem").wait_for()
    assert grid.input_value("[name=fixed_in]") == "1.03"
    assert grid.input_value(".o-change [name=reason]") == "reproduced"
    assert grid.locator(".is-count").inner_text() == "2 cells"
    assert not states(matter)


def test_somebody_elses_change_is_marked_and_mine_can_be_set_on_purpose(grid: Page, matter: Matter) -> None:
    enter(grid)
    actions.decide(
        matter.member,
        matter.case,
        cells=[("ETX2-RA", matter.first)],
        change=CellChange("investigating"),
    )
    press(grid, "Shift+ArrowDown", "n")
    grid.select_option("[name=justification]", "component_not_present")
    grid.locator(".o-change button[type=submit]").press("Enter")
    grid.locator("td.is-changed").wait_for()
    assert states(matter) == {("ETX2-RA", matter.first): "investigating"}
    grid.get_by_role("button", name="Set them all the same").press("Enter")
    grid.locator("#messages", has_text="2 cells are decided.").wait_for()
    assert states(matter)["ETX2-RA", matter.first] == "not_affected"


def test_enter_opens_the_cell_beside_the_grid_and_escape_returns(
    grid: Page, matter: Matter, complaints: list[str]
) -> None:
    enter(grid)
    press(grid, "ArrowDown", "ArrowDown", "Enter")
    drawer = grid.locator("#drawer")
    drawer.get_by_text("WN-G54/R2").wait_for()
    assert drawer.is_visible()
    press(grid, "Escape")
    assert not drawer.is_visible()
    assert grid.evaluate("document.activeElement.tagName") == "TD"
    assert not complaints


def test_heads_select_rows_and_columns(grid: Page) -> None:
    grid.locator("thead th").nth(1).click()
    assert grid.locator(".is-count").inner_text() == "3 cells"
    grid.locator("tbody th").first.click()
    assert grid.locator(".is-count").inner_text() == "2 cells"
    enter(grid)
    press(grid, "Escape")
    assert grid.locator(".is-count").inner_text() == ""


def test_only_what_belongs_to_the_state_is_asked(grid: Page) -> None:
    enter(grid)
    press(grid, "a")
    assert grid.locator("[name=range_form]").is_visible()
    assert not grid.locator("[name=fixed_in]").is_visible()
    grid.select_option("[name=range_form]", "up_to")
    assert grid.locator("[name=range_high]").is_visible()
    assert not grid.locator("[name=range_low]").is_visible()
    press(grid, "Escape", "f")
    assert grid.locator("[name=fixed_in]").is_visible()
    assert not grid.locator("[name=justification]").is_visible()
