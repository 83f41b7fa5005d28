"""Adding and changing a product: the whole of it, a date, a count, a target, its place in the lists."""

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.catalog import actions, queries
from okiagari.catalog.problems import NO_SUCH_REVISION
from okiagari.catalog.queries import ProductView
from okiagari.desk import directory, permits
from okiagari.desk.subjects import Subject
from okiagari.web.catalog import forms, words
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.doors import asking, seen_version
from okiagari.web.frame.deeds import by_form

SHARED = ("category", "family", "brand", "team", "successor", "page", "cpe", "purl")


def _choices(subject: Subject) -> dict[str, list[tuple[str, object]]]:
    return {
        "team": [(team.key, words.best(team.name) or team.key) for team in directory.teams(subject)],
        "brand": [(each.key, words.best(each.name) or each.key) for each in directory.organisations(subject)],
    }


def _lines(subject: Subject) -> list[tuple[str, object]]:
    return [(line.key, f"{words.best(line.name)} ({line.key})") for line in queries.lines(subject)]


def _entry(form: django_forms.Form, model: str) -> dict[str, object]:
    """What was typed, as an entry of a catalogue."""
    typed = form.cleaned_data
    return {
        "model": model,
        "kind": typed["kind"],
        "names": words.texts(typed, "names"),
        "find_model": words.texts(typed, "find_model"),
        "other_names": words.listed(typed["other_names"]),
        "countries": words.listed(typed["countries"]),
        "line": typed.get("line", ""),
        **{name: typed[name].strip() for name in SHARED},
    }


def new(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "catalog.change")
    form = forms.ProductForm(
        request.POST or None, is_new=True, choices={**_choices(subject), "line": _lines(subject)}
    )
    deed = Deed(
        title=gettext("Add a product"),
        button=gettext("Add it"),
        done=gettext("The product is added."),
        back=reverse("catalog:products"),
    )

    def act() -> str:
        return actions.put_product(subject, _entry(form, form.cleaned_data["model"].strip()), is_new=True)

    return perform(request, deed, form, act, onward=lambda model: _page(queries.product(subject, str(model))))


def _page(view: ProductView) -> str:
    return reverse("catalog:product", args=[view.slug])


def _product(request: HttpRequest, slug: str) -> tuple[Subject, ProductView]:
    """Who asks and what is to be changed, if they may change anything here."""
    subject = asking(request)
    permits.require(subject, "catalog.change")
    return subject, queries.product_at(subject, slug)


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    subject, view = _product(request, slug)
    initial = {
        "kind": view.kind,
        "other_names": ", ".join(view.other_names),
        "countries": ", ".join(view.countries),
        "brand": view.brand_key,
        **{name: getattr(view, name) for name in SHARED if name != "brand"},
        **words.initial(names=view.names, find_model=view.find_model),
    }
    form = forms.ProductForm(request.POST or None, is_new=False, initial=initial, choices=_choices(subject))
    deed = _deed(view, gettext("Change the product"), gettext("Save"))
    return perform(
        request,
        deed,
        form,
        lambda: actions.put_product(subject, _entry(form, view.model), version=seen_version(request.POST)),
    )


def _deed(view: ProductView, title: str, button: str, *, intro: str = "") -> Deed:
    return Deed(
        title=title,
        button=button,
        done=gettext("%(name)s is saved.") % {"name": view.model},
        back=_page(view),
        intro=intro,
        version=view.version,
        crumb=view.model,
    )


def support(request: HttpRequest, slug: str) -> HttpResponse:
    subject, view = _product(request, slug)
    kind = request.GET.get("kind", "end_of_security_support")
    initial = {"kind": kind, "date": str(view.support.get(kind, "")), "assumed": kind in view.assumed_support}
    form = forms.SupportForm(request.POST or None, initial=initial)
    intro = gettext("A date that is stated lets the maker explain the risk before it comes to that.")
    return perform(
        request,
        _deed(view, gettext("Set a date in the product's life"), gettext("Set the date"), intro=intro),
        form,
        by_form(form, actions.put_support_date, subject, view.model, version=seen_version(request.POST)),
    )


def shipped(request: HttpRequest, slug: str) -> HttpResponse:
    subject, view = _product(request, slug)
    form = forms.ShippedForm(request.POST or None)
    intro = gettext("The number stands under the reach curve: units never seen are counted, too.")
    return perform(
        request,
        _deed(view, gettext("State the units shipped"), gettext("State it"), intro=intro),
        form,
        by_form(form, actions.put_shipped, subject, view.model, version=seen_version(request.POST)),
    )


def target(request: HttpRequest, slug: str) -> HttpResponse:
    subject, view = _product(request, slug)
    form = forms.TargetForm(request.POST or None, choices={"line": _lines(subject)})
    intro = gettext("A target is what a case decides about: a hardware revision on a firmware line.")
    return perform(
        request,
        _deed(view, gettext("Add a target"), gettext("Add it"), intro=intro),
        form,
        by_form(form, actions.put_target, subject, view.model, version=seen_version(request.POST)),
    )


def revision(request: HttpRequest, slug: str) -> HttpResponse:
    """By which numbers a hardware revision is known; the address names it."""
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.product_at(subject, slug)
    name = request.GET.get("revision", "")
    known = next((each for each in view.variants if each.revision == name), None)
    if known is None:
        raise NO_SUCH_REVISION(model=view.model, revision=name[:40])
    initial = {
        "serial_numbers": "\n".join(known.serial_numbers),
        "model_numbers": "\n".join(known.model_numbers),
        "cpe": known.cpe,
        "serials": known.serials,
    }
    form = forms.RevisionForm(request.POST or None, initial=initial)
    title = gettext("Numbers of %(name)s") % {"name": f"{view.model} {name}".strip()}

    def act() -> None:
        typed = form.cleaned_data
        actions.put_revision(
            subject,
            view.model,
            revision=name,
            serial_numbers=typed["serial_numbers"].split(),
            model_numbers=typed["model_numbers"].split(),
            cpe=typed["cpe"].strip(),
            serials=typed["serials"].strip(),
            version=seen_version(request.POST),
        )

    return perform(request, _deed(view, title, gettext("Save")), form, act)


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the public pages name it."""
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.product_at(subject, slug)
    form = forms.ListingForm(request.POST or None, initial={"listing": view.listing or forms.BY_SALE})
    intro = gettext(
        "A listed product stands on the public pages with names, support dates, successor and how to check "
        "its version: on a page of its own, among the ends of support, in the calendar and for programs. "
        "By the start of sales: from the day decided for it. Advisories that name it stay as they are."
    )
    return perform(
        request,
        _deed(view, gettext("Say whether the public pages name it"), gettext("Save"), intro=intro),
        form,
        lambda: actions.set_listing(
            subject,
            view.model,
            listing=form.cleaned_data["listing"].replace(forms.BY_SALE, ""),
            reason=form.cleaned_data["reason"],
            version=seen_version(request.POST),
        ),
    )


def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Out of the lists, or back into them."""
    subject, view = _product(request, slug)
    form = forms.ReasonForm(request.POST or None)
    if view.is_retired:
        deed = _deed(view, gettext("Put the product back into the lists"), gettext("Put it back"))
        act = actions.restore_product
    else:
        intro = gettext("Nothing is deleted: cases that name it keep it, and its units are counted on.")
        deed = _deed(view, gettext("Retire the product"), gettext("Retire it"), intro=intro)
        act = actions.retire_product
    return perform(
        request,
        deed,
        form,
        by_form(form, act, subject, view.model, version=seen_version(request.POST)),
    )
