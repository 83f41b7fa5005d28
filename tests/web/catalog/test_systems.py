"""The inventory of our own systems: kept by the team, read by few."""

from okiagari.catalog import inventory
from tests.factories import House
from tests.web.cases.conftest import Enter

FORM = {
    "key": "cloud-portal",
    "kind": "service",
    "name_en": "Cloud portal",
    "name_ja": "クラウドポータル",
    "exposure": "internet",
    "data_held_en": "mail addresses",
    "holds_personal_data": "on",
}


def test_a_system_is_written_down_and_what_lacks_is_said(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    assert browser.post("/products/systems/new/", FORM).status_code == 302
    page = browser.get("/products/systems/").content.decode()
    assert "Cloud portal" in page
    assert "whom to call" in page
    more = {**FORM, "recovery_contact": "Ops, day and night", "operator": "Hosting"}
    assert browser.post("/products/systems/cloud-portal/", more).status_code == 302
    assert inventory.system(catalogue.member, "cloud-portal").gaps == ()
    assert browser.get("/products/systems/?exposure=internal").content.decode().count("Cloud portal") == 0


def test_a_key_that_is_taken_is_refused(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    assert browser.post("/products/systems/new/", {**FORM, "key": "HDL-TC1"}).status_code == 409


def test_the_inventory_is_not_for_everybody_inside(catalogue: House, enter: Enter) -> None:
    for who in (catalogue.support, catalogue.developer, catalogue.partner):
        assert enter(who).get("/products/systems/").status_code == 403
    assert "/products/systems/" not in enter(catalogue.support).get("/products/").content.decode()
