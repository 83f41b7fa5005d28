"""My account: language, tokens for programs (shown once), deputies, password and second factor."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.desk import directory, people, permits
from okiagari.desk.subjects import Subject
from okiagari.flow.reminders.choosing import choose_reminders, reminders
from okiagari.flow.reminders.rules import FIRST_HOUR, LAST_HOUR
from okiagari.problems import Problem
from okiagari.web.doors import NOT_AN_INSTANT, asking, complain, instant, say

SHOWN_ONCE = "okiagari_new_token"


def me(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """Everything about my own account on one page."""
    subject = asking(request)
    names = {person.username: person for person in directory.people(subject)} if _may_look(subject) else {}
    context = {
        "tokens": directory.tokens(subject),
        "deputies": directory.deputies(subject),
        "me": directory.myself(subject),
        "others": [each for each in names.values() if each.username != subject.key and each.is_active],
        "verbs": sorted(verb for verb in permits.RULES if permits.may(subject, verb)),
        "secret": request.session.pop(SHOWN_ONCE, ""),
        "reminders": reminders(subject),
        "hours": range(FIRST_HOUR, LAST_HOUR + 1),
        "problem": complain(request, problem) if problem else None,
        "typed": request.POST,
    }
    return render(request, "desk/me.html", context, status=422 if problem else 200)


def _may_look(subject: Subject) -> bool:
    return permits.may(subject, "desk.directory")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep my language with my account as well as in this browser."""
    subject = asking(request)
    chosen = request.POST.get("language", "ja")
    people.choose_language(subject, chosen)
    response = redirect("desk:me")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax")
    return response


@require_POST
def remind_me(request: HttpRequest) -> HttpResponse:
    """Whether, when and how far ahead I am reminded."""
    hour, days = (request.POST.get(name, "") for name in ("hour", "days_ahead"))
    try:
        choose_reminders(
            asking(request),
            is_on="is_on" in request.POST,
            hour=int(hour) if hour.isdecimal() else 0,
            days_ahead=int(days) if days.isdecimal() else 0,
        )
    except Problem as problem:
        return me(request, problem)
    say(request, gettext("You are reminded that way from now on."))
    return redirect("desk:me")


@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token; the next page shows its secret, once."""
    try:
        _, secret = people.make_token(
            asking(request), label=request.POST.get("label", ""), verbs=request.POST.getlist("verbs")
        )
    except Problem as problem:
        return me(request, problem)
    request.session[SHOWN_ONCE] = secret
    return redirect("desk:me")


@require_POST
def revoke_token(request: HttpRequest, token_id: str) -> HttpResponse:
    people.revoke_token(asking(request), token_id)
    say(request, gettext("The token no longer works."))
    return redirect("desk:me")


@require_POST
def name_deputy(request: HttpRequest) -> HttpResponse:
    """Let somebody stand in for me for a time."""
    try:
        since, until = instant(request.POST, "since"), instant(request.POST, "until")
        if since is None or until is None:
            raise NOT_AN_INSTANT(text="").at("until")
        people.name_deputy(asking(request), request.POST.get("deputy", ""), since=since, until=until)
    except Problem as problem:
        return me(request, problem)
    say(request, gettext("Your deputy can act for you in that time."))
    return redirect("desk:me")


@require_POST
def end_deputy(request: HttpRequest, username: str) -> HttpResponse:
    people.end_deputy(asking(request), username)
    say(request, gettext("The deputy no longer stands in for you."))
    return redirect("desk:me")
