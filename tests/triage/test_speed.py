"""200 products x 10 vulnerabilities: constant queries, and the times that docs/benchmarks.md promises."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.triage.conftest import Matter

MOST_FOR_A_DECISION = 66
"""Queries of one decision with all that hears it: position, waits, index."""


def big(house: factories.House, products: int, vulnerabilities: int) -> Matter:
    releases = [{"text": f"1.{number:02}"} for number in range(5)]
    catalog.import_catalogue(
        SYSTEM,
        {
            "lines": [{"key": f"line-{number}", "releases": releases} for number in range(products // 4)],
            "products": [
                {
                    "model": f"P-{products}-{number:03}",
                    "family": f"F-{number % 20}",
                    "team": "router-dev",
                    "category": f"big-{products}",
                    "targets": [{"line": f"line-{number % (products // 4)}"}],
                }
                for number in range(products)
            ],
        },
    )
    case = factories.case(house.member)
    made = [factories.vulnerability(house.member, case, f"脆弱性{n}") for n in range(vulnerabilities)]
    actions.freeze_rows(house.member, case, rule={"category": f"big-{products}"})
    return Matter(house.member, case, made[0], made[-1])


def every_cell(matter: Matter) -> list[tuple[str, str]]:
    return list(queries.grid(matter.member, matter.case).cells)


def counted(call: object, *args: object, **kwargs: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    return len(caught)


def test_reading_and_deciding_take_the_same_queries_however_big_the_grid(house: factories.House) -> None:
    reads, writes = [], []
    for products in (8, 40):
        matter = big(house, products, 2)
        cells = every_cell(matter)
        change = CellChange("affected", range=Range.up_to("1.03"))
        actions.decide(matter.member, matter.case, cells=cells[:1], change=change)
        reads.append(counted(queries.grid, matter.member, matter.case))
        writes.append(counted(actions.decide, matter.member, matter.case, cells=cells, change=change))
    assert reads[0] == reads[1]
    assert writes[1] <= writes[0] + 1  # SQLite takes 166 cells in one INSERT
    assert reads[0] <= 10
    assert writes[0] <= MOST_FOR_A_DECISION


@pytest.mark.speed
@pytest.mark.sqlite
def test_two_thousand_cells_are_set_in_one_request_within_a_second(house: factories.House) -> None:
    matter = big(house, 200, 10)
    cells = every_cell(matter)
    assert len(cells) == 2000
    best_read, best_write = 9.0, 9.0
    for change in (
        CellChange("investigating"),
        CellChange("affected", range=Range.up_to("1.03")),
    ):
        begun = time.process_time()
        actions.decide(matter.member, matter.case, cells=cells, change=change)
        best_write = min(best_write, time.process_time() - begun)
        begun = time.process_time()
        queries.grid(matter.member, matter.case)
        best_read = min(best_read, time.process_time() - begun)
    assert best_write < 1.0
    assert best_read < 0.3
