"""The maker's own days beside the public calendar."""

from datetime import date

import pytest

from okiagari.desk import calendar
from okiagari.desk.permits import NOT_YOURS
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from tests.factories import House, text

SUMMER = date(2026, 8, 13)


def test_a_closed_day_moves_the_next_working_day(house: House) -> None:
    assert calendar.next_working_day(date(2026, 8, 12)) == SUMMER
    calendar.put_holiday(house.member, SUMMER, name=text("夏季休業", "Summer holidays"))
    assert calendar.next_working_day(date(2026, 8, 12)) == date(2026, 8, 14)
    assert calendar.plus_working_days(date(2026, 8, 12), 2) == date(2026, 8, 17)


def test_a_year_shows_public_and_own_days_in_order(house: House) -> None:
    calendar.put_holiday(house.member, SUMMER, name=text("夏季休業"))
    calendar.put_holiday(house.member, date(2026, 11, 3), name=text("振替出勤日"), is_worked=True)
    view = calendar.year(house.support, 2026)
    own = [each for each in view.days if each.is_own]
    assert [(each.day, each.is_worked) for each in own] == [(SUMMER, False), (date(2026, 11, 3), True)]
    assert [each.day for each in view.days] == sorted(each.day for each in view.days)
    assert view.days[0].name.best("ja") == "元日"


def test_the_year_counts_what_is_worked(house: House) -> None:
    before = calendar.year(house.member, 2026).worked
    calendar.put_holiday(house.member, SUMMER, name=text("夏季休業"))
    assert calendar.year(house.member, 2026).worked == before - 1


def test_a_dropped_day_follows_the_public_calendar_again(house: House) -> None:
    calendar.put_holiday(house.member, SUMMER, name=text("夏季休業"))
    calendar.drop_holiday(house.member, SUMMER)
    assert calendar.is_working_day(SUMMER)
    with pytest.raises(Problem) as raised:
        calendar.drop_holiday(house.member, SUMMER)
    assert raised.value.code == "desk.no_own_day"


def test_every_change_is_one_line(house: House) -> None:
    calendar.put_holiday(house.member, SUMMER, name=text("夏季休業"))
    calendar.drop_holiday(house.member, SUMMER)
    verbs = [line.verb for line in ledger.entries([calendar.STREAM])]
    assert verbs == ["desk.day_dropped", "desk.day_closed"]


def test_a_day_needs_a_name_and_somebody_who_may(house: House) -> None:
    with pytest.raises(Problem) as raised:
        calendar.put_holiday(house.member, SUMMER, name=text(""))
    assert raised.value.field == "name"
    with pytest.raises(Problem) as refused:
        calendar.put_holiday(house.support, SUMMER, name=text("夏季休業"))
    assert refused.value.code == NOT_YOURS.code
