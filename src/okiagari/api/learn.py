"""Lessons of a case, and promises until they are kept."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.learn import actions, queries
from okiagari.standards.localtext import LocalText

router = Router()


class LessonIn(Schema):
    """`area`: criteria, specification, training, tools, process, support_dates."""

    area: str
    text: dict[str, str]


class OwnerIn(Schema):
    team: str | None = None
    person: str | None = None
    due_at: datetime | None = None


class PromiseIn(OwnerIn):
    text: dict[str, str]


class KeptIn(Schema):
    outcome: str


@router.get("/cases/{case_id}/lessons", operation_id="list_lessons", response=dict[str, Any])
def lessons(request: HttpRequest, case_id: str) -> HttpResponse:
    """What a case taught, oldest first, with its promises."""
    return answer(page(queries.lessons(asking(request), case_id)))


@router.post("/cases/{case_id}/lessons", operation_id="draw_lesson", response={201: dict[str, Any]})
@idempotent
def learn(request: HttpRequest, case_id: str, given: LessonIn) -> HttpResponse:
    """Write down what a case taught."""
    text = LocalText.from_json(given.text)
    number = actions.learn(asking(request), case_id, area=given.area, text=text, version=if_match(request))
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/lessons/{lesson_id}/promises", operation_id="promise", response={201: dict[str, Any]})
@idempotent
def promise(request: HttpRequest, lesson_id: str, given: PromiseIn) -> HttpResponse:
    """Say what will be done about a lesson, by whom, until when."""
    subject = asking(request)
    number = actions.promise(
        subject, lesson_id, version=if_match(request), **{**given.dict(), "text": LocalText(given.text)}
    )
    return answer(queries.promise(subject, number), status=201)


@router.get("/promises", operation_id="list_open_promises", response=dict[str, Any])
def promises(request: HttpRequest) -> HttpResponse:
    """Promises not yet kept, of cases the caller may see; the earliest due first."""
    return answer(page(queries.open_actions(asking(request))))


@router.put("/promises/{action_id}/owner", operation_id="assign_promise", response=dict[str, Any])
def assign(request: HttpRequest, action_id: str, given: OwnerIn) -> HttpResponse:
    """Name who keeps a promise, and until when."""
    actions.assign(asking(request), action_id, version=if_match(request), **given.dict())
    return answer(queries.promise(asking(request), action_id))


@router.post("/promises/{action_id}/keep", operation_id="keep_promise", response=dict[str, Any])
def keep(request: HttpRequest, action_id: str, given: KeptIn) -> HttpResponse:
    """Say that a promise was kept, and how."""
    actions.fulfil(asking(request), action_id, outcome=given.outcome, version=if_match(request))
    return answer(queries.promise(asking(request), action_id))
