"""The grid as a file: exported as CSV, changed elsewhere, imported with every mistake at its line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop
from okiagari.triage import actions, queries
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, say, seen_version

MOST_BYTES = 8 * 1024 * 1024
NO_TABLE = define(
    "triage.no_table",
    Kind.INVALID,
    gettext_noop("No table was chosen, or it is larger than 8 MB."),
    gettext_noop("Choose the CSV file that was exported here and changed."),
)
NOT_TEXT = define(
    "triage.table_not_utf8",
    Kind.INVALID,
    gettext_noop("The table is not saved as UTF-8."),
    gettext_noop("In a spreadsheet, save it as “CSV UTF-8”."),
)


@require_safe
def export(request: HttpRequest, case_id: str) -> HttpResponse:
    found = queries.table(asking(request), case_id)
    response = HttpResponse(found, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case_id}.csv"'
    return response


def bring(request: HttpRequest, case_id: str) -> HttpResponse:
    """Choose a table; what is wrong is told by line, and nothing is half done."""
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "triage.decide", case.scope_id)
    problem: Problem | None = None
    version = queries.grid_version(subject, case_id)
    if request.method == "POST":
        try:
            count = actions.import_cells(
                subject, case_id, table=_table(request), version=seen_version(request.POST)
            )
        except Problem as raised:
            if raised.kind in {Kind.NOT_FOUND, Kind.UNAUTHENTICATED}:
                raise
            problem = raised
        else:
            if count:
                done = ngettext("%(number)d cell is decided.", "%(number)d cells are decided.", count)
                say(request, done % {"number": count})
            else:
                say(request, gettext("The table says what the grid says already; nothing changed."))
            return redirect("triage:grid", case_id)
    context = case_frame(subject, case_id, here="products") | {"problem": problem, "grid_version": version}
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "triage/bring.html", context, status=status)


def _table(request: HttpRequest) -> str:
    """Raises NO_TABLE, NOT_TEXT."""
    given = request.FILES.get("table")
    if given is None or (given.size or 0) > MOST_BYTES:
        raise NO_TABLE().at("table")
    try:
        return str(given.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise NOT_TEXT().at("table") from None
