"""Reports for those who work on them: list, read, enter, correct; files; who reported."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query

from okiagari.api import base
from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.intake import shapes
from okiagari.api.intake.routes import router
from okiagari.api.shapes import ReasonIn
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import telling
from okiagari.intake import actions, queries
from okiagari.intake.wording import said
from okiagari.plumbing.plain import plain

PER_PAGE, MOST = 50, 200


def whole(subject: Subject, report_id: str, *, status: int = 200) -> HttpResponse:
    """One report with its ETag."""
    view = queries.report(subject, report_id)
    return answer(view, status=status, version=view.version)


@router.get("/reports", operation_id="list_reports")
def list_reports(
    request: HttpRequest, asked: Query[shapes.ReportFilters], limit: int = PER_PAGE, cursor: str = ""
) -> HttpResponse:
    """Reports you may see, with what each needs next."""
    subject = asking(request)
    permits.require(subject, "intake.read")
    after = base.after(cursor)
    found = queries.reports(
        subject,
        limit=min(max(limit, 1), MOST),
        after=(str(after[0]), str(after[1])) if after else None,
        **asked.dict(),
    )
    return answer(page(found.rows, next_after=found.next_after, total=found.total))


@router.post("/reports/received", operation_id="enter_report")
@idempotent
def enter_report(request: HttpRequest, given: shapes.ReceivedIn) -> HttpResponse:
    """Enter a report that reached a desk: JPCERT/CC, a customer, the press, a supplier, an own find."""
    said = given.said()
    number = actions.receive(
        asking(request),
        source=given.source,
        title=said.pop("title", ""),
        text=said.pop("text", ""),
        received_at=given.received_at,
        reporter=given.reporter.value() if given.reporter else None,
        files=shapes.parts(given.files),
        **said,
    )
    return answer({"id": number, "version": 1}, status=201, version=1)


@router.get("/reports/{report_id}", operation_id="read_report")
def read_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """One report, with its version as ETag."""
    return whole(asking(request), report_id)


@router.patch("/reports/{report_id}", operation_id="correct_report")
def correct_report(request: HttpRequest, report_id: str, given: shapes.AmendIn) -> HttpResponse:
    """Correct the fields that are sent. A start date that becomes known starts the clocks of its cases."""
    actions.amend(asking(request), report_id, version=if_match(request), reason=given.reason, **given.said())
    return whole(asking(request), report_id)


@router.get("/reports/{report_id}/candidates", operation_id="list_candidates")
def list_candidates(request: HttpRequest, report_id: str) -> HttpResponse:
    """Reports that may be the same, and why."""
    found = [
        {
            **plain(each),
            "reasons": said(each.reasons),
        }
        for each in queries.candidates(asking(request), report_id)
    ]
    return answer(page(found))


@router.get("/reports/{report_id}/timeline", operation_id="read_report_timeline")
def read_timeline(request: HttpRequest, report_id: str) -> HttpResponse:
    """What happened to it, newest first."""
    found = [
        {**plain(line), "sentence": telling.sentence(line.verb, line.facts, is_erased=line.is_erased)}
        for line in queries.timeline(asking(request), report_id)
    ]
    return answer(page(found))


@router.get("/reports/{report_id}/reporter", operation_id="read_reporter")
def read_reporter(request: HttpRequest, report_id: str) -> HttpResponse:
    """Who reported, for those who may know."""
    found = queries.identity(asking(request), report_id)
    if found is None:
        raise permits.NOTHING_HERE()
    return answer(found)


@router.put("/reports/{report_id}/reporter", operation_id="name_reporter")
def name_reporter(request: HttpRequest, report_id: str, given: shapes.ReporterIn) -> HttpResponse:
    """Write down who reported, or correct it."""
    actions.name_reporter(asking(request), report_id, given.value(), version=if_match(request))
    return read_reporter(request, report_id)


@router.post("/reports/{report_id}/reporter/erase", operation_id="erase_reporter")
def erase_reporter(request: HttpRequest, report_id: str, given: ReasonIn) -> HttpResponse:
    """Erase who reported, for good."""
    actions.erase_reporter(asking(request), report_id, reason=given.reason, version=if_match(request))
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/attachments", operation_id="attach_to_report")
def attach(request: HttpRequest, report_id: str, given: list[shapes.FileIn]) -> HttpResponse:
    """Add files a desk got later."""
    actions.attach(asking(request), report_id, shapes.parts(given), version=if_match(request))
    return whole(asking(request), report_id, status=201)


@router.get("/reports/{report_id}/attachments/{attachment_id}", operation_id="download_attachment")
def download(request: HttpRequest, report_id: str, attachment_id: str) -> HttpResponse:
    """The bytes of one file, out of the quarantine. From a stranger, unchecked."""
    file = queries.attachment(asking(request), report_id, attachment_id)
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
