"""The pages of merging, splitting and linking: first what would happen, then the deed; input is kept."""

import re

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage import queries as grids
from okiagari.triage.actions import CellChange
from tests import factories
from tests.factories import House, text
from tests.flow.conftest import CATALOGUE
from tests.flow.merging.making import Matter, matter
from tests.web.cases.conftest import Enter

NOT_AFFECTED = CellChange("not_affected", justification="component_not_present")


@pytest.fixture
def one(house: House) -> Matter:
    factories.catalogue(CATALOGUE)
    return matter(house, "ルータの管理画面")


@pytest.fixture
def other(house: House, one: Matter) -> Matter:
    return matter(house, "ルータの管理画面の件")


def test_the_case_page_says_what_it_looks_like_and_leads_to_what_a_merge_would_do(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    page = enter(house.member).get(f"/cases/{one.case}/").text
    assert "Looks like" in page
    assert f"/cases/{one.case}/merge/?into={other.case}" in page


def test_what_would_happen_is_said_in_words_and_counts(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    cases.admit(house.member, one.case, kind="person", key="second", level="see", reason="Helps.")
    page = enter(house.member).get(f"/cases/{one.case}/merge/?into={other.case}").text
    assert f"To {other.case} go: 1 report, 1 vulnerability" in page
    assert "Nobody sees more than before" in page
    assert "person:second" in page
    assert "1 cell of the joined grid" not in page


def test_merged_in_a_few_clicks_the_old_address_leads_on(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    client = enter(house.member)
    done = client.post(
        f"/cases/{one.case}/merge/",
        {"into": other.case, "reason": "One flaw.", f"same_{one.flaw}": other.flaw, "version": ""},
    )
    assert done.headers["location"] == f"/cases/{other.case}/"
    for tail in ("", "timeline/", "products/"):
        led = client.get(f"/cases/{one.case}/{tail}")
        assert led.headers["location"] == f"/cases/{other.case}/{tail}"
    assert "was merged into this case" in client.get(f"/cases/{other.case}/").text
    left = client.get(f"/cases/{one.case}/?as=merged").text
    assert "This case was merged into another one." in left
    undo = f"/cases/{other.case}/merged/{one.case}/undo/"
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"reason": "Two flaws after all."}).status_code == 302
    assert client.get(f"/cases/{one.case}/").status_code == 200


def test_a_contradiction_is_shown_and_must_be_decided(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    triage.decide(house.member, one.case, cells=[("WN-G54/R2", one.flaw)], change=NOT_AFFECTED)
    everything = CellChange("affected", range=Range.all())
    triage.decide(house.member, other.case, cells=[("WN-G54/R2", other.flaw)], change=everything)
    client = enter(house.member)
    given = {"into": other.case, "reason": "One flaw.", f"same_{one.flaw}": other.flaw}
    shown = client.post(f"/cases/{one.case}/merge/", {**given, "preview": "1"})
    assert shown.status_code == 200
    assert "1 decision contradicts the other case" in shown.text
    assert "One flaw." in shown.text
    refused = client.post(f"/cases/{one.case}/merge/", given)
    assert refused.status_code == 422
    assert client.post(f"/cases/{one.case}/merge/", {**given, "cell_0": "into"}).status_code == 302
    assert grids.grid(house.member, other.case).cell("WN-G54/R2", other.flaw).state == "affected"


def bare(page: str, number: str) -> str:
    """A page without the number it was asked for and without what is new on each."""
    return re.sub(r"[A-Za-z0-9]{60,}|T[0-9:.]{8,}", "", page).replace(number, "")


def test_a_case_one_may_not_see_is_not_offered_and_looks_like_one_that_is_not_there(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    cases.admit(house.member, one.case, kind="person", key="second", level="lead", reason="Helps.")
    client = enter(house.second)
    assert other.case not in client.get(f"/cases/{one.case}/").text
    hidden = client.get(f"/cases/{one.case}/merge/?into={other.case}")
    ghost = client.get(f"/cases/{one.case}/merge/?into=OKI-26-GHOST")
    assert hidden.status_code == ghost.status_code == 404
    assert bare(hidden.text, other.case) == bare(ghost.text, "OKI-26-GHOST")


def test_who_does_not_see_the_joined_case_stays_on_the_merged_one_and_learns_no_number(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    cases.admit(house.member, one.case, kind="person", key="second", level="see", reason="Helps.")
    enter(house.member).post(f"/cases/{one.case}/merge/", {"into": other.case, "reason": "One flaw."})
    client = enter(house.second)
    for tail in ("", "timeline/"):
        page = client.get(f"/cases/{one.case}/{tail}")
        assert page.status_code == 200
        assert other.case not in page.text
        assert "One flaw." not in page.text


def test_a_split_is_chosen_shown_and_done(house: House, one: Matter, enter: Enter) -> None:
    client = enter(house.member)
    address = f"/cases/{one.case}/split/"
    promised = cases.start_clock(
        house.member, one.case, rule="promise", anchor_at=None, anchor_source="MSG-1", label=text("約束")
    )
    page = client.get(address).text
    assert "See what would happen" in page
    offered = re.findall(r'name="clocks" value="([^"]+)"', page)
    assert offered == [promised], "the clock of the report goes with its report"
    given = {
        "vulnerabilities": one.flaw,
        "clocks": promised,
        "shared_reports": one.report,
        "title_en": "The part",
        "reason": "Another flaw.",
    }
    shown = client.post(address, given)
    assert shown.status_code == 200
    assert "Into the new case go: 1 vulnerability, 1 decision, 1 measure" in shown.text
    done = client.post(address, {**given, "do": "1"})
    number = re.search(r"/cases/([^/]+)/", done.headers["location"])
    assert number is not None
    view = queries.case(house.member, number[1])
    assert [each.id for each in view.vulnerabilities] == [one.flaw]
    assert {each.id for each in reports.report(house.member, one.report).cases} == {one.case, number[1]}
    assert promised in {each.id for each in queries.clocks(house.member, number[1])}


def test_a_split_without_a_choice_keeps_what_was_typed(house: House, one: Matter, enter: Enter) -> None:
    given = {"title_en": "The part", "reason": "Another flaw.", "do": "1"}
    refused = enter(house.member).post(f"/cases/{one.case}/split/", given)
    assert refused.status_code == 422
    assert "Nothing is chosen" in refused.text
    assert "Another flaw." in refused.text


def test_reports_are_linked_and_parted_at_either_end(
    house: House, one: Matter, other: Matter, enter: Enter
) -> None:
    client = enter(house.member)
    link = f"/cases/{one.case}/reports/link/"
    assert client.post(link, {"report_id": "REP-26-GHOST", "reason": "x"}).status_code == 422
    assert client.post(link, {"report_id": other.report, "reason": "Two flaws."}).status_code == 302
    assert f"/reports/{other.report}/" in client.get(f"/cases/{one.case}/").text
    assert client.get(f"/cases/{one.case}/reports/{other.report}/unlink/").status_code == 200
    parted = client.post(f"/reports/{other.report}/cases/{one.case}/unlink/", {"reason": "Not so."})
    assert parted.status_code == 302
    assert {each.id for each in reports.report(house.member, other.report).cases} == {other.case}
    linked = client.post(f"/reports/{other.report}/cases/link/", {"case_id": one.case, "reason": "So."})
    assert linked.status_code == 302


def test_a_report_says_which_case_it_looks_like_and_one_click_links_it(
    house: House, one: Matter, enter: Enter
) -> None:
    new = intake.receive(
        house.member,
        source="user",
        title="ルータの管理画面の届出",
        text="ルータの管理画面で任意のコマンドが実行されます。",
        product_text="WN-G54/R2",
    )
    client = enter(house.member)
    page = client.get(f"/reports/{new}/").text
    assert "Perhaps part of the case" in page
    client.post(f"/reports/{new}/cases/{one.case}/link/")
    assert {each.id for each in reports.report(house.member, new).cases} == {one.case}
    assert "Perhaps part of the case" not in client.get(f"/reports/{new}/").text


def test_a_mark_as_a_duplicate_is_taken_back(house: House, one: Matter, other: Matter, enter: Enter) -> None:
    client = enter(house.member)
    client.post(f"/reports/{one.report}/duplicate/{other.report}/")
    assert "Is no duplicate after all" in client.get(f"/reports/{one.report}/").text
    done = client.post(f"/reports/{one.report}/duplicate/", {"reason": "Another place."})
    assert done.status_code == 302
    assert reports.report(house.member, one.report).duplicate_of == ""
