"""The incident of a case: what is known, and the deeds that say more. For those who are in its part."""

from collections.abc import Callable

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import actions, queries, rules
from okiagari.cases.incidents import CountView, IncidentView
from okiagari.cases.values import CaseView, ClockView
from okiagari.catalog import inventory
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards import deadlines
from okiagari.web.cases import forms, incident_forms, words
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, instant, local_text

_TIMES = ("occurred_at", "detected_at", "aware_at", "data_aware_at")
_NOTICE_TO = ("ppc", "eu_dpa", "eu_csirt", "persons", "users")
_TONES = {"examined": "wait", "affected": "bad", "contained": "ok", "restored": "ok", "clear": "off"}


def _case(request: HttpRequest, case_id: str) -> tuple[Subject, CaseView]:
    """The case, for those who may read its incident. Raises NOTHING_HERE."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    if not queries.may_read_incident(subject, case.id):
        raise permits.NOTHING_HERE()
    return subject, case


@require_safe
def one(request: HttpRequest, case_id: str) -> HttpResponse:
    """Everything that is known of it, on one page."""
    subject, case = _case(request, case_id)
    context = case_frame(subject, case.id, here="incident")
    view = queries.incident(subject, case.id)
    context |= {
        "incident": view,
        "incident_words": _words(view) if view else {},
        "counted": tuple(_count(each) for each in view.counts) if view else (),
        "systems": tuple(
            (each, gettext(rules.SYSTEM_STATES[each.state]), _TONES[each.state]) for each in view.systems
        )
        if view
        else (),
        "notices": tuple(_notice(each) for each in queries.clocks(subject, case.id) if each.to in _NOTICE_TO),
        "may_describe": case.is_open and queries.may_describe(subject, case.id),
        "has_parts": bool(case.parts),
    }
    return render(request, "cases/incident.html", context)


def _words(view: IncidentView) -> dict[str, str]:
    said = {name: rules.TRIAD.get(getattr(view, name), "") for name in ("personal_data", "unlawful")}
    said["severe"] = rules.SEVERITY.get(view.severe_verdict, "")
    return {name: gettext(word) if word else "" for name, word in said.items()}


def _count(each: CountView) -> tuple[CountView, str, str]:
    return each, gettext(rules.COUNTED[each.of]), gettext(rules.CERTAINTY[each.certainty])


def _notice(each: ClockView) -> dict[str, object]:
    return {
        "clock": each,
        "name": words.best(each.label) or gettext(each.title),
        "to": gettext(deadlines.RECEIVER_WORDS[each.to]),
        "state": str(words.CLOCK_STATES[each.state]),
        "rule": gettext(each.source) if each.source else "",
    }


def _deed(case: CaseView, title: str, done: str, *, button: str = "", intro: str = "") -> Deed:
    back = reverse("cases:incident", args=[case.id])
    return Deed(title, button or gettext("Record it"), done, back, intro=intro)


def _do(
    request: HttpRequest, case: CaseView, deed: Deed, form: django_forms.Form, act: Callable[[], object]
) -> HttpResponse:
    if not queries.may_describe(asking(request), case.id):
        permits.require(asking(request), "cases.work", case.scope_id)
    return perform(request, case.id, deed, form, act)


def describe(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    view = queries.incident(subject, case.id)
    initial = _initial(view) if view else {}
    form = incident_forms.IncidentForm(request.POST or None, initial=initial)
    intro = gettext("Times you leave empty stay. Clocks to authorities follow from what you say.")
    title = gettext("What is known of the incident")
    deed = _deed(case, title, gettext("It is saved."), button=gettext("Save it"), intro=intro)

    def act() -> None:
        typed = form.cleaned_data
        actions.describe_incident(
            subject,
            case.id,
            **{name: instant(request.POST, name) for name in _TIMES},
            detected_how=typed["detected_how"],
            unlawful=typed["unlawful"] or None,
            personal_data=typed["personal_data"] or None,
            categories=typed["categories"].splitlines(),
            countries=typed["countries"].replace("、", ",").split(","),
            consequences=local_text(request.POST, "consequences", view.consequences if view else None),
        )

    return _do(request, case, deed, form, act)


def _initial(view: IncidentView) -> dict[str, object]:
    kept = ("detected_how", "unlawful", "personal_data")
    return {
        **{name: forms.shown(getattr(view, name)) for name in _TIMES},
        **{name: getattr(view, name) for name in kept},
        "countries": ", ".join(view.countries),
        "categories": "\n".join(view.categories),
        **forms.texts(consequences=view.consequences),
    }


def contain(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    title = gettext("The incident is contained")
    deed = _deed(case, title, gettext("The containment is recorded."))

    def act() -> None:
        actions.contain(
            subject,
            case.id,
            how=local_text(request.POST, "how"),
            by=request.POST.get("by", ""),
            at=instant(request.POST, "at"),
            still_open=local_text(request.POST, "still_open"),
        )

    return _do(request, case, deed, incident_forms.ContainForm(request.POST or None), act)


def break_out(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    title = gettext("It is not contained after all")
    deed = _deed(case, title, gettext("It counts as open again."))
    act = lambda: actions.break_out(subject, case.id, reason=request.POST["reason"])  # noqa: E731
    return _do(request, case, deed, forms.ReasonForm(request.POST or None), act)


def restore(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    title = gettext("Service is back")
    deed = _deed(case, title, gettext("Service counts as restored."))

    def act() -> None:
        actions.restore(subject, case.id, at=instant(request.POST, "at"), note=request.POST.get("note", ""))

    return _do(request, case, deed, incident_forms.RestoreForm(request.POST or None), act)


def count(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    form = incident_forms.CountForm(request.POST or None)
    intro = gettext("Earlier counts are kept, so that it shows how the number came about.")
    title = gettext("How many are affected")
    deed = _deed(case, title, gettext("The count is kept."), button=gettext("Record the count"), intro=intro)

    def act() -> None:
        actions.count_affected(subject, case.id, **form.cleaned_data)

    return _do(request, case, deed, form, act)


def systems(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    form = incident_forms.SystemsForm(request.POST or None)
    form.fields["systems"].choices = [  # type: ignore[attr-defined]
        (each.key, f"{words.best(each.names)} ({each.key})") for each in inventory.systems(subject)
    ]
    intro = gettext("Systems and services of our own, from the inventory under Products.")
    title = gettext("How it is with our systems")
    deed = _deed(case, title, gettext("It is saved."), button=gettext("Save it"), intro=intro)

    def act() -> None:
        actions.set_systems(subject, case.id, **form.cleaned_data)

    return _do(request, case, deed, form, act)


def severity(request: HttpRequest, case_id: str) -> HttpResponse:
    subject, case = _case(request, case_id)
    intro = gettext(
        "The Cyber Resilience Act wants severe incidents of products reported within 24 hours."
        " You decide by name."
    )
    title = gettext("Is it a severe incident of a product?")
    done = gettext("The decision is recorded; its clocks run or are recorded as not applying.")
    deed = _deed(case, title, done, button=gettext("Decide"), intro=intro)

    def act() -> None:
        actions.confirm_severe_incident(
            subject,
            case.id,
            severe=request.POST.get("severe") == "1",
            reason=request.POST["reason"],
            aware_at=instant(request.POST, "aware_at"),
        )

    return _do(request, case, deed, incident_forms.SevereForm(request.POST or None), act)
