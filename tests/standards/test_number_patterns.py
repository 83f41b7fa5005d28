"""Patterns of numbers: two that may mean the same device meet, others do not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.standards.number_patterns import Shelf, overlap, signs


@pytest.mark.parametrize(
    ("one", "other", "is_met"),
    [
        ("WN-G54/R2", "wn g54 r2", True),
        ("XY12*", "XY12-0007", True),
        ("XY12*", "XY1", False),
        ("AB?4", "AB34", True),
        ("AB?4", "AB4", False),
        ("XY*9", "X*19", True),
        ("XY*9", "Z*9", False),
        ("XY*", "*8", True),
        (r"A\*B", "AXB", False),
        (r"A\*B", r"A\*B", True),
        ("*", "XY12", False),
        ("", "XY12", False),
        ("A" * 300, "A*", False),
    ],
)
def test_two_patterns_meet_where_one_number_fits_both(one: str, other: str, is_met: bool) -> None:
    assert overlap(signs(one), signs(other)) is is_met
    assert overlap(signs(other), signs(one)) is is_met


_NUMBER = st.text("ab1", min_size=1, max_size=6)
_PATTERN = st.text("ab1?*", min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(_PATTERN.filter(lambda text: text.strip("?*")), _NUMBER)
def test_a_plain_number_meets_what_a_regular_expression_would_find(pattern: str, number: str) -> None:
    written = "".join({"?": ".", "*": ".*"}.get(sign, sign) for sign in pattern)
    assert overlap(signs(pattern), signs(number)) is bool(re.fullmatch(written, number))


def test_a_shelf_answers_as_asking_each_pattern_would() -> None:
    known = {"XY12*": "a", "XY1?00": "b", "*77": "c", "Z-9": "d"}
    shelf = Shelf(list(known.items()))
    for asked in ("XY1200", "XY1277", "z9", "XY1*", "?Y*", "*", "Q"):
        expected = {thing for text, thing in known.items() if overlap(signs(asked), signs(text))}
        assert set(shelf.meant(asked)) == expected, asked
