"""What cannot wait: one page to act now, its review afterwards, and the decision about the embargo."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import actions, queries
from okiagari.cases.narration import ACT_WORDS
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.flow import actions as flow
from okiagari.triage import queries as triage
from okiagari.web.cases import emergency_forms as fields
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.words import best
from okiagari.web.doors import asking, instant, local_text, say, seen_version

MOST_PRODUCTS = 200


def act(request: HttpRequest, case_id: str) -> HttpResponse:
    """Reachable at every step and under embargo: do it, and say why."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.act_urgently", case.scope_id)
    keys = [row.target.key for row in triage.grid(subject, case.id).rows]
    if not keys:
        keys = [
            target.key
            for product in catalog.products(subject, limit=MOST_PRODUCTS).items
            for target in product.targets
        ]
    form = fields.ActForm(
        request.POST or None,
        initial={"kind": request.GET.get("kind", "")},
        targets=[(key, key) for key in keys],
        directory=queries.directory(subject),
    )
    deed = Deed(
        title=gettext("Act now"),
        button=gettext("Do it now"),
        done=gettext("It is done, and marked as urgent. Somebody else reviews it afterwards."),
        back=reverse("cases:meetings", args=[case.id]),
        intro=gettext(
            "Nothing here waits for a step, a gate or the end of an embargo. What is published still goes "
            "through the approval of somebody else: here it is drafted."
        ),
        is_danger=True,
    )

    def do() -> None:
        given = form.cleaned_data
        more = flow.With(targets=given["targets"], text=local_text(request.POST, "text"))
        more["channel"] = given["channel"] or "phone"
        if given["organisation"]:
            more["organisation"] = given["organisation"]
        flow.act_urgently(
            subject,
            case.id,
            kind=given["kind"],
            reason=given["reason"],
            **more,
        )
        if given["kind"] == "investigating":
            say(request, gettext("The draft is among the advisories of the case: have it approved next."))

    return perform(request, case.id, deed, form, do)


def review(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Look at an urgent act afterwards."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    view = queries.urgent_act(subject, number)
    permits.require(subject, "cases.review", case.scope_id)
    deed = Deed(
        title=gettext("Review: %(what)s") % {"what": gettext(ACT_WORDS[view.kind])},
        button=gettext("Record the review"),
        done=gettext("The review is recorded."),
        back=reverse("cases:meetings", args=[case.id]),
        intro=gettext("%(who)s acted: %(reason)s")
        % {"who": best(view.by.name) if view.by else "", "reason": view.reason},
    )
    return perform(
        request,
        case.id,
        deed,
        fields.ReviewForm(request.POST or None),
        lambda: actions.review_urgent(
            subject, view.id, verdict=request.POST.get("verdict", ""), words=request.POST.get("words", "")
        ),
    )


def decide_embargo(request: HttpRequest, case_id: str) -> HttpResponse:
    """What follows for the embargo from the facts that ask for it."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.embargo", case.scope_id)
    asked = queries.open_embargo_decisions(subject, case.id)
    deed = Deed(
        title=gettext("Decide about the embargo"),
        button=gettext("Decide"),
        done=gettext("The decision is recorded and done."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("; ").join(best(each.title) for each in asked)
        or gettext("No decision is asked for now."),
    )
    form = fields.EmbargoDecisionForm(
        request.POST or None,
        initial={"agreed_with": case.embargo.agreed_with if case.embargo else ""},
    )

    def do() -> None:
        zone = case.embargo.zone if case.embargo else None
        actions.decide_embargo(
            subject,
            case.id,
            choice=request.POST.get("choice", ""),
            reason=request.POST.get("reason", ""),
            fact=request.GET.get("fact", ""),
            until=instant(request.POST, "until", zone),
            agreed_with=request.POST.get("agreed_with", ""),
            version=seen_version(request.POST),
        )

    return perform(request, case.id, deed, form, do)
