"""Deeds on a report: answer it, judge it, take it into a case, put it aside. If-Match guards each."""

from django.http import HttpRequest, HttpResponse

from okiagari.api.base import answer, asking, if_match
from okiagari.api.intake import shapes
from okiagari.api.intake.reports import whole
from okiagari.api.intake.routes import router
from okiagari.api.shapes import ReasonIn
from okiagari.intake import actions
from okiagari.standards.localtext import LocalText


@router.post("/reports/{report_id}/acknowledge", operation_id="acknowledge_report")
def acknowledge(request: HttpRequest, report_id: str, given: shapes.AcknowledgeIn) -> HttpResponse:
    """Tell the reporter that it arrived."""
    text = LocalText.from_json(given.answer)
    actions.acknowledge(asking(request), report_id, answer=text, at=given.at, version=if_match(request))
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/answers", operation_id="answer_report")
def say(request: HttpRequest, report_id: str, given: shapes.AnswerIn) -> HttpResponse:
    """Say something more to the reporter."""
    text = LocalText.from_json(given.answer)
    actions.answer(asking(request), report_id, text=text, version=if_match(request))
    return whole(asking(request), report_id, status=201)


@router.post("/reports/{report_id}/read", operation_id="mark_report_read")
def read(request: HttpRequest, report_id: str) -> HttpResponse:
    """The reporter's last message needs no answer."""
    actions.mark_read(asking(request), report_id, version=if_match(request))
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/assess", operation_id="assess_report")
def assess(request: HttpRequest, report_id: str, given: shapes.AssessIn) -> HttpResponse:
    """Decide whether it is valid."""
    actions.assess(
        asking(request),
        report_id,
        valid=given.valid,
        verdict=given.verdict,
        duplicate_of=given.duplicate_of,
        reason=given.reason,
        answer=shapes.text(given.answer),
        version=if_match(request),
    )
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/answers/{letter}/sent", operation_id="mark_answer_sent")
def mark_answer_sent(request: HttpRequest, report_id: str, letter: str) -> HttpResponse:
    """Say that an answer was copied and sent by hand."""
    actions.mark_answer_sent(asking(request), report_id, letter=letter, version=if_match(request))
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/answers/{letter}/again", operation_id="send_answer_again")
def send_answer_again(request: HttpRequest, report_id: str, letter: str) -> HttpResponse:
    """Try an answer that did not arrive once more."""
    actions.send_answer_again(asking(request), report_id, letter=letter, version=if_match(request))
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/accept", operation_id="accept_report")
def accept(request: HttpRequest, report_id: str, given: shapes.AcceptReportIn) -> HttpResponse:
    """Take it into a case: the one that is named, or a new one."""
    case_id = actions.accept(
        asking(request),
        report_id,
        case_id=given.case,
        title=shapes.text(given.title),
        version=if_match(request),
    )
    return answer({"report": report_id, "case": case_id}, status=201)


@router.post("/reports/{report_id}/defer", operation_id="defer_report")
def defer(request: HttpRequest, report_id: str, given: ReasonIn) -> HttpResponse:
    """Leave it for later, with a reason."""
    actions.defer(asking(request), report_id, reason=given.reason, version=if_match(request))
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/close", operation_id="close_report")
def close(request: HttpRequest, report_id: str, given: shapes.CloseIn) -> HttpResponse:
    """Nothing more is to be done with it."""
    actions.close_report(
        asking(request),
        report_id,
        reason=given.reason,
        answer=shapes.text(given.answer),
        version=if_match(request),
    )
    return whole(asking(request), report_id)


@router.post("/reports/{report_id}/reopen", operation_id="reopen_report")
def reopen(request: HttpRequest, report_id: str, given: ReasonIn) -> HttpResponse:
    """Take a closed one up again."""
    actions.reopen(asking(request), report_id, reason=given.reason, version=if_match(request))
    return whole(asking(request), report_id)
