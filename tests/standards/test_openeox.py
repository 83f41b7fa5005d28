"""The life of a product as OpenEoX Core says it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import openeox
from okiagari.standards.documents import from_bytes, to_bytes
from okiagari.standards.openeox import Life
from okiagari.standards.partialdate import PartialDate

AT = datetime(2026, 5, 20, 3, 0, tzinfo=UTC)
TOKYO = "Asia/Tokyo"
few = settings(max_examples=40, deadline=None)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Dates in the order of a product's life, each known to the day, in part, or not at all."""
    day = draw(st.dates(date(1995, 1, 1), date(2040, 1, 1)))
    found = []
    for _ in range(4):
        day += timedelta(days=draw(st.integers(0, 2000)))
        form = draw(st.sampled_from(["", "%Y", "%Y-%m", "late %Y-%m", "%Y-%m-%d"]))
        found.append(PartialDate.parse(day.strftime(form)))
    return Life(draw(st.just(AT)), *found)


@few
@given(lives())
def test_every_life_makes_a_valid_core(life: Life) -> None:
    if openeox.problems(life):
        return
    document = openeox.build(life, TOKYO).document
    assert set(document) >= {"$schema", "last_updated", "end_of_life", "end_of_security_support"}
    assert openeox.faults(document) == ()
    assert from_bytes(to_bytes(document)) == document


@few
@given(lives())
def test_what_is_known_to_the_day_comes_back_as_it_went(life: Life) -> None:
    exact = Life(AT, **{name: day for name, day in life.dates.items() if day.is_exact})
    if openeox.problems(exact):
        return
    built = openeox.build(exact, TOKYO)
    assert built.losses == ()
    assert openeox.read(built.document, TOKYO) == (exact, ())


def test_support_lasts_through_its_last_day_in_the_makers_zone() -> None:
    life = Life(AT, PartialDate.parse("2010-04-01"), end_of_life=PartialDate.parse("2020-03-31"))
    document = openeox.build(life, TOKYO).document
    assert document["general_availability"] == "2010-03-31T15:00:00Z"
    assert document["end_of_life"] == "2020-03-31T14:59:59Z"
    assert document["end_of_security_support"] == "tba"


def test_a_date_known_in_part_says_so() -> None:
    built = openeox.build(Life(AT, end_of_life=PartialDate.parse("2013-09")), TOKYO)
    assert built.document["end_of_life"] == "2013-09-30T14:59:59Z"
    assert [loss.parameters["text"] for loss in built.losses] == ["2013-09"]


def test_an_end_of_life_before_the_end_of_support_is_refused() -> None:
    life = Life(
        AT,
        end_of_security_support=PartialDate.parse("2021-01-01"),
        end_of_life=PartialDate.parse("2020-01-01"),
    )
    with pytest.raises(Problem) as refusal:
        openeox.build(life, TOKYO)
    assert refusal.value.definition is openeox.BACKWARDS


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"last_updated": "tba"}, "/last_updated"),
        ({"end_of_life": "2020-01-01"}, "/end_of_life"),
        ({"end_of_life": "2020-01-01t00:00:00z"}, "/end_of_life"),
        ({"end_of_sales": "2031-01-01T00:00:00Z"}, "/end_of_sales"),
        ({"general_availability": "2030-06-01T00:00:00Z"}, "/general_availability"),
        ({"product": "x"}, "/product"),
        ({"$schema": "https://example.com/"}, "/$schema"),
    ],
)
def test_somebody_elses_core_is_judged(changes: dict[str, object], place: str) -> None:
    good = {
        "$schema": openeox.SCHEMA,
        "last_updated": "2026-01-01T00:00:00Z",
        "end_of_security_support": "2029-01-01T00:00:00Z",
        "end_of_life": "2030-01-01T00:00:00Z",
    }
    assert openeox.faults(good) == ()
    assert place in {fault.location for fault in openeox.faults({**good, **changes})}


def test_what_was_not_understood_stays_visible() -> None:
    document = {"last_updated": "2026-01-01T00:00:00Z", "end_of_life": "soon", "vendor": {"name": "x"}}
    life, unread = openeox.read(document, TOKYO)
    assert life is not None
    assert {each.location for each in unread} == {"/end_of_life", "/vendor"}
