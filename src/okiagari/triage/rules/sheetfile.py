"""The grid as a table that people fill in elsewhere: CSV out, and back with every mistake named at its line.

In: lines of a CSV file in the form written here. Out: entries (cell, change, reason) or problems with the
number of their line. What a spreadsheet would run as a formula is written as text.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okiagari.problems import Kind, Problem, define, gettext_noop, several
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.rules.cells import VERIFICATION, CellChange

NOT_A_TABLE = define(
    "triage.not_a_table",
    Kind.INVALID,
    gettext_noop("The file cannot be read as a table: %(why)s."),
    gettext_noop("Export the grid, change its lines and save it as CSV (UTF-8) with the same columns."),
)
WRONG_LINE = define(
    "triage.wrong_line",
    Kind.INVALID,
    gettext_noop("Line %(line)s (%(target)s): %(why)s"),
    gettext_noop("Nothing was changed. Correct the line and import the file again."),
)
TEXTS = ("condition", "note", "planned_wording", "cannot_fix")
KEYS = ("target", "vulnerability", "state")
COLUMNS = (
    "target",
    "team",
    "group",
    "vulnerability",
    "cve",
    "state",
    "range",
    "low",
    "high",
    "justification",
    "line",
    "fixed_in",
    *(f"verified_{name}" for name in VERIFICATION),
    "planned",
    "confidence",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES),
    "reason",
)
MOST_LINES = 20_000
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """One line of the file: its number, its cell, what it says of it."""

    number: int
    target: str
    vulnerability: str
    change: CellChange
    reason: str


def written(rows: Iterable[Mapping[str, str]]) -> str:
    """The table as CSV, with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: safe(row.get(name, "")) for name in COLUMNS})
    return "\ufeff" + out.getvalue()


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) or text.startswith("'") else text


def plain(text: str) -> str:
    """What `safe` made safe, as it was."""
    return text.removeprefix("'")


def fields(change: CellChange, reason: str = "") -> dict[str, str]:
    """What a line says of its cell, as `read` reads it."""
    versions = change.range
    said = {
        "state": str(change.state),
        "range": versions.form.value if versions else "",
        "low": versions.low if versions else "",
        "high": versions.high if versions else "",
        "justification": change.justification,
        "line": change.fixed_in[0] if change.fixed_in else "",
        "fixed_in": change.fixed_in[1] if change.fixed_in else "",
        "planned": str(change.planned),
        "confidence": change.planned_confidence,
        "reason": reason,
    }
    said |= {f"verified_{name}": str(change.verification.get(name, "")) for name in VERIFICATION}
    for name in TEXTS:
        said |= {f"{name}_{language}": getattr(change, name).exact(language) for language in LANGUAGES}
    return said


def read(content: str) -> tuple[Line, ...]:
    """Every line that says something. Raises NOT_A_TABLE, WRONG_LINE, SEVERAL."""
    table = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
    try:
        names = table.fieldnames or ()
        missing = [name for name in KEYS if name not in names]
        if missing:
            raise NOT_A_TABLE(why=f"{', '.join(missing)}?").at("file")
        found = list(_lines(table))
    except csv.Error as error:
        raise NOT_A_TABLE(why=str(error)).at("file") from None
    wrong = [each for each in found if isinstance(each, Problem)]
    if wrong:
        raise wrong[0] if len(wrong) == 1 else several(wrong[:20])
    return tuple(each for each in found if isinstance(each, Line))


def _lines(table: "csv.DictReader[str]") -> Iterator[Line | Problem]:
    for count, row in enumerate(table):
        if count >= MOST_LINES:
            yield NOT_A_TABLE(why=f"> {MOST_LINES}").at("file")
            return
        said = {name: plain((row.get(name) or "").strip()) for name in COLUMNS}
        if not said["target"] and not said["state"]:
            continue
        try:
            yield Line(table.line_num, said["target"], said["vulnerability"], _change(said), said["reason"])
        except Problem as problem:
            yield at_line(problem, table.line_num, said["target"])


def at_line(problem: Problem, number: int, target: str) -> Problem:
    """The same problem, said of a line of the file."""
    return WRONG_LINE(line=number, target=target, why=problem.definition.message % problem.parameters).at(
        "file"
    )


def _change(said: Mapping[str, str]) -> CellChange:
    return CellChange(
        said["state"],
        range=_range(said),
        justification=said["justification"],
        fixed_in=(said["line"], said["fixed_in"]) if said["fixed_in"] else None,
        verification={name: said[f"verified_{name}"] for name in VERIFICATION if said[f"verified_{name}"]},
        planned=PartialDate.parse(said["planned"]),
        planned_confidence=said["confidence"],
        **{name: _text(said, name) for name in TEXTS},
    )


def _range(said: Mapping[str, str]) -> Range | None:
    if not said["range"]:
        return None
    return Range.from_json({"form": said["range"], "low": said["low"], "high": said["high"]})


def _text(said: Mapping[str, str], name: str) -> LocalText:
    texts = {language: said[f"{name}_{language}"] for language in LANGUAGES if said[f"{name}_{language}"]}
    return LocalText.of(**texts) if texts else LocalText()
