"""The grid as a CSV table, and a cell as the change that would say it again."""

from collections.abc import Mapping

from okiagari.desk.subjects import Subject
from okiagari.triage.queries.grid import grid
from okiagari.triage.queries.values import CellView
from okiagari.triage.rules import sheetfile
from okiagari.triage.rules.cells import CellChange


def as_change(subject: Subject, cell: CellView) -> CellChange:
    """What a cell says, as the change that would say it again. The cell was read by this subject."""
    del subject
    return CellChange(
        cell.state,
        range=cell.range,
        condition=cell.condition,
        justification=cell.justification,
        note=cell.note,
        fixed_in=cell.fixed_in,
        verification=cell.verification,
        planned=cell.planned,
        planned_confidence=cell.planned_confidence,
        planned_wording=cell.planned_wording,
        cannot_fix=cell.cannot_fix,
    )


def table(subject: Subject, case_id: str) -> str:
    """The whole grid as the CSV table that the import takes back."""
    view = grid(subject, case_id)
    cves = {column.id: column.cve for column in view.columns}
    rows: list[Mapping[str, str]] = []
    for row in view.rows:
        place = {"target": row.target.key, "team": row.team, "group": row.group}
        for column in view.columns:
            cell = view.cell(row.target.key, column.id)
            said = sheetfile.fields(as_change(subject, cell), cell.reason)
            rows.append({**place, "vulnerability": column.id, "cve": cves[column.id], **said})
    return sheetfile.written(rows)
