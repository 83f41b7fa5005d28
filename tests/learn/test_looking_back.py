"""The years behind are counted from cases the reader may see, by the year they were opened."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases import actions as cases
from okiagari.learn import actions, queries
from okiagari.learn.rules import by_year
from okiagari.plumbing import clock
from tests.factories import House, case, text


def test_causes_and_lessons_are_counted_by_year(house: House) -> None:
    for year, cwes, area in ((2015, ("CWE-79", "CWE-79"), "tools"), (2017, ("CWE-79", ""), "training")):
        with clock.at(datetime(year, 12, 31, 14, tzinfo=UTC)):
            number = case(house.member)
            for cwe in cwes:
                cases.add_vulnerability(house.member, number, title=text("x"), cwe=cwe)
            actions.learn(house.member, number, area=area, text=text("x"))
    back = queries.look_back(house.member)
    assert back.years == (2015, 2016, 2017)
    assert back.cases.counts == (1, 0, 1)
    assert [(row.name, row.counts) for row in back.causes] == [("CWE-79", (1, 0, 1)), ("", (0, 0, 1))]
    assert [(row.name, row.counts) for row in back.areas] == [("training", (0, 0, 1)), ("tools", (1, 0, 0))]
    assert queries.look_back(house.second).years == ()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(2010, 2015))))
def test_every_time_is_counted_once(found: list[tuple[str, int]]) -> None:
    rows = by_year(found, tuple(range(2010, 2016)))
    assert sum(row.total for row in rows) == len(found)
    assert {row.name for row in rows} == {name for name, _ in found}
