"""The lists: products with their filters in the address, and firmware lines."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from okiagari.catalog import queries
from okiagari.catalog.queries import ProductPage, ProductView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.web.catalog import words
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty, Pages

PER_PAGE = 50
FILTERS = ("search", "team", "kind", "family", "category", "retired")


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    filters = {name: request.GET[name].strip() for name in FILTERS if request.GET.get(name, "").strip()}
    page = queries.products(
        subject,
        offset=_offset(request.GET),
        limit=PER_PAGE,
        include_retired=bool(filters.get("retired")),
        **{name: value for name, value in filters.items() if name != "retired"},
    )
    context = {
        "rows": tuple(_row(each) for each in page.items),
        "filters": filters,
        "facets": _facets(subject),
        "pages": _pages(filters, page),
        "may_change": permits.may(subject, "catalog.change"),
        "may_import": permits.may(subject, "catalog.import"),
        "empty": _empty(subject, is_filtered=bool(filters)),
    }
    return render(request, "catalog/products.html", context)


def _offset(asked: QueryDict) -> int:
    text = asked.get("from", "")
    return min(int(text), 1_000_000) if text.isdecimal() and len(text) < 9 else 0


def _row(view: ProductView) -> dict[str, object]:
    lines = tuple(dict.fromkeys(target.line for target in view.targets if target.line))
    end = "end_of_security_support"
    return {
        "view": view,
        "kind": words.KINDS[view.kind],
        "lines": lines,
        "end": view.support.get(end),
        "is_end_assumed": end in view.assumed_support,
    }


def _facets(subject: Subject) -> tuple[tuple[str, str, list[tuple[str, object]]], ...]:
    """Selects: name of the filter, word for "any", values there are."""
    found = queries.facets(subject)
    any_of = {
        "kind": gettext("Any kind of product"),
        "category": gettext("Any category"),
        "family": gettext("Any family"),
        "team": gettext("Any team"),
    }
    return tuple(
        (name, word, [(value, words.KINDS.get(value, value)) for value in found[name]])
        for name, word in any_of.items()
        if len(found[name]) > 1
    )


def _pages(filters: dict[str, str], page: ProductPage) -> Pages:
    first, last = page.offset + 1, page.offset + len(page.items)
    facts = {"first": first, "last": last, "total": page.total}
    sentence = ngettext("%(total)d product", "%(total)d products", page.total) % facts
    if page.total > len(page.items):
        sentence = gettext("%(first)d to %(last)d of %(total)d products") % facts
    earlier = max(0, page.offset - PER_PAGE)
    return Pages(
        sentence,
        previous="?" + urlencode({**filters, "from": earlier}) if page.offset else "",
        next="?" + urlencode({**filters, "from": last}) if last < page.total else "",
    )


def _empty(subject: Subject, *, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No product matches."),
            gettext("Take a filter away, or search for a part of the model number."),
            gettext("Show all products"),
            reverse("catalog:products"),
        )
    title = gettext("The catalogue is empty.")
    text = gettext("It tells cases which products there are, and the fleet which versions are fixed.")
    if permits.may(subject, "catalog.import"):
        return Empty(title, text, gettext("Import a catalogue file"), reverse("catalog:import"))
    return Empty(title, text)


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
