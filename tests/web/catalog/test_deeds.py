"""Changing the catalogue by its forms: what is typed is kept, what is wrong is said at its field."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.catalog import actions, queries
from okiagari.desk.subjects import SYSTEM
from tests.factories import House
from tests.web.cases.conftest import Enter

DEEDS = (
    "/products/new/",
    "/products/import/",
    "/products/hdl-tc1/edit/",
    "/products/hdl-tc1/support/",
    "/products/hdl-tc1/shipped/",
    "/products/hdl-tc1/targets/",
    "/products/hdl-tc1/revision/?revision=",
    "/products/hdl-tc1/listing/",
    "/products/hdl-tc1/steps/",
    "/products/hdl-tc1/retire/",
    "/lines/new/",
    "/lines/hdl-t/edit/",
    "/lines/hdl-t/steps/",
    "/lines/hdl-t/releases/new/",
    "/lines/hdl-t/releases/edit/?release=1.21",
    "/lines/hdl-t/releases/state/?release=1.21",
    "/lines/hdl-t/releases/place/?release=1.21",
    "/lines/hdl-t/releases/alias/?release=1.21",
    "/lines/hdl-t/releases/unalias/?alias=V1.21",
)


def form(browser: Client, path: str) -> dict[str, Any]:
    """The fields of a form as a browser would send them back untouched."""
    response = browser.get(path)
    assert response.status_code == 200, path
    fields = response.context["form"]
    values = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in values.items() if value not in {None, False}} | {
        "version": response.context["version"] or ""
    }


def text(house: House) -> list[str]:
    return [release.text for release in queries.line(house.member, "hdl-t").releases]


def test_every_deed_opens_for_the_team_and_not_for_support(catalogue: House, enter: Enter) -> None:
    member, support = enter(catalogue.member), enter(catalogue.support)
    for path in DEEDS:
        assert member.get(path).status_code == 200, path
        assert support.get(path).status_code == 403, path
        assert support.post(path, {}).status_code == 403, path


def test_a_product_is_added_and_its_page_opens(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    typed = {
        **form(browser, "/products/new/"),
        "model": "WN-G54/R2",
        "kind": "device",
        "names_ja": "無線",
        "line": "hdl-t",
    }
    typed |= {"other_names": "a、b, c", "countries": "JP", "team": "router-dev"}
    response = browser.post("/products/new/", typed)
    assert response.headers["Location"] == "/products/wn-g54-r2/"
    view = queries.product(catalogue.member, "WN-G54/R2")
    assert (view.other_names, view.team, view.targets[0].line) == (("a", "b", "c"), "router-dev", "hdl-t")
    again = browser.post("/products/new/", typed)
    assert again.status_code == 409
    assert "is in the catalogue already" in again.text
    assert 'value="WN-G54/R2"' in again.text


def test_saving_a_product_untouched_changes_nothing_of_it(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    before = queries.product(catalogue.member, "HDL-TC1")
    path = "/products/hdl-tc1/edit/"
    assert browser.post(path, form(browser, path)).status_code == 302
    after = queries.product(catalogue.member, "HDL-TC1")
    assert {**vars(after), "version": 1} == {**vars(before), "version": 1}
    assert after.version == 2


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    path = "/products/hdl-tc1/edit/"
    typed = {
        **form(browser, path),
        "page": "javascript:alert(1)",
        "successor": "nothing",
        "names_ja": "新しい名",
    }
    response = browser.post(path, typed)
    assert response.status_code == 422
    assert 'id="id_page_error"' in response.text
    assert "新しい名" in response.text
    response = browser.post(path, {**typed, "page": ""})
    assert 'id="id_successor_error"' in response.text


def test_somebody_elses_change_in_between_is_shown_and_can_be_saved_over(
    catalogue: House, enter: Enter
) -> None:
    browser = enter(catalogue.member)
    path = "/lines/hdl-t/edit/"
    typed = {**form(browser, path), "name_en": "Mine"}
    actions.put_line(SYSTEM, {"key": "hdl-t", "name": {"en": "Theirs"}})
    response = browser.post(path, typed)
    assert response.status_code == 412
    assert 'value="Mine"' in response.text
    assert "<dd>Theirs</dd>" in response.text
    assert 'name="version" value="2"' in response.text
    assert browser.post(path, {**typed, "version": "2"}).status_code == 302
    assert queries.line(catalogue.member, "hdl-t").name.exact("en") == "Mine"


@pytest.mark.parametrize(
    ("path", "typed", "field"),
    [
        ("/products/hdl-tc1/support/", {"kind": "end_of_life", "date": "soon"}, "date"),
        ("/products/hdl-tc1/shipped/", {"date": "x", "units": "3"}, "date"),
        ("/products/hdl-tc1/shipped/", {"date": "2010", "units": "-3"}, "units"),
        ("/products/hdl-tc1/retire/", {"reason": ""}, "reason"),
        ("/lines/new/", {"key": "a b"}, "key"),
        (
            "/lines/hdl-t/releases/new/",
            {"text": "2", "sha256": "xyz", "after": "oldest", "state": "public"},
            "sha256",
        ),
        ("/lines/hdl-t/releases/state/?release=1.21", {"state": "withdrawn"}, "reason"),
        ("/lines/hdl-t/releases/place/?release=1.21", {"after": "oldest"}, "reason"),
        ("/lines/hdl-t/releases/alias/?release=1.21", {"alias": ""}, "alias"),
    ],
)
def test_a_wrong_field_is_named(
    catalogue: House, enter: Enter, path: str, typed: dict[str, str], field: str
) -> None:
    response = enter(catalogue.member).post(path, typed)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.text


def test_dates_counts_and_targets_are_set(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.developer)
    posted = {
        "support": {"kind": "end_of_life", "date": "late 2031-03", "assumed": "on"},
        "shipped": {"date": "2026", "units": "3000", "source": "台帳"},
        "targets": {"revision": "C1", "line": "hdl-t"},
        "retire": {"reason": "Sold out."},
    }
    for deed, typed in posted.items():
        assert browser.post(f"/products/hdl-tc1/{deed}/", typed).status_code == 302, deed
    view = queries.product(catalogue.member, "HDL-TC1")
    assert (str(view.support["end_of_life"]), view.shipped[-1].units) == ("late 2031-03", 3000)
    assert (view.targets[-1].key, view.is_retired) == ("HDL-TC1 C1", True)


def test_a_release_finds_its_place_its_state_and_its_names(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    new = {**form(browser, "/lines/hdl-t/releases/new/"), "text": "1.10 β/2"}
    assert new["after"] == "after 1.21"
    browser.post("/lines/hdl-t/releases/new/", {**new, "after": "after 1.00"})
    assert text(catalogue) == ["1.00", "1.10 β/2", "1.00.008_SE", "1.21"]
    at = "?release=1.10+%CE%B2%2F2"
    browser.post(f"/lines/hdl-t/releases/place/{at}", {"after": "after 1.21", "reason": "A typing error."})
    browser.post(f"/lines/hdl-t/releases/state/{at}", {"state": "in_test"})
    browser.post(f"/lines/hdl-t/releases/alias/{at}", {"alias": "110b2", "source": "device"})
    browser.post(
        f"/lines/hdl-t/releases/edit/{at}", {"date": "2026-01", "sha256": "AB" * 32, "requires": "1.21"}
    )
    last = queries.line(catalogue.member, "hdl-t").releases[-1]
    assert (last.text, last.state, str(last.date), last.sha256, last.requires) == (
        "1.10 β/2",
        "in_test",
        "2026-01",
        "ab" * 32,
        "1.21",
    )
    assert last.aliases == (("110b2", "device"),)
    browser.post("/lines/hdl-t/releases/unalias/?alias=110b2", {"reason": "No."})
    assert queries.line(catalogue.member, "hdl-t").releases[-1].aliases == ()


def test_a_file_comes_in_whole_or_tells_every_place(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)

    def bring(content: bytes) -> Any:
        return browser.post("/products/import/", {"file": SimpleUploadedFile("catalogue.yaml", content)})

    good = b"products:\n  - {model: M-1, names: {ja: x, en: y}}\n"
    assert bring(good).status_code == 302
    assert queries.product(catalogue.member, "M-1").names.exact("en") == "y"
    assert "1 products, 0 firmware lines" in browser.get("/products/").text
    wrong = bring(json.dumps({"products": [{"model": "M-2", "kind": "toy", "page": "x"}]}).encode())
    assert wrong.status_code == 422
    for place in ("products.M-2.kind", "products.M-2.page"):
        assert f'<span class="o-id">{place}</span>' in wrong.text
    assert "4:1" in bring(b"products:\n  - [a\n\n").text
    assert bring(b"").status_code == 422
    assert queries.products(catalogue.member).total == 4
