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
from okiagari.disclose.queries import AdvisoryView
from okiagari.disclose.rules.changes import Change
from okiagari.plumbing.wording import spoken
from okiagari.web.disclose import files, words
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
        "words": list(dict.fromkeys(_said(each) for each in found.words)),
        "files": [
            _shown(each, view, chosen, WHOLE if file else MOST)
            for each in sorted(found.files, key=lambda each: files.place(each.path))
        ],
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


def _said(change: Change) -> str:
    """A sentence; of a text that people wrote, which one it is."""
    said = gettext(change.text) % spoken(change.parameters)
    kind, _, rest = change.path.partition(".")
    name, _, language = rest.partition(".")
    if kind != "words" or name not in words.TEXTS or language not in words.LANGUAGE_WORDS:
        return said
    which = {"field": words.TEXTS[name], "language": words.LANGUAGE_WORDS[language], "said": said}
    return gettext("%(field)s (%(language)s): %(said)s") % which


def _counted(each: FileChange) -> list[str]:
    """How much of a file changed, a part for each way."""
    if each.kind is Changed.CHANGED and not each.changes:
        return [gettext("no word of it")]
    counts = (
        (each.count(Changed.CHANGED), gettext("%(count)s changed")),
        (each.count(Changed.ADDED), gettext("%(count)s added")),
        (each.count(Changed.REMOVED), gettext("%(count)s removed")),
    )
    return [text % {"count": count} for count, text in counts if count]


def _shown(
    each: FileChange, view: AdvisoryView, chosen: dict[str, str | int], most: int
) -> dict[str, object]:
    own = reverse("disclose:differences", args=[view.id])
    language = files.language(each.path, view.languages)
    return {
        "view": each,
        "label": files.label(each.path),
        "language": words.LANGUAGE_WORDS[language] if language else "",
        "counted": _counted(each),
        "changes": each.changes[:most],
        "left": max(0, len(each.changes) - most),
        "href": f"{own}?{urlencode({**chosen, 'file': each.path})}",
    }
