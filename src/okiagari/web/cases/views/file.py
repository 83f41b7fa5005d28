"""Opening a case, describing it, its embargo, closing and reopening it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from okiagari.cases import actions, queries, rules
from okiagari.desk import permits
from okiagari.flow import playbook
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.web.cases import forms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, local_text, say, seen_version
from okiagari.web.frame.deeds import put_into


def _playbooks() -> list[tuple[str, str]]:
    return [(key, best(each.name)) for key, each in playbook.playbooks().items()]


def new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    subject = asking(request)
    permits.require(subject, "cases.open")
    form = forms.CaseForm(request.POST or None, playbooks=_playbooks(), initial={"kinds": ["product"]})
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        try:
            number = actions.open_case(
                subject,
                title=local_text(request.POST, "title"),
                kinds=request.POST.getlist("kinds"),
                summary=local_text(request.POST, "summary"),
                playbook=request.POST.get("playbook", ""),
            )
        except Problem as raised:
            problem = put_into(form, raised)
        else:
            say(request, gettext("The case is open."))
            return redirect("cases:case", number)
    status = HTTP_STATUS[Kind.INVALID] if request.method == "POST" else 200
    return render(request, "cases/new.html", {"form": form, "problem": problem}, status=status)


def edit(request: HttpRequest, case_id: str) -> HttpResponse:
    """Title, summary, kinds, playbook."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    initial = {
        **forms.texts(title=case.title, summary=case.summary),
        "kinds": list(case.kinds),
        "playbook": request.GET.get("playbook") or case.playbook,
    }
    form = forms.EditCaseForm(request.POST or None, initial=initial, playbooks=_playbooks())
    deed = Deed(
        title=gettext("Describe the case"),
        button=gettext("Save"),
        done=gettext("Saved."),
        back=reverse("cases:case", args=[case.id]),
    )

    def act() -> None:
        actions.describe(
            subject,
            case.id,
            version=seen_version(request.POST),
            title=local_text(request.POST, "title", case.title),
            summary=local_text(request.POST, "summary", case.summary),
            kinds=request.POST.getlist("kinds"),
            playbook=request.POST.get("playbook", ""),
            reason=request.POST.get("reason", ""),
        )

    return perform(request, case.id, deed, form, act)


def embargo(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say how the embargo stands."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.embargo", case.scope_id)
    now = case.embargo
    states = now.next_states if now else rules.next_states("")
    initial = {
        "state": states[0],
        "zone": now.zone if now else "",
        "agreed_with": now.agreed_with if now else "",
        "until": forms.shown(now.until) if now and now.state != "ended" else "",
    }
    form = forms.EmbargoForm(
        request.POST or None, initial=initial, states=states, zone=now.zone if now else ""
    )
    deed = Deed(
        title=pgettext("case", "Embargo"),
        button=gettext("Record it"),
        done=gettext("The embargo is recorded."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("Nothing ends an embargo by itself: not an exploit, not a publication elsewhere."),
    )

    def act() -> None:
        actions.set_embargo(
            subject,
            case.id,
            state=request.POST["state"],
            until=instant(request.POST, "until", request.POST.get("zone")),
            zone=request.POST.get("zone", ""),
            agreed_with=request.POST.get("agreed_with", ""),
            reason=request.POST.get("reason", ""),
            version=seen_version(request.POST),
        )

    return perform(request, case.id, deed, form, act)


def close(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.close", case.scope_id)
    deed = Deed(
        title=gettext("Close the case"),
        button=gettext("Close the case"),
        done=gettext("The case is closed."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext(
            "A closed case stays readable and can be reopened. Clocks that still run keep running."
        ),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.close_case(
            subject, case.id, version=seen_version(request.POST), reason=request.POST["reason"]
        ),
    )


def reopen(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.reopen", case.scope_id)
    deed = Deed(
        title=gettext("Reopen the case"),
        button=gettext("Reopen the case"),
        done=gettext("The case is open again."),
        back=reverse("cases:case", args=[case.id]),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.reopen_case(subject, case.id, reason=request.POST["reason"]),
    )
