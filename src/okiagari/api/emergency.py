"""The emergency by program: executives called, decisions recorded, embargoes decided, urgent acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.shapes import ReasonIn
from okiagari.cases import actions, queries
from okiagari.flow import actions as flow
from okiagari.flow import agenda, knowing
from okiagari.standards.localtext import LocalText

router = Router()
Texts = dict[str, str]
DONE = {204: None}


class CallIn(Schema):
    """Teams of executives are always called; `teams` and `people` come besides."""

    at: AwareDatetime
    place: str
    reason: str
    teams: list[str] = []
    people: list[str] = []


class HoldIn(Schema):
    """`present`: usernames, or names of others."""

    present: list[str]
    minutes: str = ""


class MinutesIn(Schema):
    minutes: str


class QuestionIn(Schema):
    question: Texts
    matter: str = ""


class MeetingDecisionIn(Schema):
    """`matter`: its key on the list, or the number of the question. `answer`: yes, no, later.

    `targets`, `choice`, `until` and `level` are for the matters whose deed needs them.
    """

    matter: str
    answer: str
    words: str = ""
    team: str | None = None
    person: str | None = None
    due_at: AwareDatetime | None = None
    targets: list[str] = []
    choice: str = ""
    until: AwareDatetime | None = None
    level: str = ""


class EmbargoDecisionIn(Schema):
    """`choice`: keep, revise (with `until`), end, publish. `fact`: of which kind; none: all open ones."""

    choice: str
    reason: str
    fact: str = ""
    until: AwareDatetime | None = None
    agreed_with: str = ""


class ActIn(Schema):
    """`kind`: stop_shipping, workaround, investigating, jpcert, authority."""

    kind: str
    reason: str
    targets: list[str] = []
    text: Texts = {}
    channel: str = "phone"
    organisation: str | None = None


class UrgentReviewIn(Schema):
    """`verdict`: right, partly, wrong."""

    verdict: str
    words: str


@router.get("/cases/{case_id}/agenda", operation_id="read_agenda", response=dict[str, Any])
def read_agenda(request: HttpRequest, case_id: str) -> HttpResponse:
    """What is known of the case now, as the agenda of a meeting says it; and playbooks that fit."""
    subject = asking(request)
    found = agenda.agenda(subject, case_id)
    return answer({"agenda": found, "playbooks": knowing.proposals(subject, case_id)})


@router.get("/cases/{case_id}/meetings", operation_id="list_meetings", response=dict[str, Any])
def meetings(request: HttpRequest, case_id: str) -> HttpResponse:
    return answer(page(queries.meetings(asking(request), case_id)))


@router.post("/cases/{case_id}/meetings", operation_id="call_executives", response={201: dict[str, Any]})
@idempotent
def call(request: HttpRequest, case_id: str, body: CallIn) -> HttpResponse:
    made = flow.call_executives(asking(request), case_id, **body.dict())
    return answer({"id": made}, status=201)


@router.get("/meetings/{meeting_id}", operation_id="read_meeting", response=dict[str, Any])
def meeting(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """A meeting with its questions, decisions and, once it was held, what was known then."""
    return answer(queries.meeting(asking(request), meeting_id))


@router.post("/meetings/{meeting_id}/held", operation_id="hold_meeting", response=DONE)
def hold(request: HttpRequest, meeting_id: str, body: HoldIn) -> HttpResponse:
    flow.hold_meeting(asking(request), meeting_id, present=body.present, minutes=body.minutes)
    return HttpResponse(status=204)


@router.post("/meetings/{meeting_id}/minutes", operation_id="keep_minutes", response=DONE)
def minutes(request: HttpRequest, meeting_id: str, body: MinutesIn) -> HttpResponse:
    actions.keep_minutes(asking(request), meeting_id, minutes=body.minutes)
    return HttpResponse(status=204)


@router.post("/meetings/{meeting_id}/cancel", operation_id="cancel_meeting", response=DONE)
def cancel(request: HttpRequest, meeting_id: str, body: ReasonIn) -> HttpResponse:
    actions.cancel_meeting(asking(request), meeting_id, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/meetings/{meeting_id}/questions", operation_id="put_question", response={201: dict[str, Any]})
@idempotent
def question(request: HttpRequest, meeting_id: str, body: QuestionIn) -> HttpResponse:
    made = actions.put_question(
        asking(request), meeting_id, question=LocalText(body.question), matter=body.matter
    )
    return answer({"id": made}, status=201)


@router.post("/meetings/{meeting_id}/decisions", operation_id="decide_in_meeting", response=dict[str, Any])
@idempotent
def decide(request: HttpRequest, meeting_id: str, body: MeetingDecisionIn) -> HttpResponse:
    """Record a decision. `made`: the numbers of what came of it."""
    given = {name: value for name, value in body.dict().items() if value not in ("", [], None)}
    return answer({"made": flow.decide_in_meeting(asking(request), meeting_id, **given)})


@router.post(
    "/cases/{case_id}/embargo-decisions", operation_id="decide_embargo", response={201: dict[str, Any]}
)
@idempotent
def decide_embargo(request: HttpRequest, case_id: str, body: EmbargoDecisionIn) -> HttpResponse:
    made = actions.decide_embargo(asking(request), case_id, version=if_match(request), **body.dict())
    return answer({"id": made}, status=201)


@router.get("/cases/{case_id}/acts", operation_id="list_urgent_acts", response=dict[str, Any])
def acts(request: HttpRequest, case_id: str) -> HttpResponse:
    return answer(page(queries.urgent_acts(asking(request), case_id)))


@router.post("/cases/{case_id}/acts", operation_id="act_urgently", response={201: dict[str, Any]})
@idempotent
def act(request: HttpRequest, case_id: str, body: ActIn) -> HttpResponse:
    """Do what cannot wait. It is marked as urgent, and somebody else reviews it afterwards."""
    given = body.dict()
    made = flow.act_urgently(asking(request), case_id, **{**given, "text": LocalText(given["text"])})
    return answer({"id": made}, status=201)


@router.post("/acts/{act_id}/review", operation_id="review_urgent", response=DONE)
def review(request: HttpRequest, act_id: str, body: UrgentReviewIn) -> HttpResponse:
    actions.review_urgent(asking(request), act_id, verdict=body.verdict, words=body.words)
    return HttpResponse(status=204)
