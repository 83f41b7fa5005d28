"""The lists and pages of the catalogue, as those who may read them see them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okiagari.catalog import actions
from okiagari.desk.subjects import SYSTEM
from tests.factories import House
from tests.web.cases.conftest import Enter


def models(page: str) -> list[str]:
    return re.findall(r'class="is-title" href="/products/[^"]+">([^<]+)<', page)


def test_the_address_holds_search_and_filters(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.support)
    assert models(browser.get("/products/").text) == ["Disk Connect", "HDL-T2WH", "HDL-TC1"]
    page = browser.get("/products/?search=ＬＡＮ&kind=device&family=HDL-T").text
    assert models(page) == ["HDL-TC1"]
    assert 'value="ＬＡＮ"' in page
    assert '<option value="device" selected>' in page
    empty = browser.get("/products/?category=toaster").text
    assert "No product matches." in empty


def test_a_long_list_has_pages_and_few_queries(house: House, enter: Enter) -> None:
    browser = enter(house.member)
    counts = []
    for count in (3, 60):
        actions.import_catalogue(
            SYSTEM,
            {
                "lines": [{"key": f"l{n}", "releases": [{"text": "1"}]} for n in range(count)],
                "products": [{"model": f"M{n:03d}", "line": f"l{n}", "category": "x"} for n in range(count)],
            },
        )
        with CaptureQueriesContext(connection) as captured:
            page = browser.get("/products/?category=x").text
        counts.append(len(captured))
    assert (len(models(page)), "1 to 50 of 60 products" in page) == (50, True)
    rest = browser.get("/products/?category=x&from=50").text
    assert models(rest)[0] == "M050"
    assert 'rel="prev"' in rest
    reading = 8  # of these, the rest is the session, the person and the counts of the rail
    assert counts[0] == counts[1]
    assert counts[1] - reading <= 12


def test_a_retired_product_is_shown_only_when_asked_for(catalogue: House, enter: Enter) -> None:
    actions.retire_product(catalogue.member, "HDL-TC1", reason="Sold out.")
    browser = enter(catalogue.member)
    assert "HDL-TC1" not in models(browser.get("/products/").text)
    assert "HDL-TC1" in models(browser.get("/products/?retired=1").text)
    assert "retired" in browser.get("/products/hdl-tc1/").text


def test_a_product_says_what_is_known_and_what_is_not(catalogue: House, enter: Enter) -> None:
    page = enter(catalogue.support).get("/products/hdl-tc1/").text
    for words in ("Network disk", "HDL-TC1", "March 2030", "2,400", "V1.21", "HDL-T2WH", "ＬＡＮディスク"):
        assert words in page
    assert re.search(r"March 2030</time> <span class=\"o-tag\">assumed", page)
    assert page.count("not stated") == 3
    assert "/edit/" not in page
    assert "/fleet/product/?product=HDL-TC1" in page


def test_a_line_shows_its_releases_oldest_first(catalogue: House, enter: Enter) -> None:
    page = enter(catalogue.member).get("/lines/hdl-t/").text
    shown = re.findall(r'<th class="is-full"><a class="o-id"[^>]*>([^<]+)</a>', page)
    assert shown == ["1.00", "1.00.008_SE", "1.21"]
    assert "only by way of 1.00" in page
    assert 'href="/products/hdl-t2wh/"' in page
    assert "/releases/alias/?release=1.00.008_SE" in page
    assert "releases/alias" not in enter(catalogue.support).get("/lines/hdl-t/").text


@pytest.mark.parametrize("path", ["/products/nothing/", "/lines/nothing/"])
def test_what_is_not_there_says_so(catalogue: House, enter: Enter, path: str) -> None:
    assert enter(catalogue.member).get(path).status_code == 404


def test_partners_and_strangers_do_not_read_the_catalogue(catalogue: House, enter: Enter) -> None:
    for path in ("/products/", "/products/hdl-tc1/", "/lines/", "/lines/hdl-t/"):
        assert enter(catalogue.partner).get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_who_may_not_see_figures_is_not_led_to_them(catalogue: House, enter: Enter) -> None:
    assert "/fleet/product/" not in enter(catalogue.administrator).get("/products/hdl-tc1/").text


def test_the_pages_speak_japanese(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member, "ja")
    assert "ファームウェア系列" in browser.get("/products/").text
    assert "出荷台数" in browser.get("/products/hdl-tc1/").text
    assert "リリース（古い順）" in browser.get("/lines/hdl-t/").text


def test_dates_that_contradict_one_another_are_told_where_they_stand(catalogue: House, enter: Enter) -> None:
    for kind, date in (("end_of_security_support", "2031"), ("end_of_life", "2030-06")):
        actions.put_support_date(catalogue.member, "HDL-TC1", kind=kind, date=date)
    browser = enter(catalogue.member)
    said = "“End of security support” lies after “End of life”"
    assert said in browser.get("/products/hdl-tc1/").text
    told = browser.get("/api/v1/products/HDL-TC1").json()["support_contradictions"]
    assert told == [["end_of_security_support", "end_of_life"]]
    actions.put_support_date(catalogue.member, "HDL-TC1", kind="end_of_life", date="2031")
    assert said not in browser.get("/products/hdl-tc1/").text
