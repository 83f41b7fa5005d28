"""Measures: what is done about it, for which products."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, if_match, page
from okiagari.api.shapes import NoteIn, ReasonIn
from okiagari.remedy import actions, queries
from okiagari.standards.localtext import LANGUAGES, LocalText

router = Router()
Texts = dict[str, str]


class MeasureIn(Schema):
    """`release` is [line, text]. No vulnerability named means all of the case.

    `planned_confidence`: firm, likely, aim; `planned_wording`: what the public reads of the date.
    """

    kind: str
    text: Texts = {}
    targets: list[str]
    vulnerabilities: list[str] = []
    release: tuple[str, str] | None = None
    successor: str | None = None
    planned: str = ""
    planned_confidence: str = ""
    planned_wording: Texts = {}
    reason: str = ""


class RescheduleIn(Schema):
    """`release` is [line, text], once its number is known; left out, it stays. So does the promise, where
    nothing of it is given.
    """

    release: tuple[str, str] | None = None
    planned: str = ""
    planned_confidence: str = ""
    planned_wording: Texts = {}
    reason: str


class RewordIn(Schema):
    """Only the languages that are given are written."""

    text: Texts


class VerifiedIn(Schema):
    """`who` verified it, `on` which release, `how` (and where the evidence lies)."""

    who: str
    on: str
    how: str


class AcceptRiskIn(Schema):
    until: AwareDatetime
    reason: str


@router.get("/cases/{case_id}/measures", operation_id="list_measures", response=dict[str, Any])
def measures(request: HttpRequest, case_id: str) -> HttpResponse:
    """Every measure of the case, the newest first, and what is lacking."""
    subject = asking(request)
    found = queries.measures(subject, case_id)
    gaps = queries.gaps(subject, case_id)
    return answer(page(found, lacking={"plan": gaps.plan, "ready": gaps.ready}))


@router.post("/cases/{case_id}/measures", operation_id="plan_measure", response={201: dict[str, Any]})
@idempotent
def plan(request: HttpRequest, case_id: str, body: MeasureIn) -> HttpResponse:
    given = body.dict()
    made = actions.plan_measure(
        asking(request),
        case_id,
        version=if_match(request),
        **{**given, **_texts(given, "text", "planned_wording")},
    )
    return answer({"id": made}, status=201)


def _texts(given: dict[str, Any], *names: str) -> dict[str, LocalText]:
    return {name: LocalText(given[name]) for name in names}


@router.post("/measures/{measure_id}/plan", operation_id="reschedule_measure", response={204: None})
def reschedule(request: HttpRequest, measure_id: str, body: RescheduleIn) -> HttpResponse:
    """Another date, certainty or wording; the release of a fix, once its number is known."""
    given = body.dict(exclude_unset=True)
    wording = _texts(given, "planned_wording") if "planned_wording" in given else {}
    actions.reschedule(asking(request), measure_id, **{**given, **wording})
    return HttpResponse(status=204)


@router.patch("/measures/{measure_id}/text", operation_id="reword_measure", response={204: None})
def reword(request: HttpRequest, measure_id: str, body: RewordIn) -> HttpResponse:
    """What the owner reads; a language that is not named stays. It goes out with the next edition."""
    subject = asking(request)
    text = queries.measure(subject, measure_id).text
    for language in LANGUAGES:
        if language in body.text:
            text = text.written(language, body.text[language])
    actions.reword(subject, measure_id, text=text, version=if_match(request))
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/verified", operation_id="verify_fix", response={204: None})
def verified(request: HttpRequest, measure_id: str, body: VerifiedIn) -> HttpResponse:
    """Record that a fix was verified: a condition of its being ready."""
    actions.verify(asking(request), measure_id, who=body.who, on=body.on, how=body.how)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/ready", operation_id="ready_measure", response={204: None})
def ready(request: HttpRequest, measure_id: str, body: NoteIn) -> HttpResponse:
    actions.ready(asking(request), measure_id, note=body.note, version=if_match(request))
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/accept", operation_id="accept_risk", response={204: None})
def accept(request: HttpRequest, measure_id: str, body: AcceptRiskIn) -> HttpResponse:
    actions.accept_risk(asking(request), measure_id, until=body.until, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/end", operation_id="end_measure", response={204: None})
def end(request: HttpRequest, measure_id: str, body: ReasonIn) -> HttpResponse:
    actions.end_measure(asking(request), measure_id, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/measures/{measure_id}/withdraw", operation_id="withdraw_measure", response={204: None})
def withdraw(request: HttpRequest, measure_id: str, body: ReasonIn) -> HttpResponse:
    actions.withdraw_measure(asking(request), measure_id, reason=body.reason)
    return HttpResponse(status=204)
