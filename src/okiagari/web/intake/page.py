"""One report: what came in, what was said, what may be the same, what to do. And its files, as downloads."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from okiagari.desk.subjects import Subject
from okiagari.flow import telling
from okiagari.flow.merging.alike import cases_like_report
from okiagari.intake import queries
from okiagari.intake.narration import TURNS
from okiagari.intake.queries import MessageView, ReportView, TimelineLine
from okiagari.intake.rules import words as codes
from okiagari.web.cases.words import best, door
from okiagari.web.documents.beside import beside
from okiagari.web.doors import asking
from okiagari.web.frame.values import Clock, LogLine, Who
from okiagari.web.frame.words import language
from okiagari.web.intake import letters, words

LINKABLE = ("received", "valid", "accepted", "deferred")


@require_safe
def report(request: HttpRequest, report_id: str) -> HttpResponse:
    return render(request, "intake/report.html", page(asking(request), report_id))


def frame(subject: Subject, report_id: str) -> dict[str, object]:
    """What the page and every deed show of a report."""
    view = queries.report(subject, report_id)
    state, tone = words.state(view.state)
    return {
        "report": view,
        "state": state,
        "tone": tone,
        "source": capfirst(gettext(codes.SOURCES[view.source])),
        "kind": capfirst(gettext(codes.KINDS[view.kind])),
        "verdict": gettext(codes.VERDICTS[view.verdict]) if view.verdict else "",
        "may_work": "intake.work" in view.may,
        "may_add": "intake.receive" in view.may,
        "may_identify": "intake.identity" in view.may,
        "may_erase": "intake.erase" in view.may,
        "is_closed": view.state == "closed",
        "may_link": "intake.work" in view.may and (view.state in LINKABLE or view.verdict == "duplicate"),
    }


def page(subject: Subject, report_id: str) -> dict[str, object]:
    """Everything of the report's own page."""
    context = frame(subject, report_id)
    view = context["report"]
    assert isinstance(view, ReportView)
    return {
        **context,
        "next": gettext(codes.NEEDS[view.need]) if view.need else "",
        "clocks": _clocks(view),
        "said_public": capfirst(gettext(codes.SAID[view.said_public])),
        "said_attacked": capfirst(gettext(codes.SAID[view.said_attacked])),
        "identity": queries.identity(subject, report_id),
        "candidates": tuple(
            (each, round(each.score * 100), words.reasons(each), words.state(each.state)[0])
            for each in queries.candidates(subject, report_id)
        )
        if view.state not in {"invalid", "closed"}
        else (),
        "like_cases": tuple(
            (each, round(each.score * 100), words.reasons(each))
            for each in cases_like_report(subject, report_id)
        )
        if context["may_link"]
        else (),
        "talk": tuple(
            (each, best(each.by) if each.by else "", _texts(each), letters.shown(subject, view, each))
            for each in view.messages
        ),
        "timeline": _timeline(subject, report_id),
        "documents": beside(subject, report=view.id),
        "back": "report",
    }


def _texts(message: MessageView) -> tuple[tuple[str, str], ...]:
    """The words in each language, the reader's own first."""
    return tuple(sorted(message.text.texts.items(), key=lambda pair: pair[0] != language()))


def _clocks(view: ReportView) -> tuple[Clock, ...]:
    clocks = [
        Clock(
            gettext("Acknowledge"),
            view.received_at,
            view.acknowledge_due,
            anchor_name=pgettext("report", "came in"),
            done=view.acknowledged_at,
        )
    ]
    if view.first_contact_at and view.publication_due:
        clocks.append(
            Clock(
                gettext("Publication (45 days)"),
                view.first_contact_at,
                view.publication_due,
                anchor_name=gettext("first attempt to contact us"),
            )
        )
    return tuple(clocks)


def _timeline(subject: Subject, report_id: str) -> tuple[LogLine, ...]:
    return tuple(
        LogLine(
            at=line.at,
            who=Who(best(line.name) if line.name else _nameless(line)),
            what=telling.sentence(line.verb, line.facts, is_erased=line.is_erased),
            door=door(line.door),
            reason=telling.reason(line.verb, line.facts),
            is_turn=line.verb in TURNS,
        )
        for line in queries.timeline(subject, report_id)
    )


def _nameless(line: TimelineLine) -> str:
    """Somebody who has no account."""
    return gettext("The reporter") if line.who == "public" else gettext("System")


@require_safe
def attachment(request: HttpRequest, report_id: str, attachment_id: str) -> HttpResponse:
    """One file out of the quarantine: bytes for the disk, never for the browser."""
    file = queries.attachment(asking(request), report_id, attachment_id)
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
