"""What did this address say on that day? The bytes, their hash, since when and until when."""

from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.disclose import queries
from okiagari.disclose.archive import problems
from okiagari.disclose.queries import SaidView
from okiagari.plumbing import wording
from okiagari.problems import Problem
from okiagari.web.doors import asking, instant
from okiagari.web.frame import paging

PAGE = 50


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """One address at a time, or every time the site changed."""
    subject = asking(request)
    address = request.GET.get("address", "").strip()
    context: dict[str, object] = {
        "address": address,
        "at_text": request.GET.get("at", ""),
        "search": gettext("Look up an address"),
        "site_url": settings.ENVIRONMENT.site_url,
        "zone": settings.TIME_ZONE,
        "may_see_targets": permits.may(subject, "site.targets"),
    }
    try:
        at = instant(request.GET, "at")
    except Problem as problem:
        context["told"], at = wording.told(problem), None
    if address:
        context |= _of_address(request, address, at)
    else:
        context |= _changes(request)
    return render(request, "disclose/archive.html", context)


def _of_address(request: HttpRequest, address: str, at: datetime | None) -> dict[str, object]:
    subject = asking(request)
    found = queries.history(subject, address)
    said = _said_at(found, at)
    return {
        "asked": True,
        "at": at,
        "said": said,
        "history": [(each, each is said) for each in found],
        "never": None if said or not at else wording.told(problems.NEVER_OUT()),
        "nothing": wording.told(problems.NEVER_OUT()) if not found else None,
    }


def _said_at(found: tuple[SaidView, ...], at: datetime | None) -> SaidView | None:
    if at is None:
        return next((each for each in found if each.until is None), None)
    return next(
        (each for each in found if each.since <= at and (each.until is None or at < each.until)), None
    )


def _changes(request: HttpRequest) -> dict[str, object]:
    offset = (paging.number(request) - 1) * PAGE
    found = queries.trees(asking(request), offset=offset, limit=PAGE + 1)
    return {
        "is_listed": True,
        "listed": gettext("When the site changed"),
        "rows": found[:PAGE],
        "pages": paging.pages(request, has_more=len(found) > PAGE),
        "empty": gettext("Nothing is published yet. From the first publication on, everything is kept here."),
    }


@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """Every address that said something at a time."""
    subject = asking(request)
    text, offset = request.GET.get("text", "").strip(), (paging.number(request) - 1) * PAGE
    context: dict[str, object] = {"text": text, "at_text": request.GET.get("at", "")}
    context |= {"zone": settings.TIME_ZONE, "search": gettext("Look up addresses")}
    try:
        at = instant(request.GET, "at")
    except Problem as problem:
        context["told"], at = wording.told(problem), None
    found = queries.archived(subject, text=text, at=at, offset=offset, limit=PAGE)
    context |= {
        "is_listed": True,
        "listed": _counted(found.total, is_then=at is not None),
        "rows": found.items,
        "pages": paging.pages(request, has_more=found.total > offset + PAGE),
        "empty": gettext("Nothing was out at such an address at that time."),
    }
    return render(request, "disclose/addresses.html", context)


def _counted(total: int, *, is_then: bool) -> str:
    if is_then:
        return ngettext("%(count)d address at that time", "%(count)d addresses at that time", total) % {
            "count": total
        }
    return ngettext("%(count)d address now", "%(count)d addresses now", total) % {"count": total}


@require_safe
def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The bytes as they went out; never shown in place, as they may be a page."""
    place = queries.bytes_of(asking(request), sha256)
    name = PurePosixPath(request.GET.get("path", "")).name or sha256
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
