"""Lessons and promises, the years behind, and the product security specification."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.learn import actions, queries
from okiagari.plumbing.plain import plain
from okiagari.standards.localtext import LocalText

router = Router()


class LessonIn(Schema):
    """`area`: criteria, specification, training, tools, process, support_dates."""

    area: str
    text: dict[str, str]


class OwnerIn(Schema):
    team: str | None = None
    person: str | None = None
    due_at: AwareDatetime | None = None


class PromiseIn(OwnerIn):
    text: dict[str, str]


class KeptIn(Schema):
    """`evidence`: where it can be seen. `criteria_version`: for a promise on the criteria."""

    outcome: str
    evidence: str = ""
    criteria_version: int | None = None


class PromiseFilters(Schema):
    """`state`: open, late, kept. `owner`: key of a team or person. `sort`: due, area, owner, state."""

    area: str = ""
    state: str = ""
    owner: str = ""
    mine: bool = False
    sort: str = "due"


class SpecIn(Schema):
    """`because`: the promise that led to it. A reason is read by everybody inside."""

    title: dict[str, str]
    text: dict[str, str]
    reason: str
    references: list[str] = []
    because: str = ""


class SpecEndIn(Schema):
    reason: str
    because: str = ""


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


@router.get("/promises/all", operation_id="list_promises", response=dict[str, Any])
def all_promises(request: HttpRequest, asked: Query[PromiseFilters]) -> HttpResponse:
    """Promises of all cases the caller may see, kept ones too."""
    found = queries.promises(asking(request), **asked.dict())
    return answer(page([{**plain(each), "state": each.state} for each in found]))


@router.get("/lessons/years", operation_id="look_back", response=dict[str, Any])
def look_back(request: HttpRequest) -> HttpResponse:
    """Per year: cases, their causes (CWE), the areas of their lessons."""
    return answer(queries.look_back(asking(request)))


@router.get("/specification", operation_id="list_specification", response=dict[str, Any])
def specification(request: HttpRequest) -> HttpResponse:
    """The product security specification: each item with its versions, the newest first."""
    return answer(page(queries.specification(asking(request))))


@router.put("/specification/{key}", operation_id="put_spec_item", response=dict[str, Any])
def put_spec_item(request: HttpRequest, key: str, given: SpecIn) -> HttpResponse:
    """Put an item in force as its next version. If-Match: the version seen."""
    subject, texts = asking(request), {"title": LocalText(given.title), "text": LocalText(given.text)}
    number = actions.put_spec_item(subject, key, version=if_match(request), **{**given.dict(), **texts})
    return answer(queries.spec_item(subject, key), version=number)


@router.post("/specification/{key}/withdraw", operation_id="withdraw_spec_item", response=dict[str, Any])
def withdraw_spec_item(request: HttpRequest, key: str, given: SpecEndIn) -> HttpResponse:
    """The item no longer counts; its history stays."""
    subject = asking(request)
    number = actions.withdraw_spec_item(subject, key, version=if_match(request), **given.dict())
    return answer(queries.spec_item(subject, key), version=number)


@router.put("/promises/{action_id}/owner", operation_id="assign_promise", response=dict[str, Any])
def assign(request: HttpRequest, action_id: str, given: OwnerIn) -> HttpResponse:
    """Name who keeps a promise, and until when."""
    actions.assign(asking(request), action_id, version=if_match(request), **given.dict())
    return answer(queries.promise(asking(request), action_id))


@router.post("/promises/{action_id}/keep", operation_id="keep_promise", response=dict[str, Any])
def keep(request: HttpRequest, action_id: str, given: KeptIn) -> HttpResponse:
    """Say that a promise was kept, and how."""
    actions.fulfil(asking(request), action_id, version=if_match(request), **given.dict())
    return answer(queries.promise(asking(request), action_id))
