"""The business calendar: which days are worked."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking
from okiagari.desk import calendar
from okiagari.standards.localtext import LocalText

router = Router()


class DayIn(Schema):
    name: dict[str, str]
    is_worked: bool = False


@router.get("/calendar/{year}", operation_id="read_calendar")
def read_calendar(request: HttpRequest, year: int) -> HttpResponse:
    """Public holidays and our own days of one year."""
    return answer(calendar.year(asking(request), min(max(year, 1949), 2099)))


@router.put("/calendar/days/{day}", operation_id="put_holiday")
def put_holiday(request: HttpRequest, day: date, given: DayIn) -> HttpResponse:
    """Close on a day, or work on one that would be off. Running clocks of working days follow."""
    name = LocalText.from_json(given.name)
    calendar.put_holiday(asking(request), day, name=name, is_worked=given.is_worked)
    return answer(calendar.year(asking(request), day.year))


@router.delete("/calendar/days/{day}", operation_id="drop_holiday")
def drop_holiday(request: HttpRequest, day: date) -> HttpResponse:
    """Follow the public calendar again on a day."""
    calendar.drop_holiday(asking(request), day)
    return answer(calendar.year(asking(request), day.year))
