"""Numbers inside sentences."""

from hypothesis import given
from hypothesis import strategies as st

from okiagari.plumbing.wording import LONG, spoken
from okiagari.standards.localtext import LocalText


@given(st.integers(-(10**12), 10**12))
def test_long_numbers_are_said_in_thousands_and_stay_numbers(number: int) -> None:
    words, count = "%(units)s units", "%(units)d units"
    said = spoken({"units": number})
    assert said == {"units": number}
    assert words % said == (f"{number:,} units" if abs(number) >= LONG else f"{number} units")
    assert count % said == f"{number} units"


def test_texts_are_said_in_one_language() -> None:
    assert spoken({"name": LocalText({"en": "router"}, "en")})["name"] == "router"
