"""Clocks: starting, moving by agreement, meeting, and those that do not apply."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import actions, queries, rules
from okiagari.cases.values import CaseView, ClockView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids
from okiagari.standards import deadlines
from okiagari.web.cases import clock_forms, forms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.words import CLOCK_STATES, anchor, best
from okiagari.web.doors import asking, instant, seen_version
from okiagari.web.frame.words import language

_NOTICE = ("text", "channel", "to", "reference", "language")
_RUNNING = ("open", "soon", "overdue", "waiting")


def _one(subject: Subject, case_id: str, number: str) -> ClockView:
    found = queries.clocks(subject, case_id)
    one = next((each for each in found if each.id == ids.folded(number)), None)
    if one is None:
        raise permits.NOTHING_HERE()
    return one


def _name(view: ClockView) -> str:
    return best(view.label) or gettext(view.title)


@require_safe
def one(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """What a clock is, where it comes from, and what can be done with it."""
    subject = asking(request)
    view = _one(subject, case_id, number)
    context = case_frame(subject, case_id)
    case = context["case"]
    assert isinstance(case, CaseView)
    is_open = view.state in _RUNNING and "cases.work" in case.may
    seat = queries.receiving_seat(subject) if view.to == deadlines.Receiver.EU_CSIRT else None
    context |= {
        "clock_to": gettext(deadlines.RECEIVER_WORDS[view.to]) if view.to else "",
        "clock_seat": seat,
        "clock_basis": gettext(deadlines.BASES[seat.basis]) if seat else "",
        "needs_seat": view.to == deadlines.Receiver.EU_CSIRT and seat is None,
        "clock_proof": gettext(rules.PROOFS[view.proof_kind]) if view.proof_kind else "",
        "clock_part": gettext(rules.PARTS[view.part]) if view.part else "",
        "may_submit": is_open and bool(view.to) and view.state != "waiting",
        "may_run": is_open and view.state == "waiting",
        "may_correct": "cases.work" in case.may and view.anchor_at is not None and not view.waived_reason,
        "clock_view": view,
        "clock_name": _name(view),
        "clock_source": gettext(view.source),
        "clock_anchor": anchor(view.anchor_source),
        "clock_state": str(CLOCK_STATES[view.state]),
        "clock_waits_for": gettext(view.waits_for) if view.waits_for else "",
        "may_change": is_open,
        "may_extend": is_open and view.is_movable and view.due is not None and view.rule != "embargo_end",
    }
    return render(request, "cases/clock.html", context)


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.work", case.scope_id)
    deed = Deed(
        title=gettext("Start a clock"),
        button=gettext("Start it"),
        done=gettext("The clock is set up."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("The due time follows from the rule. A clock whose start has not happened yet waits."),
    )

    def act() -> None:
        actions.start_clock(
            subject,
            case.id,
            rule=request.POST["rule"],
            anchor_at=instant(request.POST, "anchor_at"),
            anchor_source=request.POST["anchor_source"],
            part=request.POST.get("part", ""),
            label=own.get(request.POST["rule"]),
        )

    own = {each.rule: each.name for each in queries.own_rules(subject)}
    form = forms.ClockForm(request.POST or None)
    form.fields["rule"].choices += [(key, best(name)) for key, name in own.items()]  # type: ignore[attr-defined]
    if case.parts:
        form.fields["part"] = forms.part_field(case.parts)
    return perform(request, case.id, deed, form, act)


def _change(
    request: HttpRequest, case_id: str, number: str, words: tuple[str, str, str]
) -> tuple[Subject, CaseView, ClockView, Deed]:
    subject = asking(request)
    case = queries.case(subject, case_id)
    view = _one(subject, case_id, number)
    permits.require(subject, "cases.work", case.scope_id)
    title, button, done = words
    back = reverse("cases:clock", args=[case.id, view.id])
    return subject, case, view, Deed(f"{title}: {_name(view)}", button, done, back)


def extend(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Move the end, by an agreement with somebody, for a reason."""
    words = (gettext("New end by agreement"), gettext("Record the agreement"), gettext("The clock is moved."))
    subject, case, view, deed = _change(request, case_id, number, words)
    form = forms.ExtendForm(
        request.POST or None, initial={"until": forms.shown(view.due), "agreed_with": view.agreed_with}
    )

    def act() -> None:
        actions.extend_clock(
            subject,
            view.id,
            until=instant(request.POST, "until") or clock.now(),
            agreed_with=request.POST["agreed_with"],
            reason=request.POST["reason"],
            version=seen_version(request.POST),
        )

    return perform(request, case.id, deed, form, act)


def meet(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    words = (gettext("Met"), gettext("Record it"), gettext("The clock is met."))
    subject, case, view, deed = _change(request, case_id, number, words)
    act: Callable[[], object] = lambda: actions.meet_clock(  # noqa: E731 - one call, needed as a value
        subject, view.id, at=instant(request.POST, "at"), by=request.POST["by"]
    )
    return perform(request, case.id, deed, forms.MeetForm(request.POST or None), act)


def correct(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Say that it runs from another instant; clocks of the same event follow."""
    words = (gettext("Correct the start"), gettext("Correct it"), gettext("The clock is reckoned anew."))
    subject, case, view, deed = _change(request, case_id, number, words)
    form = clock_forms.CorrectForm(request.POST or None, initial={"at": forms.shown(view.anchor_at)})

    def act() -> None:
        actions.correct_anchor(
            subject,
            view.id,
            at=instant(request.POST, "at") or clock.now(),
            reason=request.POST["reason"],
            evidence=request.POST.get("evidence", ""),
        )

    return perform(request, case.id, deed, form, act)


def run(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """What the clock waits for has happened."""
    words = (gettext("Record that it happened"), gettext("Start the clock"), gettext("The clock runs."))
    subject, case, view, deed = _change(request, case_id, number, words)

    def act() -> None:
        at = instant(request.POST, "at") or clock.now()
        actions.run_clock(subject, view.id, at=at, evidence=request.POST["evidence"])

    return perform(request, case.id, deed, clock_forms.RunForm(request.POST or None), act)


def submit(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Record what was submitted; the obligation is met by it."""
    words = (gettext("Submitted"), gettext("Record it"), gettext("The submission is kept; the clock is met."))
    subject, case, view, deed = _change(request, case_id, number, words)
    form = clock_forms.NoticeForm(request.POST or None, initial={"language": language()})

    def act() -> None:
        typed = {name: request.POST.get(name, "") for name in _NOTICE}
        actions.submit_notice(subject, view.id, at=instant(request.POST, "at"), **typed)

    return perform(request, case.id, deed, form, act)


def confirm(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """Decide whether the evidence of an attack on our product is reliable."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.confirm", case.scope_id)
    facts = [fact for flaw in case.vulnerabilities for fact in flaw.facts]
    fact = next((each for each in facts if each.id == ids.folded(number)), None)
    if fact is None:
        raise permits.NOTHING_HERE()
    deed = Deed(
        title=gettext("Is our product really attacked?"),
        button=gettext("Decide"),
        done=gettext("The decision is recorded; its clocks run or are recorded as not applying."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("Evidence: %(evidence)s") % {"evidence": fact.evidence},
    )
    form = clock_forms.VerdictForm(request.POST or None, initial={"aware_at": forms.shown(fact.aware_at)})

    def act() -> None:
        actions.confirm_exploitation(
            subject,
            fact.id,
            reliable=request.POST.get("reliable") == "1",
            reason=request.POST["reason"],
            aware_at=instant(request.POST, "aware_at"),
        )

    return perform(request, case.id, deed, form, act)


def waive(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    words = (gettext("Does not apply"), gettext("Record it"), gettext("The clock does not apply."))
    subject, case, view, deed = _change(request, case_id, number, words)
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.waive_clock(subject, view.id, reason=request.POST["reason"]),
    )
