"""Deeds on rows: groups that share their decisions, handing over, until when; products found since then."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from okiagari.cases import queries as cases
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.problems import Kind, Problem
from okiagari.triage import actions, queries
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking, instant, say
from okiagari.web.triage import cellpage, forms
from okiagari.web.triage.words import rights


def _case(request: HttpRequest, case_id: str, verb: str) -> CaseView:
    case = cases.case(asking(request), case_id)
    permits.require(asking(request), verb, case.scope_id)
    return case


def _chosen(request: HttpRequest) -> list[str]:
    """Rows named in the address, or chosen as cells."""
    named = request.GET.getlist("target")
    cells = [text.rpartition("|")[0] for text in request.GET.getlist("cells")]
    return list(dict.fromkeys([*named, *(target for target in cells if not target.startswith("@"))]))


def group(request: HttpRequest, case_id: str) -> HttpResponse:
    """One group: who is in it, and letting it go; or, without a name, making groups."""
    case = _case(request, case_id, "triage.rows")
    name = request.GET.get("group", "")
    if name:
        return _ungroup(request, case, name)
    targets = _chosen(request)
    form = forms.GroupForm(request.POST or None, initial={"targets": "\n".join(targets)})
    deed = Deed(
        title=gettext("Decide shared code once"),
        button=gettext("Group them"),
        done=gettext("The products share their decisions; each may still differ, with a reason."),
        back=reverse("triage:grid", args=[case.id]),
        intro=gettext("What is decided on the heading row of a group, its products inherit."),
    )
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.group_rows(
            asking(request),
            case.id,
            by=request.POST["by"],
            value=request.POST["value"].strip(),
            targets=forms.lines(request.POST["targets"]),
        ),
    )


def _ungroup(request: HttpRequest, case: CaseView, name: str) -> HttpResponse:
    found = queries.grid(asking(request), case.id)
    members = [row.target.key for row in found.rows if row.group == name]
    if not members:
        raise permits.NOTHING_HERE()
    deed = Deed(
        title=gettext("Dissolve the group %(group)s") % {"group": name},
        button=gettext("Dissolve it"),
        done=gettext("The products stand on their own; what they inherited is their own now."),
        back=reverse("triage:grid", args=[case.id]),
        intro=gettext("In it: %(products)s.") % {"products": gettext(", ").join(members)},
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.ungroup(asking(request), case.id, group=name, reason=request.POST["reason"]),
    )


def hand_over(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let another team decide rows."""
    case = _case(request, case_id, "triage.hand_over")
    form = forms.HandOverForm(
        request.POST or None,
        teams=forms.development_teams(asking(request), case.id),
        initial={"targets": "\n".join(_chosen(request))},
    )
    deed = Deed(
        title=gettext("Hand products over"),
        button=gettext("Hand them over"),
        done=gettext("The other team decides them now."),
        back=reverse("triage:grid", args=[case.id]),
        intro=gettext("The team sees the case and decides these products; what was decided stays."),
    )
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.hand_over(
            asking(request),
            case.id,
            targets=forms.lines(request.POST["targets"]),
            team=request.POST["team"],
            reason=request.POST["reason"],
        ),
    )


def due(request: HttpRequest, case_id: str) -> HttpResponse:
    """Until when rows are decided."""
    case = _case(request, case_id, "triage.rows")
    form = forms.DueForm(request.POST or None, initial={"targets": "\n".join(_chosen(request))})
    deed = Deed(
        title=gettext("Set until when products are decided"),
        button=gettext("Set it"),
        done=gettext("The owners are reminded before that time."),
        back=reverse("triage:grid", args=[case.id]),
    )
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.set_due(
            asking(request),
            case.id,
            targets=forms.lines(request.POST["targets"]),
            due_at=instant(request.POST, "due_at"),
            reason=request.POST["reason"],
        ),
    )


@require_POST
def inherit(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let one cell follow its group again."""
    key = (request.POST.get("target", ""), request.POST.get("vulnerability", ""))
    actions.inherit(asking(request), case_id, cells=[key], reason=request.POST.get("reason", ""))
    say(request, gettext("The cell follows its group again."))
    return redirect("triage:grid", case_id)


def again(request: HttpRequest, case_id: str) -> HttpResponse:
    """Products that the frozen rules find today and did not find then: added with a reason."""
    case = _case(request, case_id, "triage.rows")
    subject = asking(request)
    found = queries.selections(subject, case.id, look_again=True)
    new = tuple(dict.fromkeys(key for each in found for key in each.found_now))
    if request.headers.get("HX-Request") and request.method == "GET":
        return render(request, "triage/parts/again.html", {"case": case, "new": new})
    form = forms.MoreRowsForm(request.POST or None, initial={"targets": "\n".join(new)})
    deed = Deed(
        title=gettext("Look again by the same rules"),
        button=gettext("Add them"),
        done=gettext("The products are in the grid."),
        back=reverse("triage:grid", args=[case.id]),
        intro=_found_words(new),
    )
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.add_rows(
            asking(request),
            case.id,
            targets=forms.lines(request.POST["targets"]),
            reason=request.POST["reason"],
            due_at=instant(request.POST, "due_at"),
        ),
    )


def _found_words(new: tuple[str, ...]) -> str:
    if not new:
        return gettext("The rules find nothing today that they did not find then.")
    return gettext("The rules find %(count)s products today that were not there then.") % {"count": len(new)}


@require_safe
def later(request: HttpRequest, case_id: str) -> HttpResponse:
    """What came after the decisions: what carried over, what lapsed and waits for a word."""
    return _later(request, case_id)


def _later(request: HttpRequest, case_id: str, problem: Problem | None = None) -> HttpResponse:
    subject = asking(request)
    context = case_frame(subject, case_id, here="products")
    case = context["case"]
    assert isinstance(case, CaseView)
    found = [cellpage.carried(each) for each in queries.carries(subject, case_id)]
    may = permits.may(subject, "triage.carry")
    context |= {
        "waiting": [
            (each, may and permits.may_for(subject, "triage.carry", each.view.team))
            for each in found
            if each.view.is_open
        ],
        "settled": [each for each in found if not each.view.is_open],
        "components": queries.components_of(subject, case_id),
        "located": queries.components_of(subject, case_id),
        "may": rights(subject, case),
        "problem": problem,
    }
    return render(request, "triage/later.html", context, status=422 if problem else 200)


def _or_back(request: HttpRequest, case_id: str, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Problem as problem:
        if problem.kind in {Kind.NOT_FOUND, Kind.UNAUTHENTICATED}:
            raise
        return _later(request, case_id, problem)
    say(request, done)
    return redirect("triage:later", case_id)


@require_POST
def confirm(request: HttpRequest, case_id: str, carry_id: str) -> HttpResponse:
    """It was looked at, and holds."""
    return _or_back(
        request,
        case_id,
        lambda: actions.confirm_carry(
            asking(request), carry_id, reason=request.POST.get(f"reason.{carry_id}", "")
        ),
        gettext("The decision holds; it is kept who looked."),
    )


@require_POST
def locate(request: HttpRequest, case_id: str) -> HttpResponse:
    """Which components a vulnerability lies in."""
    return _or_back(
        request,
        case_id,
        lambda: actions.locate(
            asking(request),
            case_id,
            vulnerability=request.POST.get("vulnerability", ""),
            components=forms.lines(request.POST.get("components", "").replace(",", "\n")),
        ),
        gettext("Later releases are compared by these components."),
    )
