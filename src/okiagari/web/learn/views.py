"""Lessons and promises of one case: its tab and its deeds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.desk.permits import NOTHING_HERE
from okiagari.learn import actions, queries
from okiagari.learn.queries import LessonView, PromiseView
from okiagari.learn.rules import AREA_LABELS
from okiagari.triage import queries as triage
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.forms import shown
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, local_text, seen_version
from okiagari.web.frame.values import Empty, Who
from okiagari.web.learn import forms


@require_safe
def lessons(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    found = queries.lessons(subject, case_id)
    case = cases.case(subject, case_id)
    context = case_frame(subject, case_id, here="lessons")
    context |= {
        "lessons": tuple(_lesson(each) for each in found),
        "may_write": case.is_open and permits.may(subject, "learn.write", case.scope_id),
        "may_hand_over": permits.may(subject, "learn.write", case.scope_id),
        "may_act": permits.may(subject, "learn.act", case.scope_id),
        "empty": Empty(
            gettext("No lesson yet."),
            gettext("What would have made this case smaller, or would have kept it from happening at all?"),
        ),
    }
    return render(request, "learn/lessons.html", context)


def _lesson(view: LessonView) -> dict[str, object]:
    return {
        "view": view,
        "area": gettext(AREA_LABELS[view.area]),
        "by": best(view.by),
        "promises": tuple((each, owner(each)) for each in view.promises),
    }


def owner(view: PromiseView) -> Who | None:
    if view.person_key:
        return Who(best(view.person) or view.person_key)
    return Who(best(view.team) or view.team_key, is_team=True) if view.team_key else None


def _deed(case: CaseView, title: str, button: str, *, done: str, intro: str = "") -> Deed:
    back = reverse("learn:lessons", args=[case.id])
    return Deed(title=title, button=button, done=done, back=back, intro=intro)


def learn(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "learn.write", case.scope_id)
    deed = _deed(
        case,
        gettext("Draw a lesson"),
        gettext("Write it down"),
        done=gettext("The lesson is written down."),
        intro=gettext(
            "Look at the criteria, the specification, training, tools, the process, support dates."
        ),
    )

    def act() -> None:
        text, version = local_text(request.POST, "text"), seen_version(request.POST)
        actions.learn(subject, case.id, area=request.POST.get("area", ""), text=text, version=version)

    return perform(request, case.id, deed, forms.LessonForm(request.POST or None), act)


def promise(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "learn.write", case.scope_id)
    lesson = next((each for each in queries.lessons(subject, case.id) if each.id == number), None)
    if lesson is None:
        raise NOTHING_HERE()
    deed = _deed(
        case,
        gettext("Promise something because of it"),
        gettext("Promise it"),
        done=gettext("The promise is made."),
        intro=best(lesson.text),
    )

    def act() -> None:
        actions.promise(
            subject,
            number,
            text=local_text(request.POST, "text"),
            team=request.POST.get("team") or None,
            person=request.POST.get("person") or None,
            due_at=instant(request.POST, "due_at"),
            version=seen_version(request.POST),
        )

    form = forms.PromiseForm(request.POST or None, directory=cases.directory(subject))
    return perform(request, case.id, deed, form, act)


def _promise(request: HttpRequest, case: CaseView, number: str) -> PromiseView:
    view = queries.promise(asking(request), number)
    if view.case_id != case.id:
        raise NOTHING_HERE()
    return view


def assign(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "learn.write", case.scope_id)
    view = _promise(request, case, number)
    deed = _deed(
        case,
        gettext("Name who keeps it"),
        gettext("Name them"),
        done=gettext("The promise has an owner."),
        intro=best(view.text),
    )
    initial = {"team": view.team_key, "person": view.person_key, "due_at": shown(view.due)}
    form = forms.OwnerForm(request.POST or None, directory=cases.directory(subject), initial=initial)

    def act() -> None:
        actions.assign(
            subject,
            view.id,
            team=request.POST.get("team") or None,
            person=request.POST.get("person") or None,
            due_at=instant(request.POST, "due_at"),
            version=seen_version(request.POST),
        )

    return perform(request, case.id, deed, form, act)


def fulfil(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "learn.act", case.scope_id)
    view = _promise(request, case, number)
    deed = _deed(
        case,
        gettext("The promise is kept"),
        gettext("It is kept"),
        done=gettext("The promise is kept; well done."),
        intro=best(view.text),
    )
    versions = triage.criteria_versions(subject) if view.area == "criteria" else ()
    form = forms.KeptForm(request.POST or None, versions=tuple(each.version for each in versions))

    def act() -> None:
        actions.fulfil(subject, view.id, version=seen_version(request.POST), **form.cleaned_data)

    return perform(request, case.id, deed, form, act)
