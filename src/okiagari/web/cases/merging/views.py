"""Merge a case into another, and undo it. First which case, then what would happen, then the deed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.flow.actions import merge as merge_cases
from okiagari.flow.actions import undo_merge
from okiagari.flow.merging.alike import cases_like_case
from okiagari.flow.merging.queries import MergePreview, merge_preview
from okiagari.flow.merging.rules import SAME_CASE
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.web.cases import forms as plain
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.merging import forms, saying
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, say, seen_version
from okiagari.web.frame.deeds import put_into
from okiagari.web.intake.words import reasons

OFFERED = 200


def merge(request: HttpRequest, case_id: str) -> HttpResponse:
    """Which case, what would happen, and the deed itself."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "flow.merge", case.scope_id)
    into = (request.POST.get("into") or request.GET.get("into") or "").strip()
    if not into:
        return _choose(request, subject, case.id, None)
    try:
        preview = merge_preview(subject, case.id, into=into, same=_pairs(request.POST))
    except Problem as problem:
        if problem.field != "into" and problem.definition is not SAME_CASE:
            if request.method != "POST" or problem.field != "same":
                raise
            return _again(request, subject, case.id, into, problem)
        return _choose(request, subject, case.id, problem)
    return _previewed(request, subject, preview)


def _choose(request: HttpRequest, subject: Subject, case_id: str, problem: Problem | None) -> HttpResponse:
    form = forms.ChooseForm({"into": request.GET.get("into", "")} if problem else None)
    left = put_into(form, problem) if problem else None
    context = {
        **case_frame(subject, case_id),
        "form": form,
        "problem": left,
        "alike": alike(subject, case_id),
        "offered": [each for each in offered(subject) if each[0] != case_id],
    }
    return render(
        request, "cases/merge_choose.html", context, status=HTTP_STATUS[problem.kind] if problem else 200
    )


def offered(subject: Subject) -> list[tuple[str, str]]:
    """Open cases, by the name one knows them by."""
    page = flow.positions(subject, state="open", limit=OFFERED)
    return [(each.case_id, best(each.title)) for each in page.items]


def alike(subject: Subject, case_id: str) -> tuple[tuple[object, ...], ...]:
    """Cases that may be the same, with how much and why in words."""
    return tuple((each, round(each.score * 100), reasons(each)) for each in cases_like_case(subject, case_id))


def _again(request: HttpRequest, subject: Subject, case_id: str, into: str, problem: Problem) -> HttpResponse:
    """What was said of the vulnerabilities does not hold: the preview without it, with what is wrong."""
    preview = merge_preview(subject, case_id, into=into)
    return _shown(request, subject, preview, _form(subject, preview, request.POST), problem)


def _previewed(request: HttpRequest, subject: Subject, preview: MergePreview) -> HttpResponse:
    if request.method != "POST" or "preview" in request.POST:
        return _shown(request, subject, preview, _form(subject, preview, None, request.POST), None)
    form = _form(subject, preview, request.POST)
    problem: Problem | None = None
    if form.is_valid():
        try:
            number = merge_cases(
                subject,
                preview.source.id,
                into=preview.target.id,
                reason=request.POST.get("reason", ""),
                version=seen_version(request.POST),
                same=_pairs(request.POST),
                decisions=_decisions(preview, request.POST),
                let_in=request.POST.getlist("let_in"),
                decider=request.POST.get("decider", ""),
            )
        except Problem as raised:
            problem = raised
        else:
            say(request, gettext("%(case)s is part of this case now.") % {"case": preview.source.id})
            return redirect("cases:case", number)
    return _shown(request, subject, preview, form, problem, is_refused=True)


def _shown(
    request: HttpRequest,
    subject: Subject,
    preview: MergePreview,
    form: forms.MergeForm,
    problem: Problem | None,
    *,
    is_refused: bool = False,
) -> HttpResponse:
    kind = problem.kind if problem else Kind.INVALID
    context = {
        **case_frame(subject, preview.source.id),
        "preview": preview,
        "lines": saying.of_merge(preview),
        "form": form,
        "problem": put_into(form, problem) if problem and form.is_bound else problem,
        "version": seen_version(request.POST) or preview.source.version,
    }
    return render(
        request, "cases/merge.html", context, status=HTTP_STATUS[kind] if problem or is_refused else 200
    )


def _form(
    subject: Subject, preview: MergePreview, given: QueryDict | None, before: Mapping[str, Any] | None = None
) -> forms.MergeForm:
    initial: dict[str, Any] = {f"same_{mine}": theirs for mine, theirs in preview.same}
    if before:
        initial |= {"reason": before.get("reason", ""), "decider": before.get("decider", "")}
        initial["let_in"] = before.getlist("let_in") if isinstance(before, QueryDict) else []
    inside = queries.people_in(subject, preview.target.id)
    people = [(each.who.key, best(each.who.name)) for each in inside if each.who.kind == "person"]
    own = (subject.key, gettext("I do"))
    deciders = [own, *(each for each in people if each[0] != own[0])]
    return forms.MergeForm(given, initial=initial, preview=preview, deciders=deciders)


def _pairs(given: Mapping[str, Any]) -> list[list[str]]:
    """Pairs of vulnerabilities said to be one."""
    prefix = "same_"
    return [
        [name.removeprefix(prefix), str(given[name])]
        for name in given
        if name.startswith(prefix) and given[name]
    ]


def _decisions(preview: MergePreview, given: Mapping[str, Any]) -> list[list[str]]:
    return [
        [clash.target, clash.vulnerability, str(given[f"cell_{number}"])]
        for number, clash in enumerate(preview.clashes)
        if given.get(f"cell_{number}")
    ]


def undo(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Take a merged case out again."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "flow.merge", case.scope_id)
    merged = queries.case(subject, number)
    deed = Deed(
        title=gettext("Undo the merge of %(case)s") % {"case": merged.id},
        button=gettext("Undo the merge"),
        done=gettext("%(case)s is open again.") % {"case": merged.id},
        back=reverse("cases:case", args=[case.id]),
        intro=gettext(
            "Everything that came from it goes back. What was added to the joined case since stays here."
        ),
    )
    form = plain.ReasonForm(request.POST or None)
    return perform(
        request, case.id, deed, form, lambda: undo_merge(subject, merged.id, reason=request.POST["reason"])
    )
