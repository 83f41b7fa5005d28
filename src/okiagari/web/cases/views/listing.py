"""The list of cases, as a page and as a file. The address holds filter, order and page."""

import csv
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_safe

from okiagari.cases.narration import KIND_WORDS
from okiagari.desk import directory, permits
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.flow.map import LABELS
from okiagari.web.cases import words
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty, Pages

PER_PAGE = 50
EXPORT_AT_ONCE = 500
FILTERS = ("state", "step", "level", "kind", "team", "text", "late", "sort")
COLUMNS = ("level", "step", "due", "opened", "changed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _filters(asked: QueryDict) -> dict[str, str]:
    """What the address asks for. Open cases unless it says otherwise."""
    chosen = {name: str(asked[name]).strip() for name in FILTERS if asked.get(name, "").strip()}
    return {"state": "open", **chosen}


def _offset(asked: QueryDict) -> int:
    text = asked.get("from", "")
    return min(int(text), 1_000_000) if text.isdecimal() and len(text) < 9 else 0


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "cases.read")
    filters = _filters(request.GET)
    page = flow.positions(subject, offset=_offset(request.GET), limit=PER_PAGE, **filters)
    context = {
        "rows": tuple((each, each.level) for each in page.items),
        "filters": filters,
        "is_filtered": set(filters) - {"sort"} != {"state"} or filters["state"] != "open",
        "states": _states(request.GET, filters),
        "steps": tuple((key, gettext(label)) for key, label in LABELS.items()),
        "levels": tuple(words.LEVELS.items()),
        "kinds": words.choices(KIND_WORDS),
        "teams": directory.teams(subject) if permits.may(subject, "desk.directory") else (),
        "sorts": {name: _address(request.GET, sort=name) for name in COLUMNS},
        "pages": _pages(request.GET, page),
        "export": f"{reverse('cases:csv')}?{urlencode(filters)}",
        "may_open": permits.may(subject, "cases.open"),
        "empty": _empty(subject, is_filtered=bool(request.GET)),
        "is_outside": not permits.may(subject, "cases.inside"),
    }
    return render(request, "cases/list.html", context)


def _address(asked: QueryDict, **changes: object) -> str:
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}
    return "?" + urlencode({**kept, **changes})


def _states(asked: QueryDict, filters: dict[str, str]) -> tuple[tuple[str, str, bool], ...]:
    names = {"open": pgettext("cases", "Open"), "closed": pgettext("cases", "Closed"), "all": gettext("All")}
    return tuple((name, _address(asked, state=key), key == filters["state"]) for key, name in names.items())


def _pages(asked: QueryDict, page: flow.PositionPage) -> Pages:
    first, last = page.offset + 1, page.offset + len(page.items)
    facts = {"first": first, "last": last, "total": page.total}
    sentence = ngettext("%(total)d case", "%(total)d cases", page.total) % facts
    if page.total > len(page.items):
        sentence = gettext("%(first)d to %(last)d of %(total)d cases") % facts
    earlier = max(0, page.offset - PER_PAGE)
    return Pages(
        sentence,
        previous=_address(asked, **{"from": earlier}) if page.offset else "",
        next=_address(asked, **{"from": last}) if last < page.total else "",
    )


def _empty(subject: Subject, *, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No case matches."),
            gettext("Take a filter away, or look among the closed ones."),
            gettext("Show all open cases"),
            reverse("cases:list"),
        )
    if permits.may(subject, "cases.open"):
        return Empty(
            gettext("No open case."),
            gettext(
                "A case begins with a report that was accepted, or with something the team found itself."
            ),
            gettext("Look at the reports"),
            "/reports/",
        )
    return Empty(gettext("No open case."), gettext("A case appears here when its team lets you in."))


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as CSV (UTF-8 with a mark, so that spreadsheets read the Japanese)."""
    subject = asking(request)
    permits.require(subject, "cases.inside")
    rows = _lines(subject, _filters(request.GET))
    writer = csv.writer(_Echo())
    stream = (("\ufeff" if number == 0 else "") + writer.writerow(row) for number, row in enumerate(rows))
    response = StreamingHttpResponse(stream, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


def _lines(subject: Subject, filters: dict[str, str]) -> Iterator[list[str]]:
    yield [
        gettext("Case"),
        gettext("Title"),
        pgettext("case", "Kind"),
        gettext("Severity"),
        gettext("Step"),
        gettext("What is missing"),
        gettext("Due"),
        gettext("Embargo until"),
        gettext("Opened"),
        pgettext("case", "Closed"),
    ]
    offset = 0
    while True:
        page = flow.positions(subject, offset=offset, limit=EXPORT_AT_ONCE, **filters)
        for each in page.items:
            yield [_safe(cell) for cell in _row(each)]
        offset += EXPORT_AT_ONCE
        if offset >= page.total:
            return


def _row(each: flow.PositionView) -> list[str]:
    return [
        each.case_id,
        words.best(each.title),
        words.kinds(each.kinds),
        str(words.LEVELS.get(each.level, "")),
        each.step_label,
        each.missing[0].text if each.missing else "",
        _instant(each.due),
        _instant(each.embargo_until),
        _instant(each.opened_at),
        _instant(each.closed_at),
    ]


def _instant(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M %Z") if value else ""


def _safe(cell: str) -> str:
    """A spreadsheet must not take a title for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class _Echo:
    """Gives `csv` something to write to that hands each row straight back."""

    def write(self, text: str) -> str:
        return text
