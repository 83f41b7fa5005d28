"""The tabs of a case that this stage owns: overview, messages, timeline."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries
from okiagari.cases.narration import (
    EMBARGO_WORDS,
    FACT_WORDS,
)
from okiagari.cases.rules import PARTS
from okiagari.cases.values import CaseView, TimelineLine, VulnerabilityView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import telling
from okiagari.intake import queries as intake
from okiagari.web.cases import talking, words
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.merging.views import alike
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty, LogLine

TIMELINE_LINES = 500


@require_safe
def overview(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    context = case_frame(subject, case_id, here="overview")
    case = context["case"]
    assert isinstance(case, CaseView)
    context |= {
        "kinds": words.kinds(case.kinds),
        "embargo_word": gettext(EMBARGO_WORDS[case.embargo.state]) if case.embargo else "",
        "vulnerabilities": tuple(_vulnerability(each) for each in case.vulnerabilities),
    }
    if not case.is_seen_from_outside:
        context |= _inside(subject, case)
    return render(request, "cases/overview.html", context)


def _inside(subject: Subject, case: CaseView) -> dict[str, object]:
    return {
        "reports": intake.reports_of_case(subject, case.id),
        "alike": alike(subject, case.id) if case.is_open else (),
        "may_join": case.is_open and permits.may(subject, "flow.merge", case.scope_id),
        "evidence": tuple((each, words.size(each.size)) for each in queries.evidence(subject, case.id)),
    }


def _vulnerability(each: VulnerabilityView) -> dict[str, object]:
    numbers = [number for number in (each.cve, each.jvn, each.jvndb, each.cwe) if number]
    facts = tuple(
        (fact, gettext(FACT_WORDS[fact.kind]), words.who(fact.noted_by) if fact.noted_by else None)
        for fact in each.facts
    )
    return {"view": each, "numbers": numbers, "facts": facts}


@require_safe
def messages(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    context = case_frame(subject, case_id, here="messages")
    case = context["case"]
    assert isinstance(case, CaseView)
    context |= talking.shown(subject, case) | {
        "empty": Empty(
            gettext("Nothing was said yet."),
            gettext("Write to JPCERT/CC, the reporter or a supplier from a template, or record a call."),
        ),
    }
    return render(request, "cases/messages.html", context)


@require_safe
def timeline(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    lines = queries.timeline(subject, case_id, limit=TIMELINE_LINES)
    context = case_frame(subject, case_id, here="timeline")
    context |= {
        "log_lines": tuple(_line(each) for each in lines),
        "is_cut": len(lines) == TIMELINE_LINES,
    }
    return render(request, "cases/timeline.html", context)


def _line(each: TimelineLine) -> LogLine:
    return LogLine(
        at=each.at,
        who=words.who(each.who),
        what=words.full_stop(telling.sentence(each.verb, each.facts, is_erased=each.is_erased)),
        door=" · ".join((words.door(each.door), *(gettext(PARTS[part]) for part in (each.part,) if part))),
        reason=telling.reason(each.verb, each.facts),
        is_turn=telling.is_turn(each.verb),
    )
