"""Parties of a case and the people who are let into it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import actions, queries, rules
from okiagari.cases.narration import LEVEL_WORDS
from okiagari.cases.values import GrantView
from okiagari.desk import permits
from okiagari.web.cases import forms
from okiagari.web.cases.aside import party_who
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.words import who
from okiagari.web.doors import asking
from okiagari.web.frame.values import Who


@dataclass(frozen=True)
class People:
    """Who is in the case (no `key`), or in one part of it: why, since when, who, how far."""

    key: str
    name: str
    rows: tuple[tuple[str, GrantView, Who, str], ...]


def parties(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who outside has to do with the case, and the form to name another."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    found = queries.parties(subject, case.id)
    may = "cases.work" in case.may and case.is_open
    deed = Deed(
        title=gettext("Parties"),
        button=gettext("Add the party"),
        done=gettext("The party is named."),
        back=reverse("cases:parties", args=[case.id]),
        intro=gettext("Naming a party lets nobody into the case."),
        above="cases/parts/parties.html",
        form_title=gettext("Name a party"),
    )
    form = forms.PartyForm(request.POST or None, directory=queries.directory(subject))
    if request.method == "POST":
        permits.require(subject, "cases.work", case.scope_id)

    def act() -> None:
        names = ("role", "organisation", "name", "reference")
        actions.add_party(subject, case.id, **{name: request.POST.get(name, "") for name in names})

    rows = tuple((party, party_who(party)) for party in found)
    return perform(request, case.id, deed, form, act, all_parties=rows, has_form=may)


def end_party(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    deed = Deed(
        title=gettext("No longer a party"),
        button=gettext("Record it"),
        done=gettext("Recorded."),
        back=reverse("cases:parties", args=[case.id]),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.end_party(subject, number, reason=request.POST["reason"]),
    )


def let_in(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who is in the case, why, and the form to let another in."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    inside = queries.people_in(subject, case.id)  # before anything else: from outside there is no such page
    deed = Deed(
        title=gettext("People in this case"),
        button=gettext("Let them in"),
        done=gettext("They can see the case now."),
        back=reverse("cases:people", args=[case.id]),
        above="cases/parts/people.html",
        form_title=gettext("Let somebody in"),
    )
    form = forms.AdmitForm(
        request.POST or None, initial={"level": "see"}, directory=queries.directory(subject)
    )
    if case.parts:
        form.fields["part"] = forms.part_to_enter(case.parts)
        form.order_fields(("who", "part"))
    if request.method == "POST":
        permits.require(subject, "cases.party", case.scope_id)

    def act() -> None:
        kind, _, key = request.POST["who"].partition(":")
        typed = form.cleaned_data
        part = typed.get("part", "")
        actions.admit(
            subject, case.id, kind=kind, key=key, level=typed["level"], reason=typed["reason"], part=part
        )

    groups = [People("", "", _rows(inside))]
    groups += [
        People(each.key, gettext(rules.PARTS[each.key]), _rows(each.people))
        for each in queries.parts(subject, case.id)
    ]
    return perform(request, case.id, deed, form, act, groups=groups, has_form="cases.party" in case.may)


def _rows(grants: Iterable[GrantView]) -> tuple[tuple[str, GrantView, Who, str], ...]:
    return tuple(
        (grant.reason and gettext(grant.reason), grant, who(grant.who), gettext(LEVEL_WORDS[grant.level]))
        for grant in grants
    )


def let_out(request: HttpRequest, case_id: str, kind: str, key: str) -> HttpResponse:
    """Out of the case and its parts; with ``?part=`` only out of that part."""
    subject = asking(request)
    part = request.GET.get("part", "")
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.party", case.scope_id)
    deed = Deed(
        title=gettext("Take the access of %(who)s away") % {"who": key},
        button=gettext("Take the access away"),
        done=gettext("The access is taken away."),
        back=reverse("cases:people", args=[case.id]),
        intro=gettext("They will not be told. Tasks they still have stay in the case.")
        if not part
        else gettext("They stay in the case, and no longer see what this team keeps to itself."),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.dismiss(
            subject, case.id, kind=kind, key=key, reason=request.POST["reason"], part=part
        ),
    )
