"""The grid: rows by a frozen rule, cells decided in bulk, everything kept."""

import pytest

from okiagari.plumbing import ledger
from okiagari.problems import Problem
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.triage.conftest import Matter

ROUTER, UNFIXABLE, SUCCESSOR, SERVICE = "WN-G54/R2", "NP-BBRS", "ETX2-RA", "Remote Link"
VERIFIED = {"who": "開発部", "on": "WN-G54/R2 1.03", "how": "SSDPを外側から送信"}
NOT_AFFECTED = CellChange("not_affected", justification="component_not_present")


@pytest.fixture
def chosen(matter: Matter) -> Matter:
    actions.freeze_rows(matter.member, matter.case, rule={"team": "router-dev"})
    return matter


def refused(call: object, *args: object, **kwargs: object) -> Problem:
    with pytest.raises(Problem) as raised:
        call(*args, **kwargs)  # type: ignore[operator]
    return raised.value


def decide(matter: Matter, cells: list[tuple[str, str]], change: CellChange, **more: object) -> int:
    return actions.decide(matter.member, matter.case, cells=cells, change=change, **more)  # type: ignore[arg-type]


def state(matter: Matter, target: str, vulnerability: str) -> str:
    return queries.grid(matter.member, matter.case).cell(target, vulnerability).state


def lines(matter: Matter) -> list[str]:
    return [entry.verb for entry in ledger.entries([("case", matter.case)], newest_first=False)]


def test_rule_result_and_exclusions_are_frozen_with_their_approver(matter: Matter) -> None:
    out = [(SUCCESSOR, "UPnPを持たない世代")]
    actions.freeze_rows(matter.member, matter.case, rule={"team": "router-dev"}, excluded=out)
    (frozen,) = queries.selections(matter.member, matter.case)
    assert frozen.rule == {"team": "router-dev"}
    assert set(frozen.found) == {ROUTER, UNFIXABLE, SUCCESSOR}
    assert frozen.excluded == ((SUCCESSOR, "UPnPを持たない世代", "member"),)
    grid = queries.grid(matter.member, matter.case)
    assert {row.target.key for row in grid.rows} == {ROUTER, UNFIXABLE}
    assert [column.id for column in grid.columns] == [matter.first, matter.second]


def test_a_product_added_later_does_not_change_a_frozen_selection(chosen: Matter) -> None:
    from okiagari.catalog import actions as catalog
    from okiagari.desk.subjects import SYSTEM

    catalog.put_product(SYSTEM, {"model": "NP-BBRM", "team": "router-dev", "targets": [{}]})
    assert len(queries.grid(chosen.member, chosen.case).rows) == 3
    actions.add_row(chosen.member, chosen.case, target="NP-BBRM", reason="同じUPnP実装")
    grid = queries.grid(chosen.member, chosen.case)
    added = next(row for row in grid.rows if row.target.key == "NP-BBRM")
    assert added.added_reason == "同じUPnP実装"


@pytest.mark.parametrize(
    ("rule", "excluded", "code"),
    [
        ({"models": ["NO-SUCH"]}, [], "triage.nothing_found"),
        ({"colour": "red"}, [], "catalog.wrong_rule"),
        ({"team": "router-dev"}, [(SUCCESSOR, " ")], "triage.exclusion_needs_reason"),
        ({"team": "router-dev"}, [(SERVICE, "別物")], "triage.not_found_by_rule"),
    ],
)
def test_a_selection_that_means_nothing_is_refused(
    matter: Matter, rule: dict[str, object], excluded: list[tuple[str, str]], code: str
) -> None:
    assert refused(actions.freeze_rows, matter.member, matter.case, rule=rule, excluded=excluded).code == code
    assert queries.selections(matter.member, matter.case) == ()


def test_a_row_is_added_and_removed_with_a_reason_and_its_decisions_stay(chosen: Matter) -> None:
    decide(chosen, [(SUCCESSOR, chosen.first)], NOT_AFFECTED)
    assert refused(actions.remove_row, chosen.member, chosen.case, target=SUCCESSOR, reason="").code == (
        "triage.row_needs_reason"
    )
    actions.remove_row(chosen.member, chosen.case, target=SUCCESSOR, reason="後継機は対象外")
    assert SUCCESSOR not in {row.target.key for row in queries.grid(chosen.member, chosen.case).rows}
    (gone,) = queries.removed_rows(chosen.member, chosen.case)
    assert gone.removed_reason == "後継機は対象外"
    actions.add_row(chosen.member, chosen.case, target=SUCCESSOR, reason="念のため公表に載せる")
    assert state(chosen, SUCCESSOR, chosen.first) == "not_affected"


def test_a_row_is_not_added_twice_nor_removed_twice(chosen: Matter) -> None:
    again = {"target": ROUTER, "reason": "もう一度"}
    assert refused(actions.add_row, chosen.member, chosen.case, **again).code == "triage.row_there"
    actions.remove_row(chosen.member, chosen.case, **again)
    assert refused(actions.remove_row, chosen.member, chosen.case, **again).code == "triage.row_not_there"


def test_every_cell_starts_undecided(chosen: Matter) -> None:
    grid = queries.grid(chosen.member, chosen.case)
    assert len(grid.cells) == 6
    assert grid.count("undecided") == 6


def test_many_cells_are_decided_by_one_line(chosen: Matter) -> None:
    before = len(lines(chosen))
    cells = [(ROUTER, chosen.first), (ROUTER, chosen.second), (UNFIXABLE, chosen.first)]
    decide(chosen, cells, CellChange("affected", range=Range.all()), reason="外側からのSSDPに応答する")
    assert lines(chosen)[before:] == ["triage.decided"]
    grid = queries.grid(chosen.member, chosen.case)
    assert {cell for cell, view in grid.cells.items() if view.state == "affected"} == set(cells)
    cell = grid.cell(ROUTER, chosen.first)
    assert (cell.reason, cell.by.exact("ja")) == ("外側からのSSDPに応答する", "memberさん")
    assert cell.at is not None


def test_one_wrong_cell_and_nothing_is_saved(chosen: Matter) -> None:
    cells = [(ROUTER, chosen.first), (UNFIXABLE, chosen.first)]
    problem = refused(decide, chosen, cells, CellChange("affected", range=Range.before("1.03")))
    assert problem.code == "triage.version_not_on_line"
    assert problem.parameters["target"] == UNFIXABLE
    assert queries.grid(chosen.member, chosen.case).count("undecided") == 6


def test_a_release_of_another_line_is_refused(chosen: Matter) -> None:
    change = CellChange("fixed", fixed_in=("wn-g54-r2", "1.03"), verification=VERIFIED)
    assert refused(decide, chosen, [(UNFIXABLE, chosen.first)], change).code == (
        "triage.release_of_another_line"
    )


def test_a_fixed_cell_names_the_release_whatever_alias_was_written(chosen: Matter) -> None:
    decide(chosen, [(ROUTER, chosen.first)], CellChange("affected", range=Range.before("1.0.3")))
    change = CellChange("fixed", fixed_in=("wn-g54-r2", "1.0.3"), verification=VERIFIED)
    decide(chosen, [(ROUTER, chosen.first)], change)
    cell = queries.grid(chosen.member, chosen.case).cell(ROUTER, chosen.first)
    assert cell.fixed_in == ("wn-g54-r2", "1.03")
    assert cell.range == Range.before("1.03")
    assert dict(cell.verification) == VERIFIED


def test_a_condition_and_why_no_fix_is_possible_are_kept_in_both_languages(chosen: Matter) -> None:
    condition = LocalText.of(ja="ルータ機能の使用中のみ", en="Only while the router function is in use")
    why = LocalText.of(ja="ファームウェアを構築できない", en="The firmware can no longer be built")
    change = CellChange("affected", range=Range.all(), condition=condition, cannot_fix=why)
    decide(chosen, [(UNFIXABLE, chosen.first)], change)
    cell = queries.grid(chosen.member, chosen.case).cell(UNFIXABLE, chosen.first)
    assert (cell.condition, cell.cannot_fix) == (condition, why)


def test_every_change_keeps_its_date_and_author(chosen: Matter, house: factories.House) -> None:
    from okiagari.desk import scopes
    from okiagari.desk.permits import Level
    from okiagari.triage.models import Row

    scope = Row.objects.values_list("scope_id", flat=True)[0]
    scopes.admit_teams(scope, ("development",), Level.SEE, "test")
    cell = [(ROUTER, chosen.first)]
    decide(chosen, cell, CellChange("investigating"))
    actions.decide(house.developer, chosen.case, cells=cell, change=NOT_AFFECTED, reason="部品がない")
    now, before = queries.decision_history(chosen.member, chosen.case, *cell[0])
    assert (now.state, now.by.exact("ja"), now.replaced_at) == ("not_affected", "developerさん", None)
    assert (before.state, before.by.exact("ja")) == ("investigating", "memberさん")
    assert before.replaced_at == now.at or before.replaced_at is not None


def test_a_decision_is_taken_back_with_a_reason(chosen: Matter) -> None:
    decide(chosen, [(ROUTER, chosen.first)], NOT_AFFECTED)
    decide(chosen, [(ROUTER, chosen.first)], CellChange("undecided"), reason="別の機種と取り違えた")
    assert state(chosen, ROUTER, chosen.first) == "undecided"
    assert len(queries.decision_history(chosen.member, chosen.case, ROUTER, chosen.first)) == 1


def test_somebody_who_saw_an_older_grid_changes_nothing_and_learns_which_cells_changed(
    chosen: Matter,
) -> None:
    seen = queries.grid(chosen.member, chosen.case).version
    new = decide(chosen, [(ROUTER, chosen.first)], NOT_AFFECTED, version=seen)
    assert new == seen + 1
    cells = [(ROUTER, chosen.first), (UNFIXABLE, chosen.first)]
    assert (
        refused(decide, chosen, cells, CellChange("investigating"), version=seen).code
        == "triage.cells_changed"
    )
    assert queries.changed_cells(chosen.member, chosen.case, seen) == {(ROUTER, chosen.first)}
    decide(chosen, cells, CellChange("investigating"), version=new)
    assert state(chosen, UNFIXABLE, chosen.first) == "investigating"


def test_a_cell_taken_back_counts_as_changed(chosen: Matter) -> None:
    seen = decide(chosen, [(ROUTER, chosen.first)], NOT_AFFECTED)
    decide(chosen, [(ROUTER, chosen.first)], CellChange("undecided"), reason="取り違え")
    assert queries.changed_cells(chosen.member, chosen.case, seen) == {(ROUTER, chosen.first)}


def test_other_work_on_the_case_does_not_make_the_grid_stale(chosen: Matter) -> None:
    seen = queries.grid(chosen.member, chosen.case).version
    factories.vulnerability(chosen.member, chosen.case, "三つ目")
    decide(chosen, [(ROUTER, chosen.first)], NOT_AFFECTED, version=seen)


@pytest.mark.parametrize("cells", [[], [("NO-SUCH", "first")], [(SERVICE, "first")]])
def test_cells_that_are_not_there_are_not_decided(chosen: Matter, cells: list[tuple[str, str]]) -> None:
    named = [(target, chosen.first) for target, _ in cells]
    assert refused(decide, chosen, named, NOT_AFFECTED).code in {"triage.no_cells", "triage.row_not_there"}


def test_a_vulnerability_of_another_case_has_no_column_here(chosen: Matter) -> None:
    other = factories.case(chosen.member)
    strange = factories.vulnerability(chosen.member, other)
    assert refused(decide, chosen, [(ROUTER, strange)], NOT_AFFECTED).code == "desk.nothing_here"
