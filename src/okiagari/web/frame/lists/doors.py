"""The addresses of a list: page, files, several rows at once; and the saving of views."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.desk import views
from okiagari.plumbing import wording
from okiagari.problems import Problem
from okiagari.web.doors import asking, say
from okiagari.web.frame.lists import bulk, exports
from okiagari.web.frame.lists.sheet import Sheet


def addresses(sheet: Sheet, place: str) -> list[URLPattern]:
    """Those beside the page itself: ``…/export.csv``, ``…/export.json``, ``…/bulk/``."""

    @require_safe
    def table(request: HttpRequest) -> HttpResponse:
        return exports.export(request, sheet, "csv")  # type: ignore[return-value]

    @require_safe
    def json(request: HttpRequest) -> HttpResponse:
        return exports.export(request, sheet, "json")  # type: ignore[return-value]

    @require_POST
    def act(request: HttpRequest) -> HttpResponse:
        return bulk.act(request, sheet)

    return [
        path(f"{place}/{sheet.key}.csv", table, name=f"{sheet.key}_csv"),
        path(f"{place}/{sheet.key}.json", json, name=f"{sheet.key}_json"),
        path(f"{place}/bulk/", act, name=f"{sheet.key}_bulk"),
    ]


@require_POST
def save(request: HttpRequest, place: str) -> HttpResponse:
    """Keep how the list looks now under a name, or take a view away, or let the list open in one."""
    subject = asking(request)
    form = request.POST
    query = form.get("query", "")
    back = f"/{place}/?{query or 'view=none'}"
    try:
        if form.get("drop"):
            views.drop_view(subject, form["drop"])
            say(request, gettext("The view is taken away."))
        elif "open" in form:
            views.open_with(subject, place, form["open"])
            say(request, gettext("The list opens so from now on."))
        else:
            views.save_view(
                subject,
                place,
                name=form.get("name", ""),
                query=query,
                team=form.get("team", ""),
                pinned=bool(form.get("pinned")),
                default=bool(form.get("default")),
            )
            say(request, gettext("The view is saved."))
    except Problem as problem:
        context = {"problem": wording.told(problem), "back": back}
        return render(request, "frame/lists/outcome.html", context, status=422)
    return HttpResponseRedirect(back if place in views.PLACES else "/")
