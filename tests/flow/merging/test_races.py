"""Two people at once: whoever comes second is told, nothing is half moved, nobody waits for ever."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from okiagari.cases import actions as cases
from okiagari.cases.models import Case, Task
from okiagari.flow.actions import merge, split
from okiagari.intake import actions as intake
from okiagari.plumbing import anchors
from okiagari.problems import Problem
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from okiagari.triage.models import Decision, Row
from tests import factories
from tests.flow.conftest import CATALOGUE
from tests.flow.merging.making import Matter, matter

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOT_AFFECTED = CellChange("not_affected", justification="component_not_present")
Call = Callable[[], object]


@pytest.fixture
def house(transactional_db: None) -> factories.House:
    made = factories.house()
    factories.catalogue(CATALOGUE)
    return made


@pytest.fixture
def one(house: factories.House) -> Matter:
    return matter(house, "一つ目")


@pytest.fixture
def other(house: factories.House) -> Matter:
    return matter(house, "二つ目")


def together(*calls: Call) -> list[str]:
    """Run all at once; for each "done" or the code of its problem."""
    outcomes: list[str] = []
    start = threading.Barrier(len(calls))

    def run(call: Call) -> None:
        start.wait()
        try:
            call()
        except Problem as problem:
            outcomes.append(problem.code)
        else:
            outcomes.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == len(calls), "somebody waits for ever, or stumbled"
    return sorted(outcomes)


def joining(house: factories.House, source: Matter, target: Matter) -> Call:
    return lambda: merge(house.member, source.case, into=target.case, reason="同じです。")


def test_each_into_the_other_at_once_one_wins_and_neither_waits_for_ever(
    house: factories.House, one: Matter, other: Matter
) -> None:
    outcome = together(joining(house, one, other), joining(house, other, one))
    assert outcome == ["cases.closed", "done"]
    assert Case.objects.filter(merged_into__isnull=False).count() == 1


def test_what_is_added_meanwhile_is_in_the_joined_case_or_was_refused(
    house: factories.House, one: Matter, other: Matter
) -> None:
    def add() -> object:
        return cases.add_task(house.member, one.case, title=factories.text("いま加えた"), team="psirt")

    outcome = together(joining(house, one, other), add, add)
    assert outcome in (["cases.closed"] * n + ["done"] * (3 - n) for n in range(3))
    assert not Task.objects.filter(case__public_id=one.case).exists()


def test_what_is_decided_meanwhile_is_in_the_joined_grid_or_was_refused(
    house: factories.House, one: Matter, other: Matter
) -> None:
    def decide() -> object:
        cells = [("WN-G54/R2", one.flaw)]
        return triage.decide(house.member, one.case, cells=cells, change=NOT_AFFECTED)

    outcome = together(joining(house, one, other), decide)
    assert outcome in (["done", "done"], ["cases.closed", "done"])
    assert not Decision.objects.filter(row__case__public_id=one.case).exists()
    assert Row.objects.filter(case__public_id=other.case).count() == 1


def test_a_report_that_is_linked_meanwhile_leads_to_the_joined_case_or_was_refused(
    house: factories.House, one: Matter, other: Matter
) -> None:
    third = intake.receive(house.member, source="user", title="三つ目", text="同じ件です。")
    outcome = together(joining(house, one, other), lambda: intake.link(house.member, third, case_id=one.case))
    assert outcome in (["done", "done"], ["cases.closed", "done"])


def test_two_splits_of_one_flaw_give_it_to_one(house: factories.House, one: Matter) -> None:
    def part() -> object:
        return split(
            house.member,
            one.case,
            title=factories.text("分けた件"),
            reason="別件",
            vulnerabilities=[one.flaw],
        )

    assert together(part, part) == ["desk.nothing_here", "done"]
    assert anchors.verify() == ()
