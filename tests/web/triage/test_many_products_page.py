"""The grid with many products: filters, groups, both values in a conflict, tables, what came later."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.triage.conftest import Matter

NOT = CellChange("not_affected", justification="component_not_present")


def page(browser: Client, matter: Matter, rest: str = "") -> str:
    response = browser.get(f"/cases/{matter.case}/products/{rest}")
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def version(matter: Matter) -> int:
    return queries.grid(matter.member, matter.case).version


def test_the_address_holds_the_filter(browser: Client, matter: Matter) -> None:
    decided = [("NP-BBRS", matter.first), ("NP-BBRS", matter.second)]
    actions.decide(matter.member, matter.case, cells=decided, change=NOT)
    shown = page(browser, matter, "?state=open&words=g54")
    assert "WN-G54/R2|" in shown
    assert "NP-BBRS|" not in shown
    assert "1 of 3 products" in shown
    assert "No product fits the filter." in page(browser, matter, "?team=nobody")


def test_a_developer_sees_the_own_undecided_cells_and_boxes_only_there(
    matter: Matter, house: factories.House, enter: object
) -> None:
    factories.cases.admit(matter.member, matter.case, kind="team", key="router-dev", level="see", reason="x")
    actions.add_row(matter.member, matter.case, target="Remote Link", reason="uses it")
    browser = enter(house.developer)  # type: ignore[operator]
    whole = page(browser, matter)
    assert 'value="NP-BBRS|' in whole
    assert 'value="Remote Link|' not in whole
    assert "Remote Link" not in page(browser, matter, "?mine=1")


def test_a_group_is_decided_on_its_heading_row(browser: Client, matter: Matter) -> None:
    actions.group_rows(
        matter.member, matter.case, by="hand", value="routers", targets=["NP-BBRS", "WN-G54/R2"]
    )
    assert f"@hand:routers|{matter.first}" in page(browser, matter)
    answer = browser.post(
        f"/cases/{matter.case}/products/decide/",
        {
            "cells": f"@hand:routers|{matter.first}",
            "state": "not_affected",
            "justification": "component_not_present",
            "version": version(matter),
        },
    )
    assert answer.status_code == 302
    grid = queries.grid(matter.member, matter.case)
    assert grid.cell("NP-BBRS", matter.first).is_inherited
    assert "is-inherited" in page(browser, matter)
    cell = page(browser, matter, f"cell/?target=NP-BBRS&vulnerability={matter.first}")
    assert "Inherited from the group hand:routers" in cell


def test_a_conflict_shows_both_values_and_keeps_what_was_typed(browser: Client, matter: Matter) -> None:
    seen = version(matter)
    actions.decide(matter.member, matter.case, cells=[("NP-BBRS", matter.first)], change=NOT)
    given = {
        "cells": [f"NP-BBRS|{matter.first}", f"WN-G54/R2|{matter.first}"],
        "state": "investigating",
        "reason": "my reason",
        "version": seen,
    }
    answer = browser.post(f"/cases/{matter.case}/products/decide/", given)
    text = answer.content.decode()
    assert answer.status_code == 412
    assert 'id="clashes"' in text
    assert "there now" in text
    assert 'value="my reason"' in text
    assert queries.grid(matter.member, matter.case).cell("WN-G54/R2", matter.first).state == "undecided"


def test_what_others_changed_comes_as_fragments(browser: Client, matter: Matter) -> None:
    seen = version(matter)
    quiet = browser.get(f"/cases/{matter.case}/products/changes/?since={seen}")
    assert quiet.status_code == 204
    actions.decide(matter.member, matter.case, cells=[("NP-BBRS", matter.first)], change=NOT)
    changed = page(browser, matter, f"changes/?since={seen}")
    assert f'data-cell="NP-BBRS|{matter.first}"' in changed
    assert "WN-G54/R2" not in changed
    assert f"since={seen + 1}" in changed


def test_a_table_goes_out_and_comes_back_changing_only_what_is_new(browser: Client, matter: Matter) -> None:
    change = CellChange("affected", range=Range.up_to("1.02"))
    actions.decide(matter.member, matter.case, cells=[("WN-G54/R2", matter.first)], change=change)
    table = browser.get(f"/cases/{matter.case}/products/table/").content.decode()
    before = version(matter)

    def bring(text: str) -> object:
        given = SimpleUploadedFile("grid.csv", text.encode(), "text/csv")
        return browser.post(
            f"/cases/{matter.case}/products/table/bring/", {"table": given, "version": before}
        )

    bring(table)
    assert version(matter) == before
    wrong = bring(
        table.replace(
            f"NP-BBRS,router-dev,,{matter.first},CVE-2015-2984,undecided",
            f"NP-BBRS,router-dev,,{matter.first},CVE-2015-2984,not_affected",
        )
    )
    text = wrong.content.decode()  # type: ignore[attr-defined]
    assert wrong.status_code == 422  # type: ignore[attr-defined]
    assert "Line " in text
    assert version(matter) == before
    bring(
        table.replace(
            f"NP-BBRS,router-dev,,{matter.first},CVE-2015-2984,undecided,,,",
            f"NP-BBRS,router-dev,,{matter.first},CVE-2015-2984,not_affected,,,,component_not_present",
        ).replace("component_not_present,,", "component_not_present,")
    )
    assert queries.grid(matter.member, matter.case).cell("NP-BBRS", matter.first).state == "not_affected"


def test_what_came_later_is_confirmed_on_its_page_and_shown_on_the_release(
    browser: Client, matter: Matter
) -> None:
    change = CellChange("affected", range=Range.up_to("1.03"))
    actions.decide(matter.member, matter.case, cells=[("WN-G54/R2", matter.first)], change=change)
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04"})
    assert "is-lapsed" in page(browser, matter)
    (lapse,) = queries.carries(matter.member, matter.case, is_open=True)
    assert "came after the versions" in page(browser, matter, "later/")
    url = f"/cases/{matter.case}/products/later/{lapse.id}/confirm/"
    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {f"reason.{lapse.id}": "built after the fix"}).status_code == 302
    release = browser.get("/lines/wn-g54-r2/releases/vulnerabilities/?release=1.04").content.decode()
    assert "Not affected" in release
    assert "built after the fix" in release


def test_a_rule_with_or_is_searched_kept_and_used_again(browser: Client, matter: Matter) -> None:
    given = {"blocks": "2", "0.team": "storage-dev", "1.models": "NP-BBRS"}
    found = browser.get(f"/cases/{matter.case}/products/choose/", given).content.decode()
    assert "Remote Link" in found
    kept = browser.post(
        f"/cases/{matter.case}/products/choose/",
        {**given, "save": "1", "key": "mixed", "name_en": "Mixed", "name_ja": "混在"},
    )
    assert kept.status_code == 302
    (template,) = queries.templates(matter.member)
    assert template.rule == {"any": [{"team": "storage-dev"}, {"models": ["NP-BBRS"]}]}
    again = browser.get(f"/cases/{matter.case}/products/choose/?template=mixed").content.decode()
    assert "Remote Link" in again
    answer = browser.post(
        f"/cases/{matter.case}/products/choose/",
        {**given, "template": "mixed", "version": version(matter)},
    )
    assert answer.status_code == 302
    assert queries.selections(matter.member, matter.case)[0].template == "mixed 1"


@pytest.mark.parametrize("rest", ["group/", "hand-over/", "due/", "again/", "later/", "table/bring/"])
def test_every_deed_on_rows_has_a_page(browser: Client, matter: Matter, rest: str) -> None:
    page(browser, matter, rest)


def test_severity_is_judged_for_products_of_a_family_at_once(browser: Client, matter: Matter) -> None:
    answers = {
        f"answer.{question}": answer
        for question, answer in {
            "reach": "internet",
            "success": "always",
            "data": "none",
            "others": "none",
            "exposure": "shipped",
        }.items()
    }
    common = {**answers, "stage": "final", "reason": "x", "version": ""}
    browser.post(f"/cases/{matter.case}/judgement/", {**common, "level": "severe"})
    browser.post(
        f"/cases/{matter.case}/judgement/", {**common, "level": "low", "targets": "NP-BBRS\nETX2-RA"}
    )
    levels = queries.levels(matter.member, matter.case)
    assert levels["NP-BBRS", matter.first] == "low"
    assert levels["WN-G54/R2", matter.first] == "severe"
    assert "ETX2-RA, NP-BBRS" in browser.get(f"/cases/{matter.case}/judgement/").content.decode()
