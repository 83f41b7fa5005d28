"""Recording messages and keeping evidence."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import actions, queries, rules
from okiagari.desk import permits
from okiagari.web.cases import forms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.doors import asking, instant
from okiagari.web.frame.words import language


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    """Write a message or record one."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.note", case.scope_id)
    answered = request.GET.get("reply_to", "")
    initial = {"language": language(), "audience": request.GET.get("audience", "")}
    form = forms.MessageForm(request.POST or None, initial=initial, directory=queries.directory(subject))
    if case.parts:
        form.fields["part"] = forms.part_field(case.parts)
    if case.is_embargoed:
        form.fields["subject_line"].help_text = gettext(
            "Under embargo only the number and neutral words. Left empty it becomes “%(line)s”."
        ) % {"line": rules.neutral_line(case.id)}
    deed = Deed(
        title=gettext("Record a message"),
        button=gettext("Record it"),
        done=gettext("The message is kept."),
        back=reverse("cases:messages", args=[case.id]),
        intro=gettext("Kept word by word and never changed. Okiagari sends nothing by itself."),
    )

    def act() -> None:
        actions.communicate(
            subject,
            case.id,
            audience=request.POST.get("audience", ""),
            direction=request.POST.get("direction", ""),
            channel=request.POST.get("channel", ""),
            subject_line=request.POST.get("subject_line", ""),
            language=request.POST.get("language", ""),
            text=request.POST.get("text", ""),
            counterpart=request.POST.get("counterpart", ""),
            awaits=request.POST.get("awaits") == "on",
            at=instant(request.POST, "at"),
            organisation=request.POST.get("organisation") or None,
            reply_to=answered or None,
            part=request.POST.get("part", ""),
        )

    return perform(request, case.id, deed, form, act)


def keep(request: HttpRequest, case_id: str) -> HttpResponse:
    """Keep a file or a note with the case."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.evidence", case.scope_id)
    file = request.FILES.get("file")
    deed = Deed(
        title=gettext("Keep evidence"),
        button=gettext("Keep it"),
        done=gettext("It is kept with the case."),
        back=reverse("cases:case", args=[case.id]) + "#evidence",
        intro=gettext("Its hash is recorded, so that it can be shown to be unchanged."),
    )

    def act() -> None:
        actions.add_evidence(
            subject,
            case.id,
            name=request.POST.get("name", "").strip() or (file.name or "" if file else ""),
            content=file.read() if file else None,
            note=request.POST.get("note", ""),
            part=request.POST.get("part", ""),
        )

    form = forms.EvidenceForm(request.POST or None, request.FILES or None)
    if case.parts:
        form.fields["part"] = forms.part_field(case.parts)
    return perform(request, case.id, deed, form, act)


@require_safe
def download(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """The bytes as a download that no browser opens by itself."""
    file = queries.evidence_file(asking(request), number)
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
