"""CVE ids of a case or an advisory: how each stands, what CVE Services were told, what can be done."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.disclose import queries as advisories
from okiagari.disclose.cve import actions, letter, queries
from okiagari.disclose.cve.queries import BoardView, DeedView, FlawView, NumberView
from okiagari.disclose.cve.rules import KINDS, STATES
from okiagari.plumbing import ids
from okiagari.plumbing.wording import spoken
from okiagari.standards import ids as numbers
from okiagari.web.cases.deeds import Deed
from okiagari.web.cases.deeds import perform as perform_in_case
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.words import best
from okiagari.web.disclose import cve_forms, words
from okiagari.web.doors import asking, instant, local_text
from okiagari.web.frame.values import Empty


@require_safe
def of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    board = queries.of_case(subject, case_id)
    context = {**case_frame(subject, case_id, here="advisory"), **_shown(board)}
    return render(request, "disclose/cve_case.html", context)


@require_safe
def of_advisory(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    view = advisories.advisory(subject, advisory_id)
    board = queries.of_advisory(subject, advisory_id)
    request_text = reverse("disclose:preview", args=[view.id, view.languages[0], "cve-request"])
    context = {
        "advisory": view,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "request_text": request_text,
        "cited": queries.cited_by(subject, advisory_id),
        **_shown(board),
    }
    return render(request, "disclose/cve_advisory.html", context)


@require_safe
def request_letter(request: HttpRequest, case_id: str) -> HttpResponse:
    """The letter to JPCERT/CC of a maker that is no CNA, ready to be copied."""
    subject = asking(request)
    found = letter.of_case(subject, case_id)
    context = {
        **case_frame(subject, case_id, here="advisory"),
        "letter": found,
        "letters": sorted(
            ((each, str(words.LANGUAGE_WORDS[each]), text) for each, text in found.texts.items()),
            key=lambda each: each[0] != "ja",
        ),
        "empty": Empty(
            gettext("There is nothing to ask for."),
            gettext("Every vulnerability of this case has its CVE id, or there is none yet."),
        ),
    }
    return render(request, "disclose/cve_request.html", context)


def _shown(board: BoardView) -> dict[str, object]:
    return {"board": board, "flaws": [_flaw(each, board) for each in board.flaws]}


def _flaw(view: FlawView, board: BoardView) -> Mapping[str, object]:
    return {
        "view": view,
        "title": best(view.title),
        "numbers": [_number(each, view) for each in view.numbers],
        "deeds": [_deed(each, view) for each in view.reserving],
        "may_reserve": board.may_change and board.is_set_up and view.needs_id,
        "may_note": board.may_change and board.is_cna and not view.is_withdrawn,
    }


def _number(view: NumberView, flaw: FlawView) -> Mapping[str, object]:
    return {
        "view": view,
        "state": gettext(STATES[view.state]),
        "tone": words.CVE_TONES[view.state],
        "owner": gettext(words.CVE_OWNERS[view.owner]),
        "href": numbers.parse(view.number, numbers.System.CVE).url() if view.public_at else "",
        "deeds": [_deed(each, flaw) for each in view.deeds],
        "is_stuck": any(each.is_open for each in view.deeds),
        "may_reject": view.owner == "ours" and view.state in {"reserved", "published"},
    }


def _deed(view: DeedView, flaw: FlawView) -> Mapping[str, object]:
    what = gettext(STATES[view.told_state]) if view.kind == "note" else ""
    return {
        "view": view,
        "kind": gettext(KINDS[view.kind]),
        "what": what,
        "state": gettext(words.CVE_DEEDS[view.state]),
        "tone": words.CVE_DEED_TONES[view.state],
        "by": words.who(view.asked_by),
        "reason": best(view.reason),
        "troubles": [
            (gettext(each.text) % spoken(each.parameters), gettext(each.hint) % spoken(each.parameters))
            for each in view.troubles
        ],
        "retry": reverse("disclose:cve_retry", args=[flaw.case_id, view.id]) if view.is_open else "",
    }


def _back(case_id: str) -> str:
    return reverse("disclose:cve", args=[case_id])


def _sent(
    request: HttpRequest, case_id: str, deed: Deed, form: Any, act: Callable[[], object]
) -> HttpResponse:
    """A deed in the frame of its case, for those who may do it."""
    subject = asking(request)
    permits.require(subject, "disclose.cve", cases.case(subject, case_id).scope_id)
    return perform_in_case(request, case_id, deed, form, act)


def reserve(request: HttpRequest, case_id: str) -> HttpResponse:
    """Reserve ids; ``?vulnerability=`` names one, else all that have none are ticked."""
    subject = asking(request)
    lacking = queries.of_case(subject, case_id).lacking
    chosen = ids.folded(request.GET.get("vulnerability", ""))
    ticked = [each.id for each in lacking if chosen in {"", each.id}]
    flaws = [(each.id, best(each.title)) for each in lacking]
    form = cve_forms.ReserveForm(request.POST or None, initial={"vulnerabilities": ticked}, flaws=flaws)
    deed = Deed(
        title=gettext("Reserve CVE ids"),
        button=gettext("Reserve"),
        done=gettext("CVE Services are asked. The ids stand below as soon as they are here."),
        back=_back(case_id),
        intro=gettext(
            "Each vulnerability gets one id at CVE Services. Nothing is published before the advisory is out."
        ),
    )

    def act() -> None:
        actions.reserve(
            subject,
            case_id,
            vulnerabilities=form.cleaned_data["vulnerabilities"],
            is_sequential=form.cleaned_data.get("order") != cve_forms.APART,
        )

    return _sent(request, case_id, deed, form, act)


def reject(request: HttpRequest, case_id: str, cve: str) -> HttpResponse:
    subject = asking(request)
    form = cve_forms.RejectForm(request.POST or None)
    deed = Deed(
        title=gettext("Reject %(cve)s") % {"cve": cve},
        button=gettext("Reject it at CVE Services"),
        done=gettext("CVE Services are told. How it went stands below."),
        back=_back(case_id),
        intro=gettext(
            "The id is given up for good, and its record says so to everybody. It cannot be undone."
        ),
        is_danger=True,
    )

    def act() -> None:
        instead = form.cleaned_data["replaced_by"].replace(",", " ").split()
        reason = local_text(request.POST, "reason")
        actions.reject(subject, case_id, cve=cve, reason=reason, replaced_by=instead)

    return _sent(request, case_id, deed, form, act)


def keep(request: HttpRequest, case_id: str, cve: str) -> HttpResponse:
    subject = asking(request)
    form = cve_forms.KeepForm(request.POST or None)
    deed = Deed(
        title=gettext("Keep %(cve)s") % {"cve": cve},
        button=gettext("Keep the id"),
        done=gettext("It is kept; nobody is asked again."),
        back=_back(case_id),
        intro=gettext("Its record stays as it is, although nothing of ours cites it any more."),
    )

    def act() -> None:
        actions.keep_cve(subject, case_id, cve=cve, reason=form.cleaned_data["reason"])

    return _sent(request, case_id, deed, form, act)


def note(request: HttpRequest, case_id: str, vulnerability_id: str) -> HttpResponse:
    subject = asking(request)
    board = queries.of_case(subject, case_id)
    number = ids.folded(vulnerability_id)
    flaw = next((each for each in board.flaws if each.id == number), None)
    if flaw is None:
        raise permits.NOTHING_HERE()
    form = cve_forms.NoteForm(request.POST or None, initial={"cve": flaw.cve})
    deed = Deed(
        title=gettext("Note what was done with an id elsewhere"),
        button=gettext("Note it"),
        done=gettext("It is noted."),
        back=_back(case_id),
        intro=gettext("For ids of our own that were reserved or published by other means. Nobody is told."),
    )

    def act() -> None:
        given = form.cleaned_data
        actions.note_cve(
            subject,
            case_id,
            vulnerability=number,
            state=given["state"],
            cve=given["cve"],
            at=instant(request.POST, "at"),
            reason=given["reason"],
        )

    return _sent(request, case_id, deed, form, act)
