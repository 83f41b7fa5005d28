"""What changes from one edition to another: in words, then file by file, by pointer or line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.disclose import queries
from okiagari.disclose.consistency.diff import Changed, FileChange
from okiagari.plumbing.wording import spoken
from okiagari.web.disclose import words
from okiagari.web.doors import asking

MOST = 40
"""So many changes of a file are shown at first; its own page shows all, up to `WHOLE`."""
WHOLE = 2000


@require_safe
def differences(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)
    before, after, file = _asked(request)
    found = queries.differences(subject, advisory_id, before=before, after=after, file=file)
    chosen: dict[str, str | int] = {"before": found.before, "after": found.after}
    context = {
        "advisory": view,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "found": found,
        "file": file,
        "now": queries.NOW,
        "words": list(dict.fromkeys(gettext(each.text) % spoken(each.parameters) for each in found.words)),
        "files": [_shown(each, view.id, chosen, WHOLE if file else MOST) for each in found.files],
        "address": reverse("disclose:differences", args=[view.id]),
        "unified": f"{reverse('disclose:unified', args=[view.id])}?{urlencode({**chosen, 'file': file})}",
    }
    return render(request, "disclose/differences.html", context)


@require_safe
def unified(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """The same as a file for `patch` and for programs that show diffs."""
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)
    before, after, file = _asked(request)
    text = queries.unified(subject, advisory_id, before=before, after=after, file=file)
    response = HttpResponse(text, content_type="text/x-diff; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{view.tracking_id}.diff"'
    return response


def _asked(request: HttpRequest) -> tuple[int | None, int, str]:
    given = request.GET
    try:
        before = int(given["before"]) if given.get("before") else None
        return before, int(given.get("after") or queries.NOW), given.get("file", "")
    except ValueError:
        raise permits.NOTHING_HERE() from None


def _shown(each: FileChange, advisory_id: str, chosen: dict[str, str | int], most: int) -> dict[str, object]:
    own = reverse("disclose:differences", args=[advisory_id])
    return {
        "view": each,
        "added": each.count(Changed.ADDED),
        "removed": each.count(Changed.REMOVED),
        "changed": each.count(Changed.CHANGED),
        "changes": each.changes[:most],
        "left": max(0, len(each.changes) - most),
        "href": f"{own}?{urlencode({**chosen, 'file': each.path})}",
    }
