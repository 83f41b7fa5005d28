"""What is really out: the last look at every file of the public tree, and what download links answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from okiagari.disclose import actions, queries
from okiagari.disclose.consistency.report import Noted
from okiagari.web.disclose import links, words
from okiagari.web.disclose.views import consistency
from okiagari.web.doors import asking, say


@require_http_methods(["GET", "HEAD", "POST"])
def site_check(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    if request.method == "POST":
        actions.check_site(subject, links="links" in request.POST)
        say(request, gettext("Everything that is out was looked at."))
        return redirect("disclose:site_check")
    view = queries.site_check(subject)
    context = {
        "view": view,
        "by": words.who(view.by),
        "noted": _noted(view.noted),
        "lives": consistency.fields(view.lives),
        "advisories": [
            {
                "view": each,
                "noted": _noted(each.noted),
                "fields": consistency.fields(each.fields),
            }
            for each in view.advisories
        ],
        "links": links.rows(view.links),
    }
    return render(request, "disclose/site_check.html", context)


def _noted(found: list[Noted] | tuple[Noted, ...]) -> list[tuple[Noted, str]]:
    return [(each, gettext(each.text) % each.parameters) for each in found]
