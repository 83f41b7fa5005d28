"""The case file over the API: ETag and If-Match, Idempotency-Key, problems, need to know."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.cases import actions, queries
from okiagari.desk import people
from okiagari.desk.subjects import Subject
from tests import factories

JSON = "application/json"
Caller = Callable[..., Client]


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


@pytest.fixture
def case_id(house: factories.House) -> str:
    return factories.case(house.member)


@pytest.fixture
def caller() -> Caller:
    """A program with a token of somebody."""

    def caller(subject: Subject, *verbs: str) -> Client:
        _, secret = people.make_token(subject, label="test", verbs=verbs)
        return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})

    return caller


def send(program: Client, method: str, path: str, body: object = None, **headers: str) -> Any:
    return program.generic(
        method.upper(), f"/api/v1{path}", json.dumps(body or {}), content_type=JSON, headers=headers
    )


def test_a_case_is_opened_once_for_one_key(house: factories.House, caller: Caller) -> None:
    program = caller(house.member)
    body = {"title": {"ja": "穴", "en": "Hole"}, "kinds": ["product"]}
    first = send(program, "post", "/cases", body, **{"idempotency-key": "k1"})
    again = send(program, "post", "/cases", body, **{"idempotency-key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.json()["title"] == {"ja": "穴", "en": "Hole"}
    assert "scope_id" not in first.json()
    assert program.get("/api/v1/cases").json()["total"] == 1


def test_a_case_has_its_version_as_etag_and_a_stale_one_changes_nothing(
    house: factories.House, caller: Caller, case_id: str
) -> None:
    program = caller(house.member)
    seen = program.get(f"/api/v1/cases/{case_id}")
    assert seen["ETag"] == '"v1"'
    changed = send(
        program, "patch", f"/cases/{case_id}", {"title": {"en": "Mine"}}, **{"if-match": seen["ETag"]}
    )
    assert (changed.status_code, changed["ETag"]) == (200, '"v2"')
    stale = send(program, "patch", f"/cases/{case_id}", {"title": {"en": "Late"}}, **{"if-match": '"v1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "desk.stale")
    assert program.get(f"/api/v1/cases/{case_id}").json()["title"] == {"en": "Mine"}


def test_a_problem_names_its_field(house: factories.House, caller: Caller, case_id: str) -> None:
    answer = send(caller(house.member), "patch", f"/cases/{case_id}", {"kinds": ["service"]})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["field"]) == ("cases.reason_needed", "reason")


def test_the_whole_file_is_written_and_read(house: factories.House, caller: Caller, case_id: str) -> None:
    program = caller(house.member)
    case = f"/cases/{case_id}"

    def made(path: str, body: object) -> Any:
        answer = send(program, "post", path, body)
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    flaw = made(f"{case}/vulnerabilities", {"title": {"en": "Overflow"}, "cve": "CVE-2015-2984"})
    changed = send(program, "patch", f"/vulnerabilities/{flaw}", {"impact": {"en": "Any code runs."}})
    assert changed.status_code == 200
    embargo = {
        "state": "agreed",
        "until": "2099-08-18T01:00:00Z",
        "zone": "Asia/Tokyo",
        "agreed_with": "JPCERT/CC",
    }
    assert send(program, "put", f"{case}/embargo", embargo).json()["is_embargoed"] is True
    fact = {"kind": "exploit_public", "at": "2015-06-01T10:00:00+09:00", "evidence": "https://example.org"}
    noted = made(f"/vulnerabilities/{flaw}/facts", fact)
    decision = program.get(f"/api/v1{case}/tasks").json()["items"][0]
    assert decision["is_decision"] is True
    refused = send(program, "post", f"/tasks/{decision['id']}/finish", {})
    assert refused.json()["code"] == "cases.decide_it"
    made(f"{case}/embargo-decisions", {"choice": "keep", "reason": "Keep the date."})
    decided = next(
        each for each in program.get(f"/api/v1{case}/tasks").json()["items"] if each["id"] == decision["id"]
    )
    assert decided["state"] == "done"
    task = made(f"{case}/tasks", {"title": {"en": "Count"}, "team": "support"})
    assert [each["id"] for each in program.get("/api/v1/tasks").json()["items"]] == [task]
    assert send(program, "post", f"/tasks/{task}/drop", {"reason": "Known."}).json()["state"] == "dropped"
    mark = made(f"{case}/clocks", {"rule": "jpcert_publication", "anchor_source": "REP-1"})
    waiting = [each for each in program.get("/api/v1/clocks").json()["items"] if each["id"] == mark]
    assert waiting[0]["waits_for"] == "the coordinator first tries to contact us"
    anchored = {"rule": "jpcert_publication", "anchor_source": "REP-1", "anchor_at": "2015-04-01T02:00:00Z"}
    assert made(f"{case}/clocks", anchored) == mark
    moved = {"until": "2099-08-18T01:00:00Z", "agreed_with": "JPCERT/CC", "reason": "Two products."}
    assert send(program, "post", f"/clocks/{mark}/extend", moved).status_code == 200
    assert send(program, "post", f"/clocks/{mark}/meet", {"by": "Advisory"}).status_code == 200
    assert send(program, "post", f"/clocks/{mark}/waive", {"reason": "x"}).status_code == 409
    party = made(f"{case}/parties", {"role": "partner", "organisation": "integrator"})
    assert send(program, "post", f"/parties/{party}/end", {"reason": "Over."}).status_code == 200
    told = send(
        program,
        "post",
        f"{case}/communications",
        {"audience": "sales", "text": "x", "subject_line": "NP-BBRS"},
    )
    assert told.json()["field"] == "subject_line"
    made(f"{case}/communications", {"audience": "sales", "text": "Stop shipping."})
    grant = {"kind": "team", "key": "support", "level": "see", "reason": "Answers customers."}
    assert send(program, "put", f"{case}/grants", grant).status_code == 200
    assert send(program, "delete", f"{case}/grants/team/support").status_code == 200
    assert send(program, "post", f"/facts/{noted}/withdraw", {"reason": "Not ours."}).status_code == 200
    assert send(program, "post", f"/vulnerabilities/{flaw}/withdraw", {"reason": "Twice."}).status_code == 200
    assert send(program, "post", f"{case}/close", {"reason": "Over."}).json()["closed_at"] is not None
    assert send(program, "post", f"{case}/reopen", {"reason": "Not over."}).json()["closed_at"] is None
    lines = program.get(f"/api/v1{case}/timeline").json()["items"]
    assert lines[0]["sentence"] == "Reopened the case."
    assert lines[0]["door"] == "api"
    assert lines[-1]["verb"] == "cases.opened"


def test_evidence_goes_up_and_comes_down(house: factories.House, caller: Caller, case_id: str) -> None:
    program = caller(house.member)
    form = {"file": SimpleUploadedFile("log.txt", b"seen"), "note": "From the device."}
    made = program.post(f"/api/v1/cases/{case_id}/evidence", form)
    assert made.status_code == 201, made.content
    (kept,) = program.get(f"/api/v1/cases/{case_id}/evidence").json()["items"]
    assert (kept["name"], kept["note"], kept["size"]) == ("log.txt", "From the device.", 4)
    down = program.get(f"/api/v1/evidence/{kept['id']}")
    assert (down.content, down["Content-Type"]) == (b"seen", "application/octet-stream")
    assert program.post(f"/api/v1/cases/{case_id}/evidence", {"note": "Only words."}).status_code == 201
    assert program.post(f"/api/v1/cases/{case_id}/evidence", {"note": ""}).status_code == 422


def test_pages_of_the_list_follow_by_a_signed_cursor(house: factories.House, caller: Caller) -> None:
    numbers = {factories.case(house.member, f"件{each}") for each in range(5)}
    program, seen, cursor = caller(house.member), [], ""
    while True:
        page = program.get("/api/v1/cases", {"limit": 2, "cursor": cursor, "sort": "opened"}).json()
        seen += [each["case_id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert (len(seen), set(seen)) == (5, numbers)
    assert program.get("/api/v1/cases", {"cursor": "forged"}).json()["code"] == "api.bad_cursor"


READS = ("", "/timeline", "/tasks", "/clocks", "/parties", "/grants", "/communications", "/evidence")


@pytest.mark.parametrize("who", ["second", "developer", "partner", "auditor", "administrator"])
def test_a_program_of_somebody_outside_cannot_tell_a_real_case_from_none(
    house: factories.House, caller: Caller, case_id: str, who: str
) -> None:
    program = caller(getattr(house, who))
    for read in READS:
        real = program.get(f"/api/v1/cases/{case_id}{read}")
        made_up = program.get(f"/api/v1/cases/OKI-26-00000{read}")
        assert real.status_code == made_up.status_code == 404, read
        assert real.content == made_up.content, read
    for write in ("/vulnerabilities", "/parties", "/tasks", "/communications", "/clocks"):
        body = {
            "title": {"en": "x"},
            "role": "finder",
            "name": "x",
            "audience": "press",
            "text": "x",
            "rule": "promise",
            "anchor_source": "x",
        }
        real = send(program, "post", f"/cases/{case_id}{write}", body)
        made_up = send(program, "post", f"/cases/OKI-26-00000{write}", body)
        assert (real.status_code, real.content) == (made_up.status_code, made_up.content), write
        assert real.status_code == 404
    assert case_id not in program.get("/api/v1/cases").content.decode()


def test_a_partner_reads_the_outline_and_not_what_we_lack(
    house: factories.House, caller: Caller, case_id: str
) -> None:
    actions.admit(
        house.member, case_id, kind="organisation", key="integrator", level="see", reason="Builds it in."
    )
    program = caller(house.partner)
    assert program.get(f"/api/v1/cases/{case_id}").json()["may"] == ["cases.read"]
    (listed,) = program.get("/api/v1/cases").json()["items"]
    assert (listed["missing"], listed["due"]) == ([], None)
    assert program.get(f"/api/v1/cases/{case_id}/timeline").status_code == 404


def test_a_token_does_no_more_than_it_was_made_for(
    house: factories.House, caller: Caller, case_id: str
) -> None:
    program = caller(house.member, "cases.read", "cases.inside", "flow.read")
    assert program.get(f"/api/v1/cases/{case_id}").status_code == 200
    assert send(program, "patch", f"/cases/{case_id}", {"title": {"en": "x"}}).status_code == 403
    assert str(queries.case(house.member, case_id).title) == "無線ルータの脆弱性"
