"""CVE ids of a maker that is a CNA: how they stand, what CVE Services are told, what was noted by hand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent
from okiagari.api.shapes import ReasonIn, Strict
from okiagari.disclose.cve import actions, letter, queries
from okiagari.standards.localtext import LocalText

router = Router()


class ReserveIn(Strict):
    """`vulnerabilities`: none means all that have no id. `is_sequential`: several that follow each other."""

    vulnerabilities: list[str] = []
    is_sequential: bool = True


class RejectIn(Strict):
    """`reason` by language; English is needed. `replaced_by`: ids that stand for it."""

    reason: dict[str, str]
    replaced_by: list[str] = []


class CveNoteIn(Strict):
    """`state`: reserved, published, rejected. `cve` may be left out where the vulnerability has it."""

    vulnerability: str
    state: str
    cve: str = ""
    at: AwareDatetime | None = None
    reason: str = ""


@router.get("/cases/{case_id}/cve", operation_id="read_cve_ids_of_case", response=dict[str, Any])
def of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Each vulnerability with its ids, and what was done about them."""
    return answer(queries.of_case(asking(request), case_id))


@router.get("/cases/{case_id}/cve/request", operation_id="read_cve_request", response=dict[str, Any])
def request_text(request: HttpRequest, case_id: str) -> HttpResponse:
    """The letter to JPCERT/CC that asks for ids, by language; none where every vulnerability has its id."""
    return answer(letter.of_case(asking(request), case_id))


@router.get("/advisories/{advisory_id}/cve", operation_id="read_cve_ids_of_advisory", response=dict[str, Any])
def of_advisory(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """The same of the vulnerabilities it is about."""
    return answer(queries.of_advisory(asking(request), advisory_id))


@router.post("/cases/{case_id}/cve/reserve", operation_id="reserve_cve_ids", response={202: dict[str, Any]})
@idempotent
def reserve(request: HttpRequest, case_id: str, body: ReserveIn) -> HttpResponse:
    """Ask CVE Services for an id each. How it went stands in the case's list."""
    return answer({"id": actions.reserve(asking(request), case_id, **body.dict())}, status=202)


@router.post(
    "/cases/{case_id}/cve/{cve}/reject", operation_id="reject_cve_id", response={202: dict[str, Any]}
)
@idempotent
def reject(request: HttpRequest, case_id: str, cve: str, body: RejectIn) -> HttpResponse:
    """Give an id up at CVE Services. It cannot be undone."""
    reason = LocalText(body.reason)
    made = actions.reject(asking(request), case_id, cve=cve, reason=reason, replaced_by=body.replaced_by)
    return answer({"id": made}, status=202)


@router.post("/cases/{case_id}/cve/{cve}/keep", operation_id="keep_cve_id", response={204: None})
def keep(request: HttpRequest, case_id: str, cve: str, body: ReasonIn) -> HttpResponse:
    """Keep an id that nothing needs any more."""
    actions.keep_cve(asking(request), case_id, cve=cve, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/cases/{case_id}/cve/note", operation_id="note_cve_id", response={204: None})
def note(request: HttpRequest, case_id: str, body: CveNoteIn) -> HttpResponse:
    """Write down what was done with an id of ours elsewhere. Nobody is told."""
    actions.note_cve(asking(request), case_id, **body.dict())
    return HttpResponse(status=204)


@router.post(
    "/cases/{case_id}/cve/deeds/{deed_id}/retry", operation_id="retry_cve_deed", response={204: None}
)
def retry(request: HttpRequest, case_id: str, deed_id: str) -> HttpResponse:
    """Try again now what failed or waits."""
    actions.retry(asking(request), case_id, deed=deed_id)
    return HttpResponse(status=204)


@router.post(
    "/advisories/{advisory_id}/cve/publish",
    operation_id="publish_cve_records",
    response={202: dict[str, Any]},
)
@idempotent
def publish(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Bring the records up to the edition that is out, now."""
    return answer({"count": actions.publish(asking(request), advisory_id)}, status=202)


@router.post("/advisories/{advisory_id}/cve/check", operation_id="check_cve_records", response={204: None})
def check(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Ask now whether the records of what it cites are public."""
    actions.check(asking(request), advisory_id)
    return HttpResponse(status=204)
