"""Letters, what came in, answers to the public, inquiries."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, page
from okiagari.cases import actions, queries

router = Router()


class LetterIn(Schema):
    """A letter. Without `to` it goes to whom it answers, or to the organisation, or is copied by hand.

    `evidence`: files of the case that go along, by their numbers.
    """

    audience: str
    text: str
    subject_line: str = ""
    language: str = "ja"
    organisation: str | None = None
    counterpart: str = ""
    to: str = ""
    reply_to: str | None = None
    promise: str = ""
    promise_until: AwareDatetime | None = None
    evidence: list[str] = []


class InquiryIn(Schema):
    """Somebody asked. Without `answer_id`, `note` says what."""

    answer_id: str | None = None
    audience: str = "customer"
    channel: str = "phone"
    count: int = 1
    note: str = ""


@router.get("/cases/{case_id}/conversations", operation_id="list_conversations")
def list_conversations(request: HttpRequest, case_id: str) -> HttpResponse:
    """What was said, by contact: what waits for an answer first."""
    return answer(page(queries.conversations(asking(request), case_id)))


@router.post("/cases/{case_id}/letters", operation_id="write_letter")
@idempotent
def write_letter(request: HttpRequest, case_id: str, given: LetterIn) -> HttpResponse:
    """Write a letter and have it sent."""
    number = actions.write(asking(request), case_id, **given.dict())
    return answer(queries.letter_text(asking(request), case_id, number), status=201)


@router.get("/answers", operation_id="list_answers_in_use")
def list_answers_in_use(request: HttpRequest, q: str = "") -> HttpResponse:
    """The answers our desks may give now."""
    return answer(page(queries.answers_in_use(asking(request), text=q)))


@router.post("/inquiries", operation_id="take_inquiry")
@idempotent
def take_inquiry(request: HttpRequest, given: InquiryIn) -> HttpResponse:
    """Count an inquiry."""
    number = actions.take_inquiry(asking(request), **given.dict())
    return answer(queries.inquiry(asking(request), number), status=201)
