"""The ledger for auditors: streams, lines without their facts, and the check of the whole."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from okiagari.api.base import after, answer, asking, page
from okiagari.desk import audit

router = Router()
PAGE = 100


@router.get("/audit/streams", operation_id="list_streams")
def streams(request: HttpRequest, kind: str = "", cursor: str | None = None) -> HttpResponse:
    """Streams of the ledger, the one that moved last first."""
    offset = after(cursor) or 0
    found = audit.streams(asking(request), kind=kind, offset=offset, limit=PAGE + 1)
    following = offset + PAGE if len(found) > PAGE else None
    return answer(page(found[:PAGE], next_after=following))


@router.get("/audit/streams/{kind}/{key}", operation_id="read_stream")
def stream(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The lines of one stream, oldest first."""
    return answer(page(audit.lines(asking(request), kind, key)))


@router.post("/audit/verifications", operation_id="verify_ledger")
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole ledger now."""
    found = audit.verify(asking(request))
    return answer({"is_whole": not found, "findings": found})


@router.get("/audit/figures", operation_id="read_audit_figures")
def figures(request: HttpRequest) -> HttpResponse:
    """How much the ledger holds."""
    return answer(audit.figures(asking(request)))
