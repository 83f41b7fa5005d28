"""The grid: rows, cells, history."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.triage import shapes
from okiagari.triage import actions, queries

router = Router()


class TableIn(Schema):
    """`table`: CSV as the export writes it."""

    table: str


@router.get("/cases/{case_id}/grid", operation_id="read_grid")
def read_grid(request: HttpRequest, case_id: str) -> HttpResponse:
    """Products against vulnerabilities. The ETag is the grid's own version."""
    view = queries.grid(asking(request), case_id)
    return answer(shapes.grid(view), version=view.version)


@router.post("/cases/{case_id}/grid/decide", operation_id="decide")
@idempotent
def decide(request: HttpRequest, case_id: str, given: shapes.CellsDecisionIn) -> HttpResponse:
    """Set cells alike, all of them or none. If-Match takes the ETag of the grid."""
    number = actions.decide(
        asking(request),
        case_id,
        cells=[(cell.target, cell.vulnerability) for cell in given.cells],
        change=given.change.change(),
        reason=given.reason,
        version=if_match(request),
    )
    return answer({"case": case_id, "version": number, "cells": len(given.cells)}, version=number)


@router.get("/cases/{case_id}/grid/changes", operation_id="list_changed_cells")
def list_changed_cells(request: HttpRequest, case_id: str, since: int) -> HttpResponse:
    """The cells somebody changed after this version of the grid."""
    found = sorted(queries.changed_cells(asking(request), case_id, since))
    return answer(page([{"target": target, "vulnerability": flaw} for target, flaw in found]))


@router.get("/cases/{case_id}/grid/history", operation_id="read_cell_history")
def read_cell_history(request: HttpRequest, case_id: str, target: str, vulnerability: str) -> HttpResponse:
    """Everything ever decided of one cell, newest first."""
    found = queries.decision_history(asking(request), case_id, target, vulnerability)
    return answer(page([shapes.cell(view) for view in found]))


@router.get("/cases/{case_id}/selections", operation_id="list_selections")
def list_selections(request: HttpRequest, case_id: str) -> HttpResponse:
    """The frozen search rules with what each found and left out."""
    subject = asking(request)
    found = [
        {
            "rule": dict(view.rule),
            "found": list(view.found),
            "excluded": [
                {"target": target, "reason": reason, "approver": approver}
                for target, reason, approver in view.excluded
            ],
            "frozen_at": view.frozen_at,
            "by": view.by,
        }
        for view in queries.selections(subject, case_id)
    ]
    removed = [shapes.row(view) for view in queries.removed_rows(subject, case_id)]
    return answer(page(found, removed=removed))


@router.post("/cases/{case_id}/selections", operation_id="freeze_rows")
@idempotent
def freeze_rows(request: HttpRequest, case_id: str, given: shapes.RowsIn) -> HttpResponse:
    """Find targets by a rule and freeze rule, result and exclusions with the case."""
    subject = asking(request)
    actions.freeze_rows(
        subject,
        case_id,
        rule=given.rule,
        template=given.template,
        excluded=[(each.target, each.reason) for each in given.excluded],
        due_at=given.due_at,
        version=if_match(request),
    )
    view = queries.grid(subject, case_id)
    return answer(shapes.grid(view), status=201, version=view.version)


@router.post("/cases/{case_id}/rows", operation_id="add_row")
@idempotent
def add_row(request: HttpRequest, case_id: str, given: shapes.RowIn) -> HttpResponse:
    """Ask about one more target, with a reason."""
    actions.add_row(asking(request), case_id, **given.dict())
    return answer({"case": case_id, "target": given.target}, status=201)


@router.post("/cases/{case_id}/rows/remove", operation_id="remove_row")
def remove_row(request: HttpRequest, case_id: str, given: shapes.RowIn) -> HttpResponse:
    """Ask no longer about a target, with a reason. Its decisions are kept."""
    actions.remove_row(asking(request), case_id, target=given.target, reason=given.reason)
    return answer({"case": case_id, "target": given.target})


@router.get("/cases/{case_id}/grid/table", operation_id="export_cells")
def export_cells(request: HttpRequest, case_id: str) -> HttpResponse:
    """The grid as CSV: the table that the import takes back."""
    found = queries.table(asking(request), case_id)
    return HttpResponse(found, content_type="text/csv; charset=utf-8")


@router.post("/cases/{case_id}/grid/table", operation_id="import_cells")
@idempotent
def import_cells(request: HttpRequest, case_id: str, given: TableIn) -> HttpResponse:
    """Decide what the lines of a CSV table say; every mistake is told with its line, nothing is half done."""
    count = actions.import_cells(asking(request), case_id, table=given.table, version=if_match(request))
    return answer({"case": case_id, "changed": count})
