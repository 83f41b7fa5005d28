"""Split a case: what goes is chosen, what would happen is shown, then it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from okiagari.cases import queries
from okiagari.cases.values import CaseView, ClockView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow.actions import split as split_case
from okiagari.flow.merging.queries import SplitPreview, split_preview
from okiagari.intake import queries as intake
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.remedy import queries as remedy
from okiagari.triage import queries as triage
from okiagari.web.cases.aside import party_who
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.merging import forms, saying
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, local_text, say, seen_version
from okiagari.web.frame.deeds import put_into

Offered = dict[str, tuple[str, list[tuple[str, str]]]]
SHORT = 80
EMBARGO_END = "embargo_end"


def split(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "flow.split", case.scope_id)
    preview = split_preview(subject, case.id, request.POST.getlist("vulnerabilities"))
    form = forms.SplitForm(request.POST or None, offered=_offered(subject, case))
    if request.method != "POST":
        return _shown(request, subject, case.id, form)
    problem: Problem | None = None
    if form.is_valid() and "do" in request.POST:
        try:
            number = split_case(
                subject,
                case.id,
                title=local_text(request.POST, "title"),
                reason=request.POST.get("reason", ""),
                version=seen_version(request.POST),
                **{name: request.POST.getlist(name) for name in _offered(subject, case)},
            )
        except Problem as raised:
            problem = raised
        else:
            say(request, gettext("The new case is open."))
            return redirect("cases:case", number)
    shown = preview if form.is_valid() else None
    return _shown(request, subject, case.id, form, preview=shown, problem=problem)


def _shown(
    request: HttpRequest,
    subject: Subject,
    case_id: str,
    form: forms.SplitForm,
    *,
    preview: SplitPreview | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    context = case_frame(subject, case_id)
    case = context["case"]
    assert isinstance(case, CaseView)
    context |= {
        "form": form,
        "preview": preview,
        "lines": saying.of_split(preview) if preview else (),
        "problem": put_into(form, problem) if problem else None,
        "version": seen_version(request.POST) or case.version,
    }
    is_wrong = problem is not None or (form.is_bound and not form.is_valid())
    kind = problem.kind if problem else Kind.INVALID
    return render(request, "cases/split.html", context, status=HTTP_STATUS[kind] if is_wrong else 200)


def _offered(subject: Subject, case: CaseView) -> Offered:
    """What can be chosen, by argument of the action: its label and its choices."""
    reports = [(each.id, f"{each.title} ({each.id})") for each in intake.reports_of_case(subject, case.id)]
    flaws = [(each.id, best(each.title)) for each in case.vulnerabilities if not each.is_withdrawn]
    tasks = [each for each in queries.tasks(subject, case.id) if each.state in ("open", "late")]
    parties = [each for each in case.parties if each.left_at is None]
    messages = queries.communications(subject, case.id)
    kept = queries.evidence(subject, case.id)
    measures = remedy.measures(subject, case.id)
    rows = triage.grid(subject, case.id).rows
    named = {name for name, _ in (*reports, *flaws)} | {
        fact.id for flaw in case.vulnerabilities for fact in flaw.facts
    }
    running = [each for each in queries.clocks(subject, case.id, is_running=True) if _is_apart(each, named)]
    return {
        "vulnerabilities": (gettext("Vulnerabilities that go"), flaws),
        "reports": (gettext("Reports that go"), reports),
        "shared_reports": (gettext("Reports that lead to both cases"), reports),
        "targets": (
            gettext("Products the new case asks about (all, if none is chosen)"),
            [(each.target.key, each.target.key) for each in rows],
        ),
        "measures": (
            gettext("Measures that go"),
            [(each.id, best(each.text)[:SHORT] or each.id) for each in measures],
        ),
        "tasks": (gettext("Open tasks that go"), [(each.id, best(each.title)) for each in tasks]),
        "parties": (
            gettext("Parties that go (the others hold for both)"),
            [(each.id, party_who(each).name) for each in parties],
        ),
        "messages": (gettext("Messages that go"), [(each.id, each.text[:SHORT]) for each in messages]),
        "evidence": (
            gettext("Evidence that goes"),
            [(each.id, (each.name or each.note)[:SHORT]) for each in kept],
        ),
        "clocks": (
            gettext("Clocks and obligations that go"),
            [(each.id, _clock(each)) for each in running],
        ),
    }


def _is_apart(each: ClockView, named: set[str]) -> bool:
    """Those of a report, a vulnerability or a fact go with it; the embargo's holds for both."""
    return each.anchor_source not in named and each.rule != EMBARGO_END


def _clock(each: ClockView) -> str:
    name = best(each.label) or gettext(each.title)
    if each.due is None:
        return f"{name} ({gettext(each.waits_for)})" if each.waits_for else name
    return f"{name} ({timezone.localtime(each.due):%Y-%m-%d %H:%M})"
