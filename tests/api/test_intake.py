"""Reports over the API: anybody sends one, once; desks work on them with ETag and need to know."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from okiagari.desk import people
from okiagari.desk.subjects import Subject
from okiagari.intake import actions, queries
from okiagari.intake.models import Spooled
from okiagari.intake.rules import limits
from okiagari.plumbing.models import Answered
from tests import factories
from tests.factories import House, text

Caller = Callable[..., Client]
REPORT = {"product": "NP-BBRS", "problem": "It answers SSDP queries on the WAN side.", "language": "en"}


@pytest.fixture(autouse=True)
def _nobody_was_here_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def house(db: None) -> House:
    return factories.house()


@pytest.fixture
def report_id(house: House) -> str:
    return actions.receive(
        house.support,
        source="user",
        title="SSDP",
        text="It answers SSDP queries.",
        reporter=actions.ReporterData(name="Alice Example", contact="alice@example.org"),
    )


@pytest.fixture
def caller() -> Caller:
    """A program with a token of somebody."""

    def caller(subject: Subject, *verbs: str) -> Client:
        _, secret = people.make_token(subject, label="test", verbs=verbs)
        return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})

    return caller


def send(program: Client, method: str, path: str, body: object = None, **headers: str) -> Any:
    return program.generic(
        method.upper(),
        f"/api/v1{path}",
        json.dumps({} if body is None else body),
        content_type="application/json",
        headers=headers,
    )


def file(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "content": base64.b64encode(content).decode()}


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "en"})


def test_anybody_sends_a_report_and_follows_it(house: House, stranger: Client) -> None:
    response = send(stranger, "post", "/reports", {**REPORT, "files": [file("a.txt", b"a")]})
    assert response.status_code == 201
    told = response.json()
    assert told["link"].endswith(f"/report/receipt/{told['receipt']}/")
    actions.absorb_left()
    report = queries.report(house.member, told["number"])
    assert (report.source, [each.name for each in report.attachments]) == ("api", ["a.txt"])
    status = stranger.get(f"/api/v1/receipts/{told['receipt']}").json()
    assert (status["number"], status["stage"]) == (told["number"], "received")


def test_the_same_key_and_content_is_one_report_from_wherever_it_is_repeated(
    house: House, stranger: Client
) -> None:
    first = send(stranger, "post", "/reports", REPORT, **{"idempotency-key": "k"})
    again = send(stranger, "post", "/reports", REPORT, **{"idempotency-key": "k"})
    moved = Client(REMOTE_ADDR="198.51.100.9")
    elsewhere = send(moved, "post", "/reports", REPORT, **{"idempotency-key": "k"})
    assert first.json() == again.json() == elsewhere.json()
    assert Spooled.objects.count() == 1


def test_the_secret_of_a_receipt_is_not_kept_with_the_key(house: House, stranger: Client) -> None:
    told = send(stranger, "post", "/reports", REPORT, **{"idempotency-key": "k"}).json()
    assert told["receipt"] not in str(list(Answered.objects.values()))
    assert "127.0.0.1" not in str(list(Answered.objects.values()))


def test_a_key_used_again_for_something_else_is_refused_here_but_not_elsewhere(
    house: House, stranger: Client
) -> None:
    send(stranger, "post", "/reports", REPORT, **{"idempotency-key": "k"})
    other = {**REPORT, "problem": "Something else entirely."}
    refused = send(stranger, "post", "/reports", other, **{"idempotency-key": "k"})
    assert (refused.status_code, refused.json()["code"]) == (409, "api.key_reused")
    elsewhere = send(
        Client(REMOTE_ADDR="198.51.100.9"), "post", "/reports", other, **{"idempotency-key": "k"}
    )
    assert elsewhere.status_code == 201


def test_faults_are_told_field_by_field(db: None, stranger: Client) -> None:
    response = send(stranger, "post", "/reports", {"public": "perhaps"})
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert {part["field"] for part in response.json()["parts"]} == {"product", "problem", "public"}


@pytest.mark.parametrize("body", [{"prodct": "x"}, {"source": "jpcert"}, {"files": [{"name": "a"}]}])
def test_a_field_nobody_knows_is_refused(db: None, stranger: Client, body: dict[str, object]) -> None:
    assert send(stranger, "post", "/reports", {**REPORT, **body}).status_code == 422


def test_files_have_limits(house: House, stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [file(str(number), b"x") for number in range(limits.MAX_FILES + 1)]
    assert send(stranger, "post", "/reports", {**REPORT, "files": many}).status_code == 413
    wrong = [{"name": "a", "content": "!!!"}]
    assert send(stranger, "post", "/reports", {**REPORT, "files": wrong}).status_code == 422
    monkeypatch.setattr(limits, "MAX_JSON_FILE_BYTES", 10)
    large = [file("a", b"x" * 11)]
    assert send(stranger, "post", "/reports", {**REPORT, "files": large}).status_code == 413
    assert not Spooled.objects.exists()


def test_a_request_beyond_all_measure_is_refused_before_it_is_read(db: None, stranger: Client) -> None:
    response = stranger.generic(
        "POST", "/api/v1/reports", b"{}", content_type="application/json", CONTENT_LENGTH=str(10**10)
    )
    assert (response.status_code, response.json()["code"]) == (413, "intake.files_too_large")


def test_a_flood_is_slowed_down(house: House, stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REPORTS_PER_HOUR", 1)
    assert send(stranger, "post", "/reports", REPORT).status_code == 201
    response = send(stranger, "post", "/reports", REPORT)
    assert (response.status_code, response.json()["code"]) == (429, "limiter.too_often")


def test_the_reporter_adds_a_message(house: House, stranger: Client) -> None:
    told = send(stranger, "post", "/reports", REPORT).json()
    path = f"/receipts/{told['receipt']}/messages"
    status = send(stranger, "post", path, {"message": "More.", "language": "en"}).json()
    assert [each["text"] for each in status["messages"]] == [{"en": "More."}]
    assert send(stranger, "post", "/receipts/wrong/messages", {"message": "x"}).status_code == 404
    assert stranger.get("/api/v1/receipts/wrong").status_code == 404


def test_nothing_else_is_open_to_strangers(house: House, stranger: Client, report_id: str) -> None:
    for method, path in (
        ("get", "/reports"),
        ("get", f"/reports/{report_id}"),
        ("patch", f"/reports/{report_id}"),
        ("post", "/reports/received"),
        ("post", f"/reports/{report_id}/assess"),
        ("get", f"/reports/{report_id}/reporter"),
    ):
        assert send(stranger, method, path).status_code == 401, path


def test_a_desk_enters_a_report_once_for_one_key(house: House, caller: Caller) -> None:
    program = caller(house.developer)
    body = {
        "source": "jpcert",
        "title": "SSDP",
        "text": "Answers on the WAN.",
        "reference": "JVN#17964918",
        "first_contact_at": "2015-07-01T15:30:00+09:00",
        "wanted_publication": "2015-08-18",
        "reporter": {"name": "Alice"},
    }
    first = send(program, "post", "/reports/received", body, **{"idempotency-key": "k"})
    again = send(program, "post", "/reports/received", body, **{"idempotency-key": "k"})
    assert (first.status_code, first.json()) == (201, again.json())
    report = queries.report(house.member, first.json()["id"])
    assert report.first_contact_at is not None
    assert report.first_contact_at.isoformat() == "2015-07-01T06:30:00+00:00"
    assert queries.reports(house.member).total == 1


def test_an_instant_without_a_zone_is_refused(house: House, caller: Caller) -> None:
    body = {"source": "jpcert", "text": "x", "first_contact_at": "2015-07-01T15:30:00"}
    assert send(caller(house.member), "post", "/reports/received", body).status_code == 422


def test_a_stale_version_changes_nothing(house: House, caller: Caller, report_id: str) -> None:
    program = caller(house.member)
    etag = program.get(f"/api/v1/reports/{report_id}")["ETag"]
    first = send(program, "patch", f"/reports/{report_id}", {"version_text": "1.33"}, **{"if-match": etag})
    stale = send(program, "patch", f"/reports/{report_id}", {"version_text": "9"}, **{"if-match": etag})
    assert (first.status_code, stale.status_code) == (200, 412)
    assert first["ETag"] != etag
    assert queries.report(house.member, report_id).version_text == "1.33"


def test_a_report_goes_its_whole_way(house: House, caller: Caller, report_id: str) -> None:
    program = caller(house.member)
    path = f"/reports/{report_id}"
    assert send(program, "post", f"{path}/acknowledge", {"answer": {"en": "Thanks."}}).status_code == 200
    assert (
        send(program, "post", f"{path}/assess", {"valid": True, "reason": "Seen."}).json()["state"] == "valid"
    )
    accepted = send(program, "post", f"{path}/accept", {"title": {"ja": "SSDP", "en": "SSDP"}})
    assert accepted.status_code == 201
    case_id = accepted.json()["case"]
    assert program.get(f"/api/v1{path}").json()["cases"][0]["id"] == case_id
    assert send(program, "post", f"{path}/answers", {"answer": {"en": "Fixed."}}).status_code == 201
    assert send(program, "post", f"{path}/read").status_code == 200
    closed = send(program, "post", f"{path}/close", {"reason": "Done."})
    assert closed.json()["state"] == "closed"
    assert send(program, "post", f"{path}/defer", {"reason": "x"}).status_code == 409
    assert send(program, "post", f"{path}/reopen", {"reason": "x"}).json()["state"] == "accepted"
    lines = program.get(f"/api/v1{path}/timeline").json()["items"]
    assert lines[0]["sentence"] == "Reopened the report"


def test_pages_follow_one_another_by_signed_cursors(house: House, caller: Caller) -> None:
    numbers = [
        actions.receive(house.member, source="own", title=f"{number}", text="x") for number in range(5)
    ]
    program = caller(house.member)
    found: list[str] = []
    cursor = ""
    for _ in range(3):
        told = program.get(f"/api/v1/reports?limit=2&sort=title&cursor={cursor}").json()
        assert told["total"] == 5
        found += [item["id"] for item in told["items"]]
        cursor = told["next"]
    assert found == numbers
    assert cursor is None
    assert program.get("/api/v1/reports?cursor=made-up").status_code == 422
    assert program.get("/api/v1/reports?need=tea").status_code == 422


def test_who_may_not_see_it_is_told_that_nothing_is_there(
    house: House, caller: Caller, report_id: str
) -> None:
    program = caller(house.developer)
    assert program.get(f"/api/v1/reports/{report_id}").status_code == 404
    assert program.get("/api/v1/reports").json()["total"] == 0
    assert (
        send(program, "post", f"/reports/{report_id}/assess", {"valid": True, "reason": "x"}).status_code
        == 404
    )


def test_a_token_does_no_more_than_it_was_made_for(house: House, caller: Caller, report_id: str) -> None:
    program = caller(house.member, "intake.read")
    assert program.get(f"/api/v1/reports/{report_id}").status_code == 200
    refused = send(program, "post", f"/reports/{report_id}/defer", {"reason": "x"})
    assert refused.status_code == 403
    assert program.get(f"/api/v1/reports/{report_id}/reporter").status_code == 404


def test_the_reporter_is_read_written_and_erased_by_those_who_may(
    house: House, caller: Caller, report_id: str
) -> None:
    program = caller(house.member)
    path = f"/api/v1/reports/{report_id}/reporter"
    assert program.get(path).json()["contact"] == "alice@example.org"
    assert "alice" not in program.get(f"/api/v1/reports/{report_id}").content.decode()
    named = send(
        program, "put", f"/reports/{report_id}/reporter", {"name": "Alice E.", "contact": "x@example.org"}
    )
    assert named.json()["name"] == "Alice E."
    assert (
        send(program, "post", f"/reports/{report_id}/reporter/erase", {"reason": "asked"}).status_code == 200
    )
    assert program.get(path).json()["name"] == ""
    assert program.get(path).json()["erased_at"]


def test_a_file_is_downloaded_as_bytes(house: House, caller: Caller, report_id: str) -> None:
    program = caller(house.member)
    body = [file("<b>.html", b"<script>")]
    told = send(program, "post", f"/reports/{report_id}/attachments", body).json()
    response = program.get(f"/api/v1/reports/{report_id}/attachments/{told['attachments'][0]['id']}")
    assert response.content == b"<script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")


def test_candidates_come_with_their_reasons_in_words(house: House, caller: Caller, report_id: str) -> None:
    other = actions.receive(
        house.member, source="own", title="SSDP", text="It answers SSDP queries.", product_text="NP-BBRS"
    )
    items = caller(house.member).get(f"/api/v1/reports/{other}/candidates").json()["items"]
    assert [each["id"] for each in items] == [report_id]
    assert "of the wording is shared" in items[0]["reasons"][0]


def test_the_status_tells_no_more_than_the_page(house: House, stranger: Client) -> None:
    told = send(stranger, "post", "/reports", REPORT).json()
    actions.absorb_left()
    case_id = actions.accept(house.member, told["number"], title=text("極秘"))
    content = stranger.get(f"/api/v1/receipts/{told['receipt']}").content.decode()
    for secret in (case_id, "極秘", "accepted"):
        assert secret not in content
