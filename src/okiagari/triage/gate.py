"""Gates of triage: are the judgements given, is every product decided? Facts, not permissions."""

from datetime import datetime

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.models import Case
from okiagari.cases.reading import by_key, flaws_of
from okiagari.desk.models import Team
from okiagari.desk.subjects import SYSTEM
from okiagari.problems import gettext_noop
from okiagari.triage import queries
from okiagari.triage.reading import plain
from okiagari.triage.rules import standing
from okiagari.triage.rules.cells import CellState
from okiagari.triage.rules.levels import Stage

NOBODY_ASKED = gettext_noop("No development team has been asked for a first judgement.")
FIRST_AWAITED = gettext_noop("%(team)s has not given the first judgement.")
NO_FINAL = gettext_noop("There is no final judgement.")
NO_FINAL_OF = gettext_noop("%(count)s vulnerabilities have no final judgement.")
NO_EXECUTIVES = gettext_noop("The executives have not judged.")
NO_ROWS = gettext_noop("It is not chosen which products to look at.")
NO_COLUMNS = gettext_noop("The case has no vulnerability, so no product can be decided.")
CELLS_UNDECIDED = gettext_noop("%(count)s cells are undecided: %(targets)s.")
LAPSED = gettext_noop("%(count)s decisions say nothing of %(releases)s yet: %(targets)s.")
CELLS_INVESTIGATED = gettext_noop("%(count)s cells are still being investigated: %(targets)s.")
VERSIONS_UNKNOWN = gettext_noop("The affected versions are not known yet: %(targets)s.")

ASK = gettext_noop("Ask for the first judgement")
JUDGE = gettext_noop("Judge")
CHOOSE_ROWS = gettext_noop("Choose the products")
DECIDE = gettext_noop("Decide the products")
ADD_VULNERABILITY = gettext_noop("Add a vulnerability")
SAY = gettext_noop("Say what holds")
NAMED = 5


def _principals(*, kind: str = "", keys: "tuple[str, ...]" = ()) -> tuple[int, ...]:
    teams = Team.objects.filter(kind=kind) if kind else Team.objects.filter(key__in=keys)
    return tuple(teams.order_by("pk").values_list("principal_id", flat=True))


def first_judgement(case_id: int) -> Facts:
    """Every development team asked has judged, or its time is over. Only for products and services."""
    case = by_key(case_id)
    given = plain(case)
    firsts = [each for each in given if each.stage is Stage.FIRST]
    if standing.standing(given, Stage.FINAL) and not standing.open_asks(given):
        return Facts(holds=True, applies=bool(firsts) or _has_product(case), since=_last(firsts))
    if not firsts:
        missing = Missing("triage.nobody_asked", NOBODY_ASKED, tab="judgement", action=ASK)
        return Facts(holds=False, missing=(missing,), applies=_has_product(case))
    awaited = standing.open_asks(given)
    names = {team.key: team for team in Team.objects.filter(key__in=[each.team for each in awaited])}
    missing_ones = tuple(
        Missing(
            "triage.first_awaited",
            FIRST_AWAITED,
            {"team": names[each.team].name.to_json()},
            (names[each.team].principal_id,),
            each.due_at,
            "judgement",
            JUDGE,
        )
        for each in awaited
    )
    return Facts(holds=not awaited, missing=missing_ones, since=None if awaited else _last(firsts))


def _has_product(case: Case) -> bool:
    return bool({"product", "service"} & set(case.kinds))


def _last(given: "list[standing.Given]") -> datetime | None:
    times = [at for each in given if (at := each.given_at or each.lapsed_at)]
    return max(times, default=None)


def final_judgement(case_id: int) -> Facts:
    """A final judgement stands for the case, or for each of its vulnerabilities."""
    case = by_key(case_id)
    given = plain(case)
    flaws = [row.public_id for row in flaws_of(case) if row.withdrawn_at is None]
    finals = list(standing.standing(given, Stage.FINAL))
    if not finals:
        missing = Missing("triage.no_final", NO_FINAL, tab="judgement", action=JUDGE)
        return Facts(holds=False, missing=(missing,))
    bare = standing.is_final_complete(given, flaws)
    if bare:
        facts = {"count": len(bare), "vulnerabilities": list(bare)}
        missing = Missing("triage.no_final_of", NO_FINAL_OF, facts, tab="judgement", action=JUDGE)
        return Facts(holds=False, missing=(missing,))
    return Facts(holds=True, since=_last(finals))


def executive_judgement(case_id: int) -> Facts:
    """Above their line the executives have judged too. Does not apply below it."""
    given = plain(by_key(case_id))
    called = [each for each in standing.standing(given, Stage.FINAL) if each.needs_executives]
    if not called:
        return Facts(holds=True, applies=False)
    if standing.unconfirmed(given):
        owners = _principals(kind="executives")
        missing = Missing("triage.no_executives", NO_EXECUTIVES, owners=owners, tab="judgement", action=JUDGE)
        return Facts(holds=False, missing=(missing,))
    return Facts(holds=True, since=_last(list(standing.standing(given, Stage.EXECUTIVE))))


def affectedness(case_id: int) -> Facts:
    """Rows are chosen and every cell is decided; what is not is named, with the team of its product."""
    case = by_key(case_id)
    grid = queries.grid(SYSTEM, case.public_id)
    # an incident in a service may have nothing to fix: then there is nothing to decide of products
    applies = "product" in case.kinds or (_has_product(case) and bool(grid.rows or grid.columns))
    if not grid.rows:
        missing = Missing("triage.no_rows", NO_ROWS, tab="products", action=CHOOSE_ROWS)
        return Facts(holds=False, missing=(missing,), applies=applies)
    if not grid.columns:
        missing = Missing("triage.no_columns", NO_COLUMNS, action=ADD_VULNERABILITY)
        return Facts(holds=False, missing=(missing,), applies=applies)
    missing_ones = (
        *_open(grid, "triage.cells_undecided", CELLS_UNDECIDED, CellState.UNDECIDED),
        *_open(grid, "triage.cells_investigated", CELLS_INVESTIGATED, CellState.INVESTIGATING),
        *_vague(grid),
        *lapses(case_id),
    )
    times = [cell.at for cell in grid.cells.values() if cell.at]
    since = max(times, default=None) if not missing_ones else None
    return Facts(holds=not missing_ones, missing=missing_ones, applies=applies, since=since)


def _open(grid: queries.Grid, code: str, text: str, state: CellState) -> tuple[Missing, ...]:
    """One missing thing per team, with how many cells, of which products, until when."""
    by_team: dict[int | None, list[queries.GridRow]] = {}
    for row in grid.rows:
        for column in grid.columns:
            if grid.cell(row.target.key, column.id).state == state:
                by_team.setdefault(row.team_principal, []).append(row)
    return tuple(_named(code, text, principal, rows) for principal, rows in by_team.items())


def _vague(grid: queries.Grid) -> tuple[Missing, ...]:
    by_team: dict[int | None, list[queries.GridRow]] = {}
    for row in grid.rows:
        cells = [grid.cell(row.target.key, column.id) for column in grid.columns]
        if any(cell.range is not None and not cell.range.is_known for cell in cells):
            by_team.setdefault(row.team_principal, []).append(row)
    return tuple(
        _named("triage.versions_unknown", VERSIONS_UNKNOWN, principal, rows)
        for principal, rows in by_team.items()
    )


def _named(code: str, text: str, principal: int | None, rows: "list[queries.GridRow]") -> Missing:
    targets = list(dict.fromkeys(row.target.key for row in rows))
    due = min((row.due_at for row in rows if row.due_at), default=None)
    owners = (principal,) if principal else ()
    facts = {"count": len(rows), "targets": _first(targets)}
    return Missing(code, text, facts, owners, due, "products", DECIDE)


def lapses(case_id: int) -> tuple[Missing, ...]:
    """Decisions that lapsed at what came later, by the team that has to say; also on a closed case."""
    public_id = by_key(case_id).public_id
    by_team: dict[str, list[queries.CarryView]] = {}
    for each in queries.lapses(SYSTEM, public_id):
        by_team.setdefault(each.team, []).append(each)
    if not by_team:
        return ()
    principals = dict(Team.objects.filter(key__in=by_team).values_list("key", "principal_id"))
    return tuple(_lapsed(rows, principals.get(team)) for team, rows in by_team.items())


def _first(targets: list[str]) -> list[str]:
    return [*targets[:NAMED], *(["…"] if len(targets) > NAMED else [])]


def _lapsed(rows: "list[queries.CarryView]", principal: int | None) -> Missing:
    targets = list(dict.fromkeys(row.source for row in rows))
    facts = {
        "count": len(rows),
        "releases": list(dict.fromkeys(row.to for row in rows)),
        "targets": _first(targets),
    }
    due = min((row.due_at for row in rows if row.due_at), default=None)
    owners = (principal,) if principal else ()
    return Missing("triage.lapsed", LAPSED, facts, owners, due, "products", SAY)
