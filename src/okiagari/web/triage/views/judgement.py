"""The Judgement tab: judgements side by side, scores, and the form with its score building up."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.triage import actions, queries
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, instant, local_text, say, seen_version
from okiagari.web.triage import forms, judging
from okiagari.web.triage.scoring import score_panels
from okiagari.web.triage.words import rights

_ANSWER = "answer."


def answers_in(form: QueryDict) -> dict[str, str]:
    given = {name.removeprefix(_ANSWER): form[name] for name in form if name.startswith(_ANSWER)}
    return {question: str(answer) for question, answer in given.items() if answer}


def judgement(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the tab; give a judgement."""
    if request.method != "POST":
        return _page(request, case_id, QueryDict())
    if "preview" in request.POST:
        return _page(request, case_id, request.POST)
    try:
        _judge(request, case_id)
    except Problem as problem:
        if problem.kind in {Kind.NOT_FOUND, Kind.UNAUTHENTICATED}:
            raise
        return _page(request, case_id, request.POST, problem)
    say(request, gettext("The judgement is kept."))
    return redirect("triage:judgement", case_id)


def _judge(request: HttpRequest, case_id: str) -> None:
    form = request.POST
    actions.judge(
        asking(request),
        case_id,
        stage=form.get("stage", ""),
        answers=answers_in(form),
        level=form.get("level", ""),
        reason=form.get("reason", ""),
        assumed_use=local_text(form, "assumed_use"),
        team=form.get("team") or None,
        vulnerability=form.get("vulnerability") or None,
        targets=_targets(request, case_id),
        version=seen_version(form),
    )


def _page(
    request: HttpRequest, case_id: str, form: Mapping[str, str], problem: Problem | None = None
) -> HttpResponse:
    subject = asking(request)
    found = queries.judgements(subject, case_id)
    context = case_frame(subject, case_id, here="judgement")
    case = context["case"]
    assert isinstance(case, CaseView)
    may = rights(subject, case)
    criteria = queries.criteria(subject)
    offered = judging.stages(subject, may, found)
    chosen = form.get("stage") or judging.preferred(subject, offered, found)
    begun = None if form else judging.begun(chosen, found)
    answers = answers_in(form) if isinstance(form, QueryDict) else {}
    if begun:
        answers = dict(begun.answers)
    stands = any(each.stands and each.stage == chosen for each in found)
    context |= {
        "may": may,
        "columns": judging.columns(found),
        "criteria": criteria,
        "criteria_note": judging.criteria_note(criteria),
        "offered": judging.stage_options(offered, chosen),
        "teams": judging.teams(subject, found),
        "questions": judging.asked(criteria.rules, answers, wrong=_wrong(problem)),
        "panel": judging.panel(criteria.rules, answers),
        "levels": judging.level_options(form.get("level", "")),
        "flaws": judging.flaw_choices(case),
        "about": _about(request, form),
        "target_sets": _sets(queries.grid(subject, case.id)),
        "scores": score_panels(case, queries.scores(subject, case.id)),
        "form": form,
        "problem": problem,
        "begun": begun,
        "is_open": bool(form) or not stands,
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "triage/judgement.html", context, status=status)


def _about(request: HttpRequest, form: Mapping[str, str]) -> str:
    """The products typed, or those the address names."""
    named = request.GET.getlist("target")
    cells = [text.rpartition("|")[0] for text in request.GET.getlist("cells")]
    return form.get("targets") or "\n".join(dict.fromkeys([*named, *cells]))


def _sets(grid: queries.Grid) -> tuple[tuple[str, str, int], ...]:
    """Groups, families, categories and teams of the grid, each a set of products to judge at once."""
    found: dict[tuple[str, str], int] = {}
    for row in grid.rows:
        for kind, value in _memberships(row):
            found[kind, value] = found.get((kind, value), 0) + 1
    return tuple(
        (f"{kind}:{value}", value, count) for (kind, value), count in sorted(found.items()) if count > 1
    )


def _memberships(row: queries.GridRow) -> tuple[tuple[str, str], ...]:
    target = row.target
    all_of_it = (("group", row.group), ("family", target.family), ("category", target.category))
    return tuple((kind, value) for kind, value in all_of_it if value)


def _targets(request: HttpRequest, case_id: str) -> list[str]:
    """The products named one a line, and those of the sets that are ticked."""
    sets = {tuple(each.split(":", 1)) for each in request.POST.getlist("sets")}
    named = forms.lines(request.POST.get("targets", ""))
    if sets:
        rows = queries.grid(asking(request), case_id).rows
        named += [row.target.key for row in rows if sets & set(_memberships(row))]
    return list(dict.fromkeys(named))


def _wrong(problem: Problem | None) -> frozenset[str]:
    if problem is None:
        return frozenset()
    fields = [part.field or "" for part in (problem.parts or (problem,))]
    return frozenset(field.removeprefix("answers.") for field in fields if field.startswith("answers."))


@require_safe
def score_so_far(request: HttpRequest, case_id: str) -> HttpResponse:
    """The score beside the questions, for what is answered so far."""
    subject = asking(request)
    cases.case(subject, case_id)
    rules = queries.criteria(subject).rules
    context = {"panel": judging.panel(rules, answers_in(request.GET))}
    return render(request, "triage/parts/score.html", context)


def _work(request: HttpRequest, case_id: str, verb: str) -> CaseView:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, verb, case.scope_id)
    return case


def ask(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask development teams for a first judgement."""
    case = _work(request, case_id, "triage.judge_final")
    form = forms.AskForm(request.POST or None, teams=forms.development_teams(asking(request), case.id))
    deed = Deed(
        title=gettext("Ask for a first judgement"),
        button=gettext("Ask"),
        done=gettext("The teams are asked and let into the case."),
        back=reverse("triage:judgement", args=[case.id]),
        intro=gettext("Where no answer comes by the due time, the product security team judges."),
    )

    def act() -> None:
        due = instant(request.POST, "due_at")
        assert due is not None
        actions.ask_first(
            asking(request),
            case.id,
            teams=request.POST.getlist("teams"),
            due_at=due,
            version=seen_version(request.POST),
        )

    return perform(request, case.id, deed, form, act)


def reopen(request: HttpRequest, case_id: str, judgement_id: str) -> HttpResponse:
    """Open a judgement again: its assumption no longer holds."""
    case = _work(request, case_id, "triage.judge_final")
    deed = Deed(
        title=gettext("Open the judgement again"),
        button=gettext("Open it again"),
        done=gettext("The judgement no longer counts; judge again."),
        back=reverse("triage:judgement", args=[case.id]),
        intro=gettext("Say which assumption no longer holds. The judgement is kept and no longer counts."),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.reopen_judgement(asking(request), judgement_id, reason=request.POST["reason"]),
    )
