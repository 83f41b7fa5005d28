"""The tab Measures of a case: what is lacking, and every measure by whom it protects."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.problems import gettext_noop
from okiagari.remedy import queries
from okiagari.remedy.gate import SENTENCES
from okiagari.remedy.rules import Lack
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty
from okiagari.web.remedy.showing import shown


@dataclass(frozen=True)
class Group:
    """Measures that protect the same people. `plan`: the kind its button plans, or a page of its own."""

    key: str
    title: str
    why: str
    kinds: tuple[str, ...]
    button: str


GROUPS = (
    Group(
        "stop",
        gettext_noop("Shipping"),
        gettext_noop("nobody gets another affected one"),
        ("shipping_stop",),
        gettext_noop("Stop shipping"),
    ),
    Group(
        "workaround",
        gettext_noop("Workaround"),
        gettext_noop("protects owners until there is a fix; it can go out alone"),
        ("workaround",),
        gettext_noop("Plan a workaround"),
    ),
    Group(
        "fix",
        gettext_noop("Fix"),
        gettext_noop("owners get a release that somebody has verified"),
        ("fix",),
        gettext_noop("Plan a fix"),
    ),
    Group(
        "recall",
        gettext_noop("Stock"),
        gettext_noop("what lies in warehouses and shops is called back or reworked"),
        ("recall", "rework"),
        gettext_noop("Call stock back"),
    ),
    Group(
        "cut_in",
        gettext_noop("Factory"),
        gettext_noop("new ones ship with the fix, from a serial number or lot on"),
        ("cut_in",),
        gettext_noop("Note the cut-in"),
    ),
    Group(
        "stop_use",
        gettext_noop("Stop using it"),
        gettext_noop("where nothing can be fixed, owners are asked to stop or to replace it"),
        ("stop_use", "replace"),
        gettext_noop("Ask to stop using it"),
    ),
    Group(
        "accept",
        gettext_noop("Accepted risks"),
        gettext_noop("for a time, approved by somebody else"),
        ("accept",),
        gettext_noop("Plan to accept a risk"),
    ),
)
NEEDED = {
    "stop": frozenset({"remedy.stop", "remedy.stop_at_once"}),
    "recall": frozenset({"remedy.stop"}),
    "cut_in": frozenset({"remedy.stop"}),
}
OWN_PAGES = {"stop": "remedy:stop", "cut_in": "remedy:cut_in"}


@require_safe
def measures(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    found = queries.measures(subject, case_id)
    gaps = queries.gaps(subject, case_id)
    context = case_frame(subject, case_id, here="measures")
    scope_id = cases.case(subject, case_id).scope_id
    verbs = ("remedy.plan", "remedy.stop", "remedy.approve", "remedy.accept", "remedy.count")
    may = permits.allowed(subject, scope_id, (*verbs, "remedy.stop_at_once"))
    alive = [each for each in found if each.is_alive]
    groups = [_group(each, case_id, alive, subject, may) for each in GROUPS]
    context |= {
        "groups": [each for each in groups if each["measures"]],
        "unplanned": [each for each in groups if not each["measures"] and each["href"]],
        "over": [shown(each, subject, may) for each in found if not each.is_alive],
        "gaps": [
            {
                "text": gettext(SENTENCES[gap.lack]) % {"product": gap.target},
                "is_loud": gap.lack is Lack.STOP_USE,
            }
            for gap in gaps.plan or gaps.ready
        ],
        "empty": Empty(
            gettext("No measure yet."),
            gettext("A measure says what the owner of an affected product should do, in their words."),
        ),
    }
    return render(request, "remedy/measures.html", context)


def _group(
    group: Group, case_id: str, alive: list[queries.MeasureView], subject: Subject, may: frozenset[str]
) -> dict[str, object]:
    allowed = bool(may & NEEDED.get(group.key, frozenset({"remedy.plan"})))
    own = OWN_PAGES.get(group.key)
    plan = f"{reverse('remedy:new', args=[case_id])}?kind={group.kinds[0]}"
    href = reverse(own, args=[case_id]) if own else plan
    return {
        "title": gettext(group.title),
        "why": gettext(group.why),
        "button": gettext(group.button),
        "href": href if allowed else "",
        "measures": [shown(each, subject, may) for each in alive if each.kind in group.kinds],
    }
