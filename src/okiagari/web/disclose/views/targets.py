"""Where the published site goes, how far it has come there, and what stands in the way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import queries
from okiagari.disclose.queries import DeliveryView, TargetView
from okiagari.disclose.targets import actions
from okiagari.plumbing import wording
from okiagari.problems import Problem, definitions
from okiagari.web.disclose import words
from okiagari.web.doors import asking, complain, say
from okiagari.web.frame import paging

PAGE = 25


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    found = queries.targets(subject)
    offset = (paging.number(request) - 1) * PAGE
    sent = queries.deliveries(subject, offset=offset, limit=PAGE + 1)
    context = {
        "targets": [_shown(each) for each in found],
        "standing": _standing(found),
        "deliveries": [_delivery(each) for each in sent[:PAGE]],
        "may_send": permits.may(subject, "site.send"),
        "may_read_archive": permits.may(subject, "site.archive"),
        "pages": paging.pages(request, has_more=len(sent) > PAGE),
    }
    return render(request, "disclose/targets.html", context)


def _standing(found: tuple[TargetView, ...]) -> str:
    """The page in a sentence."""
    if not found:
        return gettext(
            "What is published lies in the folder of the site on this machine, and goes nowhere else."
        )
    behind = [each for each in found if each.state not in ("current", "nothing")]
    if not behind:
        return gettext("Every target has what is published.")
    if any(each.is_public for each in behind):
        return gettext("Readers do not have everything yet that is published.")
    text = ngettext(
        "%(count)s target does not have everything yet.",
        "%(count)s targets do not have everything yet.",
        len(behind),
    )
    return text % {"count": len(behind)}


def _shown(view: TargetView) -> dict[str, object]:
    return {
        "view": view,
        "kind": gettext(words.TARGET_KINDS[view.kind]),
        "state": gettext(words.TARGET_STATES[view.state]),
        "tone": words.TARGET_TONES[view.state],
        "told": told(view.error, view.parameters) if view.state == "failed" else None,
    }


def told(code: str, parameters: object) -> wording.Told | None:
    """What went wrong, in the words of every door."""
    definition = definitions().get(code)
    if definition is None or not isinstance(parameters, dict):
        return None
    return wording.told(Problem(definition, parameters))


def late_targets(subject: Subject) -> list[tuple[str, bool]]:
    """For the first page of who looks after them: what has not arrived, and whether readers miss it."""
    return [(_late(each), each.is_public) for each in queries.late(subject)]


def _late(view: TargetView) -> str:
    said = told(view.error, view.parameters) if view.state == "failed" else None
    if view.is_public:
        text = gettext("Readers do not have what is published: it has not arrived at “%(name)s”. %(why)s")
    else:
        text = gettext("What is published has not arrived at “%(name)s”. %(why)s")
    return (text % {"name": view.name, "why": said.message if said else ""}).strip()


def _delivery(view: DeliveryView) -> dict[str, object]:
    return {
        "view": view,
        "state": gettext(words.DELIVERY_STATES[view.state]),
        "tone": words.TARGET_TONES.get(view.state, ""),
    }


@require_POST
def send(request: HttpRequest, name: str) -> HttpResponse:
    """Have it sent now; the job does it."""
    subject = asking(request)
    try:
        actions.send_again(subject, name)
    except Problem as problem:
        if problem.definition.code != "disclose.target_no_tree":
            raise
        words_of_it = complain(request, problem)
        say(request, f"{words_of_it.message} {words_of_it.hint}")
    else:
        say(request, gettext("“%(name)s” gets what is published now.") % {"name": name})
    return redirect("disclose:targets")
