"""A table of decisions brought back from a spreadsheet: only lines that say something new change a cell."""

from okiagari.desk.subjects import Subject
from okiagari.plumbing import ids
from okiagari.problems import Problem, several
from okiagari.triage import queries
from okiagari.triage.actions.deciding import Entry, decide_many
from okiagari.triage.rules import sheetfile
from okiagari.triage.rules.cells import mistakes
from okiagari.triage.rules.saying import to_json
from okiagari.triage.rules.sheetfile import NOT_A_TABLE, Line


def import_cells(subject: Subject, case_id: str, *, table: str, version: int | None = None) -> int:
    """Decide what the lines of a CSV table say. Returns how many cells changed.

    All of it or nothing: every mistake is told with its line. A line that says what the cell says already
    changes nothing, so a table that was only looked at is harmless. Raises as `decide` does.
    """
    lines = sheetfile.read(table)
    grid = queries.grid(subject, case_id)
    known = {(target, ids.folded(flaw)): cell for (target, flaw), cell in grid.cells.items()}
    wrong: list[Problem] = []
    changed: list[Line] = []
    for line in lines:
        held = known.get((line.target, ids.folded(line.vulnerability)))
        if held is None:
            where = f"{line.target} / {line.vulnerability}"
            wrong.append(sheetfile.at_line(NOT_A_TABLE(why=f"{where}?"), line.number, line.target))
        elif to_json(line.change) != to_json(queries.as_change(subject, held)):
            found = list(mistakes(line.change, line.reason))
            wrong += [sheetfile.at_line(each, line.number, line.target) for each in found]
            changed.append(line)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else several(wrong[:20])
    if changed:
        decide_many(subject, case_id, _entries(changed), version=version)
    return len(changed)


def _entries(lines: list[Line]) -> list[Entry]:
    """Lines that say the same are one decision."""
    alike: dict[str, list[Line]] = {}
    for line in lines:
        alike.setdefault(f"{to_json(line.change)} {line.reason}", []).append(line)
    return [
        Entry([(line.target, line.vulnerability) for line in same], same[0].change, same[0].reason)
        for same in alike.values()
    ]
