"""The tab Measures of a case: what each product lacks, what is planned and ready, and the deeds."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.remedy import actions, queries
from okiagari.remedy.gate import SENTENCES
from okiagari.remedy.narration import KIND_WORDS, STATE_WORDS
from okiagari.remedy.queries import MeasureView
from okiagari.remedy.rules import STOPPING, Lack
from okiagari.triage import queries as triage
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, instant, local_text, seen_version
from okiagari.web.frame.values import Empty
from okiagari.web.frame.words import language
from okiagari.web.remedy.forms import AcceptForm, MeasureForm, ReadyForm, ReasonForm

TONES = {"planned": "wait", "ready": "ok", "ended": "off", "withdrawn": "off"}


@require_safe
def measures(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    found = queries.measures(subject, case_id)
    gaps = queries.gaps(subject, case_id)
    context = case_frame(subject, case_id, here="measures")
    scope_id = cases.case(subject, case_id).scope_id
    context |= {
        "alive": [_shown(each, subject, scope_id) for each in found if each.is_alive],
        "over": [_shown(each, subject, scope_id) for each in found if not each.is_alive],
        "gaps": [
            {
                "text": gettext(SENTENCES[gap.lack]) % {"product": gap.target},
                "is_loud": gap.lack is Lack.STOP_USE,
            }
            for gap in gaps.plan or gaps.ready
        ],
        "may_plan": permits.may(subject, "remedy.plan", scope_id),
        "empty": Empty(
            gettext("No measure yet."),
            gettext("A measure says what the owner of an affected product should do, in their words."),
        ),
    }
    return render(request, "remedy/measures.html", context)


def _shown(view: MeasureView, subject: Subject, scope_id: int) -> dict[str, object]:
    verb = "remedy.stop" if view.kind in STOPPING else "remedy.plan"
    is_acceptance = view.kind == "accept"
    may = permits.may(subject, verb, scope_id)
    return {
        "view": view,
        "kind": gettext(KIND_WORDS[view.kind]),
        "texts": sorted(view.text.texts.items(), key=lambda each: each[0] != language()),
        "state": gettext(STATE_WORDS[view.state]),
        "tone": TONES[view.state],
        "may_ready": may and view.state == "planned" and not is_acceptance,
        "may_accept": is_acceptance
        and view.state == "planned"
        and permits.may(subject, "remedy.accept", scope_id),
        "may_end": may and view.is_alive,
    }


def _back(case_id: str) -> str:
    return reverse("remedy:measures", args=[case_id])


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    grid = triage.grid(subject, case_id)
    permits.require(subject, "remedy.plan", cases.case(subject, case_id).scope_id)
    lines = catalog.lines_named(subject, [row.target.line for row in grid.rows if row.target.line])
    releases = [
        (f"{line.key}|{release.text}", f"{line.key} {release.text}")
        for line in lines.values()
        for release in reversed(line.releases)
    ]
    products = [(each.model, each.model) for each in catalog.products(subject, limit=1000).items]
    form = MeasureForm(
        request.POST or None, initial=_proposed(request.GET), grid=grid, releases=releases, products=products
    )
    deed = Deed(
        title=gettext("Plan a measure"),
        button=gettext("Plan it"),
        done=gettext("The measure is planned."),
        back=_back(case_id),
        intro=gettext(
            "“Not yet” is a planned fix; “never” needs a workaround or the request to stop using it."
        ),
    )

    def act() -> None:
        given = form.cleaned_data
        line, _, release = given["release"].rpartition("|")
        actions.plan_measure(
            subject,
            case_id,
            kind=given["kind"],
            text=local_text(request.POST, "text"),
            targets=given["targets"],
            vulnerabilities=given["vulnerabilities"],
            release=(line, release) if release else None,
            successor=given["successor"] or None,
            planned=given["planned"],
            reason=given["reason"],
            version=seen_version(request.POST),
        )

    return perform(request, case_id, deed, form, act)


def _proposed(asked: QueryDict) -> dict[str, object]:
    """What a link that leads here already knows: ``?kind=stop_use&target=NP-BBRS``."""
    return {"kind": asked.get("kind", "fix"), "targets": asked.getlist("target")}


def _deed(
    request: HttpRequest, case_id: str, deed: Deed, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    cases.case(asking(request), case_id)
    return perform(request, case_id, deed, form, act)


def ready(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    deed = Deed(
        title=gettext("Make the measure ready"),
        button=gettext("It is ready"),
        done=gettext("The measure may be published now."),
        back=_back(case_id),
        intro=gettext("A ready measure goes into the advisory as it is written here."),
    )
    return _deed(
        request,
        case_id,
        deed,
        ReadyForm(request.POST or None),
        lambda: actions.ready(asking(request), number, note=request.POST.get("note", "")),
    )


def accept(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    deed = Deed(
        title=gettext("Accept the risk"),
        button=gettext("Accept it"),
        done=gettext("The risk is accepted until then."),
        back=_back(case_id),
        intro=gettext(
            "Somebody else than who planned it accepts a risk, for a time. Then it is decided again."
        ),
    )

    def act() -> None:
        until = instant(request.POST, "until")
        assert until is not None
        actions.accept_risk(asking(request), number, until=until, reason=request.POST.get("reason", ""))

    return _deed(request, case_id, deed, AcceptForm(request.POST or None), act)


def end(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    deed = Deed(
        title=gettext("End the measure"),
        button=gettext("End it"),
        done=gettext("The measure has ended."),
        back=_back(case_id),
        intro=gettext("It has served: shipping resumes, a workaround is no longer needed."),
    )
    return _deed(
        request,
        case_id,
        deed,
        ReasonForm(request.POST or None),
        lambda: actions.end_measure(asking(request), number, reason=request.POST.get("reason", "")),
    )


def withdraw(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    deed = Deed(
        title=gettext("Withdraw the measure"),
        button=gettext("Withdraw it"),
        done=gettext("The measure is withdrawn; it stays on record."),
        back=_back(case_id),
        is_danger=True,
    )
    return _deed(
        request,
        case_id,
        deed,
        ReasonForm(request.POST or None),
        lambda: actions.withdraw_measure(asking(request), number, reason=request.POST.get("reason", "")),
    )
