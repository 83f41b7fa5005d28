"""The published site: where it goes and how far it has come, and what its addresses said at any time."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import after, answer, asking, idempotent, page
from okiagari.disclose import queries
from okiagari.disclose.archive import actions as archive
from okiagari.disclose.targets import actions as targets_

router = Router()


class AddressFilters(Schema):
    """`text`: what the path holds. `at`: without it, now."""

    text: str = ""
    at: AwareDatetime | None = None
    cursor: str = ""
    limit: int = 100


class Asked(Schema):
    """`address`: as readers know it, or the path in the site."""

    address: str
    at: AwareDatetime | None = None


@router.get("/targets", operation_id="list_targets", response=dict[str, Any])
def targets(request: HttpRequest) -> HttpResponse:
    """Every target: what it shows, what is not there yet, why."""
    return answer(page(queries.targets(asking(request))))


@router.get("/targets/deliveries", operation_id="list_deliveries", response=dict[str, Any])
def deliveries(request: HttpRequest, target: str = "", cursor: str = "") -> HttpResponse:
    """What was sent, is being sent and could not be sent, the newest first."""
    offset = int(after(cursor) or 0)
    found = queries.deliveries(asking(request), target=target, offset=offset, limit=101)
    return answer(page(found[:100], next_after=offset + 100 if len(found) > 100 else None))


@router.post("/targets/{name}/send", operation_id="send_to_target", response={202: dict[str, Any]})
@idempotent
def send(request: HttpRequest, name: str) -> HttpResponse:
    """Have the public tree sent now; the list of targets says how it went."""
    targets_.send_again(asking(request), name)
    return answer({"target": name}, status=202)


@router.get("/archive/trees", operation_id="list_site_changes", response=dict[str, Any])
def trees(request: HttpRequest, cursor: str = "") -> HttpResponse:
    """Every time the site changed, the newest first."""
    offset = int(after(cursor) or 0)
    found = queries.trees(asking(request), offset=offset, limit=101)
    return answer(page(found[:100], next_after=offset + 100 if len(found) > 100 else None))


@router.get("/archive/addresses", operation_id="list_archived_addresses", response=dict[str, Any])
def addresses(request: HttpRequest, asked: Query[AddressFilters]) -> HttpResponse:
    """Every address that said something at a time."""
    offset, size = int(after(asked.cursor) or 0), max(1, min(asked.limit, 500))
    found = queries.archived(asking(request), text=asked.text, at=asked.at, offset=offset, limit=size)
    more = offset + len(found.items)
    return answer(page(found.items, next_after=more if more < found.total else None, total=found.total))


@router.get("/archive/said", operation_id="read_what_was_said", response=dict[str, Any])
def said(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """What one address said at a time: hash and times. The bytes are at `/archive/files/{sha256}`."""
    return answer(queries.said_at(asking(request), asked.address, asked.at))


@router.get("/archive/history", operation_id="list_what_was_said", response=dict[str, Any])
def history(request: HttpRequest, address: str) -> HttpResponse:
    """Everything one address ever said, the newest first."""
    return answer(page(queries.history(asking(request), address)))


@router.get("/archive/files/{sha256}", operation_id="read_archived_file")
def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The bytes as they went out."""
    place = queries.bytes_of(asking(request), sha256)
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=sha256, content_type="application/octet-stream"
    )


@router.post("/archive/verifications", operation_id="verify_archive", response=dict[str, Any])
def verify(request: HttpRequest) -> HttpResponse:
    """Check every byte and every row of the archive now. With thousands of advisories it takes a while."""
    found = archive.verify(asking(request))
    return answer(
        {
            "is_whole": not found.findings,
            "trees": found.trees,
            "contents": found.contents,
            "bytes": found.bytes,
            "findings": [
                {"code": each.code, "path": each.path, "sha256": each.sha256} for each in found.findings
            ],
        }
    )
