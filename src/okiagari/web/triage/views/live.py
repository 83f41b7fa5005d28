"""What others changed in the grid since the reader opened it, a fragment a cell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.triage import queries
from okiagari.web.doors import asking
from okiagari.web.triage.table import Table
from okiagari.web.triage.views.grid import decider
from okiagari.web.triage.words import rights


@require_safe
def changes(request: HttpRequest, case_id: str) -> HttpResponse:
    """204 while nothing changed; else the cells as they stand now, with the version to ask from next."""
    subject = asking(request)
    since = request.GET.get("since", "")
    seen = int(since) if since.isdecimal() else 0
    now = queries.grid_version(subject, case_id)
    if now == seen:
        return HttpResponse(status=204)
    found = queries.grid(subject, case_id)
    changed = queries.changed_cells(subject, case_id, seen)
    may = rights(subject, cases.case(subject, case_id))
    table = Table(
        found, reverse("triage:grid", args=[case_id]), changed=changed, may_decide=decider(subject, may)
    )
    cells = [
        (
            f"{row.target.key}|{column.id}",
            table.cell(row, column.id),
            found.cell(row.target.key, column.id).by,
        )
        for row in found.rows
        for column in found.columns
        if (row.target.key, column.id) in changed
    ]
    context = {"cells": cells, "version": found.version, "case_id": case_id}
    return render(request, "triage/parts/changes.html", context)
