"""Reads what the form of the grid says into a `CellChange`, and shows a cell again in that form."""

from collections.abc import Mapping, Sequence

from django.http import QueryDict

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.firmware_order import Form, Range
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.queries import CellView, Grid
from okiagari.triage.rules.cells import VERIFICATION, CellChange
from okiagari.web.doors import local_text

NOT_A_CELL = define(
    "triage.not_a_cell",
    Kind.INVALID,
    gettext_noop("“%(text)s” does not name a cell."),
    gettext_noop("Choose the cells on the page of the case."),
)
TEXTS = ("condition", "note", "planned_wording", "cannot_fix")
_LOW = {Form.FROM, Form.BETWEEN, Form.EXACTLY}
_HIGH = {Form.UP_TO, Form.BEFORE, Form.BETWEEN}


def cells_in(form: QueryDict) -> list[tuple[str, str]]:
    """The cells chosen, written as ``TARGET|VULNERABILITY``."""
    found = []
    for text in form.getlist("cells"):
        target, bar, vulnerability = text.rpartition("|")
        if not bar:
            raise NOT_A_CELL(text=text).at("cells")
        found.append((target, vulnerability))
    return found


def change_in(form: QueryDict, grid: Grid, cells: Sequence[tuple[str, str]]) -> CellChange:
    """The change the form describes, without what does not belong to its state.

    The release that fixes is one of the chosen products' own line; where they lie on several, the
    action says so.
    """
    fields = {name: local_text(form, name) for name in TEXTS}
    change = CellChange(
        form.get("state", ""),
        range=_range(form),
        justification=form.get("justification", ""),
        fixed_in=_fixed_in(form, grid, cells),
        verification=_verification(form),
        planned=PartialDate.parse(form.get("planned", "").strip()),
        planned_confidence=form.get("planned_confidence", ""),
        **fields,
    )
    return change.kept()


def _range(form: QueryDict) -> Range | None:
    if form.get("state") not in {"affected", "fixed"}:
        return None
    name = form.get("range_form", "")
    if name not in set(Form):
        return None
    shape = Form(name)
    low = form.get("range_low", "").strip() if shape in _LOW else ""
    high = form.get("range_high", "").strip() if shape in _HIGH else ""
    return Range(shape, low, high)


def _fixed_in(form: QueryDict, grid: Grid, cells: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    release = form.get("fixed_in", "").strip()
    if not release:
        return None
    lines = {row.target.key: row.target.line for row in grid.rows}
    line = next((lines[target] for target, _ in cells if target in lines), "")
    return line, release


def _verification(form: QueryDict) -> dict[str, str]:
    given = {name: form.get(f"verification_{name}", "").strip() for name in VERIFICATION}
    return {name: text for name, text in given.items() if text}


def form_of(cell: CellView) -> Mapping[str, str]:
    """The values of the form's fields that would say this again."""
    values = {
        "state": cell.state,
        "justification": cell.justification,
        "planned": str(cell.planned),
        "planned_confidence": cell.planned_confidence,
        "fixed_in": cell.fixed_in[1] if cell.fixed_in else "",
        "range_form": cell.range.form.value if cell.range else "",
        "range_low": cell.range.low if cell.range else "",
        "range_high": cell.range.high if cell.range else "",
    }
    values |= {f"verification_{name}": str(cell.verification.get(name, "")) for name in VERIFICATION}
    for name in TEXTS:
        text = getattr(cell, name)
        values |= {f"{name}_{language}": text.exact(language) for language in ("ja", "en")}
    return values
