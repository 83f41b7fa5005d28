"""The list of reports, as a page and as a file. The address holds filter, order and page."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.intake import queries
from okiagari.intake.queries import ReportPage, ReportRow
from okiagari.intake.rules import words as codes
from okiagari.web.cases.words import choices
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty, Pages
from okiagari.web.intake import words

PER_PAGE = 50
EXPORT_AT_ONCE = 500
FILTERS = ("state", "source", "kind", "need", "search", "sort")
SALT = "intake.reports"
BANDS = (
    ("any", gettext_lazy("Waiting for us")),
    ("acknowledge", gettext_lazy("Not acknowledged")),
    ("assess", gettext_lazy("Not judged")),
    ("read", gettext_lazy("New messages")),
    ("", gettext_lazy("All")),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _filters(asked: QueryDict) -> dict[str, str]:
    return {name: str(asked[name]).strip() for name in FILTERS if asked.get(name, "").strip()}


def _after(asked: QueryDict) -> tuple[str, str] | None:
    """Where the page begins, if the address says so in our own hand."""
    try:
        value, number = signing.loads(asked.get("after", ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(value), str(number)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "intake.read")
    filters = _filters(request.GET)
    page = queries.reports(subject, limit=PER_PAGE, after=_after(request.GET), **filters)
    sort = filters.get("sort", "-received")
    context = {
        "rows": tuple(_shown(row) for row in page.rows),
        "filters": filters,
        "is_filtered": bool(set(filters) - {"sort"}),
        "bands": _bands(filters),
        "states": choices(codes.STATES),
        "sources": choices(codes.SOURCES),
        "kinds": choices(codes.KINDS),
        "heads": _heads(filters, sort),
        "pages": _pages(filters, page, is_first="after" not in request.GET),
        "export": f"{reverse('intake:csv')}?{urlencode(filters)}",
        "may_enter": permits.may(subject, "intake.receive"),
        "empty": _empty(subject, is_filtered=bool(filters)),
    }
    return render(request, "intake/list.html", context)


def _shown(row: ReportRow) -> tuple[object, ...]:
    return row, *words.state(row.state), capfirst(gettext(codes.SOURCES[row.source])), _need(row)


def _need(row: ReportRow) -> str:
    return capfirst(gettext(codes.NEEDS[row.need])) if row.need else ""


def _address(filters: dict[str, str], **changes: str) -> str:
    kept = {name: value for name, value in {**filters, **changes}.items() if value}
    return "?" + urlencode(kept)


def _bands(filters: dict[str, str]) -> tuple[tuple[str, str, bool], ...]:
    here = filters.get("need", "")
    return tuple((str(name), _address(filters, need=key), key == here) for key, name in BANDS)


def _heads(filters: dict[str, str], sort: str) -> tuple[dict[str, str], ...]:
    """Each sortable column: its words, where a click leads, how it is sorted now."""
    names = (
        ("title", gettext("Report")),
        ("state", pgettext("report", "State")),
        ("source", pgettext("report", "From")),
        ("product", gettext("Product")),
        ("received", pgettext("report", "Came in")),
    )
    ways = {"": "ascending", "-": "descending"}
    heads = []
    for key, name in names:
        here = sort.removeprefix("-") == key
        sign = "-" if sort.startswith("-") else ""
        other = "" if here and sign else "-" if here or key == "received" else ""
        heads.append(
            {"name": name, "href": _address(filters, sort=other + key), "sorted": ways[sign] if here else ""}
        )
    return tuple(heads)


def _pages(filters: dict[str, str], page: ReportPage, *, is_first: bool) -> Pages:
    following = ""
    if page.next_after:
        following = _address(filters, after=signing.dumps(page.next_after, salt=SALT))
    sentence = ngettext("%(total)d report", "%(total)d reports", page.total) % {"total": page.total}
    return Pages(sentence, previous="" if is_first else _address(filters), next=following)


def _empty(subject: Subject, *, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No report matches."),
            gettext("Take a filter away."),
            gettext("Show all reports"),
            reverse("intake:reports"),
        )
    if permits.may(subject, "intake.receive"):
        return Empty(
            gettext("No report yet."),
            gettext(
                "Reports come in through the public form and the API. What reaches you by mail, telephone or "
                "JPCERT/CC is entered here."
            ),
            gettext("Enter a report"),
            reverse("intake:new"),
        )
    return Empty(gettext("No report yet."), gettext("A report appears here when its team lets you in."))


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as CSV (UTF-8 with a mark, so that spreadsheets read the Japanese)."""
    subject = asking(request)
    permits.require(subject, "intake.read")
    filters: dict[str, Any] = _filters(request.GET)
    queries.reports(subject, limit=1, **filters)  # a wrong filter is said before the file begins
    rows = _lines(subject, filters)
    writer = csv.writer(_Echo())
    stream = (("\ufeff" if number == 0 else "") + writer.writerow(row) for number, row in enumerate(rows))
    response = StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reports.csv"'
    return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _lines(subject: Subject, filters: dict[str, str]) -> Iterator[list[str]]:
    yield [
        gettext("Report"),
        gettext("Title"),
        pgettext("report", "State"),
        pgettext("report", "From"),
        gettext("Reference"),
        gettext("Product"),
        gettext("Version"),
        pgettext("report", "Came in"),
        pgettext("report", "Acknowledged"),
        pgettext("report", "Judged"),
        gettext("Next for us"),
        gettext("Cases"),
    ]
    after: tuple[str, str] | None = None
    while True:
        page = queries.reports(subject, limit=EXPORT_AT_ONCE, after=after, **filters)
        for row in page.rows:
            yield [_safe(cell) for cell in _row(row)]
        after = page.next_after
        if after is None:
            return


def _row(row: ReportRow) -> list[str]:
    return [
        row.id,
        row.title,
        words.state(row.state)[0],
        gettext(codes.SOURCES[row.source]),
        row.reference,
        row.product_text,
        row.version_text,
        *(
            timezone.localtime(each).strftime("%Y-%m-%d %H:%M %Z") if each else ""
            for each in (row.received_at, row.acknowledged_at, row.assessed_at)
        ),
        _need(row),
        " ".join(case.id for case in row.cases),
    ]


def _safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text, whatever a stranger wrote into it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
