"""The catalogue over the API: ETag and If-Match, whole entries, imports; problems at their field."""

import json
from typing import Any

import pytest
from django.test import Client

from okiagari.catalog import queries
from okiagari.desk import people
from okiagari.desk.subjects import Subject
from tests.api.test_cases import caller, send
from tests.catalog.conftest import CATALOGUE, catalogue, house
from tests.factories import House
from tests.plumbing.test_pictures import picture

__all__ = ["caller", "catalogue", "house"]


@pytest.fixture
def program(catalogue: House) -> Client:
    return calling(catalogue.member)


def calling(subject: Subject) -> Client:
    _, secret = people.make_token(subject, label="test")
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})


def test_products_are_listed_page_by_page(program: Client) -> None:
    first = program.get("/api/v1/products?limit=2").json()
    assert (len(first["items"]), first["total"]) == (2, 3)
    last = program.get("/api/v1/products", {"limit": 2, "cursor": first["next"]}).json()
    assert ([each["model"] for each in last["items"]], last["next"]) == (["HDL-TC1"], None)
    found = program.get("/api/v1/products", {"search": "ＬＡＮ", "kind": "device"}).json()
    assert found["total"] == 1
    assert program.get("/api/v1/products?cursor=x").status_code == 422


def test_a_product_has_an_etag_and_no_inner_numbers(program: Client) -> None:
    response = program.get("/api/v1/products/HDL-TC1")
    assert response.headers["ETag"] == '"v1"'
    body = response.json()
    assert body["support"] == {"end_of_security_support": "2030-03"}
    assert (body["assumed_support"], body["successor"]) == (["end_of_security_support"], "HDL-T2WH")
    assert "team_principal" not in json.dumps(body)
    assert program.get("/api/v1/products/nothing").status_code == 404


def test_a_model_number_may_hold_a_slash(program: Client) -> None:
    made = send(program, "put", "/products/WN-G54/R2", {"names": {"ja": "無線"}}, **{"if-none-match": "*"})
    assert (made.status_code, made.json()["slug"]) == (200, "wn-g54-r2")
    assert program.get("/api/v1/products/WN-G54/R2").json()["model"] == "WN-G54/R2"
    assert program.get("/api/v1/products/WN-G54%2FR2").status_code == 200
    again = send(program, "put", "/products/WN-G54/R2", {}, **{"if-none-match": "*"})
    assert (again.status_code, again.json()["code"]) == (409, "catalog.there_already")


def test_a_product_is_put_whole_and_not_over_somebody_elses_change(program: Client) -> None:
    body = {"names": {"ja": "新"}, "category": "nas", "team": "router-dev"}
    done = send(program, "put", "/products/HDL-TC1", body, **{"if-match": '"v1"'})
    assert (done.headers["ETag"], done.json()["team"], done.json()["successor"]) == ('"v2"', "router-dev", "")
    stale = send(program, "put", "/products/HDL-TC1", body, **{"if-match": '"v1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "desk.stale")


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("put", "/products/X", {"kind": "toy"}, "kind"),
        ("put", "/products/X", {"team": "nobody"}, "team"),
        ("put", "/product-dates/HDL-TC1", {"kind": "end_of_life", "date": "soon"}, "date"),
        ("post", "/product-shipped/HDL-TC1", {"date": "2010", "units": -1}, "units"),
        ("put", "/lines/a.b", {}, "key"),
        ("put", "/lines/hdl-t/releases/2.0", {"url": "ftp://x"}, "url"),
        ("post", "/lines/hdl-t/aliases", {"release": "1.21", "alias": " "}, "alias"),
        ("post", "/lines/hdl-t/release-state", {"release": "1.21", "state": "withdrawn"}, "reason"),
    ],
)
def test_a_wrong_field_is_named(program: Client, method: str, path: str, body: Any, field: str) -> None:
    response = send(program, method, path, body)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["field"].rpartition(".")[2] == field


def test_dates_counts_and_targets_are_set(program: Client) -> None:
    send(program, "put", "/product-dates/HDL-TC1", {"kind": "end_of_life", "date": "2031", "assumed": True})
    for _ in range(2):
        done = send(
            program,
            "post",
            "/product-shipped/HDL-TC1",
            {"date": "2026", "units": 9},
            **{"idempotency-key": "s"},
        )
        assert done.status_code == 200
    body = send(program, "post", "/product-targets/HDL-TC1", {"revision": "C1", "line": "hdl-t"}).json()
    assert (body["version"], body["support"]["end_of_life"], body["shipped"][-1]["units"]) == (4, "2031", 9)
    assert [target["key"] for target in body["targets"]] == ["HDL-TC1", "HDL-TC1 C1"]
    assert send(program, "post", "/product-retire/HDL-TC1", {"reason": "Sold out."}).json()["is_retired"]
    assert not send(program, "post", "/product-restore/HDL-TC1", {"reason": "Not."}).json()["is_retired"]


def test_releases_keep_the_order_they_are_given(program: Client, catalogue: House) -> None:
    put = send(program, "put", "/lines/hdl-t/releases/1.10%2Fb", {"after": "1.00", "state": "planned"})
    assert [each["text"] for each in put.json()["releases"]] == ["1.00", "1.10/b", "1.00.008_SE", "1.21"]
    moved = send(
        program, "post", "/lines/hdl-t/release-place", {"release": "1.10/b", "after": "1.21", "reason": "x"}
    )
    assert moved.json()["releases"][-1]["text"] == "1.10/b"
    send(program, "post", "/lines/hdl-t/release-state", {"release": "1.10/b", "state": "public"})
    send(program, "post", "/lines/hdl-t/aliases", {"release": "1.10/b", "alias": "110b", "source": "device"})
    newest = queries.line(catalogue.member, "hdl-t").newest
    assert newest is not None
    assert (newest.text, newest.aliases) == ("1.10/b", (("110b", "device"),))
    whole = program.get("/api/v1/lines/hdl-t")
    assert (whole.headers["ETag"], len(program.get("/api/v1/lines").json()["items"])) == ('"v5"', 1)


def test_a_catalogue_comes_in_whole_or_not_at_all(house: House) -> None:
    program = calling(house.administrator)
    done = send(program, "post", "/catalogue/import", CATALOGUE)
    assert done.json() == {"organisations": 1, "products": 3, "lines": 1, "releases": 3, "targets": 5}
    yaml = program.post(
        "/api/v1/catalogue/import", b"products: [{model: A, kind: toy, page: x}]", content_type="text/yaml"
    )
    assert yaml.status_code == 422
    assert [part["field"] for part in yaml.json()["parts"]] == ["products.A.kind", "products.A.page"]
    assert program.get("/api/v1/products").json()["total"] == 3


def test_programs_may_no_more_than_their_person(catalogue: House) -> None:
    support, partner = calling(catalogue.support), calling(catalogue.partner)
    assert support.get("/api/v1/products").status_code == 200
    assert send(support, "put", "/products/X").status_code == 403
    assert send(support, "post", "/catalogue/import").status_code == 403
    assert partner.get("/api/v1/products").status_code == 403
    assert Client().get("/api/v1/products").status_code == 401


def test_steps_numbers_and_listing_are_put_and_pictures_come_back_clean(program: Client) -> None:
    sent = picture("JPEG", comment=b"SECRET")
    kept = program.post("/api/v1/catalogue/pictures", sent, content_type="image/jpeg").json()
    assert (kept["kind"], kept["width"]) == ("jpeg", 40)
    seen = program.get(f"/api/v1/catalogue/pictures/{kept['sha256']}")
    assert seen["Content-Type"] == "image/jpeg"
    assert b"SECRET" not in seen.content
    step = {"text": {"ja": "裏返す"}, "picture": kept["sha256"], "alt": {"ja": "図", "en": "Picture"}}
    line = send(program, "put", "/lines/hdl-t/steps", {"steps": [step]}).json()
    assert line["steps"][0]["picture"]["sha256"] == kept["sha256"]
    product = send(program, "put", "/product-steps/HDL-TC1", {"steps": [{"text": "一"}]}).json()
    assert len(product["steps"]) == 1
    numbers = {"revision": "A1", "serial_numbers": ["XY*"]}
    product = send(program, "put", "/product-revisions/HDL-T2WH", numbers).json()
    assert product["variants"][0]["serial_numbers"] == ["XY*"]
    listed = {"listing": "listed", "reason": "sold"}
    assert send(program, "post", "/product-listing/HDL-TC1", listed).json()["listing"] == "listed"
    wrong = send(program, "put", "/lines/hdl-t/steps", {"steps": [{**step, "alt": "図"}]})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "alt")


def test_an_export_comes_in_again(program: Client) -> None:
    taken = program.get("/api/v1/catalogue/export").json()
    assert {each["model"] for each in taken["products"]} == {"HDL-TC1", "HDL-T2WH", "Disk Connect"}
    again = program.post("/api/v1/catalogue/import", json.dumps(taken), content_type="application/json")
    assert (again.status_code, again.json()["products"]) == (200, 3)
    assert program.get("/api/v1/catalogue/export").json() == taken
