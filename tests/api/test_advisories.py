"""Advisories over the API: approve by hash, publish once, problems as documents."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from okiagari.desk import people
from okiagari.desk.subjects import Subject
from tests.disclose.conftest import site, story
from tests.disclose.story import Story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db(transaction=True)


class Caller:
    """Somebody with a token."""

    def __init__(self, subject: Subject) -> None:
        _, secret = people.make_token(subject, label="test")
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}")

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        return self.client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body if body is not None else {}),
            content_type="application/json",
            headers=headers,
        )


def test_from_draft_to_live(story: Story, site: Path) -> None:
    member, path = Caller(story.member), f"/advisories/{story.advisory}"
    seal = member.send("POST", f"{path}/submit").json()["snapshot"]
    assert member.get(f"{path}/snapshot").json()["sha256"] == seal
    approver = Caller(story.approver)
    wrong = approver.send("POST", f"{path}/approve", {"snapshot": "0" * 64})
    assert (wrong.status_code, wrong.json()["code"]) == (412, "disclose.asks_again")
    assert approver.send("POST", f"{path}/approve", {"snapshot": seal}).status_code == 204
    out = member.send("POST", f"{path}/publish")
    assert (out.status_code, out.json()["number"], out.json()["state"]) == (200, 1, "published")
    assert (site / "current" / "ja" / "sa-2015-001.html").is_file()
    assert [each["number"] for each in member.get(f"{path}/publications").json()["items"]] == [1]


def test_a_repeated_request_publishes_nothing_again(story: Story, site: Path) -> None:
    story.approved()
    member, path = Caller(story.member), f"/advisories/{story.advisory}/publish"
    key = {"Idempotency-Key": "one"}
    first = member.send("POST", path, {}, **key)
    again = member.send("POST", path, {}, **key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    refused = member.send("POST", path, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "disclose.not_approved")


def test_a_scheduled_publication_is_accepted_and_can_be_cancelled(story: Story, site: Path) -> None:
    story.approved()
    member, path = Caller(story.member), f"/advisories/{story.advisory}/publish"
    out = member.send("POST", path, {"at": "2031-08-18T03:00:00Z"})
    assert (out.status_code, out.json()["state"]) == (202, "scheduled")
    assert member.send("DELETE", f"{path}?reason=x").status_code == 204


def test_words_are_written_language_by_language_against_a_version(story: Story) -> None:
    member, path = Caller(story.member), f"/advisories/{story.advisory}"
    tag = member.get(path)["ETag"]
    done = member.send("PATCH", path, {"advice": {"ja": "遮断"}}, **{"If-Match": tag})
    assert done.json()["words"]["advice"] == {"ja": "遮断"}
    assert done["ETag"] != tag
    stale = member.send("PATCH", path, {"advice": {"en": "Block"}}, **{"If-Match": tag})
    assert stale.status_code == 412


def test_previews_come_in_their_own_type(story: Story) -> None:
    member, path = Caller(story.member), f"/advisories/{story.advisory}/preview"
    document = member.get(f"{path}/en/csaf")
    assert document["Content-Type"].startswith("application/json")
    assert document.json()["document"]["tracking"]["id"] == "SA-2015-001-en"
    for name, kind in (
        ("vuldef", "application/xml"),
        ("cve-2015-2984", "application/json"),
        ("cve-request", "text/plain"),
    ):
        assert member.get(f"{path}/en/{name}")["Content-Type"].startswith(kind)
    listed = member.get(f"/advisories/{story.advisory}/formats").json()["items"]
    assert {each["format"] for each in listed} >= {"csaf", "openvex", "cyclonedx-1.7", "openeox-np-bbrs"}
    assert all(each["goes_out"] for each in listed)
    assert any("no_fix_planned" in loss for each in listed for loss in each["losses"])
    assert member.get(f"{path}/fr/page").status_code == 404
    assert member.get(f"{path}/ja/docx").status_code == 404


def test_the_list_pages_with_a_cursor(story: Story) -> None:
    member = Caller(story.member)
    made = member.send("POST", "/advisories", {"cases": [story.case], "title": {"ja": "二つめ"}})
    assert made.status_code == 201
    first = member.get("/advisories?limit=1").json()
    second = member.get(f"/advisories?limit=1&cursor={first['next']}").json()
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {story.advisory, made.json()["id"]}
    assert (first["total"], second["next"]) == (2, None)


def test_others_are_told_that_there_is_nothing(story: Story) -> None:
    path = f"/advisories/{story.advisory}"
    for subject in (story.house.second, story.approver):
        caller = Caller(subject)
        assert caller.get("/advisories").json()["items"] == []
        for tail in (
            "",
            "/snapshot",
            "/missing",
            "/publications",
            "/preview/ja/csaf",
            "/preview/ja/openvex",
            "/formats",
        ):
            assert caller.get(path + tail).status_code == 404


def test_measures_are_planned_and_say_what_is_lacking(story: Story) -> None:
    member, path = Caller(story.member), f"/cases/{story.case}/measures"
    body = {"kind": "workaround", "text": {"ja": "遮断"}, "targets": ["WN-G54/R2"]}
    made = member.send("POST", path, body)
    assert made.status_code == 201
    assert member.send("POST", f"/measures/{made.json()['id']}/ready").status_code == 204
    found = member.get(path).json()
    assert {each["kind"] for each in found["items"]} == {"stop_use", "workaround"}
    assert found["lacking"] == {"plan": [], "ready": []}
    refused = member.send("POST", path, {**body, "kind": "fix", "targets": ["NP-BBRS"]})
    assert (refused.status_code, refused.json()["field"]) == (409, "targets")


def test_the_release_of_a_planned_fix_is_named_when_its_number_is_known(story: Story) -> None:
    member, path = Caller(story.member), f"/cases/{story.case}/measures"
    body = {"kind": "fix", "targets": ["WN-G54/R2"], "planned": "2016-01", "planned_confidence": "likely"}
    address = f"/measures/{member.send('POST', path, body).json()['id']}/plan"
    wrong = member.send("POST", address, {"reason": "番号決定", "release": ["wn-g54-r2", "9.99"]})
    assert (wrong.status_code, wrong.json()["field"]) == (404, "release")
    named = {"reason": "番号決定", "release": ["wn-g54-r2", "1.03"]}
    assert member.send("POST", address, named).status_code == 204
    fix = next(each for each in member.get(path).json()["items"] if each["kind"] == "fix")
    assert (fix["release"], fix["planned_confidence"]) == (["wn-g54-r2", "1.03"], "likely")
