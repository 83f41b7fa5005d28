"""What JPCERT/CC is told of a case: where our products stand, the next report, and what was told when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, if_match, page, plain
from okiagari.disclose import actions
from okiagari.disclose.jvn import queries
from okiagari.standards.localtext import LocalText

router = Router()
_TYPES = {"txt": "text/plain; charset=utf-8", "xml": "application/xml; charset=utf-8"}


class ToldIn(Schema):
    """`way`: mail, portal, phone, meeting, post, chat. `at`: when; now if not given. `version`: `seal` or
    `seen` of the report that was told: if it says something else by now, 412 with what changed."""

    way: str = "mail"
    at: AwareDatetime | None = None
    language: str = "ja"
    remark: str = ""
    version: str = ""


class SendIn(Schema):
    """`to`: the address; left out, it is copied by hand unless the directory knows one of JPCERT/CC."""

    to: str = ""
    language: str = "ja"
    remark: str = ""
    version: str = ""


class StatementIn(Schema):
    statement: dict[str, str]


@router.get("/cases/{case_id}/vendor-status", operation_id="read_vendor_status", response=dict[str, Any])
def status(request: HttpRequest, case_id: str) -> HttpResponse:
    """The next report with its texts and VULDEF documents, and what it says that was not told.

    `state`: `owed`, `told`, `nothing` (to tell yet), `apart` (JPCERT/CC does not coordinate the case).
    """
    view = queries.status(asking(request), case_id)
    losses = [gettext(text) % parameters for text, parameters in view.losses]
    return answer({**plain(view), "losses": losses})


@router.get("/cases/{case_id}/vendor-status/next/{language}/{form}", operation_id="read_next_status_file")
def next_file(request: HttpRequest, case_id: str, language: str, form: str) -> HttpResponse:
    """The next report as a file: `form` txt or xml (VULDEF 3.2)."""
    return _file(queries.next_file(asking(request), case_id, language=language, form=form))


@router.put("/cases/{case_id}/vendor-status/statement", operation_id="write_statement", response={204: None})
def statement(request: HttpRequest, case_id: str, body: StatementIn) -> HttpResponse:
    """What JVN is to show as our statement (`If-Match`: the case's ETag); empty texts let the published
    summary count again."""
    statement = LocalText(body.statement)
    actions.write_statement(asking(request), case_id, statement=statement, version=if_match(request))
    return HttpResponse(status=204)


@router.get("/cases/{case_id}/status-reports", operation_id="list_status_reports", response=dict[str, Any])
def reports(request: HttpRequest, case_id: str) -> HttpResponse:
    """Everything that was told, the newest first, each with what it said anew."""
    return answer(page(queries.reports(asking(request), case_id)))


@router.post("/cases/{case_id}/status-reports", operation_id="report_status", response={201: dict[str, Any]})
@idempotent
def report(request: HttpRequest, case_id: str, body: ToldIn) -> HttpResponse:
    """Say that the report was told by hand. It is kept as it stands and never changed."""
    made = actions.report_status(asking(request), case_id, **body.dict())
    return answer({"id": made}, status=201)


@router.post(
    "/cases/{case_id}/status-reports/letter", operation_id="send_status", response={201: dict[str, Any]}
)
@idempotent
def send(request: HttpRequest, case_id: str, body: SendIn) -> HttpResponse:
    """Send the report as a letter with the VULDEF file."""
    made = actions.send_status(asking(request), case_id, **body.dict())
    return answer({"id": made}, status=201)


@router.get(
    "/cases/{case_id}/status-reports/{number}", operation_id="read_status_report", response=dict[str, Any]
)
def one(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    return answer(queries.told(asking(request), case_id, number))


@router.get(
    "/cases/{case_id}/status-comparison", operation_id="compare_status_reports", response=dict[str, Any]
)
def compared(request: HttpRequest, case_id: str, before: str, after: str = "") -> HttpResponse:
    """Any two reports side by side: what the later one says that the earlier one did not. Without `after`:
    the report as it would go now."""
    return answer(queries.compared(asking(request), case_id, before=before, after=after))


@router.get("/cases/{case_id}/status-reports/{number}/{language}/{form}", operation_id="read_status_file")
def told_file(request: HttpRequest, case_id: str, number: str, language: str, form: str) -> HttpResponse:
    """A file of a report that was told, to the byte; its SHA-256 stands in the report."""
    return _file(queries.told_file(asking(request), case_id, number, language=language, form=form))


def _file(file: queries.FileView) -> HttpResponse:
    response = HttpResponse(file.content, content_type=_TYPES[file.form])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
