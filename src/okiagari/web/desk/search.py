"""The search field: a number goes straight to its page, words list cases, products and reports I may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.flow import queries as flow
from okiagari.plumbing import ids
from okiagari.web.doors import asking

PAGES = {"OKI": "cases:case", "REP": "intake:report", "ADV": "disclose:advisory"}
MOST = 20


def search(request: HttpRequest) -> HttpResponse:
    """Numbers first, then words. Nothing shows that the lists themselves would not show."""
    subject = asking(request)
    text = request.GET.get("q", "").strip()[:120]
    number = ids.folded(text)
    page = PAGES.get(number.partition("-")[0])
    if page and number.count("-") == 2:
        return redirect(reverse(page, args=[number]))
    cases: tuple[flow.PositionView, ...] = ()
    products: tuple[catalog.ProductView, ...] = ()
    if text:
        if permits.may(subject, "flow.read"):
            cases = flow.positions(subject, text=text, limit=MOST).items
        if permits.may(subject, "catalog.read"):
            products = catalog.products(subject, search=text, limit=MOST).items
    context = {"search_text": text, "cases": cases, "products": products}
    return render(request, "desk/search.html", context)
