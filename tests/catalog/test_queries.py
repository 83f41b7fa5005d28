"""Lists and pages of the catalogue cost the same however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okiagari.catalog import actions, queries
from okiagari.desk.subjects import SYSTEM
from tests.factories import House


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("hdl-t", ["HDL-T2WH", "HDL-TC1"]),
        ("lanディスク", ["HDL-TC1"]),
        ("ネットワーク ＨＤＬ", ["HDL-TC1"]),
        ("disk", ["Disk Connect", "HDL-T2WH", "HDL-TC1"]),
        ("texts", []),
        ("ja", []),
        ("%", []),
    ],
)
def test_a_search_looks_at_what_people_read(catalogue: House, search: str, found: list[str]) -> None:
    page = queries.products(catalogue.support, search=search)
    assert ([view.model for view in page.items], page.total) == (found, len(found))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"team": "storage-dev"}, ["HDL-TC1"]),
        ({"kind": "application"}, ["Disk Connect"]),
        ({"family": "HDL-T"}, ["HDL-TC1"]),
        ({"category": "nas"}, ["HDL-T2WH", "HDL-TC1"]),
        ({"category": "nas", "team": "router-dev"}, []),
    ],
)
def test_a_filter_leaves_the_others_out(catalogue: House, filters: dict[str, str], found: list[str]) -> None:
    assert [view.model for view in queries.products(catalogue.support, **filters).items] == found


def test_pages_follow_each_other(catalogue: House) -> None:
    first = queries.products(catalogue.member, limit=2)
    last = queries.products(catalogue.member, limit=2, offset=2)
    assert ([view.model for view in (*first.items, *last.items)], first.total) == (
        ["Disk Connect", "HDL-T2WH", "HDL-TC1"],
        3,
    )


def test_a_product_says_all_that_is_known(catalogue: House) -> None:
    view = queries.product(catalogue.member, "HDL-T2WH")
    assert [(variant.revision, variant.serials) for variant in view.variants] == [
        ("A1", "1000-1999"),
        ("B1", ""),
    ]
    first = queries.product(catalogue.member, "hdl-tc1")
    assert (first.model, first.brand_key, first.successor_slug) == ("HDL-TC1", "maker", "hdl-t2wh")
    assert first.assumed_support == {"end_of_security_support"}
    assert [shipped.units for shipped in queries.shipped(catalogue.member, "HDL-TC1")] == [1200, 2400]
    assert queries.line(catalogue.member, "hdl-t").models == ("HDL-T2WH", "HDL-TC1")
    assert queries.facets(catalogue.member)["kind"] == ("application", "device")


def _many(count: int) -> None:
    actions.import_catalogue(
        SYSTEM,
        {
            "lines": [
                {
                    "key": f"l{n}",
                    "releases": [{"text": "1", "aliases": ["v1"]}, {"text": "2", "requires": "1"}],
                }
                for n in range(count)
            ],
            "products": [
                {
                    "model": f"M{n:03d}",
                    "team": "router-dev",
                    "line": f"l{n}",
                    "successor": "M000" if n else "",
                    "support": {"end_of_sales": "2010"},
                    "shipped": [{"date": "2009", "units": n}],
                }
                for n in range(count)
            ],
        },
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda subject: queries.products(subject, limit=50),
        queries.lines,
        queries.targets,
        lambda subject: queries.select_targets(subject, {"sold_since": "2005"}),
        lambda subject: queries.products_named(subject, [f"M{n:03d}" for n in range(50)]),
    ],
)
def test_the_number_of_queries_does_not_grow(house: House, ask: object) -> None:
    counts = []
    for count in (2, 30):
        _many(count)
        with CaptureQueriesContext(connection) as captured:
            ask(house.member)  # type: ignore[operator]
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
