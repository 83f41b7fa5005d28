"""Logs of update servers: what was read, the maker's rules with a try before anything counts, reading one."""

import io
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.fleet.logs import actions, queries
from okiagari.fleet.logs.matching import OUTCOMES, Outcome
from okiagari.fleet.logs.queries import RuleTally
from okiagari.fleet.logs.trying import Trial
from okiagari.plumbing import wording
from okiagari.problems import HTTP_STATUS, Kind, Problem
from okiagari.web.doors import asking, say
from okiagari.web.fleet import figures, forms
from okiagari.web.frame.deeds import put_into
from okiagari.web.frame.values import Empty

TONES = {
    Outcome.SEEN: "ok",
    Outcome.CLAIMED: "ok",
    Outcome.NO_RULE: "now",
    Outcome.UNREADABLE: "now",
    Outcome.REFUSED: "bad",
    Outcome.FAILED: "bad",
}
EXAMPLE = """\
name: update-server
skip:
  addresses: []          # our own networks and monitoring
rules:
  - key: check           # says what a unit runs
    kind: check
    path: /update/check
    query: {model: "{product}", ver: "{version}", sn: "{unit}"}
  - key: image           # says what somebody fetched: a claim
    kind: download
    path: "/firmware/{product}/{version}.bin"
"""


@require_safe
def overview(request: HttpRequest, version: int | None = None) -> HttpResponse:
    subject = asking(request)
    view = queries.logs(subject, version=version)
    context = {
        "view": view,
        "tally": _tally(view.tally, view.lines),
        "unmatched_share": figures.percent(view.unmatched, view.lines),
        "days": actions.KEPT_FOR.days,
        "may_change": permits.may(subject, "fleet.rules"),
        "may_read": permits.may(subject, "fleet.import"),
        "is_old": version is not None and view.versions[0].version != version,
        "empty": Empty(
            gettext("No rules are in force yet."),
            gettext("Say which address of the update server stands for which product and release."),
            *(
                (gettext("Write the rules"), reverse("fleet:log_rules"))
                if permits.may(subject, "fleet.rules")
                else ()
            ),
        ),
    }
    return render(request, "fleet/logs.html", context)


def _tally(found: Sequence[RuleTally], lines: int) -> tuple[dict[str, object], ...]:
    """The most lines first."""
    return tuple(
        {
            "rule": each.rule,
            "word": gettext(OUTCOMES[Outcome(each.outcome)]),
            "tone": TONES.get(Outcome(each.outcome), "off"),
            "lines": each.lines,
            "share": figures.percent(each.lines, lines),
        }
        for each in sorted(found, key=lambda each: -each.lines)
    )


def rules(request: HttpRequest) -> HttpResponse:
    """Try rules on some lines, then put them in force."""
    subject = asking(request)
    in_force = queries.rules_in_force(subject)
    form = forms.RulesForm(request.POST or None, initial={"rules": in_force.text or EXAMPLE})
    problem, trial, status = None, None, 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        text = typed["rules"].replace("\r\n", "\n")
        try:
            if "adopt" in request.POST:
                version = actions.put_log_rules(subject, text, reason=typed["reason"])
                say(request, gettext("Version %(version)d of the rules is in force.") % {"version": version})
                return redirect("fleet:logs")
            trial = queries.trial(subject, io.BytesIO(f"{typed['lines']}\n".encode()), rules=text)
        except Problem as raised:
            if raised.kind in (Kind.DENIED, Kind.UNAUTHENTICATED):
                raise
            problem, status = put_into(form, raised), HTTP_STATUS[raised.kind]
    elif request.method == "POST":
        status = HTTP_STATUS[Kind.INVALID]
    context = {
        "form": form,
        "in_force": in_force,
        "problem": wording.told(problem) if problem else None,
        "trial": _trial(trial) if trial else (),
        "lines": trial.lines if trial else 0,
        "unmatched": trial.unmatched if trial else 0,
    }
    return render(request, "fleet/log_rules.html", context, status=status)


def read(request: HttpRequest) -> HttpResponse:
    """See what the rules make of a log, then count it: two buttons, the second one counts."""
    subject = asking(request)
    permits.require(subject, "fleet.import")
    form = forms.LogForm(request.POST or None, request.FILES or None)
    problem, trial, done, status = None, None, None, 200
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if "count" in request.POST:
                done = actions.read_log(subject, file, name=file.name)
            else:
                text = queries.logs(subject).rules.text
                if not text:
                    raise actions.NO_RULES()
                trial = queries.trial(subject, file, rules=text, name=file.name)
        except Problem as raised:
            if raised.kind in (Kind.DENIED, Kind.UNAUTHENTICATED):
                raise
            problem, status = put_into(form, raised), HTTP_STATUS[raised.kind]
    elif request.method == "POST":
        status = HTTP_STATUS[Kind.INVALID]
    context = {
        "form": form,
        "problem": wording.told(problem) if problem else None,
        "trial": _trial(trial) if trial else (),
        "lines": trial.lines if trial else 0,
        "unmatched": trial.unmatched if trial else 0,
        "is_whole": trial.is_whole if trial else True,
        "done": done,
        "outcomes": _outcomes(done.tally) if done else (),
    }
    return render(request, "fleet/log_read.html", context, status=status)


def _outcomes(tally: dict[str, int]) -> tuple[tuple[str, int], ...]:
    ordered = sorted(tally.items(), key=lambda pair: -pair[1])
    return tuple((gettext(OUTCOMES[Outcome(outcome)]), lines) for outcome, lines in ordered)


def _trial(trial: Trial) -> tuple[dict[str, object], ...]:
    """One group per rule and outcome, the most lines first."""
    return tuple(
        {
            "rule": rule,
            "word": gettext(OUTCOMES[Outcome(outcome)]),
            "tone": TONES.get(Outcome(outcome), "off"),
            "lines": lines,
            "samples": trial.samples[rule, outcome],
        }
        for (rule, outcome), lines in trial.tally.most_common()
    )
