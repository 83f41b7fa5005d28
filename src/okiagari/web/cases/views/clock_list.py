"""Clocks in a calendar outside the house; clocks of our own; our seats in the EU."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.cases import actions, queries, rules
from okiagari.cases.incidents import OwnRuleView
from okiagari.cases.narration import KIND_WORDS
from okiagari.desk import people, permits
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.standards import deadlines, ical
from okiagari.web.cases import clock_forms
from okiagari.web.cases.forms import ReasonForm
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.doors import asking, local_text

SHOWN_ONCE = "okiagari_new_feed"


@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make the address of my calendar. It is shown once; on my account page it can be revoked."""
    subject = asking(request)
    permits.require(subject, "cases.feed")
    _, secret = people.make_token(subject, label=gettext("Calendar of clocks"), verbs=["cases.feed"])
    address = reverse("cases:feed", args=[secret])
    request.session[SHOWN_ONCE] = request.build_absolute_uri(address)
    return redirect("cases:own_rules")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar, for whoever has its address. A token that may do more is refused here."""
    try:
        subject = people.bearer(secret)
    except Problem:
        raise permits.NOTHING_HERE() from None
    if subject.verbs != frozenset({"cases.feed"}):
        raise permits.NOTHING_HERE()
    due = gettext("due")
    events = [
        ical.Event(
            f"{each.clock}@okiagari",
            each.due,
            f"[{each.case_id}] {gettext(each.title) if each.title else due}",
            request.build_absolute_uri(reverse("cases:clock", args=[each.case_id, each.clock])),
        )
        for each in queries.feed(subject)
    ]
    text = ical.calendar(gettext("Clocks"), events, stamp=clock.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def own_rules(request: HttpRequest) -> HttpResponse:
    """Clocks of our own, and through whom we are present in the EU."""
    subject = asking(request)
    receiving = queries.receiving_seat(subject)
    context = {
        "own_rules": tuple(_rule(each) for each in queries.own_rules(subject)),
        "seats": tuple((each, gettext(deadlines.BASES[each.basis])) for each in queries.seats(subject)),
        "receiving": receiving,
        "may_change": permits.may(subject, "cases.rules"),
        "may_feed": permits.may(subject, "cases.feed") and subject.person_id is not None,
        "feed": request.session.pop(SHOWN_ONCE, ""),
    }
    return render(request, "cases/own_rules.html", context)


def _rule(each: OwnRuleView) -> dict[str, object]:
    return {
        "view": each,
        "unit": gettext(rules.UNITS[each.unit]),
        "anchor": gettext(deadlines.ANCHOR_WORDS[each.anchor]),
        "kinds": ", ".join(gettext(KIND_WORDS[kind]) for kind in each.kinds),
    }


def put_rule(request: HttpRequest, key: str = "") -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "cases.rules")
    known = next((each for each in queries.own_rules(subject) if each.key == key), None)
    if key and known is None:
        raise permits.NOTHING_HERE()
    form = clock_forms.OwnRuleForm(request.POST or None, initial=_initial(known) if known else {})
    if known:
        del form.fields["key"]
    deed = Deed(
        title=gettext("A clock of our own"),
        button=gettext("Save it"),
        done=gettext("The clock is saved; cases that come from now on follow it."),
        back=reverse("cases:own_rules"),
        crumb=key,
    )

    def act() -> None:
        typed = form.cleaned_data
        same = ("anchor", "count", "unit", "source", "zone", "is_movable", "is_automatic", "kinds")
        actions.put_rule(
            subject,
            key or typed["key"],
            name=local_text(request.POST, "name"),
            **{name: typed[name] for name in same},
        )

    return perform(request, deed, form, act)


def _initial(known: OwnRuleView) -> dict[str, object]:
    same = ("anchor", "count", "unit", "source", "zone", "is_movable", "is_automatic")
    names = {f"name_{code}": known.name.exact(code) for code in ("ja", "en")}
    return {**{name: getattr(known, name) for name in same}, "kinds": list(known.kinds), **names}


def retire_rule(request: HttpRequest, key: str) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "cases.rules")
    deed = Deed(
        title=gettext("Retire a clock of our own"),
        button=gettext("Retire it"),
        done=gettext("No more clocks start by it; those that run go on."),
        back=reverse("cases:own_rules"),
        crumb=key,
    )
    act = lambda: actions.retire_rule(subject, key, reason=request.POST["reason"])  # noqa: E731
    return perform(request, deed, ReasonForm(request.POST or None), act)


def put_seat(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "cases.rules")
    form = clock_forms.SeatForm(request.POST or None)
    deed = Deed(
        title=gettext("Through whom we are present in the EU"),
        button=gettext("Save it"),
        done=gettext("It is saved; it decides which CSIRT receives our reports."),
        back=reverse("cases:own_rules"),
    )
    act = lambda: actions.put_seat(subject, **form.cleaned_data)  # noqa: E731
    return perform(request, deed, form, act)
