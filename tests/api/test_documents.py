"""Documents over the API: read, looked at and taken in, with what was not understood."""

import base64
import json

import pytest

from okiagari.disclose.models import Advisory
from tests.api.test_advisories import Caller
from tests.disclose.conftest import site
from tests.disclose.story import Story
from tests.flow.importing.conftest import PAST, SUPPLIER, exported, story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db


def file(content: bytes, name: str = "past.json") -> dict[str, str]:
    return {"name": name, "content": base64.b64encode(content).decode()}


def test_an_advisory_of_the_past_from_file_to_draft(story: Story) -> None:
    member = Caller(story.member)
    content = exported(story, x_house={"colour": "red"})
    read = member.send("POST", "/documents", file(content))
    assert read.status_code == 201, read.content
    value = read.json()
    path = f"/documents/{value['id']}"
    assert value["says"]["tracking_id"] == PAST
    assert {each["confidence"] for each in value["matches"]} == {"certain"}
    (unread,) = [each for each in value["not_understood"] if each["location"] == "/document/x_house"]
    assert json.loads(unread["text"]) == {"colour": "red"}
    assert {each["state"] for each in value["cells"]} == {"affected", "fixed", "not_affected"}
    assert base64.b64decode(member.get(f"{path}/file").json()["content"]) == content
    looked = member.send("POST", f"{path}/look", {"items": [unread["number"]]}, **{"if-match": read["ETag"]})
    assert looked.json()["not_understood"][unread["number"] - 1]["seen_by"] == story.member.key
    stale = member.send("POST", f"{path}/own", {}, **{"if-match": read["ETag"]})
    assert stale.status_code == 412
    taken = member.send("POST", f"{path}/own", {"is_closed": True})
    assert taken.status_code == 201, taken.content
    assert Advisory.objects.get(public_id=taken.json()["advisory"]).tracking_id == PAST
    after = member.get(path).json()
    assert (after["state"], after["case"]) == ("taken", taken.json()["case"])
    again = member.send("POST", f"{path}/own", {})
    assert (again.status_code, again.json()["code"]) == (409, "flow.document_taken")
    twice = member.send("POST", "/documents", file(content))
    assert (twice.status_code, twice.json()["code"]) == (409, "flow.document_here")


def test_a_suppliers_advisory_becomes_a_report(story: Story) -> None:
    member = Caller(story.member)
    value = member.send("POST", "/documents", file(json.dumps(SUPPLIER).encode())).json()
    taken = member.send("POST", f"/documents/{value['id']}/supplier", {"case": "new"})
    assert taken.status_code == 201, taken.content
    assert taken.json()["report"].startswith("REP-")
    assert member.get("/documents").json()["total"] == 1
    bad = member.send("POST", "/documents", {"name": "a", "content": "!"})
    assert bad.status_code == 422
