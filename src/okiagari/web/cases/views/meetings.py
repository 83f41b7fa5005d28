"""The emergency meeting: called, its agenda on a phone or on paper, held, decided, written down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.cases import actions, queries
from okiagari.cases.narration import MEETING_WORDS
from okiagari.cases.queries import MeetingView, ResolutionView
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import actions as flow
from okiagari.flow import agenda, knowing
from okiagari.remedy import queries as measures
from okiagari.remedy.rules import may_approve
from okiagari.triage import queries as triage
from okiagari.web.cases import agenda_words, forms
from okiagari.web.cases import emergency_forms as fields
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.frame import case_frame
from okiagari.web.cases.words import best, who
from okiagari.web.doors import asking, instant, local_text


def _page(case_id: str, number: str) -> str:
    return reverse("cases:meeting", args=[case_id, number])


def call(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.meeting", case.scope_id)
    made: list[str] = []
    form = fields.CallForm(request.POST or None, directory=queries.directory(subject))

    def act() -> None:
        at = instant(request.POST, "at")
        assert at is not None
        made.append(
            flow.call_executives(
                subject,
                case.id,
                at=at,
                place=request.POST.get("place", ""),
                reason=request.POST.get("reason", ""),
                teams=request.POST.getlist("teams"),
                people=request.POST.getlist("people"),
            )
        )

    deed = Deed(
        title=gettext("Call the executives"),
        button=gettext("Call them"),
        done=gettext("They are called and may see the case. The agenda is written from the facts."),
        back=reverse("cases:meetings", args=[case.id]),
        intro=gettext("One action: people are let in, the agenda is written, the decisions are listed."),
    )
    return perform(request, case.id, deed, form, act)


@require_safe
def meetings(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    found = queries.meetings(subject, case_id)
    context = case_frame(subject, case_id)
    context |= {
        "meetings": [(each, gettext(MEETING_WORDS[each.state])) for each in found],
        "acts": agenda_words.acts(queries.urgent_acts(subject, case_id)),
        "embargo_decisions": agenda_words.embargo_decisions(queries.embargo_decisions(subject, case_id)),
        "proposed": agenda_words.playbooks(knowing.proposals(subject, case_id)),
    }
    return render(request, "cases/meetings.html", context)


@require_safe
def meeting(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """The agenda: live until the meeting is held, then as it was known then."""
    subject = asking(request)
    found = queries.meeting(subject, number)
    known = agenda.read(found.agenda) if found.agenda else agenda.agenda(subject, found.case_id)
    case = queries.case(subject, found.case_id)
    context = case_frame(subject, found.case_id)
    context |= {
        "meeting": found,
        "state": gettext(MEETING_WORDS[found.state]),
        "called": [who(each) for each in found.called],
        "present": [best(each) for each in found.present],
        "decisions": [_decision(each) for each in found.resolutions],
        "approvals": _approvals(subject, case),
        "may_work": "cases.meeting" in case.may,
        "may_decide": "cases.decide" in case.may,
        "is_live": not found.agenda,
        **agenda_words.shown(known),
    }
    return render(request, "cases/meeting.html", context)


def _approvals(subject: Subject, case: CaseView) -> list[tuple[measures.MeasureView, bool]]:
    """Stops that wait for somebody's word, and whether the reader may give it: not whoever asked for them."""
    is_approver = permits.may(subject, "remedy.approve", case.scope_id)
    found = [each for each in measures.measures(subject, case.id) if each.waits_for_approval]
    return [
        (each, is_approver and may_approve(subject.key, subject.stands_in_for, _asker(each)))
        for each in found
    ]


def _asker(each: measures.MeasureView) -> str:
    return each.end_asked_by_key if each.waits_for_approval == "resume" else each.made_by_key


def _decision(each: ResolutionView) -> dict[str, object]:
    return {
        "view": each,
        "answer": agenda_words.answer(each),
        "by": who(each.decided_by) if each.decided_by else None,
    }


def hold(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    found = queries.meeting(subject, number)
    people = queries.directory(subject).people
    form = fields.HoldForm(request.POST or None, people=people)
    deed = Deed(
        title=gettext("Hold the meeting"),
        button=gettext("The meeting is held"),
        done=gettext("Who was there and what was known is kept with the meeting."),
        back=_page(found.case_id, found.id),
        intro=gettext("From now on the agenda stays as it is. Decide during the meeting and after it."),
    )

    def act() -> None:
        others = request.POST.get("others", "").replace("、", ",").split(",")
        present = [*request.POST.getlist("people"), *others]
        flow.hold_meeting(subject, found.id, present=present, minutes=request.POST.get("minutes", ""))

    return perform(request, found.case_id, deed, form, act)


def minutes(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    found = queries.meeting(subject, number)
    form = fields.MinutesForm(request.POST or None, initial={"minutes": found.minutes})
    deed = Deed(
        title=gettext("Minutes"),
        button=gettext("Keep the minutes"),
        done=gettext("The minutes are kept."),
        back=_page(found.case_id, found.id),
    )
    text = request.POST.get("minutes", "")
    return perform(
        request,
        found.case_id,
        deed,
        form,
        lambda: actions.keep_minutes(subject, found.id, minutes=text),
    )


def question(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    found = queries.meeting(subject, number)
    deed = Deed(
        title=gettext("Put a question to the meeting"),
        button=gettext("Put it on the list"),
        done=gettext("The question is on the list."),
        back=_page(found.case_id, found.id),
    )

    def act() -> None:
        actions.put_question(subject, found.id, question=local_text(request.POST, "question"))

    return perform(request, found.case_id, deed, fields.QuestionForm(request.POST or None), act)


def cancel(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    found = queries.meeting(subject, number)
    deed = Deed(
        title=gettext("Call the meeting off"),
        button=gettext("Call it off"),
        done=gettext("The meeting is called off."),
        back=_page(found.case_id, found.id),
        intro=gettext("Who was let in for it stays in until somebody takes that away."),
        is_danger=True,
    )
    return perform(
        request,
        found.case_id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.cancel_meeting(subject, found.id, reason=request.POST.get("reason", "")),
    )


def decide(request: HttpRequest, case_id: str, number: str, resolution: str) -> HttpResponse:
    """Record one decision: yes does its deed or becomes a task."""
    subject = asking(request)
    found = queries.meeting(subject, number)
    asked = _asked(found, resolution)
    grid = triage.grid(subject, found.case_id)
    targets = [(row.target.key, row.target.key) for row in grid.rows]
    form = fields.DecideForm(
        request.POST or None,
        initial={"targets": list(knowing.shipping(subject, found.case_id))},
        matter=asked.matter,
        directory=queries.directory(subject),
        targets=targets,
    )
    deed = Deed(
        title=best(asked.question),
        button=gettext("Record the decision"),
        done=gettext("The decision is recorded."),
        back=_page(found.case_id, found.id),
        intro=gettext("A yes is done at once where there is a deed for it; else it is a task of its owner."),
    )
    return perform(request, found.case_id, deed, form, lambda: _decide(request, found, asked))


def _asked(found: MeetingView, resolution: str) -> ResolutionView:
    asked = next((each for each in found.resolutions if each.id == resolution.upper()), None)
    if asked is None:
        raise permits.NOTHING_HERE()
    return asked


def _decide(request: HttpRequest, found: MeetingView, asked: ResolutionView) -> None:
    given = request.POST
    deed = flow.Deed()
    if given.get("choice"):
        deed["choice"] = given["choice"]
    if given.get("level"):
        deed["level"] = given["level"]
    if given.getlist("targets"):
        deed["targets"] = given.getlist("targets")
    until = instant(given, "until")
    if until:
        deed["until"] = until
    flow.decide_in_meeting(
        asking(request),
        found.id,
        matter=asked.id,
        answer=given.get("answer", ""),
        words=given.get("words", ""),
        team=given.get("team") or None,
        person=given.get("person") or None,
        due_at=instant(given, "due_at"),
        **deed,
    )
