"""Do all formats of an advisory say the same? What differs per field, with file, place and both values."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router, Schema

from okiagari.api.base import answer, asking, page
from okiagari.disclose import actions, queries
from okiagari.disclose.consistency import plain
from okiagari.plumbing.wording import spoken

router = Router()


@router.get("/advisories/{advisory_id}/consistency", operation_id="read_consistency", response=dict[str, Any])
def consistency(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Do all formats say the same? Differences per field, with file, place (JSON pointer, path, line) and
    both values. `is_checked` is false while a big document waits for its check."""
    return answer(_consistency(queries.consistency(asking(request), advisory_id)))


@router.post(
    "/advisories/{advisory_id}/consistency", operation_id="check_consistency", response=dict[str, Any]
)
def check_consistency(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Have every format read back now; of a big document it takes seconds."""
    subject = asking(request)
    actions.check_consistency(subject, advisory_id)
    return answer(_consistency(queries.consistency(subject, advisory_id)))


def _consistency(view: queries.ConsistencyView) -> dict[str, Any]:
    return {
        "is_checked": view.is_checked,
        "is_consistent": view.is_consistent,
        "at": view.at,
        "files": view.files,
        "facts": view.facts,
        "formats": view.formats,
        "fields": [
            {
                "field": each.field,
                "label": gettext(each.label),
                "count": each.count,
                "differences": msgspec.to_builtins(each.gaps),
            }
            for each in view.fields
        ],
        "findings": plain.noted(view.noted),
    }


class SiteCheckIn(Schema):
    """`links`: ask the download links, too, where this installation may."""

    links: bool = False


@router.get("/site/check", operation_id="read_site_check", response=dict[str, Any])
def site_check(request: HttpRequest) -> HttpResponse:
    """What the last look at what is really out found, and what download links answered."""
    return answer(plain.look(queries.site_check(asking(request))))


@router.post("/site/check", operation_id="check_site", response=dict[str, Any])
def check_site(request: HttpRequest, body: SiteCheckIn) -> HttpResponse:
    """Look at everything that is out now: every file by its hash, every format by what it says."""
    subject = asking(request)
    actions.check_site(subject, links=body.links)
    return answer(plain.look(queries.site_check(subject)))


@router.post("/advisories/{advisory_id}/links", operation_id="ask_links", response={202: None})
def ask_links(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Ask the download links of what would go out now, in the background; `GET` says what they answered."""
    actions.ask_links(asking(request), advisory_id)
    return HttpResponse(status=202)


@router.get("/advisories/{advisory_id}/links", operation_id="list_links", response=dict[str, Any])
def links(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """The download links of what would go out now, each with its last answer."""
    return answer(page([plain.link(each) for each in queries.links_of(asking(request), advisory_id)]))


@router.get("/advisories/{advisory_id}/changes", operation_id="list_changes", response=dict[str, Any])
def changes(
    request: HttpRequest, advisory_id: str, before: int | None = None, after: int = 0, file: str = ""
) -> HttpResponse:
    """What changes from one edition to another, in words and per file: JSON by pointer, the rest by line.
    `before`: the last edition unless given; `after`: 0 for what would go out now."""
    found = queries.differences(asking(request), advisory_id, before=before, after=after, file=file)
    return answer(
        {
            "before": found.before,
            "after": found.after,
            "words": list(
                dict.fromkeys(gettext(each.text) % spoken(each.parameters) for each in found.words)
            ),
            "files": found.files,
            "same": found.same,
            "lost": found.lost,
        }
    )


@router.get("/advisories/{advisory_id}/changes.diff", operation_id="read_unified_diff")
def unified(
    request: HttpRequest, advisory_id: str, before: int | None = None, after: int = 0, file: str = ""
) -> HttpResponse:
    """The same as one unified diff."""
    text = queries.unified(asking(request), advisory_id, before=before, after=after, file=file)
    return HttpResponse(text, content_type="text/x-diff; charset=utf-8")
