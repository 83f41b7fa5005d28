"""The five values of VULDEF as the roll-up of the grid, for every mixture of cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.disclose.rules import vendor
from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import standings
from okiagari.disclose.site import jvn
from okiagari.standards.vuldef.model import VendorStatus
from tests.disclose.making import content, flaw, product, status

STATES = ("affected", "fixed", "not_affected", "investigating", "")
ROWS = st.integers(1, 3).flatmap(
    lambda flaws: st.lists(
        st.lists(st.sampled_from(STATES), min_size=flaws, max_size=flaws), min_size=1, max_size=4
    )
)


def grid(rows: list[list[str]]) -> Content:
    """Products by vulnerabilities; "" is a cell that nobody has decided."""
    keys = [f"P-{place}" for place in range(len(rows))]
    flaws = [f"VUL-{place}" for place in range(len(rows[0]) if rows else 1)]
    cells = [
        status(key, state, vulnerability=name)
        for key, row in zip(keys, rows, strict=True)
        for name, state in zip(flaws, row, strict=True)
        if state
    ]
    return content(
        products=[product(key) for key in keys],
        vulnerabilities=[flaw(place, id=name) for place, name in enumerate(flaws, 1)],
        statuses=cells,
        releases=[],
    )


def by_hand(cells: list[str]) -> VendorStatus:
    """The table of the format, read as it stands: affected wins; whatever is open shows beside it."""
    is_open = any(each in {"investigating", ""} for each in cells) or not cells
    if any(each in {"affected", "fixed"} for each in cells):
        return VendorStatus.VULNERABLE_INVESTIGATING if is_open else VendorStatus.VULNERABLE
    if "not_affected" in cells:
        return VendorStatus.NOT_VULNERABLE_INVESTIGATING if is_open else VendorStatus.NOT_VULNERABLE
    return VendorStatus.UNKNOWN


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_every_mixture_of_cells_rolls_up_by_the_table_of_the_format(rows: list[list[str]]) -> None:
    said = grid(rows)
    assert vendor.of_content(said) == by_hand([cell for row in rows for cell in row])
    found = {each.product.key: vendor.of_product(each) for each in standings(said)}
    assert found == {f"P-{place}": by_hand(row) for place, row in enumerate(rows)}
    assert vendor.together(found.values()) == vendor.of_content(said)


@settings(max_examples=30, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_products_and_vulnerabilities_changes_nothing(
    rows: list[list[str]], random: object
) -> None:
    shuffled = [row[::-1] for row in rows]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert vendor.of_content(grid(rows)) == vendor.of_content(grid(shuffled))


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([["affected", ""]], "vulnerable_investigating"),
        ([["fixed", "not_affected"]], "vulnerable"),
        ([["not_affected", "investigating"]], "notvulnerable_investigating"),
        ([[""]], "unknown"),
        ([], "unknown"),
    ],
)
def test_a_product_affected_by_one_flaw_and_open_for_another_is_still_investigated(
    rows: list[list[str]], value: str
) -> None:
    assert jvn.vendor_status(grid(rows)) == value
