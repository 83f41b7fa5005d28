"""The auditor's pages: streams, their lines, figures, and the check of the whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.desk import audit
from okiagari.plumbing import anchors
from okiagari.problems import gettext_noop
from okiagari.web.doors import asking
from okiagari.web.frame import paging

PAGE = 50
KINDS = {
    "case": gettext_noop("Cases"),
    "report": gettext_noop("Reports"),
    "advisory": gettext_noop("Advisories"),
    "catalog": gettext_noop("Products"),
    "desk": gettext_noop("Accounts"),
    "fleet": gettext_noop("Fleet"),
    "site": gettext_noop("Published site"),
}


def streams(request: HttpRequest) -> HttpResponse:
    """Every stream of the ledger, the one that moved last first."""
    subject = asking(request)
    kind = request.GET.get("kind", "")
    offset = (paging.number(request) - 1) * PAGE
    found = audit.streams(subject, kind=kind, offset=offset, limit=PAGE + 1)
    context = {
        "streams": found[:PAGE],
        "figures": audit.figures(subject),
        "kinds": tuple((key, gettext(name)) for key, name in KINDS.items()),
        "kind": kind,
        "pages": paging.pages(request, has_more=len(found) > PAGE),
    }
    return render(request, "audit/streams.html", context)


def stream(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The lines of one stream."""
    found = audit.lines(asking(request), kind, key)
    return render(request, "audit/stream.html", {"kind": kind, "key": key, "lines": found})


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole ledger now."""
    subject = asking(request)
    found = audit.verify(subject)
    said = [
        gettext(anchors.FINDINGS[finding.code]) % {"stream": finding.stream, "seq": finding.seq}
        for finding in found
    ]
    return render(request, "audit/verified.html", {"said": said, "figures": audit.figures(subject)})
