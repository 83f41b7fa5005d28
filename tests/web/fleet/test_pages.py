"""What was seen in the field, for those who may see figures."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from okiagari.catalog import queries as catalog
from okiagari.fleet import queries
from okiagari.fleet.stores import Store
from tests.factories import House
from tests.support.field import heard
from tests.web.cases.conftest import Enter
from tests.web.fleet.conftest import NOW

PATHS = (
    "/fleet/",
    "/fleet/product/?product=HDL-TC1",
    "/fleet/units/?product=HDL-TC1",
    "/fleet/unit/?unit=HDL-TC1-0001",
)


def figures(page: str) -> list[str]:
    """The figures at the top of the page, not the keys listed at its end."""
    return re.findall(r"<dd>([^<]+)</dd></div>", page.partition("</main>")[0])


def test_the_overview_says_who_was_seen_and_who_is_silent(fleet: House, enter: Enter) -> None:
    page = enter(fleet.support).get("/fleet/").text
    assert figures(page) == ["2", "12", "16.7 %", "2026-02-28"]
    assert "not in the catalogue" in page
    assert "Other &amp; Co" in page
    assert "Make it an alias" not in page


def test_a_text_nobody_knows_becomes_an_alias_in_one_step(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.developer)
    assert 'value="hdl-t|1.21"' in browser.get("/fleet/").text
    typed = {"product": "HDL-TC1", "version": "1.2X/β", "release": "hdl-t|1.21"}
    assert browser.post("/fleet/alias/", typed).headers["Location"] == "/fleet/"
    found = catalog.resolve(fleet.member, "HDL-TC1", "1.2x/β")
    assert found is not None
    assert found.text == "1.21"
    page = browser.get("/fleet/").text
    assert "hdl-t|1.21" not in page
    assert "now means release 1.21" in page


@pytest.mark.parametrize(
    ("release", "status"), [("hdl-t|1.00", 409), ("", 422), ("hdl-t|9", 404), ("none|1.21", 404)]
)
def test_an_alias_that_cannot_be_says_why_on_the_page(
    fleet: House, enter: Enter, release: str, status: int
) -> None:
    typed = {"product": "HDL-TC1", "version": "V1.21", "release": release}
    response = enter(fleet.member).post("/fleet/alias/", typed)
    assert response.status_code == status
    assert 'class="o-problem"' in response.text
    assert "Version texts nobody knows" in response.text


def test_a_product_shows_its_versions_and_the_share_on_the_newest(fleet: House, enter: Enter) -> None:
    page = enter(fleet.support).get("/fleet/product/?product=HDL-TC1").text
    assert figures(page) == ["11", "18.2 %", "2026-02-28"]
    assert "54.5 %" in page
    assert re.findall(r'<a class="o-id" href="[^"]+">([^<]+)</a>', page) == ["V1.21", "1.2X/β", "1.00"]
    assert "<svg" in page
    outside = enter(fleet.support).get("/fleet/product/?product=Other+%26+Co").text
    assert "not in the catalogue" in outside
    assert "nothing to measure against" in outside


def test_units_are_listed_by_version_and_silence(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.auditor)

    def units(query: str) -> int:
        return browser.get(f"/fleet/units/?product=HDL-TC1{query}").text.count("/fleet/unit/?unit=")

    assert [units(query) for query in ("", "&silent=yes", "&silent=no", "&version=1.2X/%CE%B2")] == [
        11,
        2,
        9,
        3,
    ]


def test_units_come_page_by_page(house: House, field: Store, enter: Enter) -> None:
    heard(field, "HDL-TC1", 130, "1.21", NOW)
    browser = enter(house.member)
    first = browser.get("/fleet/units/?product=HDL-TC1").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    last = browser.get("/fleet/units/" + following[1].replace("&amp;", "&")).text
    assert [page.count("/fleet/unit/?unit=") for page in (first, last)] == [100, 30]
    assert 'rel="next"' not in last


def test_a_unit_shows_every_observation_with_its_source(fleet: House, enter: Enter) -> None:
    page = enter(fleet.support).get("/fleet/unit/?unit=HDL-TC1-0001").text
    for words in ("HDL-TC1-0001", "V1.21", "1.21", "check-in", "2026-02-27"):
        assert words in page


@pytest.mark.parametrize(
    "path", ["/fleet/unit/?unit=nobody", "/fleet/unit/", "/fleet/units/", "/fleet/product/?product=Nothing"]
)
def test_what_was_never_seen_is_not_there(fleet: House, enter: Enter, path: str) -> None:
    assert enter(fleet.member).get(path).status_code == 404


def test_figures_are_for_roles_that_may_see_figures(fleet: House, enter: Enter) -> None:
    for subject in (fleet.administrator, fleet.partner):
        browser = enter(subject)
        for path in PATHS:
            assert browser.get(path).status_code == 403, path
        assert browser.post("/fleet/alias/", {}).status_code == 403
    assert enter(fleet.support).get("/fleet/import/").status_code == 403
    assert (
        enter(fleet.auditor).post("/fleet/alias/", {"release": "hdl-t|1.21", "version": "x"}).status_code
        == 403
    )


def test_a_file_is_imported_whole_or_tells_every_line(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.member)

    def bring(content: str, **typed: str) -> Any:
        file = SimpleUploadedFile("log.csv", content.encode())
        return browser.post(
            "/fleet/import/", {"form": "csv", "source": "update server", "file": file, **typed}
        )

    head = "unit,product,version,at\n"
    wrong = bring(head + "N1,HDL-TC1,1.21,soon\nN2,,1.21,2026-02-01\nN3,HDL-TC1,1.21,2026-02-01\n")
    assert wrong.status_code == 422
    for place in ("log.csv:2:at", "log.csv:3:product"):
        assert place in wrong.text
    assert "N3" not in [unit.unit for unit in queries.units(fleet.member, "HDL-TC1").units]
    good = bring(head + "N3,HDL-TC1,1.21,2026-02-01\n")
    assert good.headers["Location"] == "/fleet/"
    assert queries.unit_history(fleet.member, "N3").unit.source == "import:update server"
    assert "1 lines: 1 new" in browser.get("/fleet/").text
    assert bring("", source="").status_code == 422


def test_an_empty_fleet_teaches_the_next_step(house: House, field: Store, enter: Enter) -> None:
    assert 'href="/fleet/import/"' in enter(house.member).get("/fleet/").text
    page = enter(house.support).get("/fleet/").text
    assert "No unit was seen yet." in page
    assert "/fleet/import/" not in page


def test_the_pages_speak_japanese(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.member, "ja")
    assert "未知のバージョン表記" in browser.get("/fleet/").text
    assert "すべての観測記録" in browser.get(PATHS[3]).text
