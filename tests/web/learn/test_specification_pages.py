"""The specification and the lessons of all cases as pages and files; the review of the criteria as a deed."""

import csv
import io
from datetime import UTC, datetime

from okiagari.learn import actions, queries
from okiagari.plumbing import clock
from okiagari.triage import actions as triage
from okiagari.triage import shipped
from okiagari.triage.rules.criteria import to_json
from tests.factories import House, text
from tests.web.cases.conftest import Enter

KEY = "services-and-ports"


def test_a_promise_leads_to_a_new_version_of_an_item(house: House, case_id: str, enter: Enter) -> None:
    lesson = actions.learn(house.member, case_id, area="specification", text=text("開いたポート"))
    promise = actions.promise(house.member, lesson, text=text("照合する"), team="psirt")
    browser = enter(house.member)
    page = browser.get("/specification/").text
    for words in ("Stop unneeded services, close ports", "as shipped", "ETSI EN 303 645 5.6", "照合する"):
        assert words in page
    typed = {
        "title_en": "Ports",
        "text_en": "Checked.",
        "references": "Our 3.2\n",
        "because": promise,
        "version": "0",
    }
    address = f"/specification/{KEY}/change/"
    refused = browser.post(address, typed)
    assert (refused.status_code, "Checked." in refused.text) == (422, True)
    assert (
        browser.post(address, {**typed, "reason": "A case"}).headers["Location"] == f"/specification/{KEY}/"
    )
    assert browser.post(address, {**typed, "reason": "Again"}).status_code == 412
    page = browser.get(f"/specification/{KEY}/").text
    assert "Because of a lesson:" in page
    assert "Our 3.2" in page
    assert "Because of a lesson:" not in enter(house.developer).get(f"/specification/{KEY}/").text
    browser = enter(house.member)
    browser.post(f"/specification/{KEY}/withdraw/", {"reason": "Merged", "version": "1"})
    assert not queries.spec_item(house.member, KEY).is_in_force
    assert "1 item no longer counts" in browser.get("/specification/").text
    new = {"key": "boot", "title_en": "Boot", "text_en": "Signed.", "reason": "New"}
    assert browser.post("/specification/new/", new).headers["Location"] == "/specification/"
    assert browser.get("/specification/nothing/").status_code == 404


def test_promises_of_all_cases_are_filtered_and_exported(house: House, case_id: str, enter: Enter) -> None:
    lesson = actions.learn(house.member, case_id, area="criteria", text=text("基準"))
    kept = actions.promise(house.member, lesson, text=text("=直す"), team="psirt")
    actions.promise(
        house.member, lesson, text=text("残り"), person="developer", due_at=datetime(2001, 1, 1, tzinfo=UTC)
    )
    version = triage.adopt_criteria(house.member, to_json(shipped.criteria()))
    browser = enter(house.member)
    address = f"/cases/{case_id}/lessons/promises/{kept}/kept/"
    assert "Kept by this version of the criteria" in browser.get(address).text
    browser.post(address, {"outcome": "Adopted", "evidence": "Minutes 12", "criteria_version": str(version)})
    page = browser.get("/lessons/").text
    assert "残り" in page
    assert "may not see the case" in page
    assert "=直す" not in page
    page = browser.get("/lessons/?state=kept").text
    assert f"Criteria version {version}" in page
    assert "Minutes 12" in page
    assert "No promise fits." in browser.get("/lessons/?area=tools").text
    rows = list(
        csv.reader(io.StringIO(browser.get("/lessons/promises.csv?sort=state").text.lstrip("\ufeff")))
    )
    assert [row[1] for row in rows] == ["state", "late", "kept"]
    assert rows[2][5] == "'=直す"
    assert {each["state"] for each in browser.get("/lessons/promises.json").json()} == {"late", "kept"}
    assert "Judgement criteria" in browser.get("/lessons/years/").text


def test_the_review_of_the_criteria_waits_on_the_desk_and_is_recorded(house: House, enter: Enter) -> None:
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        triage.adopt_criteria(house.member, to_json(shipped.criteria()), next_review="2026-06")
    with clock.at(datetime(2026, 6, 20, tzinfo=UTC)):
        browser = enter(house.member)
        assert 'href="/criteria/review/"' in browser.get("/").text
        assert browser.post("/criteria/review/", {"reason": ""}).status_code == 422
        typed = {"reason": "Five cases as proposed", "next_review": "2027-06"}
        assert browser.post("/criteria/review/", typed).headers["Location"] == "/criteria/"
        assert 'href="/criteria/review/"' not in browser.get("/").text
        assert "Five cases as proposed" in browser.get("/criteria/").text
