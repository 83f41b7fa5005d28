"""Clocks: starting, moving by agreement, meeting, and those that do not apply."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import actions, queries
from okiagari.cases.values import CaseView, ClockView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids
from okiagari.web.cases import forms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.words import CLOCK_STATES, best
from okiagari.web.doors import asking, instant, seen_version

_RUNNING = ("open", "soon", "overdue", "waiting")


def _one(subject: Subject, case_id: str, number: str) -> ClockView:
    found = queries.clocks(subject, case_id)
    one = next((each for each in found if each.id == ids.folded(number)), None)
    if one is None:
        raise permits.NOTHING_HERE()
    return one


def _name(view: ClockView) -> str:
    return best(view.label) or gettext(view.title)


@require_safe
def one(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """What a clock is, where it comes from, and what can be done with it."""
    subject = asking(request)
    view = _one(subject, case_id, number)
    context = case_frame(subject, case_id)
    case = context["case"]
    assert isinstance(case, CaseView)
    is_open = view.state in _RUNNING and case.is_open and "cases.work" in case.may
    context |= {
        "clock_view": view,
        "clock_name": _name(view),
        "clock_source": gettext(view.source),
        "clock_state": str(CLOCK_STATES[view.state]),
        "clock_waits_for": gettext(view.waits_for) if view.waits_for else "",
        "may_change": is_open,
        "may_extend": is_open and view.is_movable and view.due is not None and view.rule != "embargo_end",
    }
    return render(request, "cases/clock.html", context)


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    deed = Deed(
        title=gettext("Start a clock"),
        button=gettext("Start it"),
        done=gettext("The clock is set up."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("The due time follows from the rule. A clock whose start has not happened yet waits."),
    )

    def act() -> None:
        actions.start_clock(
            subject,
            case.id,
            rule=request.POST["rule"],
            anchor_at=instant(request.POST, "anchor_at"),
            anchor_source=request.POST["anchor_source"],
        )

    return perform(request, case.id, deed, forms.ClockForm(request.POST or None), act)


def _change(
    request: HttpRequest, case_id: str, number: str, words: tuple[str, str, str]
) -> tuple[Subject, CaseView, ClockView, Deed]:
    subject = asking(request)
    case = queries.case(subject, case_id)
    view = _one(subject, case_id, number)
    permits.require(subject, "cases.work", case.scope_id)
    title, button, done = words
    back = reverse("cases:clock", args=[case.id, view.id])
    return subject, case, view, Deed(f"{title}: {_name(view)}", button, done, back)


def extend(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Move the end, by an agreement with somebody, for a reason."""
    words = (gettext("New end by agreement"), gettext("Record the agreement"), gettext("The clock is moved."))
    subject, case, view, deed = _change(request, case_id, number, words)
    form = forms.ExtendForm(
        request.POST or None, initial={"until": forms.shown(view.due), "agreed_with": view.agreed_with}
    )

    def act() -> None:
        actions.extend_clock(
            subject,
            view.id,
            until=instant(request.POST, "until") or clock.now(),
            agreed_with=request.POST["agreed_with"],
            reason=request.POST["reason"],
            version=seen_version(request.POST),
        )

    return perform(request, case.id, deed, form, act)


def meet(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    words = (gettext("Met"), gettext("Record it"), gettext("The clock is met."))
    subject, case, view, deed = _change(request, case_id, number, words)
    act: Callable[[], object] = lambda: actions.meet_clock(  # noqa: E731 - one call, needed as a value
        subject, view.id, at=instant(request.POST, "at"), by=request.POST["by"]
    )
    return perform(request, case.id, deed, forms.MeetForm(request.POST or None), act)


def waive(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    words = (gettext("Does not apply"), gettext("Record it"), gettext("The clock does not apply."))
    subject, case, view, deed = _change(request, case_id, number, words)
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.waive_clock(subject, view.id, reason=request.POST["reason"]),
    )
