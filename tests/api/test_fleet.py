"""The fleet over the API: figures for those who may see figures, imports with each problem at its line."""

from typing import Any

import pytest
from django.test import Client

from okiagari.fleet.stores import Store
from tests.api.test_catalog import calling
from tests.factories import House
from tests.web.fleet.conftest import field, fleet, house

__all__ = ["field", "fleet", "house"]
PATHS = (
    "/fleet",
    "/fleet/distribution?product=HDL-TC1",
    "/fleet/curve?product=HDL-TC1",
    "/fleet/units?product=HDL-TC1",
    "/fleet/unit?unit=HDL-TC1-0001",
)


@pytest.fixture
def program(fleet: House) -> Client:
    return calling(fleet.support)


def test_everything_that_was_seen_and_what_nobody_knows(program: Client) -> None:
    body = program.get("/api/v1/fleet").json()
    assert (body["units"], body["silent"], body["silence_days"], body["last_heard"]) == (
        12,
        2,
        30,
        "2026-02-28",
    )
    assert [(each["version"], each["units"], each["release"]) for each in body["unknown"]] == [
        ("1.2X/β", 3, None),
        ("7", 1, None),
    ]


def test_the_distribution_of_a_product_names_releases(program: Client) -> None:
    body = program.get("/api/v1/fleet/distribution?product=HDL-TC1").json()
    assert {each["version"]: (each["release"], each["units"]) for each in body["counts"]} == {
        "V1.21": ("1.21", 6),
        "1.00": ("1.00", 2),
        "1.2X/β": (None, 3),
    }
    assert body["heard"][-1] == {"day": "2026-02-28", "units": 3}
    assert program.get("/api/v1/fleet/distribution?product=Nothing").status_code == 404


def test_a_curve_has_the_end_of_every_day(program: Client) -> None:
    items = program.get(
        "/api/v1/fleet/curve?product=HDL-TC1&product=Other%20%26%20Co&since=2026-02-26&until=2026-02-28"
    ).json()["items"]
    assert [(each["day"], each["units"]) for each in items] == [
        ("2026-02-26", 3),
        ("2026-02-27", 9),
        ("2026-02-28", 12),
    ]
    assert len(program.get("/api/v1/fleet/curve?product=HDL-TC1").json()["items"]) == 91
    assert program.get("/api/v1/fleet/curve").status_code == 422


def test_units_come_page_by_page_and_each_with_its_past(program: Client) -> None:
    first = program.get("/api/v1/fleet/units?product=HDL-TC1&limit=8").json()
    rest = program.get(
        "/api/v1/fleet/units", {"product": "HDL-TC1", "limit": 8, "cursor": first["next"]}
    ).json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (8, 3, None)
    assert first["items"][0]["release"] == "1.21"
    silent = program.get("/api/v1/fleet/units?product=HDL-TC1&silent=true").json()["items"]
    assert [each["version"] for each in silent] == ["1.00", "1.00"]
    body = program.get("/api/v1/fleet/unit?unit=HDL-TC1-0001").json()
    assert (body["source"], body["is_silent"]) == ("check-in", False)
    assert [(each["day"], each["version"], each["source"]) for each in body["observations"]] == [
        ("2026-02-27", "V1.21", "check-in")
    ]
    assert program.get("/api/v1/fleet/unit?unit=nobody").status_code == 404


def test_observations_come_in_whole_or_not_at_all(fleet: House) -> None:
    program = calling(fleet.member)

    def bring(body: str, query: str = "", **headers: str) -> Any:
        address = f"/api/v1/fleet/import?source=log{query}"
        return program.post(address, body.encode(), content_type="text/csv", headers=headers)

    head = "unit,product,version,at\n"
    wrong = bring(f"{head}N1,HDL-TC1,1.21,2026-02-01\nN2,HDL-TC1,1.21,soon\n", "&name=a.csv")
    assert wrong.status_code == 422
    assert [part["field"] for part in wrong.json()["parts"]] == ["a.csv:3:at"]
    assert program.get("/api/v1/fleet/unit?unit=N1").status_code == 404
    for key in ({}, {"idempotency-key": "k"}, {"idempotency-key": "k"}):
        done = bring(f"{head}N1,HDL-TC1,1.21,2026-02-01\n", **key)
        assert done.status_code == 200
    assert done.json() == {"lines": 1, "new": 0, "repeated": 1, "late": 0}
    lines = '{"unit":"N9","product":"HDL-TC1","version":"1.21","at":"2026-02-02"}\n'
    assert bring(lines, "&format=jsonl").json()["new"] == 1
    assert bring(lines, "&format=xml").status_code == 422


def test_figures_are_for_roles_that_may_see_figures(fleet: House, field: Store) -> None:
    for subject, status in ((fleet.auditor, 200), (fleet.administrator, 403), (fleet.partner, 403)):
        program = calling(subject)
        for path in PATHS:
            assert program.get(f"/api/v1{path}").status_code == status, (subject.key, path)
    assert calling(fleet.support).post("/api/v1/fleet/import?source=x").status_code == 403
