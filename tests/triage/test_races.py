"""Two people at once: one decision stands, none is lost, nobody waits for ever."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from okiagari.problems import Problem
from okiagari.triage import actions, queries, shipped
from okiagari.triage.actions import CellChange
from okiagari.triage.rules.criteria import to_json
from tests import factories
from tests.triage.conftest import CATALOGUE, Matter

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOT_AFFECTED = CellChange("not_affected", justification="component_not_present")


@pytest.fixture
def open_matter(transactional_db: None) -> Matter:
    house = factories.house()
    factories.catalogue(CATALOGUE)
    case = factories.case(house.member)
    first = factories.vulnerability(house.member, case)
    actions.freeze_rows(house.member, case, rule={"models": ["WN-G54/R2", "NP-BBRS"]})
    return Matter(house.member, case, first, first)


def together(*calls: Callable[[], object]) -> list[str]:
    """Run all at once; for each "done" or the code of its problem."""
    outcomes: list[str] = []
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
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
        thread.join(30)
    return sorted(outcomes)


def test_of_two_who_saw_the_same_grid_one_decides_and_the_other_is_told(open_matter: Matter) -> None:
    matter = open_matter
    seen = queries.grid(matter.member, matter.case).version
    cell = [("WN-G54/R2", matter.first)]

    def decide(change: CellChange) -> Callable[[], object]:
        return lambda: actions.decide(matter.member, matter.case, cells=cell, change=change, version=seen)

    outcome = together(decide(NOT_AFFECTED), decide(CellChange("investigating")))
    assert outcome == ["done", "triage.cells_changed"]
    assert len(queries.decision_history(matter.member, matter.case, *cell[0])) == 1


def test_without_a_version_the_later_one_replaces_the_earlier_and_both_are_kept(open_matter: Matter) -> None:
    matter = open_matter
    cell = [("WN-G54/R2", matter.first)]
    calls = [
        lambda: actions.decide(matter.member, matter.case, cells=cell, change=NOT_AFFECTED) for _ in range(4)
    ]
    assert together(*calls) == ["done"] * 4
    history = queries.decision_history(matter.member, matter.case, *cell[0])
    assert len(history) == 4
    assert sum(each.replaced_at is None for each in history) == 1


def test_two_first_adoptions_make_two_versions_or_one_is_told(open_matter: Matter) -> None:
    content = to_json(shipped.criteria())
    outcome = together(*[lambda: actions.adopt_criteria(open_matter.member, content) for _ in range(2)])
    versions = [view.version for view in queries.criteria_versions(open_matter.member)]
    assert outcome in (["done", "done"], ["desk.stale", "done"])
    assert versions == list(range(outcome.count("done"), 0, -1))
