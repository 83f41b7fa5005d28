"""The page of one firmware line, and changing what it says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.catalog import actions, queries
from okiagari.desk import permits
from okiagari.web.catalog import forms, words
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.catalog.views.products import release_row
from okiagari.web.doors import asking, seen_version
from okiagari.web.frame.values import Empty

NUMBERS = ("cpe", "purl")
TEXTS = ("name", "find_version", "how_to_apply")


@require_safe
def line(request: HttpRequest, key: str) -> HttpResponse:
    subject = asking(request)
    view = queries.line(subject, key)
    context = {
        "view": view,
        "releases": tuple(release_row(each) for each in view.releases),
        "products": tuple(queries.products_named(subject, view.models).values()),
        "steps": words.steps(view.steps),
        "components": queries.components(subject, line=view.key),
        "may_change": permits.may(subject, "catalog.change"),
        "empty": Empty(
            gettext("No release yet."),
            gettext("Put the releases in the maker's own order; version texts are never compared."),
        ),
    }
    return render(request, "catalog/line.html", context)


def _entry(typed: dict[str, str], key: str) -> dict[str, object]:
    """What was typed, as an entry of a catalogue."""
    texts = {name: words.texts(typed, name) for name in TEXTS}
    return {"key": key, **texts, **{name: typed[name].strip() for name in NUMBERS}}


def new(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "catalog.change")
    form = forms.LineForm(request.POST or None, is_new=True)
    deed = Deed(
        title=gettext("Add a firmware line"),
        button=gettext("Add it"),
        done=gettext("The firmware line is added."),
        back=reverse("catalog:lines"),
    )

    def act() -> str:
        typed = form.cleaned_data
        return actions.put_line(subject, _entry(typed, typed["key"].strip()), is_new=True)

    return perform(request, deed, form, act, onward=lambda key: reverse("catalog:line", args=[key]))


def edit(request: HttpRequest, key: str) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.line(subject, key)
    initial = {
        **words.initial(name=view.name, find_version=view.find_version, how_to_apply=view.how_to_apply),
        **{name: getattr(view, name) for name in NUMBERS},
    }
    form = forms.LineForm(request.POST or None, is_new=False, initial=initial)
    deed = Deed(
        title=gettext("Change the firmware line"),
        button=gettext("Save"),
        done=gettext("%(name)s is saved.") % {"name": view.key},
        back=reverse("catalog:line", args=[view.key]),
        version=view.version,
        crumb=view.key,
    )

    def act() -> str:
        entry = _entry(form.cleaned_data, view.key)
        return actions.put_line(subject, entry, version=seen_version(request.POST))

    return perform(request, deed, form, act)


def component(request: HttpRequest, key: str) -> HttpResponse:
    """Put a component on the list of the line."""
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.line(subject, key)
    form = forms.ComponentForm(request.POST or None, releases=[each.text for each in view.releases])
    deed = Deed(
        title=gettext("Put a component on the list"),
        button=gettext("Put it"),
        done=gettext("The component is on the list."),
        back=reverse("catalog:line", args=[view.key]),
        version=view.version,
        crumb=view.key,
    )

    def act() -> None:
        version = seen_version(request.POST)
        actions.put_component(subject, line=view.key, version=version, **form.cleaned_data)

    return perform(request, deed, form, act)


def component_drop(request: HttpRequest, key: str) -> HttpResponse:
    """Take one off that was never in there."""
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.line(subject, key)
    name, held = request.GET.get("name", ""), request.GET.get("held", "")
    form = forms.ReasonForm(request.POST or None)
    deed = Deed(
        title=gettext("Take %(name)s off the list") % {"name": f"{name} {held}".strip()},
        button=gettext("Take it off"),
        done=gettext("The component is off the list."),
        back=reverse("catalog:line", args=[view.key]),
        version=view.version,
        crumb=view.key,
    )

    def act() -> None:
        reason, version = request.POST["reason"], seen_version(request.POST)
        actions.drop_component(
            subject, name=name, component_version=held, line=view.key, reason=reason, version=version
        )

    return perform(request, deed, form, act)
