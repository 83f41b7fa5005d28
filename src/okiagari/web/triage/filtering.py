"""Which rows of the grid are shown: by state, team, family, words, my own undecided. The address holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from okiagari.desk.subjects import Subject
from okiagari.triage.queries import Grid, GridRow
from okiagari.web.triage.words import best

NAMES = ("state", "team", "family", "words", "mine")
OPEN = "open"


@dataclass(frozen=True)
class Filter:
    """What is asked for; "" asks for nothing. `state`: one of the cells', or open (somebody has to say)."""

    state: str = ""
    team: str = ""
    family: str = ""
    words: str = ""
    mine: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NAMES)

    @property
    def query(self) -> str:
        return urlencode({name: getattr(self, name) for name in NAMES if getattr(self, name)})


def read(form: Mapping[str, str]) -> Filter:
    return Filter(**{name: str(form.get(name, "")).strip() for name in NAMES})


def rows(grid: Grid, asked: Filter, subject: Subject) -> tuple[GridRow, ...]:
    """The rows that fit. A row stays whole: its other cells say what the decision has to fit to."""
    if not asked:
        return grid.rows
    words = asked.words.casefold().split()
    return tuple(row for row in grid.rows if _fits(grid, row, asked, subject) and _says(row, words))


def _fits(grid: Grid, row: GridRow, asked: Filter, subject: Subject) -> bool:
    if asked.team and row.team != asked.team:
        return False
    if asked.family and row.target.family != asked.family:
        return False
    if asked.mine and row.team not in subject.teams:
        return False
    state = OPEN if asked.mine else asked.state
    return not state or any(_is(grid, row, column.id, state) for column in grid.columns)


def _is(grid: Grid, row: GridRow, column: str, state: str) -> bool:
    cell = grid.cell(row.target.key, column)
    return cell.is_open if state == OPEN else cell.state == state


def _says(row: GridRow, words: Sequence[str]) -> bool:
    target = row.target
    text = " ".join((target.key, best(target.names), target.line, target.category)).casefold()
    return all(word in text for word in words)


def choices(grid: Grid) -> dict[str, tuple[tuple[str, str], ...]]:
    """The teams and families there are."""
    teams = {row.team: best(row.team_name) or row.team for row in grid.rows if row.team}
    families = sorted({row.target.family for row in grid.rows if row.target.family})
    return {"teams": tuple(sorted(teams.items())), "families": tuple((each, each) for each in families)}
