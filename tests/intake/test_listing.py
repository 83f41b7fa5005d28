"""Lists: filters, sorting, pages, and as many queries for one report as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okiagari.intake import actions, queries
from okiagari.problems import Problem
from tests.factories import House, text


@pytest.fixture
def ten(house: House) -> list[str]:
    return [
        actions.receive(
            house.member,
            source="own" if number % 2 else "supplier",
            title=f"報告 {number:02d}",
            text="認証を回避できる" if number == 3 else "本文",
            product_text="NP-BBRS" if number < 5 else "WN-G54/R2",
        )
        for number in range(10)
    ]


def ids(page: queries.ReportPage) -> list[str]:
    return [row.id for row in page.rows]


@pytest.mark.parametrize("sort", ["received", "title", "state", "source", "product"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_hold_everything_once_in_every_order(
    house: House, ten: list[str], sort: str, sign: str
) -> None:
    found: list[str] = []
    after = None
    for _ in range(5):
        page = queries.reports(house.member, sort=sign + sort, limit=3, after=after)
        assert page.total == 10
        found += ids(page)
        after = page.next_after
        if after is None:
            break
    assert sorted(found) == sorted(ten)
    assert found == ids(queries.reports(house.member, sort=sign + sort))


def test_the_list_is_filtered(house: House, ten: list[str]) -> None:
    assert len(ids(queries.reports(house.member, source="own"))) == 5
    assert ids(queries.reports(house.member, search="認証")) == [ten[3]]
    assert ids(queries.reports(house.member, search="bbrs 報告 04")) == [ten[4]]
    assert ids(queries.reports(house.member, search=ten[7].lower())) == [ten[7]]
    assert ids(queries.reports(house.member, state="valid")) == []
    assert ids(queries.reports(house.member, kind="service")) == []


def test_the_list_knows_what_each_report_needs(house: House, ten: list[str]) -> None:
    actions.acknowledge(house.member, ten[0], answer=text("受領"))
    actions.acknowledge(house.member, ten[1], answer=text("受領"))
    actions.assess(house.member, ten[1], valid=True, reason="x")
    actions.close_report(house.member, ten[2], reason="x")
    for need in ("acknowledge", "assess", "accept", "read", ""):
        shown = queries.reports(house.member, need=need).rows if need else ()
        expected = [row.id for row in queries.reports(house.member).rows if row.need == need] if need else []
        assert sorted(row.id for row in shown) == sorted(expected)
    assert queries.reports(house.member, need="any").total == len(queries.waiting_reports(house.member))


@pytest.mark.parametrize(
    "filters", [{"state": "gone"}, {"sort": "colour"}, {"need": "tea"}, {"source": "x"}, {"kind": "x"}]
)
def test_a_filter_nobody_knows_is_told(house: House, filters: dict[str, str]) -> None:
    with pytest.raises(Problem, match="unknown_filter"):
        queries.reports(house.member, **filters)  # type: ignore[arg-type]


def test_a_list_costs_the_same_however_long_it_is(house: House, ten: list[str]) -> None:
    def count(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.reports(house.member, limit=limit)
        return len(captured)

    assert count(1) == count(10) <= 5


def test_what_waits_costs_the_same_however_much_it_is(house: House, ten: list[str]) -> None:
    with CaptureQueriesContext(connection) as many:
        assert len(queries.waiting_reports(house.member)) == 10
    for report_id in ten[1:]:
        actions.close_report(house.member, report_id, reason="x")
    with CaptureQueriesContext(connection) as one:
        assert len(queries.waiting_reports(house.member)) == 1
    assert len(many) == len(one) <= 3


def test_finding_duplicates_costs_the_same_however_many_reports_there_are(
    house: House, ten: list[str]
) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert len(queries.candidates(house.member, ten[0])) == 5
    assert len(captured) <= 8
