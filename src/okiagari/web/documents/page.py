"""The page of one document: what it says, which products it means, what was not understood, what to do."""

from collections.abc import Callable
from urllib.parse import quote

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.flow import actions
from okiagari.flow.importing import queries
from okiagari.flow.importing.matching import SURE, Confidence
from okiagari.flow.importing.queries import DocumentView, Reading
from okiagari.flow.importing.supplier import Became
from okiagari.plumbing import wording
from okiagari.standards.localtext import LANGUAGES
from okiagari.web.documents import forms, showing, words
from okiagari.web.doors import asking, say, seen_version
from okiagari.web.frame import deeds

JOURNEYS = ("own", "supplier", "join")


@require_safe
def document(request: HttpRequest, document_id: str) -> HttpResponse:
    return _page(request, document_id)


@require_POST
def own(request: HttpRequest, document_id: str) -> HttpResponse:
    """Take it in as one's own; with `again` only show what would become of it with these products."""
    subject = asking(request)

    def act(form: forms.OwnForm) -> Became:
        typed = form.cleaned_data
        return actions.take_own(
            subject,
            document_id,
            matches=form.matches(),
            case=typed["case_id"].strip() or "new",
            tracking_id=typed["tracking_id"].strip(),
            language=typed["language"],
            is_closed=typed["is_closed"],
            facts=form.facts(),
            version=seen_version(request.POST),
        )

    return _take(request, document_id, "own", act)


@require_POST
def supplier(request: HttpRequest, document_id: str) -> HttpResponse:
    subject = asking(request)

    def act(form: forms.SupplierForm) -> Became:
        typed = form.cleaned_data
        return actions.take_suppliers(
            subject,
            document_id,
            case=form.case,
            components=typed.get("components", ()) if form.case else (),
            language=typed["language"],
            facts=form.facts(),
            version=seen_version(request.POST),
        )

    return _take(request, document_id, "supplier", act)


@require_POST
def join(request: HttpRequest, document_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.document(subject, document_id)

    def act(form: forms.JoinForm) -> Became:
        return actions.join_draft(
            subject,
            document_id,
            advisory=view.joins,
            language=form.cleaned_data["language"],
            version=seen_version(request.POST),
        )

    return _take(request, document_id, "join", act)


@require_safe
def original(request: HttpRequest, document_id: str) -> HttpResponse:
    """The file as it came: bytes for the disk, never for the browser."""
    name, _, content = queries.original(asking(request), document_id)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _take(request: HttpRequest, document_id: str, journey: str, act: Callable[..., Became]) -> HttpResponse:
    subject = asking(request)
    view = queries.document(subject, document_id)
    reading = queries.reading(subject, document_id)
    form = _forms(view, reading, request, journey)[journey]
    if "again" in request.POST:
        assert isinstance(form, forms.OwnForm)
        return _page(request, document_id, bound=(journey, form), status=200)
    sent = deeds.send(request, form, lambda: act(form))
    if not sent.is_done:
        return _page(request, document_id, bound=(journey, form), sent=sent, status=sent.status)
    assert isinstance(sent.result, Became)
    say(request, gettext("The document was taken in. Nothing was published."))
    return redirect(_onward(sent.result))


def _onward(became: Became) -> str:
    if became.advisory:
        return reverse("disclose:advisory", args=[became.advisory])
    if became.case:
        return reverse("cases:case", args=[became.case])
    return reverse("intake:report", args=[became.report])


def _forms(
    view: DocumentView, reading: Reading, request: HttpRequest, bound: str
) -> dict[str, django_forms.Form]:
    """One form for each journey; the one that was sent holds what was typed."""
    speech = view.row.language if view.row.language in LANGUAGES else "en"
    data = {name: request.POST if name == bound else None for name in JOURNEYS}
    found = {name: "" for each in reading.components for name in each.targets}
    offered = [(name, name) for name in found]
    chosen = [name for each in reading.components if each.confidence in SURE for name in each.targets]
    made: dict[str, django_forms.Form] = {
        "own": forms.OwnForm(
            data["own"],
            reading=reading,
            initial={"language": speech, "tracking_id": reading.tracking_id},
        ),
        "supplier": forms.SupplierForm(
            data["supplier"],
            reading=reading,
            offered=offered,
            initial={"language": speech, "components": chosen},
        ),
    }
    if view.joins:
        made["join"] = forms.JoinForm(data["join"], initial={"language": speech})
    return made


def _page(
    request: HttpRequest,
    document_id: str,
    *,
    bound: tuple[str, django_forms.Form] | None = None,
    sent: deeds.Sent | None = None,
    status: int = 200,
) -> HttpResponse:
    subject = asking(request)
    view = queries.document(subject, document_id)
    journey, form = bound or ("", None)
    wanted = form.matches() if isinstance(form, forms.OwnForm) else None
    reading = queries.reading(subject, document_id, matches=wanted)
    offered = _forms(view, reading, request, "")
    if form is not None:
        offered[journey] = form
    context = {
        "view": view,
        "shown": words.row(view.row),
        "reading": reading,
        "said": showing.said(reading),
        "products": showing.products(reading, offered["own"]),
        "cells": showing.cells(reading),
        "lines": [(each, words.why(each)) for each in view.lines],
        "here": journey or _likely(view, reading, request.GET.get("as", "")),
        "forms": offered,
        "may_import": view.may_import and view.row.state == "read",
        "targets": [key for known in reading.catalogue for key, _ in known.targets],
        "problem": wording.told(sent.problem) if sent and sent.problem else None,
        "version": seen_version(request.POST) if request.method == "POST" else view.version,
        "is_stale": bool(sent and sent.is_stale),
        "is_again": "again" in request.POST,
    }
    return render(request, "documents/document.html", context, status=status)


def _likely(view: DocumentView, reading: Reading, asked: str) -> str:
    """Whose it most likely is: of a draft in another language, ours where a model is ours, a supplier's."""
    if asked in JOURNEYS and (asked != "join" or view.joins):
        return asked
    if view.joins:
        return "join"
    is_ours = any(each.confidence is Confidence.CERTAIN for each in reading.matches)
    return "own" if is_ours else "supplier"
