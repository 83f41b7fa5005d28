"""The business calendar: public holidays, and the days on which we close or work besides."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.desk import calendar as business
from okiagari.desk import permits
from okiagari.plumbing import clock
from okiagari.problems import HTTP_STATUS, Kind, Problem, define, gettext_noop
from okiagari.web.doors import asking, complain, local_text, say

NOT_A_DAY = define(
    "input.not_a_day",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a date."),
    gettext_noop("Write 2026-12-29."),
)
FIRST, LAST = 1949, 2099


def calendar(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """One year, by month."""
    subject = asking(request)
    today = clock.today(ZoneInfo(settings.TIME_ZONE))
    asked = request.GET.get("year", "")
    year = min(max(int(asked), FIRST), LAST) if asked.isdecimal() and len(asked) == 4 else today.year
    view = business.year(subject, year)
    context = {
        "year": view,
        "today": today,
        "previous": year - 1,
        "next": year + 1,
        "may_put": permits.may(subject, "desk.put_holiday"),
        "problem": complain(request, problem) if problem else None,
        "typed": request.POST,
    }
    return render(
        request, "desk/calendar.html", context, status=HTTP_STATUS[problem.kind] if problem else 200
    )


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Close on a day, or work on it."""
    try:
        day = _day(request.POST.get("day", ""))
        is_worked = request.POST.get("is_worked") == "1"
        business.put_holiday(asking(request), day, name=local_text(request.POST, "name"), is_worked=is_worked)
    except Problem as problem:
        if problem.kind is not Kind.INVALID:
            raise
        return calendar(request, problem)
    say(request, gettext("The calendar is changed; clocks that count working days follow it."))
    return redirect(f"{reverse('desk:calendar')}?year={day.year}")


@require_POST
def drop(request: HttpRequest, day: str) -> HttpResponse:
    """Follow the public calendar again."""
    found = _day(day)
    business.drop_holiday(asking(request), found)
    say(request, gettext("The day follows the public calendar again."))
    return redirect(f"{reverse('desk:calendar')}?year={found.year}")


def _day(text: str) -> date:
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise NOT_A_DAY(text=text).at("day")
    return found
