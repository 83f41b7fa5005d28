"""Choosing the products a case asks about: by a search rule that is frozen, one by one with a reason."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.triage import actions, queries
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, instant, local_text, say, seen_version
from okiagari.web.triage import forms, ruleform
from okiagari.web.triage.cellpage import rule_words

_OUT, _WHY = "out", "why."


def _case(request: HttpRequest, case_id: str) -> CaseView:
    case = cases.case(asking(request), case_id)
    permits.require(asking(request), "triage.rows", case.scope_id)
    return case


def _excluded(form: QueryDict) -> list[tuple[str, str]]:
    return [(key, form.get(f"{_WHY}{key}", "")) for key in form.getlist(_OUT)]


def choose(request: HttpRequest, case_id: str) -> HttpResponse:
    """Search; look at what is found; leave some out with a reason; freeze."""
    case = _case(request, case_id)
    form = request.POST if request.method == "POST" else request.GET
    rule = _rule(request, form)
    problem: Problem | None = None
    if request.method == "POST" and "save" in form:
        problem = _save(request, rule)
        if problem is None:
            say(request, gettext("The rule is kept; every case can begin with it."))
            return redirect(f"{reverse('triage:choose', args=[case.id])}?template={form['key']}")
    elif request.method == "POST":
        try:
            actions.freeze_rows(
                asking(request),
                case.id,
                **_source(asking(request), rule, form.get("template", "")),  # type: ignore[arg-type]
                excluded=_excluded(request.POST),
                due_at=instant(request.POST, "due_at"),
                version=seen_version(request.POST),
            )
        except Problem as raised:
            if raised.kind in {Kind.NOT_FOUND, Kind.UNAUTHENTICATED}:
                raise
            problem = raised
        else:
            say(request, gettext("The products are chosen; rule, result and exclusions are kept."))
            return redirect("triage:grid", case.id)
    return _choose_page(request, case, rule, form, problem)


def _rule(request: HttpRequest, form: QueryDict) -> dict[str, object]:
    """The rule of the form, or of the saved one that was chosen."""
    if form.get("template") and "blocks" not in form:
        return dict(_template(asking(request), form.get("template", "")))
    return ruleform.read(form)


def _template(subject: Subject, key: str) -> Mapping[str, object]:
    found = {each.key: each.rule for each in queries.templates(subject)}
    return found.get(key, {})


def _source(subject: Subject, rule: Mapping[str, object], key: str) -> dict[str, object]:
    """By its template where the rule is still what the template says."""
    return {"template": key} if key and _template(subject, key) == rule else {"rule": rule}


def _save(request: HttpRequest, rule: Mapping[str, object]) -> Problem | None:
    try:
        actions.save_rule(
            asking(request),
            request.POST.get("key", "").strip(),
            name=local_text(request.POST, "name"),
            rule=rule,
        )
    except Problem as problem:
        return problem
    return None


def _choose_page(
    request: HttpRequest, case: CaseView, rule: Mapping[str, object], form: QueryDict, problem: Problem | None
) -> HttpResponse:
    subject = asking(request)
    grid = queries.grid(subject, case.id)
    there = {row.target.key for row in grid.rows}
    found: tuple[catalog.TargetView, ...] = ()
    try:
        searched = (rule or "all" in form) and "more" not in form
        found = catalog.select_targets(subject, rule) if searched else ()
    except Problem as raised:
        problem = problem or raised
    facets = {**catalog.facets(subject), "line": tuple(line.key for line in catalog.lines(subject))}
    facets["component"] = tuple(dict.fromkeys(each.name for each in catalog.components(subject)))
    out = frozenset(form.getlist(_OUT))
    context = case_frame(subject, case.id, here="products") | {
        "grid": grid,
        "rule": rule,
        "form": form,
        "blocks": ruleform.blocks(rule, facets, more="more" in form),
        "rule_words": rule_words(rule),
        "templates": queries.templates(subject),
        "template": form.get("template", ""),
        "found": tuple(
            {
                "view": view,
                "is_there": view.key in there,
                "is_out": view.key in out,
                "why": form.get(f"{_WHY}{view.key}", ""),
                "end": view.support.get("end_of_security_support"),
                "end_of_sales": view.support.get("end_of_sales"),
            }
            for view in found
        ),
        "is_searched": (bool(rule) or "all" in form) and "more" not in form,
        "problem": problem,
    }
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(request, "triage/choose.html", context, status=status)


def add(request: HttpRequest, case_id: str) -> HttpResponse:
    """One more product, with a reason."""
    case = _case(request, case_id)
    deed = Deed(
        title=gettext("Add a product"),
        button=gettext("Add it"),
        done=gettext("The product is in the grid."),
        back=reverse("triage:grid", args=[case.id]),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.AddRowForm(request.POST or None),
        lambda: actions.add_row(
            asking(request),
            case.id,
            target=request.POST["target"].strip(),
            reason=request.POST["reason"],
            due_at=instant(request.POST, "due_at"),
        ),
    )


def remove(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take a product out of the grid, with a reason."""
    case = _case(request, case_id)
    target = request.GET.get("target", "")
    deed = Deed(
        title=gettext("Take %(target)s out of the grid") % {"target": target},
        button=gettext("Take it out"),
        done=gettext("The product is no longer in the grid."),
        back=reverse("triage:grid", args=[case.id]),
        intro=gettext("Its decisions are kept and come back with it."),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.remove_row(asking(request), case.id, target=target, reason=request.POST["reason"]),
    )
