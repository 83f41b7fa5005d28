"""Putting scores beside the judgement: by a vector, by the calculators, by the supplier tree of SSVC."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView, VulnerabilityView
from okiagari.desk import permits
from okiagari.plumbing import ids
from okiagari.problems import HTTP_STATUS, Problem
from okiagari.standards import cvss
from okiagari.triage import actions
from okiagari.triage.rules.scoring import SOURCES
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, say
from okiagari.web.triage import forms, scoring
from okiagari.web.triage.words import choices

_METRIC = "m."


def _values(form: Mapping[str, str]) -> dict[str, str]:
    given = {name.removeprefix(_METRIC): form[name] for name in form if name.startswith(_METRIC)}
    return {metric: value for metric, value in given.items() if value}


def _flaw(request: HttpRequest, case_id: str, number: str) -> tuple[CaseView, VulnerabilityView]:
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "triage.score", case.scope_id)
    found = next((each for each in case.vulnerabilities if each.id == ids.folded(number)), None)
    if found is None:
        raise permits.NOTHING_HERE()
    return case, found


def score(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """The calculator of one version of CVSS, and a field for a vector of any version."""
    case, flaw = _flaw(request, case_id, number)
    given = request.POST if request.method == "POST" else request.GET
    version = given.get("version", "3.1")
    version = version if version in scoring.CALCULATED else "3.1"
    problem: Problem | None = None
    if request.method == "POST" and "preview" not in request.POST:
        try:
            _put(request, flaw, version)
        except Problem as raised:
            problem = raised
        else:
            say(request, gettext("The score stands beside the judgement."))
            return redirect(f"{reverse('triage:judgement', args=[case.id])}#{flaw.id}")
    values = _values(given)
    found = scoring.composed(version, values)
    context = {
        "flaw": flaw,
        "version": version,
        "versions": scoring.CALCULATED,
        "all_versions": tuple(each.value for each in cvss.Version),
        "stretches": scoring.stretches(version, values),
        "score": found,
        "words": scoring.aloud(found) if found else (),
        "sources": choices(SOURCES),
        "form": given,
        "problem": problem,
    }
    if request.headers.get("HX-Request"):
        return render(request, "triage/parts/cvss.html", context)
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(
        request,
        "triage/cvss.html",
        case_frame(asking(request), case.id, here="judgement") | context,
        status=status,
    )


def _put(request: HttpRequest, flaw: VulnerabilityView, version: str) -> None:
    form = request.POST
    vector = form.get("vector", "").strip()
    if not vector:
        vector = cvss.compose(version, _values(form)).vector
    said = form.get("vector_version") or None
    actions.add_score(asking(request), flaw.id, vector=vector, source=form.get("source", ""), version=said)


def tree(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """The supplier tree of SSVC."""
    case, flaw = _flaw(request, case_id, number)
    given = request.POST if request.method == "POST" else request.GET
    values = _values(given)
    problem: Problem | None = None
    if request.method == "POST" and "preview" not in request.POST:
        try:
            actions.add_ssvc(asking(request), flaw.id, points=values, source=given.get("source", "own"))
        except Problem as raised:
            problem = raised
        else:
            say(request, gettext("The priority stands beside the judgement."))
            return redirect(f"{reverse('triage:judgement', args=[case.id])}#{flaw.id}")
    context = {
        "flaw": flaw,
        "points": scoring.tree(values),
        "decided": scoring.decided(values),
        "sources": choices(SOURCES),
        "form": given,
        "problem": problem,
    }
    if request.headers.get("HX-Request"):
        return render(request, "triage/parts/ssvc.html", context)
    status = HTTP_STATUS[problem.kind] if problem else 200
    return render(
        request,
        "triage/ssvc.html",
        case_frame(asking(request), case.id, here="judgement") | context,
        status=status,
    )


def drop(request: HttpRequest, case_id: str, score_id: str) -> HttpResponse:
    """Take a score away."""
    subject = asking(request)
    case = cases.case(subject, case_id)
    permits.require(subject, "triage.score", case.scope_id)
    deed = Deed(
        title=gettext("Take the score away"),
        button=gettext("Take it away"),
        done=gettext("The score no longer stands beside the judgement."),
        back=reverse("triage:judgement", args=[case.id]),
        intro=gettext("It is kept in the timeline."),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.drop_score(subject, score_id, reason=request.POST["reason"]),
    )
