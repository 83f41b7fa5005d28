"""Telling JPCERT/CC over the API: read what is owed, tell it with its seal, read back what was told."""

import hashlib

import pytest

from okiagari.triage.actions import CellChange
from tests.api.test_advisories import Caller
from tests.disclose.conftest import site, story
from tests.disclose.jvn.story import coordinated, decide
from tests.disclose.story import Story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db


def test_read_tell_read_back(story: Story) -> None:
    caller, path = Caller(coordinated(story).member), f"/cases/{story.case}"
    ready = caller.get(f"{path}/vendor-status").json()
    assert (ready["state"], ready["value"], ready["last"]) == ("owed", "vulnerable", None)
    file = caller.get(f"{path}/vendor-status/next/ja/xml")
    assert file.content.decode() == ready["documents"]["ja"]
    assert file["Content-Type"].startswith("application/xml")
    told = {"way": "portal", "version": ready["seal"]}
    first = caller.send("POST", f"{path}/status-reports", told, **{"Idempotency-Key": "one"})
    again = caller.send("POST", f"{path}/status-reports", told, **{"Idempotency-Key": "one"})
    assert (first.status_code, first.json()) == (201, again.json())
    number = first.json()["id"]
    (item,) = caller.get(f"{path}/status-reports").json()["items"]
    assert item == caller.get(f"{path}/status-reports/{number}").json()
    kept = caller.get(f"{path}/status-reports/{number}/ja/xml").content
    assert hashlib.sha256(kept).hexdigest() == item["files"]["ja.xml"]
    assert kept == file.content


def test_another_report_than_the_one_that_was_read_is_refused(story: Story) -> None:
    caller, path = Caller(coordinated(story).member), f"/cases/{story.case}"
    ready = caller.get(f"{path}/vendor-status").json()
    decide(story, "ETX2-RA", CellChange("investigating"))
    refused = caller.send("POST", f"{path}/status-reports/letter", {"version": ready["seen"]})
    assert (refused.status_code, refused.json()["code"]) == (412, "disclose.status_outdated")
    assert "ETX2-RA" in refused.json()["title"]
    statement = {"statement": {"ja": "準備しています。"}}
    assert caller.send("PUT", f"{path}/vendor-status/statement", statement).status_code == 204
    now = caller.get(f"{path}/vendor-status").json()
    assert now["statement"] == {"ja": "準備しています。"}
    sent = caller.send("POST", f"{path}/status-reports/letter", {"version": now["seal"]})
    assert sent.status_code == 201
    assert caller.get(f"{path}/status-reports/{sent.json()['id']}").json()["way"] == "letter"


def test_a_token_for_other_rooms_learns_nothing(story: Story) -> None:
    from django.test import Client

    from okiagari.desk import people

    _, secret = people.make_token(coordinated(story).member, label="fleet", verbs=["fleet.import"])
    client = Client(headers={"authorization": f"Bearer {secret}"})
    for number in (story.case, "OKI-26-00000"):
        here = client.get(f"/api/v1/cases/{number}/vendor-status")
        told = client.post(
            f"/api/v1/cases/{number}/status-reports", {"way": "mail"}, content_type="application/json"
        )
        assert (here.status_code, told.status_code) == (404, 404)


def test_any_two_reports_are_compared(story: Story) -> None:
    caller, path = Caller(coordinated(story).member), f"/cases/{story.case}"

    def tell() -> str:
        seal = caller.get(f"{path}/vendor-status").json()["seal"]
        told = caller.send("POST", f"{path}/status-reports", {"way": "portal", "version": seal})
        return str(told.json()["id"])

    first = tell()
    decide(story, "ETX2-RA", CellChange("investigating"))
    tell()
    decide(story, "ETX2-RA", CellChange("not_affected", justification="component_not_present"))
    third = tell()
    same = caller.get(f"{path}/status-comparison?before={first}&after={third}").json()
    assert (same["differences"], same["after"]["id"]) == ([], third)
    decide(story, "ETX2-RA", CellChange("investigating"))
    now = caller.get(f"{path}/status-comparison?before={first}").json()
    assert now["after"] is None
    assert any("ETX2-RA" in each for each in now["differences"])
    assert caller.get(f"{path}/status-comparison?before=STR-26-00000").status_code == 404
