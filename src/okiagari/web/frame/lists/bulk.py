"""Several rows at once: one reason, each row an action of its own, and for each what came of it.

Nothing is half-hidden: a row that refuses says why, the others are done all the same. A row that one may not
see answers like one that does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import wording
from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.web.doors import asking, instant, say
from okiagari.web.frame.lists.pages import chosen
from okiagari.web.frame.lists.sheet import Deed, Sheet

MOST = 500
NO_ROWS = define(
    "web.no_rows",
    Kind.INVALID,
    gettext_noop("No row is marked."),
    gettext_noop("Mark the rows first (the boxes on the left, or x on the keyboard)."),
)
NO_DEED = define(
    "web.no_deed",
    Kind.INVALID,
    gettext_noop("What shall be done with the marked rows?"),
    gettext_noop("Choose it from the list under the table."),
)
NEEDED = define(
    "web.bulk_needs",
    Kind.INVALID,
    gettext_noop("This cannot be done without: %(name)s."),
    gettext_noop("Fill it in; the rows stay marked."),
)
TOO_MANY = define(
    "web.too_many_rows",
    Kind.TOO_LARGE,
    gettext_noop("%(count)d rows are too many at once; %(most)d go."),
    gettext_noop("Narrow the list with a filter."),
)


@dataclass(frozen=True)
class Outcome:
    """What came of one row."""

    id: str
    told: wording.Told | None


def act(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Do it row by row and say what came of each."""
    subject = asking(request)
    permits.require(subject, sheet.read)
    query = request.POST.get("query", "")
    back = f"{reverse(sheet.page)}?{query or 'view=none'}"
    try:
        deed = _deed(sheet, subject, request.POST)
        rows = _rows(sheet, subject, request.POST, query)
        given = _given(deed, request.POST)
    except Problem as problem:
        context = {"sheet": sheet, "problem": wording.told(problem), "back": back}
        return render(request, "frame/lists/outcome.html", context, status=422)
    outcomes = tuple(_tried(subject, deed, row, given) for row in rows)
    done = sum(1 for each in outcomes if each.told is None)
    if done == len(outcomes):
        said = ngettext("Done for %(count)d row: %(deed)s.", "Done for %(count)d rows: %(deed)s.", done)
        say(request, said % {"count": done, "deed": deed.name})
        return HttpResponseRedirect(back)
    context = {"sheet": sheet, "deed": deed, "outcomes": outcomes, "done": done, "back": back}
    return render(request, "frame/lists/outcome.html", context)


def _deed(sheet: Sheet, subject: Subject, form: QueryDict) -> Deed:
    found = next((each for each in sheet.deeds(subject) if each.key == form.get("deed")), None)
    if found is None:
        raise NO_DEED().at("deed")
    return found


def _rows(sheet: Sheet, subject: Subject, form: QueryDict, query: str) -> list[str]:
    """The marked rows, or everything that these filters find."""
    if form.get("everything"):
        filtered = chosen(sheet, sheet.filters(subject), QueryDict(query))
        found = sheet.fetch(subject, filtered, QueryDict(), MOST)
        if found.total > MOST:
            raise TOO_MANY(count=found.total, most=MOST)
        return [sheet.identify(row) for row in found.rows]
    rows = list(dict.fromkeys(form.getlist("row")))
    if not rows:
        raise NO_ROWS()
    if len(rows) > MOST:
        raise TOO_MANY(count=len(rows), most=MOST)
    return rows


def _given(deed: Deed, form: QueryDict) -> dict[str, Any]:
    """The fields of the deed and the reason. Raises NEEDED, NOT_AN_INSTANT."""
    given: dict[str, Any] = {"reason": form.get("reason", "").strip()}
    if deed.needs_reason and not given["reason"]:
        raise NEEDED(name=gettext("a reason")).at("reason")
    for each in deed.fields:
        name = f"{deed.key}-{each.name}"
        value = instant(form, name) if each.kind == "instant" else form.get(name, "").strip()
        if each.is_needed and not value:
            raise NEEDED(name=str(each.label)).at(name)
        given[each.name] = value or None
    return given


def _tried(subject: Subject, deed: Deed, row: str, given: Mapping[str, Any]) -> Outcome:
    try:
        deed.act(subject, row, given)
    except Problem as problem:
        return Outcome(row, wording.told(problem))
    return Outcome(row, None)
