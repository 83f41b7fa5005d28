"""The live notice: asked every few seconds while a page is open and in sight; 304 where nothing is new."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.flow import live as flow
from okiagari.plumbing import clock
from okiagari.web.doors import asking
from okiagari.web.frame import words

MOST_TOLD = 5


@require_safe
def live(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What others did since `opened`, and who else is looking."""
    subject = asking(request)
    seen = flow.sight(subject, kind, key)
    mark = f'"{seen.length}-{"-".join(seen.others)}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304)
    news = flow.news(subject, kind, key, _opened(request))
    names = flow.called(seen.others)
    language = words.language()
    said = [
        gettext("%(who)s, %(when)s: %(what)s")
        % {
            "who": each.who.best(language),
            "when": words.relative(each.at, clock.now()),
            "what": each.what,
        }
        for each in news[:MOST_TOLD]
    ]
    here = [names[each].best(language) or each for each in seen.others if each in names]
    others = gettext("Also here: %(names)s") % {"names": gettext(", ").join(here)} if here else ""
    response = JsonResponse({"news": said, "more": max(0, len(news) - MOST_TOLD), "here": others})
    response["ETag"] = mark
    return response


def _opened(request: HttpRequest) -> datetime:
    """When the page was made; without it, now: nothing is news."""
    try:
        value = parse_datetime(request.GET.get("opened", ""))
    except ValueError:
        value = None
    return value if value is not None and value.tzinfo else clock.now()
