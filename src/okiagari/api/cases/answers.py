"""What our desks say when people ask: answers drafted and approved, inquiries settled, replies kept."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, page
from okiagari.cases import actions, queries
from okiagari.intake import actions as intake
from okiagari.standards.localtext import LocalText

router = Router()


class AnswerDraftIn(Schema):
    """`answer_id`: the answer this is a new draft of; what is approved stays in use until the draft is."""

    question: dict[str, str]
    answer: dict[str, str]
    audience: str = "customer"
    products: str = ""
    answer_id: str | None = None


class UsableIn(Schema):
    """Without `usable_from`: at once."""

    usable_from: AwareDatetime | None = None


class WhyIn(Schema):
    reason: str


class SettledIn(Schema):
    """It is asked often (`answer_id`), or nothing came of it (`reason`)."""

    answer_id: str | None = None
    reason: str = ""


class AsReportIn(Schema):
    title: str = ""
    product_text: str = ""


class ReplyIn(Schema):
    """`audience`, `organisation`, `counterpart`: as of the letter it answers, where nothing is said."""

    text: str
    audience: str = ""
    reply_to: str | None = None
    channel: str = "mail"
    subject_line: str = ""
    language: str = "ja"
    organisation: str | None = None
    counterpart: str = ""
    at: AwareDatetime | None = None


@router.get("/cases/{case_id}/answers", operation_id="list_answers")
def list_answers(request: HttpRequest, case_id: str) -> HttpResponse:
    """Every question of the case with its draft, and what of it is approved."""
    return answer(page(queries.answers(asking(request), case_id)))


@router.post("/cases/{case_id}/answers", operation_id="draft_answer")
@idempotent
def draft_answer(request: HttpRequest, case_id: str, given: AnswerDraftIn) -> HttpResponse:
    """Write a question people ask and what we say."""
    number = actions.draft_answer(
        asking(request),
        case_id,
        question=LocalText.from_json(given.question),
        answer=LocalText.from_json(given.answer),
        audience=given.audience,
        products=given.products,
        answer_id=given.answer_id,
    )
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/answers/{answer_id}/approve", operation_id="approve_answer")
def approve_answer(request: HttpRequest, answer_id: str, given: UsableIn) -> HttpResponse:
    """Approve the draft as it stands; somebody else than who wrote it."""
    actions.approve_answer(asking(request), answer_id, usable_from=given.usable_from)
    return answer({"id": answer_id})


@router.post("/answers/{answer_id}/withdraw", operation_id="withdraw_answer")
def withdraw_answer(request: HttpRequest, answer_id: str, given: WhyIn) -> HttpResponse:
    """Take an answer out of use."""
    actions.withdraw_answer(asking(request), answer_id, reason=given.reason)
    return answer({"id": answer_id})


@router.post("/inquiries/{inquiry_id}/settle", operation_id="settle_inquiry")
def settle_inquiry(request: HttpRequest, inquiry_id: str, given: SettledIn) -> HttpResponse:
    """Say what became of a new inquiry."""
    actions.settle_inquiry(asking(request), inquiry_id, answer_id=given.answer_id, reason=given.reason)
    return answer({"id": inquiry_id})


@router.post("/inquiries/{inquiry_id}/report", operation_id="report_inquiry")
@idempotent
def report_inquiry(request: HttpRequest, inquiry_id: str, given: AsReportIn) -> HttpResponse:
    """Make a report of an inquiry."""
    number = intake.receive_inquiry(asking(request), inquiry_id, **given.dict())
    return answer({"id": number, "inquiry": inquiry_id}, status=201)


@router.post("/cases/{case_id}/replies", operation_id="receive_reply")
@idempotent
def receive_reply(request: HttpRequest, case_id: str, given: ReplyIn) -> HttpResponse:
    """Keep what came in. It waits for somebody's answer."""
    number = actions.receive_reply(asking(request), case_id, **given.dict())
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/messages/{message_id}/settle", operation_id="settle_reply")
def settle_reply(request: HttpRequest, message_id: str, given: WhyIn) -> HttpResponse:
    """Say that a message needs no answer."""
    actions.settle_reply(asking(request), message_id, reason=given.reason)
    return answer({"id": message_id})
