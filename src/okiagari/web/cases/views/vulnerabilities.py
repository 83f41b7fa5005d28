"""Vulnerabilities of a case and the facts known of them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import actions, queries
from okiagari.cases.values import CaseView, VulnerabilityView
from okiagari.desk import permits
from okiagari.plumbing import clock, ids
from okiagari.web.cases import forms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.doors import asking, instant, local_text, seen_version

_NUMBERS = ("cve", "jvn", "jvndb", "cwe")
_TEXTS = ("title", "description", "impact")


def _back(case: CaseView, number: str = "") -> str:
    return reverse("cases:case", args=[case.id]) + (f"#{number}" if number else "#vulnerabilities")


def _one(case: CaseView, number: str) -> VulnerabilityView:
    found = next((each for each in case.vulnerabilities if each.id == ids.folded(number)), None)
    if found is None:
        raise permits.NOTHING_HERE()
    return found


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    form = forms.VulnerabilityForm(request.POST or None)
    del form.fields["reason"]
    deed = Deed(
        title=gettext("Add a vulnerability"),
        button=gettext("Add it"),
        done=gettext("The vulnerability is part of the case."),
        back=_back(case),
    )

    def act() -> None:
        numbers = {name: request.POST.get(name, "") for name in _NUMBERS}
        texts = {name: local_text(request.POST, name) for name in _TEXTS}
        actions.add_vulnerability(subject, case.id, **texts, **numbers)  # type: ignore[arg-type]

    return perform(request, case.id, deed, form, act)


def edit(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    flaw = _one(case, number)
    before = {name: getattr(flaw, name) for name in _TEXTS}
    initial = {**forms.texts(**before), **{name: getattr(flaw, name) for name in _NUMBERS}}
    form = forms.VulnerabilityForm(request.POST or None, initial=initial)
    deed = Deed(
        title=gettext("Change the vulnerability"),
        button=gettext("Save"),
        done=gettext("Saved."),
        back=_back(case, flaw.id),
    )

    def act() -> None:
        texts = {name: local_text(request.POST, name, before[name]) for name in _TEXTS}
        numbers = {name: request.POST.get(name, "") for name in _NUMBERS}
        actions.change_vulnerability(
            subject,
            flaw.id,
            version=seen_version(request.POST),
            reason=request.POST.get("reason", ""),
            **texts,
            **numbers,
        )

    withdraw_href = reverse("cases:vulnerability_withdraw", args=[case.id, flaw.id])
    return perform(
        request, case.id, deed, form, act, aside_deed=(gettext("Withdraw the vulnerability"), withdraw_href)
    )


def withdraw(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    flaw = _one(case, number)
    deed = Deed(
        title=gettext("Withdraw the vulnerability"),
        button=gettext("Withdraw it"),
        done=gettext("The vulnerability is withdrawn."),
        back=_back(case),
        intro=gettext("It was no flaw, or the same as another one. It stays readable."),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.withdraw_vulnerability(
            subject, flaw.id, reason=request.POST["reason"], version=seen_version(request.POST)
        ),
    )


def fact(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Note a fact of attack or publication."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.note", case.scope_id)
    flaw = _one(case, number)
    intro = gettext("A fact with its time and evidence. It changes neither severity nor access.")
    if case.is_embargoed:
        intro = gettext("The embargo stays. The team gets a task to decide what follows, due within hours.")
    deed = Deed(
        title=gettext("Note a fact"),
        button=gettext("Note it"),
        done=gettext("The fact is noted."),
        back=_back(case, flaw.id),
        intro=intro,
    )

    def act() -> None:
        actions.note_fact(
            subject,
            flaw.id,
            kind=request.POST["kind"],
            at=instant(request.POST, "at") or clock.now(),
            evidence=request.POST["evidence"],
            source=request.POST.get("source", ""),
            known_at=instant(request.POST, "known_at"),
        )

    form = forms.FactForm(request.POST or None, initial={"at": forms.shown(clock.now())})
    return perform(request, case.id, deed, form, act)


def withdraw_fact(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    deed = Deed(
        title=gettext("Take a fact back"),
        button=gettext("Take it back"),
        done=gettext("The fact is taken back."),
        back=_back(case),
        intro=gettext("It was not so. It stays readable, struck out."),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.withdraw_fact(subject, number, reason=request.POST["reason"]),
    )
