"""What desks enter, correct and add; who reported, and erasing that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.intake import actions, queries
from okiagari.intake.actions import ReporterData
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.web.cases.forms import shown
from okiagari.web.doors import asking, instant, say, seen_version
from okiagari.web.frame.deeds import put_into
from okiagari.web.intake import forms
from okiagari.web.intake.deeds import Deed, perform

FACTS = (
    "title",
    "text",
    "effect",
    "product_text",
    "version_text",
    "kind",
    "reference",
    "wanted_publication",
    "said_attacked",
    "said_public",
)


def new(request: HttpRequest) -> HttpResponse:
    """Enter a report that reached a desk."""
    subject = asking(request)
    permits.require(subject, "intake.receive")
    form = forms.NewForm(
        request.POST or None,
        request.FILES or None,
        initial={"source": _usual_source(subject), "language": "ja", "kind": "product"},
    )
    problem: Problem | None = None
    status = 200
    if request.method == "POST":
        status = HTTP_STATUS[Kind.INVALID]
        if form.is_valid():
            try:
                number = _receive(subject, request, form)
            except Problem as raised:
                problem, status = put_into(form, raised), HTTP_STATUS[raised.kind]
            else:
                say(request, gettext("The report is entered."))
                return redirect("intake:report", number)
    return render(request, "intake/new.html", {"form": form, "problem": problem}, status=status)


def _usual_source(subject: Subject) -> str:
    """JPCERT/CC writes to development, customers to the support desk, the press to PR."""
    usual = {"support": "user", "pr": "press", "developer": "jpcert"}
    return next((source for role, source in usual.items() if role in subject.roles), "jpcert")


def _facts(request: HttpRequest) -> dict[str, Any]:
    at = instant(request.POST, "first_contact_at", request.POST.get("zone") or None)
    return {**{name: request.POST.get(name, "") for name in FACTS}, "first_contact_at": at}


def _receive(subject: Subject, request: HttpRequest, form: forms.NewForm) -> str:
    typed = form.cleaned_data
    reporter = ReporterData(
        name=typed["name"],
        contact=typed["contact"],
        affiliation=typed["affiliation"],
        language=typed["language"],
    )
    return actions.receive(
        subject,
        source=typed["source"],
        language=typed["language"],
        received_at=instant(request.POST, "received_at"),
        reporter=reporter,
        files=forms.parts(typed["files"]),
        **_facts(request),
    )


def amend(request: HttpRequest, report_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.report(subject, report_id)
    _need(view, "intake.work")
    initial = {
        **{name: getattr(view, name) for name in FACTS},
        "wanted_publication": str(view.wanted_publication),
        "first_contact_at": shown(view.first_contact_at),
        "source": view.source,
    }
    form = forms.AmendForm(request.POST or None, initial=initial, source=view.source)
    deed = Deed(
        gettext("Correct the report"),
        gettext("Save"),
        gettext("Saved."),
        gettext("What stood here before stays readable in the timeline."),
    )

    def act() -> None:
        source, reason = form.cleaned_data["source"] or view.source, form.cleaned_data["reason"]
        changes = {**_facts(request), "source": source, "reason": reason}
        if "first_contact_at" not in form.changed_data and "zone" not in form.changed_data:
            changes["first_contact_at"] = view.first_contact_at  # the field shows no seconds
        actions.amend(subject, view.id, version=seen_version(request.POST), **changes)

    return perform(request, view.id, deed, form, act)


def attach(request: HttpRequest, report_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.report(subject, report_id)
    _need(view, "intake.receive")
    form = forms.FilesForm(request.POST or None, request.FILES or None)
    deed = Deed(
        gettext("Add files"),
        gettext("Add"),
        gettext("Added."),
        gettext("They go into quarantine; their hash is recorded."),
    )

    def act() -> None:
        files = forms.parts(form.cleaned_data["files"])
        actions.attach(subject, view.id, files, version=seen_version(request.POST))

    return perform(request, view.id, deed, form, act)


def reporter(request: HttpRequest, report_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.report(subject, report_id)
    _need(view, "intake.work")
    known = queries.identity(subject, report_id)
    if view.has_identity and known is None:
        raise permits.NOT_YOURS(verb="intake.identity")
    names = ("name", "contact", "affiliation", "credit_name", "consents_to_credit", "language")
    initial = {name: getattr(known, name) for name in names} if known else {"language": view.language}
    form = forms.ReporterForm(request.POST or None, initial=initial)
    deed = Deed(
        gettext("Who reported"),
        gettext("Save"),
        gettext("Saved."),
        gettext("Seen by the team that answers, and by whoever wrote it down."),
    )

    def act() -> None:
        actions.name_reporter(subject, view.id, form.data_typed(), version=seen_version(request.POST))

    return perform(request, view.id, deed, form, act)


def erase(request: HttpRequest, report_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.report(subject, report_id)
    _need(view, "intake.erase")
    form = forms.ReasonForm(request.POST or None)
    deed = Deed(
        gettext("Erase who reported"),
        gettext("Erase for good"),
        gettext("Erased."),
        gettext(
            "Name and contact are taken out of the record, the timeline, the text and the messages. This "
            "cannot be undone. Files are not looked into: open them and judge for yourself."
        ),
        is_danger=True,
    )

    def act() -> None:
        actions.erase_reporter(
            subject, view.id, reason=request.POST.get("reason", ""), version=seen_version(request.POST)
        )

    return perform(request, view.id, deed, form, act)


def _need(view: queries.ReportView, verb: str) -> None:
    if verb not in view.may:
        raise permits.NOT_YOURS(verb=verb)
