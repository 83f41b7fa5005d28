"""Letters and inquiries for programs: the same actions, the same need to know."""

import pytest
from django.test import Client

from okiagari.desk import people
from okiagari.desk.subjects import Subject
from tests import factories

JSON = "application/json"


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


def program(subject: Subject) -> Client:
    _, secret = people.make_token(subject, label="test", verbs=())
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})


def test_a_letter_is_written_and_read_back(house: factories.House) -> None:
    case_id = factories.case(house.member)
    client = program(house.member)
    made = client.post(
        f"/api/v1/cases/{case_id}/letters", {"audience": "press", "text": "An answer."}, content_type=JSON
    )
    assert made.status_code == 201, made.content
    assert made.json()["delivery"]["state"] == "by_hand"
    (talk,) = client.get(f"/api/v1/cases/{case_id}/conversations").json()["items"]
    assert talk["messages"][0]["text"] == "An answer."
    assert program(house.support).get(f"/api/v1/cases/{case_id}/conversations").status_code == 404


def test_an_inquiry_is_counted(house: factories.House) -> None:
    client = program(house.support)
    made = client.post("/api/v1/inquiries", {"note": "It restarts.", "count": 3}, content_type=JSON)
    assert (made.status_code, made.json()["count"]) == (201, 3)
    assert client.get("/api/v1/answers").json()["items"] == []
    assert program(house.developer).get("/api/v1/answers").status_code == 403


def test_a_letter_of_an_own_template_is_drafted_sent_and_marked(house: factories.House) -> None:
    case_id = factories.case(house.member)
    client = program(house.member)
    template = "/api/v1/letter-templates/press-statement"
    own = {"text": {"ja": "{maker}です。{title}を調べています。"}, "reason": "短く"}
    assert client.put(template, {**own, "text": {"ja": "{x}"}}, content_type=JSON).status_code == 422
    version = client.put(template, own, content_type=JSON).json()["version"]
    assert client.get(template).json()["versions"][0]["version"] == version
    letters = f"/api/v1/cases/{case_id}/template-letters"
    draft = client.get(letters, {"template": "press-statement"}).json()
    assert (draft["template"], draft["audience"]) == (version, "press")
    (gap,) = draft["missing"]
    refused = client.post(letters, {"template": "press-statement"}, content_type=JSON)
    assert refused.status_code == 422, "a gap is left"
    filled = {"template": "press-statement", "fill": {gap: "見本社"}, "counterpart": "記者"}
    made = client.post(letters, filled, content_type=JSON)
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    (talk,) = client.get(f"/api/v1/cases/{case_id}/conversations").json()["items"]
    assert talk["messages"][0]["template"] == version
    assert talk["messages"][0]["text"].startswith("見本社です。")
    assert client.post(f"/api/v1/messages/{number}/sent").status_code == 204
    assert client.post(f"/api/v1/messages/{number}/sent").status_code == 409
    assert program(house.support).get(letters, {"template": "press-statement"}).status_code == 404
