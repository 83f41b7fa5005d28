"""The grid as markup: 2,000 cells in a few milliseconds.

In: the grid of `triage.queries`, what is chosen, what changed. Out: rows with ready ``<td>``s. Cells set
by one deed share one value, so their inside is written once.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from okiagari.plumbing import clock
from okiagari.triage.queries import CellView, Grid, GridRow, GroupView
from okiagari.triage.rules.cells import CellState
from okiagari.triage.rules.grouping import WAYS
from okiagari.triage.rules.levels import Level
from okiagari.web.frame import icons
from okiagari.web.triage.words import best, range_words, short_range

STATES = tuple(state.value for state in CellState)
FOLDED_FROM, FEW_ROWS = 2, 3
"""On a phone a row of more cells than this folds, unless there are only so few rows."""


@dataclass(frozen=True)
class TableRow:
    key: str
    name: str
    details: str
    cells: tuple[SafeString, ...]
    remove_href: str
    level: str = ""
    team: str = ""
    is_handed_over: bool = False
    summary: str = ""
    """How many cells say what, where a row is long; `is_open`: it is not folded at first."""
    is_open: bool = False


@dataclass(frozen=True)
class Family:
    """Rows of one group or family; a product without relatives stands alone and has no heading.

    A group's heading row has cells of its own (`said`): what is said there, its members inherit.
    """

    name: str
    number: int
    rows: tuple[TableRow, ...]
    summary: tuple[SafeString, ...]
    group: str = ""
    said: tuple[SafeString, ...] = ()

    @property
    def is_folding(self) -> bool:
        return len(self.rows) > 1 or bool(self.group)


def shape(state: str) -> str:
    return state.replace("_", "-")


def state_words() -> dict[str, str]:
    words = (
        pgettext("cell", "undecided"),
        pgettext("cell", "investigating"),
        pgettext("cell", "affected"),
        pgettext("cell", "not affected"),
        pgettext("cell", "fixed"),
    )
    return dict(zip(STATES, words, strict=True))


def symbols() -> SafeString:
    """The drawings of the states, once; cells refer to them."""
    return format_html_join(
        "",
        '<symbol id="cell-{}" viewBox="0 0 16 16">{}</symbol>',
        ((shape(state), icons.inside(shape(state), kind="cell")) for state in STATES),
    )


class Table:
    """Writes one page's cells."""

    def __init__(
        self,
        grid: Grid,
        base: str,
        *,
        chosen: Collection[tuple[str, str]] = (),
        changed: Collection[tuple[str, str]] = (),
        may_decide: Callable[[GridRow], bool] = bool,
        shown: Sequence[GridRow] | None = None,
        levels: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.grid, self.base, self.may_decide = grid, base, may_decide
        self.rows = grid.rows if shown is None else tuple(shown)
        self.levels = levels or {}
        self.chosen, self.changed = frozenset(chosen), frozenset(changed)
        self.touched = {target for target, _ in self.chosen | self.changed}
        self.words = state_words()
        self.insides: dict[tuple[int, datetime | None], str] = {}
        self.columns = [(column.id, escape(column.cve or best(column.title))) for column in grid.columns]

    def families(self) -> tuple[Family, ...]:
        """Groups first, then families, in the order of their first row."""
        found: dict[tuple[str, str], list[GridRow]] = {}
        for row in self.rows:
            name = row.target.family or row.target.model
            found.setdefault((row.group, "" if row.group else name), []).append(row)
        ordered = sorted(found.items(), key=lambda each: not each[0][0])
        return tuple(self._family(number, key, rows) for number, (key, rows) in enumerate(ordered))

    def _family(self, number: int, key: tuple[str, str], rows: list[GridRow]) -> Family:
        group, name = key
        made = tuple(self._row(row) for row in rows)
        if group in self.grid.groups:
            view = self.grid.groups[group]
            members = [row for row in self.grid.rows if row.group == group]  # also those a filter hides
            said = tuple(self._group_cell(view, members, column, title) for column, title in self.columns)
            heading = format_html('{}: <span class="o-whole">{}</span>', gettext(WAYS[view.by]), view.value)
            return Family(heading, number, made, (), group, said)
        return Family(name, number, made, self._summary(rows) if len(rows) > 1 else ())

    def _group_cell(self, view: GroupView, rows: list[GridRow], column: str, title: str) -> SafeString:
        """What the group says, and how many members say otherwise."""
        state = view.says.get(column, "undecided")
        cells = [self.grid.cell(row.target.key, column) for row in rows]
        own = sum(cell.state != "undecided" and not cell.is_inherited for cell in cells)
        note = ngettext("%(count)d its own", "%(count)d their own", own) % {"count": own} if own else ""
        look = shape(state)
        value = escape(f"@{view.key}|{column}")
        small = f"<small>{escape(note)}</small>" if note else ""
        if state == "undecided" and own == len(rows):  # nothing is left to say: it must not be loud
            told = gettext("each decided by itself")
            look, inside = "settled", f"<span>{escape(told)}</span>"
        else:
            inside = (
                f'<svg aria-hidden="true"><use href="#cell-{look}"/></svg>'
                f"<span>{escape(self.words[state])}</span>{small}"
            )
        href = escape(f"{self.base}group/?{urlencode({'group': view.key})}")
        box = ""
        if all(self.may_decide(row) for row in rows):
            checked = " checked" if (f"@{view.key}", column) in self.chosen else ""
            label = f"{escape(view.value)}, {title}"
            box = f'<input type="checkbox" name="cells" value="{value}"{checked} aria-label="{label}">'
        link = f'<a class="o-cell is-{look}" href="{href}">{inside}</a>'
        return SafeString(f'<td class="is-settable" data-c="{title}">{box}{link}</td>')

    def _summary(self, rows: list[GridRow]) -> tuple[SafeString, ...]:
        """For each column, how many rows say what; the loudest first."""
        return tuple(self._counts(rows, [column]) for column, _ in self.columns)

    def _counts(self, rows: list[GridRow], columns: list[str], *, is_spoken: bool = False) -> SafeString:
        """How many cells say what; the word before the number for everybody, or after it only for ears."""
        states = [self.grid.cell(row.target.key, column).state for row in rows for column in columns]
        inside = "{3} {2}" if is_spoken else '{2}<span class="o-sr"> {3}</span>'
        return format_html_join(
            "",
            '<span class="o-cell is-{0}"><svg aria-hidden="true"><use href="#cell-{1}"/></svg>'
            f"<span>{inside}</span></span>",
            (
                (shape(state), shape(state), states.count(state), self.words[state])
                for state in STATES
                if state in states
            ),
        )

    def _row(self, row: GridRow) -> TableRow:
        target = row.target
        details = [part for part in (best(target.names), target.platform) if part and part != target.key]
        query = urlencode({"target": target.key})
        return TableRow(
            key=target.key,
            name=target.key,
            details=" · ".join(details),
            cells=tuple(self._cell(row, column, title) for column, title in self.columns),
            remove_href=f"{self.base}remove/?{query}",
            level=self._level(target.key),
            team=best(row.team_name) or row.team,
            is_handed_over=row.is_handed_over,
            summary=self._counts([row], [column for column, _ in self.columns], is_spoken=True)
            if len(self.columns) > FOLDED_FROM
            else "",
            is_open=len(self.rows) <= FEW_ROWS or target.key in self.touched,
        )

    def _level(self, target: str) -> str:
        """The worst level judged of this product, where products differ."""
        found = [self.levels[target, column] for column, _ in self.columns if (target, column) in self.levels]
        return max(found, key=lambda level: Level(level).rank, default="")

    def _cell(self, row: GridRow, column: str, title: str) -> SafeString:
        key = (row.target.key, column)
        view = self.grid.cells[key]
        target = escape(row.target.key)
        href = escape(f"{self.base}cell/?{urlencode({'target': key[0], 'vulnerability': column})}")
        marks = " is-changed" if key in self.changed else ""
        checked = " checked" if key in self.chosen else ""
        box = ""
        if self.may_decide(row):
            box = (
                f'<input type="checkbox" name="cells" value="{target}|{column}"{checked} '
                f'aria-label="{target}, {title}">'
            )
        look, inside = shape(view.state), self._inside(view, row.due_at)
        look += " is-inherited" if view.is_inherited else ""
        look += " is-lapsed" if view.lapsed_at else ""
        link = f'<a class="o-cell is-{look}" href="{href}">{inside}</a>'
        return SafeString(f'<td class="is-settable{marks}" data-c="{title}">{box}{link}</td>')

    def cell(self, row: GridRow, column: str) -> SafeString:
        """One cell again, for somebody who is looking at the grid."""
        titles = dict(self.columns)
        return self._cell(row, column, titles[column])

    def _inside(self, view: CellView, due: datetime | None) -> str:
        due = due if not view.is_decided else None
        key = (id(view), due)
        if key not in self.insides:
            note = escape(self._note(view, due))
            small = f"<small>{note}</small>" if note else ""
            look = shape(view.state)
            word = escape(self.words[view.state])
            self.insides[key] = (
                f'<svg aria-hidden="true"><use href="#cell-{look}"/></svg><span>{word}</span>{small}'
            )
        return self.insides[key]

    def _note(self, view: CellView, due: datetime | None) -> str:
        """The few signs beside the word: what lapsed, versions, the release that fixes, until when."""
        if view.lapsed_at:
            return gettext("%(release)s?") % {"release": view.lapsed_at[-1]}
        if view.state == CellState.AFFECTED and view.cannot_fix:
            return gettext("cannot be fixed")
        if view.state == CellState.AFFECTED and view.range:
            return short_range(view.range)
        if view.state == CellState.FIXED and view.fixed_in:
            return view.fixed_in[1]
        if due is not None:
            return _due(due)
        return ""


def _due(due: datetime) -> str:
    local = timezone.localtime(due).strftime("%m-%d %H:%M")
    return gettext("late, %(due)s") % {"due": local} if due < clock.now() else local


def versions_of(view: CellView) -> str:
    return range_words(view.range) if view.range else ""
