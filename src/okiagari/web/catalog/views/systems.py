"""The inventory of our own systems and services: the list, and one of them written down."""

from collections.abc import Sequence

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from okiagari.catalog import actions, inventory
from okiagari.catalog.inventory import SystemEntryView
from okiagari.desk import directory, permits
from okiagari.web.cases.forms import area, texts
from okiagari.web.cases.forms import line as text_line
from okiagari.web.catalog import words
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.catalog.forms import Choosing
from okiagari.web.doors import asking, local_text, seen_version
from okiagari.web.frame.values import Empty

EXPOSURES = {
    "internet": _("reached from the Internet"),
    "partners": _("reached by partners"),
    "internal": _("inside the company only"),
    "isolated": _("isolated"),
}
GAPS = {
    "team": _("who runs it"),
    "exposure": _("what reaches it"),
    "data_held": _("what it holds"),
    "recovery_contact": _("whom to call"),
}


class SystemForm(Choosing):
    key = text_line(
        _("Key"), required=True, max_length=80, help_text=_("Short and lasting, such as cloud-portal.")
    )
    kind = django_forms.ChoiceField(
        label=_("Kind"), choices=[(key, words.KINDS[key]) for key in ("system", "service")]
    )
    name_ja = text_line(_("Name in Japanese"), max_length=200)
    name_en = text_line(_("Name in English"), max_length=200)
    team = django_forms.ChoiceField(label=_("Team that runs it"), required=False)
    operator = text_line(_("Run by somebody else"), max_length=120, help_text=_("Hosting, subsidiary."))
    exposure = django_forms.ChoiceField(label=_("What reaches it"), required=False)
    data_held_ja = area(_("What data it holds, in Japanese"))
    data_held_en = area(_("What data it holds, in English"))
    holds_personal_data = django_forms.BooleanField(label=_("It holds personal data"), required=False)
    recovery_contact = text_line(
        _("Whom to call when it is down"), max_length=120, help_text=_("A role and a number, day and night.")
    )


@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    search, exposure = request.GET.get("search", "").strip(), request.GET.get("exposure", "")
    exposure = exposure if exposure in EXPOSURES else ""
    found = inventory.systems(subject, search=search, exposure=exposure)
    context = {
        "rows": tuple(_row(each) for each in found),
        "lacking": sum(1 for each in found if each.gaps),
        "search": search,
        "exposure": exposure,
        "exposures": EXPOSURES.items(),
        "may_keep": permits.may(subject, "catalog.keep_inventory"),
        "empty": Empty(
            gettext("No system is written down here."),
            gettext("Write down what runs outside first: whoever is called at night looks here."),
        ),
    }
    return render(request, "catalog/systems.html", context)


def _row(each: SystemEntryView) -> dict[str, object]:
    return {
        "view": each,
        "kind": words.KINDS[each.kind],
        "exposure": EXPOSURES.get(each.exposure, ""),
        "gaps": tuple(GAPS[name] for name in each.gaps),
    }


def put(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Write one down, or change it."""
    subject = asking(request)
    known = inventory.system(subject, slug) if slug else None
    permits.require(subject, "catalog.keep_inventory")
    choices: dict[str, Sequence[tuple[str, object]]] = {
        "team": [(team.key, words.best(team.name) or team.key) for team in directory.teams(subject)],
        "exposure": list(EXPOSURES.items()),
    }
    form = SystemForm(request.POST or None, choices=choices, initial=_initial(known) if known else {})
    if known:
        del form.fields["key"]
    deed = Deed(
        title=gettext("A system of our own"),
        button=gettext("Save it"),
        done=gettext("The inventory is up to date."),
        back=reverse("catalog:systems"),
        version=known.version if known else None,
        crumb=known.key if known else "",
    )

    def act() -> str:
        typed = form.cleaned_data
        same = ("kind", "team", "operator", "exposure", "holds_personal_data", "recovery_contact")
        return actions.put_system(
            subject,
            known.key if known else typed["key"],
            name=local_text(request.POST, "name", known.names if known else None),
            data_held=local_text(request.POST, "data_held", known.data_held if known else None),
            version=seen_version(request.POST) if known else None,
            is_new=known is None,
            **{name: typed[name] for name in same},
        )

    return perform(request, deed, form, act)


def _initial(known: SystemEntryView) -> dict[str, object]:
    same = ("kind", "team", "operator", "exposure", "holds_personal_data", "recovery_contact")
    return {
        **{name: getattr(known, name) for name in same},
        **texts(name=known.names, data_held=known.data_held),
    }
