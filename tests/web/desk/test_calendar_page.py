"""The page of the business calendar: read by everybody inside, changed by the team."""

from datetime import date

from okiagari.desk import calendar
from tests.factories import House
from tests.web.cases.conftest import Enter

FORM = {"day": "2026-08-13", "name_ja": "夏季休業", "name_en": "Summer holidays", "is_worked": "0"}


def test_a_member_closes_a_day_and_opens_it_again(house: House, enter: Enter) -> None:
    browser = enter(house.member)
    answered = browser.post("/calendar/days/", FORM, follow=True)
    assert "Summer holidays" in answered.content.decode()
    assert not calendar.is_working_day(date(2026, 8, 13))
    browser.post("/calendar/days/2026-08-13/drop/")
    assert calendar.is_working_day(date(2026, 8, 13))


def test_what_is_wrong_keeps_what_was_typed(house: House, enter: Enter) -> None:
    browser = enter(house.member)
    for wrong in ({"day": "2026-13-45"}, {"name_ja": "", "name_en": ""}):
        answered = browser.post("/calendar/days/", {**FORM, **wrong})
        assert answered.status_code == 422
        assert f'value="{({**FORM, **wrong})["day"]}"' in answered.content.decode()


def test_others_inside_read_it_and_may_not_change_it(house: House, enter: Enter) -> None:
    browser = enter(house.support)
    assert "Golden" not in browser.get("/calendar/?year=2026").content.decode()
    assert "Children&#x27;s Day" in browser.get("/calendar/?year=2026").content.decode()
    assert browser.post("/calendar/days/", FORM).status_code == 403
    assert enter(house.partner).get("/calendar/").status_code == 403


def test_years_beyond_the_known_calendar_are_not_asked_for(house: House, enter: Enter) -> None:
    browser = enter(house.member)
    for year in ("0000", "9999", "x", "20260"):
        assert browser.get(f"/calendar/?year={year}").status_code == 200
