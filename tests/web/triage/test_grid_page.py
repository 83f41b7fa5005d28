"""The Products tab: the grid without script, its bulk form, the page of one cell, choosing rows."""

import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okiagari.standards.firmware_order import Range
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.triage.conftest import Matter
from tests.triage.test_speed import big
from tests.web.triage.conftest import Enter

ROUTER, UNFIXABLE = "WN-G54/R2", "NP-BBRS"

MOST_QUERIES = 26
"""The whole page: session and who asks, the case and its frame, the grid."""


def tab(matter: Matter) -> str:
    return f"/cases/{matter.case}/products/"


def page(browser: Client, address: str, **form: object) -> str:
    answer = browser.get(address, form)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def cell(matter: Matter, target: str) -> str:
    return f"{target}|{matter.first}"


def state(matter: Matter, target: str) -> str:
    return queries.grid(matter.member, matter.case).cell(target, matter.first).state


def version(matter: Matter) -> str:
    return str(queries.grid(matter.member, matter.case).version)


def test_every_cell_has_a_box_a_word_and_a_link(matter: Matter, browser: Client) -> None:
    text = page(browser, tab(matter))
    assert text.count('name="cells"') == 6
    assert text.count("o-cell is-undecided") >= 6
    assert "CVE-2015-2984" in text
    links = re.findall(r'href="([^"]*cell/[^"]*)"', text)
    assert len(links) == 6
    assert browser.get(links[0].replace("&amp;", "&")).status_code == 200


def test_cells_are_set_in_bulk_by_the_form(matter: Matter, browser: Client) -> None:
    form = {
        "version": version(matter),
        "cells": [cell(matter, ROUTER), cell(matter, UNFIXABLE)],
        "state": "affected",
        "range_form": "all",
        "range_high": "1.03",
        "justification": "component_not_present",
        "condition_ja": "外側からのSSDPに応答",
        "reason": "実機で確認",
    }
    assert browser.post(f"{tab(matter)}decide/", form).status_code == 302
    view = queries.grid(matter.member, matter.case).cell(ROUTER, matter.first)
    assert (view.state, view.range, view.reason) == ("affected", Range.all(), "実機で確認")
    assert view.justification == ""
    assert state(matter, UNFIXABLE) == "affected"
    assert "all versions" in page(browser, tab(matter))


def test_a_fix_names_the_release_of_the_products_own_line(matter: Matter, browser: Client) -> None:
    form = {
        "cells": [cell(matter, ROUTER)],
        "state": "fixed",
        "fixed_in": "1.0.3",
        "verification_who": "開発部",
        "verification_on": "WN-G54/R2",
        "verification_how": "外側からSSDPを送信",
    }
    assert browser.post(f"{tab(matter)}decide/", form).status_code == 302
    assert queries.grid(matter.member, matter.case).cell(ROUTER, matter.first).fixed_in == (
        "wn-g54-r2",
        "1.03",
    )
    both = form | {"cells": [cell(matter, ROUTER), cell(matter, UNFIXABLE)]}
    answer = browser.post(f"{tab(matter)}decide/", both)
    assert answer.status_code == 422
    assert "Decide the targets of each firmware line apart" in answer.content.decode()


def test_what_is_refused_comes_back_with_cells_and_input_kept(matter: Matter, browser: Client) -> None:
    form = {"cells": [cell(matter, ROUTER)], "state": "not_affected", "reason": "ソースで確認"}
    answer = browser.post(f"{tab(matter)}decide/", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Not affected, but why not?" in text
    assert "ソースで確認" in text
    assert f'value="{cell(matter, ROUTER)}" checked' in text
    assert f'value="{cell(matter, UNFIXABLE)}" checked' not in text


def test_two_people_at_once_the_second_keeps_the_input_and_sees_what_changed(
    matter: Matter, browser: Client
) -> None:
    seen = version(matter)
    first = [(UNFIXABLE, matter.first)]
    actions.decide(matter.member, matter.case, cells=first, change=CellChange("investigating"))
    form = {
        "version": seen,
        "cells": [cell(matter, ROUTER), cell(matter, UNFIXABLE)],
        "state": "not_affected",
        "justification": "component_not_present",
        "reason": "部品がない",
    }
    answer = browser.post(f"{tab(matter)}decide/", form)
    text = answer.content.decode()
    assert answer.status_code == 412
    assert "部品がない" in text
    assert text.count("is-settable is-changed") == 1
    assert f'name="version" value="{version(matter)}"' in text
    assert state(matter, UNFIXABLE) == "investigating"
    again = browser.post(f"{tab(matter)}decide/", form | {"version": version(matter)})
    assert again.status_code == 302
    assert state(matter, UNFIXABLE) == "not_affected"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_of_a_cell_says_all_it_ever_said(
    matter: Matter, house: factories.House, enter: Enter, language: str
) -> None:
    one = [(ROUTER, matter.first)]
    actions.decide(matter.member, matter.case, cells=one, change=CellChange("investigating"), reason="着手")
    change = CellChange("affected", range=Range.before("1.03"))
    actions.decide(matter.member, matter.case, cells=one, change=change, reason="再現した")
    address = f"{tab(matter)}cell/"
    text = page(enter(house.member, language), address, target=ROUTER, vulnerability=matter.first)
    words = {"en": "versions before 1.03", "ja": "1.03より前のバージョン"}
    assert words[language] in text
    assert "着手" in text
    assert "再現した" in text


def test_in_the_drawer_only_the_cell_itself_is_fetched(matter: Matter, browser: Client) -> None:
    where = {"target": ROUTER, "vulnerability": matter.first}
    part = browser.get(f"{tab(matter)}cell/", where, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert ROUTER in part


def test_a_cell_decided_alone_and_refused_stays_on_its_page(matter: Matter, browser: Client) -> None:
    form = {"one": "1", "cells": [cell(matter, ROUTER)], "state": "affected", "note_ja": "覚え書き"}
    answer = browser.post(f"{tab(matter)}decide/", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Affected, but in which versions?" in text
    assert "覚え書き" in text
    assert "o-grid-matrix" not in text


def test_products_are_chosen_by_a_rule_with_exclusions(house: factories.House, browser: Client) -> None:
    case = factories.case(house.member)
    address = f"/cases/{case}/products/choose/"
    assert ROUTER not in page(browser, address)
    assert ROUTER in page(browser, address, **{"0.team": "router-dev"})
    form = {"0.team": "router-dev", "out": ["ETX2-RA"], "why.ETX2-RA": "UPnPなし", "version": "0"}
    assert browser.post(address, form).status_code == 302
    grid = queries.grid(house.member, case)
    assert {row.target.key for row in grid.rows} == {ROUTER, UNFIXABLE}
    text = page(browser, f"/cases/{case}/products/")
    assert "UPnPなし" in text
    assert "The products are chosen; the case has no vulnerability yet." in text


def test_an_exclusion_without_reason_comes_back(house: factories.House, browser: Client) -> None:
    case = factories.case(house.member)
    form = {"0.team": "router-dev", "out": ["ETX2-RA"], "why.ETX2-RA": ""}
    answer = browser.post(f"/cases/{case}/products/choose/", form)
    assert answer.status_code == 422
    assert "left out without a reason" in answer.content.decode()


def test_a_product_is_added_and_taken_out_by_forms(matter: Matter, browser: Client) -> None:
    form = {"target": "Remote Link", "reason": "同じ通信部品", "due_at": "2030-01-01T12:00"}
    assert browser.post(f"{tab(matter)}add/", form).status_code == 302
    assert "Remote Link" in page(browser, tab(matter))
    out = browser.post(f"{tab(matter)}remove/?target=Remote+Link", {"reason": "別の部品だった"})
    assert out.status_code == 302
    text = page(browser, tab(matter))
    assert "別の部品だった" in text
    wrong = browser.post(f"{tab(matter)}add/", {"target": "NO-SUCH", "reason": "x"})
    assert wrong.status_code == 422


def test_an_empty_grid_teaches_the_next_step(house: factories.House, browser: Client) -> None:
    case = factories.case(house.member)
    text = page(browser, f"/cases/{case}/products/")
    assert f"/cases/{case}/products/choose/" in text


def test_who_may_not_decide_sees_the_grid_without_boxes(
    matter: Matter, house: factories.House, enter: Enter
) -> None:
    from okiagari.cases import actions as cases

    cases.admit(matter.member, matter.case, kind="team", key="support", level="see", reason="問い合わせ対応")
    text = page(enter(house.support), tab(matter))
    assert ROUTER in text
    assert 'name="cells"' not in text
    form = {"cells": [cell(matter, ROUTER)], "state": "investigating"}
    assert enter(house.support).post(f"{tab(matter)}decide/", form).status_code == 403


@pytest.mark.parametrize("role", ["second", "developer", "administrator", "partner", "auditor"])
def test_an_outsider_finds_nothing(matter: Matter, house: factories.House, enter: Enter, role: str) -> None:
    stranger = enter(getattr(house, role))
    where = f"cell/?target=WN-G54%2FR2&vulnerability={matter.first}"
    for address in ("", where, "choose/", "add/", "remove/?target=NP-BBRS"):
        assert stranger.get(tab(matter) + address).status_code == 404, address
    form = {"cells": [cell(matter, ROUTER)], "state": "investigating"}
    assert stranger.post(f"{tab(matter)}decide/", form).status_code == 404


def test_the_page_takes_the_same_queries_however_big_the_grid(
    house: factories.House, browser: Client
) -> None:
    counts = []
    for products in (8, 40):
        matter = big(house, products, 2)
        browser.get(tab(matter))
        with CaptureQueriesContext(connection) as caught:
            browser.get(tab(matter))
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES


@pytest.mark.sqlite
def test_two_hundred_products_against_ten_vulnerabilities_open_in_time(
    house: factories.House, browser: Client
) -> None:
    matter = big(house, 200, 10)
    best = 9.0
    for _ in range(3):
        begun = time.process_time()
        assert browser.get(tab(matter)).status_code == 200
        best = min(best, time.process_time() - begun)
    assert best < 0.3
    cells = [f"{target}|{flaw}" for target, flaw in queries.grid(matter.member, matter.case).cells]
    form = {"cells": cells, "state": "affected", "range_form": "all", "version": version(matter)}
    begun = time.process_time()
    assert browser.post(f"{tab(matter)}decide/", form).status_code == 302
    assert time.process_time() - begun < 1.0
