"""Reading a file in, ticking off what was not understood, setting a document aside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from okiagari.desk import permits
from okiagari.flow import actions
from okiagari.flow.importing import queries
from okiagari.flow.importing.problems import ALREADY_HERE
from okiagari.intake.actions.quarantine import FILE_TOO_LARGE
from okiagari.intake.rules.limits import MAX_FILE_BYTES
from okiagari.problems import Problem
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.documents import forms
from okiagari.web.doors import asking, say, seen_version


def new(request: HttpRequest) -> HttpResponse:
    """Read a file. One that is here already leads to its page."""
    subject = asking(request)
    permits.require(subject, "flow.read_document")
    form = forms.FileForm(request.POST or None, request.FILES or None)
    deed = Deed(
        gettext("Import an advisory from a file"),
        gettext("Read it"),
        gettext("The document is read. Nothing is made of it yet."),
        reverse("documents:documents"),
        gettext(
            "You see what it says, which of your products it may mean, and what was not understood. Only "
            "then you choose what becomes of it. Nothing is published by this."
        ),
    )

    def act() -> str:
        file = form.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise FILE_TOO_LARGE(name=file.name, megabytes=MAX_FILE_BYTES // (1024 * 1024)).at("file")
        try:
            return actions.read_document(subject, name=file.name or "", content=file.read())
        except Problem as problem:
            if problem.code == ALREADY_HERE.code:
                raise
            raise problem.at("file") from None

    return perform(
        request,
        deed,
        form,
        act,
        template="documents/new.html",
        onward=lambda number: reverse("documents:document", args=[number]),
    )


def drop(request: HttpRequest, document_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.document(subject, document_id)
    if not view.may_import:
        raise permits.NOT_YOURS(verb="flow.import_document")
    form = forms.DropForm(request.POST or None)
    deed = Deed(
        gettext("Set the document aside"),
        gettext("Set it aside"),
        gettext("Set aside."),
        reverse("documents:document", args=[view.row.id]),
        gettext("The file stays; it leaves the list of what is at hand."),
        version=view.version,
        crumb=view.row.id,
    )

    def act() -> None:
        reason = form.cleaned_data["reason"]
        version = seen_version(request.POST)
        actions.drop_document(subject, view.row.id, reason=reason, version=version)

    return perform(request, deed, form, act, onward=lambda _: reverse("documents:documents"))


@require_POST
def look(request: HttpRequest, document_id: str) -> HttpResponse:
    """Tick the marked lines, or with `undo` take their ticks back."""
    subject = asking(request)
    items = [int(each) for each in request.POST.getlist("item") if each.isdecimal() and len(each) < 7]
    is_seen = "undo" not in request.POST
    if items:
        left = actions.look_at(subject, document_id, items=items, is_seen=is_seen)
        told = ngettext("%(left)d line is left to look at.", "%(left)d lines are left to look at.", left)
        say(request, told % {"left": left} if left else gettext("Everything was looked at."))
    return redirect(_back(queries.document(subject, document_id).row, request.POST.get("back", "")))


def _back(row: queries.DocumentRow, wanted: str) -> str:
    """The page the ticks were set on: that of the report or draft it became, or its own."""
    here = f"#left-{row.id}"
    if wanted == "report" and row.report:
        return reverse("intake:report", args=[row.report]) + here
    if wanted == "advisory" and row.advisory:
        return reverse("disclose:advisory", args=[row.advisory]) + here
    return reverse("documents:document", args=[row.id]) + "#left"
