"""The lists: products with their filters in the address, and firmware lines."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from okiagari.catalog import actions, queries
from okiagari.catalog.queries import ProductView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.web.catalog import words
from okiagari.web.doors import asking
from okiagari.web.frame.lists import Column, Deed, Field, Filter, Sheet, by_offset
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.values import Empty
from okiagari.web.frame.words import language

END = "end_of_security_support"


def _filters(subject: Subject) -> tuple[Filter, ...]:
    found = queries.facets(subject)
    any_of = {
        "kind": gettext("Any kind of product"),
        "category": gettext("Any category"),
        "family": gettext("Any family"),
        "team": gettext("Any team"),
    }
    narrowing = tuple(
        Filter(
            name,
            word,
            tuple((value, words.KINDS.get(value, value)) for value in found[name]),
            word,
            kind="select" if len(found[name]) > 1 else "hidden",
        )
        for name, word in any_of.items()
    )
    return (
        Filter("search", gettext("Model number or name"), kind="text"),
        *narrowing,
        Filter("retired", gettext("with retired ones"), kind="check"),
    )


def _read(subject: Subject, *, retired: str = "", **asked: Any) -> queries.ProductPage:
    return queries.products(subject, include_retired=bool(retired), is_brief=True, **asked)


def _shown(view: ProductView) -> dict[str, object]:
    lines = tuple(dict.fromkeys(target.line for target in view.targets if target.line))
    return {
        "kind": words.KINDS[view.kind],
        "lines": lines,
        "end": view.support.get(END),
        "is_end_assumed": END in view.assumed_support,
    }


def _empty(subject: Subject, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No product matches."),
            gettext("Take a filter away, or search for a part of the model number."),
            gettext("Show all products"),
            f"{reverse('catalog:products')}?view=none",
        )
    title = gettext("The catalogue is empty.")
    text = gettext("It tells cases which products there are, and the fleet which versions are fixed.")
    if permits.may(subject, "catalog.import"):
        return Empty(title, text, gettext("Import a catalogue file"), reverse("catalog:import"))
    return Empty(title, text)


def _retire(subject: Subject, model: str, given: Mapping[str, Any]) -> None:
    actions.retire_product(subject, model, reason=given["reason"])


def _restore(subject: Subject, model: str, given: Mapping[str, Any]) -> None:
    actions.restore_product(subject, model, reason=given["reason"])


def _set_end(subject: Subject, model: str, given: Mapping[str, Any]) -> None:
    actions.put_support_date(subject, model, kind=END, date=given["date"])


def _deeds(subject: Subject) -> tuple[Deed, ...]:
    if not permits.may(subject, "catalog.change"):
        return ()
    day = Field("date", gettext("Date, such as 2027-03"), is_needed=True)
    return (
        Deed(
            "end",
            gettext("Set the end of security support"),
            "catalog.change",
            _set_end,
            (day,),
            needs_reason=False,
        ),
        Deed("retire", gettext("Retire the products"), "catalog.change", _retire),
        Deed("restore", gettext("Put them back into the lists"), "catalog.change", _restore),
    )


def _team(view: ProductView) -> str:
    return view.team_name.best(language()) if view.team else ""


SHEET = Sheet(
    key="products",
    title=gettext_lazy("Products"),
    page="catalog:products",
    read="catalog.read",
    sort="model",
    filters=_filters,
    fetch=by_offset(_read),
    identify=lambda view: view.model,
    count=lambda total: ngettext("%(total)d product", "%(total)d products", total) % {"total": total},
    empty=_empty,
    deeds=_deeds,
    show=_shown,
    columns=(
        Column(gettext_lazy("Product"), "model", key="model", cell=lambda view: view.model),
        Column(key="name", name=gettext_lazy("Name"), cell=lambda view: view.names.best(language())),
        Column(
            gettext_lazy("Kind of product"),
            "kind",
            key="kind",
            cell=lambda view: str(words.KINDS[view.kind]),
        ),
        Column(key="family", name=gettext_lazy("Family"), cell=lambda view: view.family),
        Column(key="category", name=gettext_lazy("Category"), cell=lambda view: view.category),
        Column(
            gettext_lazy("Firmware line"),
            key="lines",
            cell=lambda view: " ".join(dict.fromkeys(each.line for each in view.targets if each.line)),
        ),
        Column(gettext_lazy("Team that answers"), "team", key="team", cell=_team),
        Column(
            gettext_lazy("End of security support"),
            "support",
            key="end_of_security_support",
            cell=lambda view: str(view.support.get(END) or ""),
        ),
    ),
)


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    return page(
        request,
        SHEET,
        "catalog/products.html",
        may_change=permits.may(subject, "catalog.change"),
        may_see_systems=permits.may(subject, "catalog.inventory"),
        may_import=permits.may(subject, "catalog.import"),
    )


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    context = {
        "lines": queries.lines(subject),
        "may_change": permits.may(subject, "catalog.change"),
        "empty": Empty(
            gettext("No firmware line yet."),
            gettext("A line is the maker's own ordered list of releases; several models may share one."),
        ),
    }
    return render(request, "catalog/lines.html", context)
