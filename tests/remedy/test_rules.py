"""Gaps: "not yet" asks for a plan, "never" demands the request to stop using it."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.remedy.rules import Cell, Have, Kind, Lack, may_approve, plan_gaps, ready_gaps

NOW = datetime(2015, 6, 1, tzinfo=UTC)


def cell(state: str = "affected", *, can_fix: bool = True, has_release: bool = False) -> Cell:
    return Cell("A-1", "VUL-1", state, can_fix, has_release)


def have(kind: Kind, state: str = "ready", **more: object) -> Have:
    return Have(kind, state, frozenset({"A-1"}), frozenset(), **more)  # type: ignore[arg-type]


def lacks(found: tuple[object, ...]) -> list[Lack]:
    return [gap.lack for gap in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", ["undecided", "investigating", "not_affected"])
def test_only_what_is_affected_needs_a_measure(state: str) -> None:
    assert plan_gaps([cell(state)], [], NOW) == ()


def test_not_yet_needs_a_plan_but_no_stop_use() -> None:
    assert lacks(plan_gaps([cell()], [], NOW)) == [Lack.MEASURE]
    assert plan_gaps([cell()], [have(Kind.FIX, "planned")], NOW) == ()
    assert lacks(ready_gaps([cell()], [have(Kind.FIX, "planned")], NOW)) == [Lack.READY]
    assert ready_gaps([cell()], [have(Kind.FIX)], NOW) == ()


@pytest.mark.parametrize("kind", [Kind.REPLACE, Kind.ACCEPT, Kind.FIX, Kind.SHIPPING_STOP])
def test_never_without_a_workaround_demands_stop_use_whatever_else_there_is(kind: Kind) -> None:
    accepted = have(kind, is_approved=True, expires_at=NOW + timedelta(days=1))
    assert lacks(plan_gaps([cell(can_fix=False)], [accepted], NOW)) == [Lack.STOP_USE]
    assert lacks(ready_gaps([cell(can_fix=False)], [accepted], NOW)) == [Lack.STOP_USE]


@pytest.mark.parametrize("kind", [Kind.STOP_USE, Kind.WORKAROUND])
def test_stop_use_or_a_workaround_answers_never(kind: Kind) -> None:
    assert plan_gaps([cell(can_fix=False)], [have(kind, "planned")], NOW) == ()
    assert lacks(ready_gaps([cell(can_fix=False)], [have(kind, "planned")], NOW)) == [Lack.READY]
    assert ready_gaps([cell(can_fix=False)], [have(kind)], NOW) == ()


def test_a_release_in_the_grid_is_the_fix() -> None:
    assert ready_gaps([cell("fixed", has_release=True)], [], NOW) == ()
    assert lacks(ready_gaps([cell("fixed")], [], NOW)) == [Lack.MEASURE]


def test_stopping_shipments_protects_nobody_who_owns_one() -> None:
    assert lacks(plan_gaps([cell()], [have(Kind.SHIPPING_STOP)], NOW)) == [Lack.MEASURE]


def test_an_accepted_risk_needs_somebody_elses_yes_and_runs_out() -> None:
    planned = have(Kind.ACCEPT, "planned")
    assert lacks(plan_gaps([cell()], [planned], NOW)) == [Lack.APPROVAL]
    holds = have(Kind.ACCEPT, is_approved=True, expires_at=NOW + timedelta(seconds=1))
    assert ready_gaps([cell()], [holds], NOW) == ()
    assert lacks(ready_gaps([cell()], [holds], NOW + timedelta(seconds=1))) == [Lack.EXPIRED]


@pytest.mark.parametrize("state", ["ended", "withdrawn"])
def test_what_is_over_counts_no_more(state: str) -> None:
    assert lacks(plan_gaps([cell()], [have(Kind.WORKAROUND, state)], NOW)) == [Lack.MEASURE]


def test_a_measure_counts_for_its_own_products_and_vulnerabilities() -> None:
    other = Have(Kind.WORKAROUND, "ready", frozenset({"B-2"}), frozenset())
    one_flaw = Have(Kind.WORKAROUND, "ready", frozenset({"A-1"}), frozenset({"VUL-2"}))
    assert lacks(plan_gaps([cell()], [other, one_flaw], NOW)) == [Lack.MEASURE]
    (gap,) = plan_gaps([cell(), Cell("A-1", "VUL-2", "affected")], [one_flaw], NOW)
    assert gap.vulnerabilities == ("VUL-1",)


def test_the_loudest_gap_stands_first() -> None:
    cells = [cell(), Cell("B-2", "VUL-1", "affected", can_fix=False)]
    assert lacks(plan_gaps(cells, [], NOW)) == [Lack.STOP_USE, Lack.MEASURE]


def test_neither_the_planner_nor_their_deputy_accepts() -> None:
    assert may_approve("b", frozenset(), "a")
    assert not may_approve("a", frozenset(), "a")
    assert not may_approve("b", frozenset({"a"}), "a")
