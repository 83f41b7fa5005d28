"""Where an advisory goes beside the own site, how far its loop has come, and cases that end without one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent
from okiagari.api.shapes import ReasonIn
from okiagari.disclose import actions, queries
from okiagari.standards.localtext import LANGUAGES, LocalText

router = Router()
Texts = dict[str, str]


class ChannelPlanIn(Schema):
    """`channel`: jvn, cve, in_product, dealers, press, mailing_list, other. `owner`: who confirms it."""

    at: AwareDatetime | None = None
    name: str = ""
    owner: str = ""
    agreed_with: str = ""
    note: str = ""


class ConfirmIn(Schema):
    """`at`: since when it is out; now if not given. JVN and CVE need their address."""

    at: AwareDatetime | None = None
    name: str = ""
    address: str = ""
    evidence: str = ""


class DropIn(Schema):
    reason: str
    name: str = ""


class InvestigatingIn(Schema):
    """Words are made from the facts where none are given. `reason`: why no embargo holds it back."""

    title: Texts = {}
    summary: Texts = {}
    next_update: str = ""
    reason: str = ""
    languages: list[str] = list(LANGUAGES)


@router.get("/advisories/{advisory_id}/plan", operation_id="read_publication_plan", response=dict[str, Any])
def plan(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """What goes where and when, the own site first; what JPCERT/CC has to be told."""
    return answer(queries.plan(asking(request), advisory_id))


@router.put(
    "/advisories/{advisory_id}/channels/{channel}", operation_id="plan_channel", response=dict[str, Any]
)
def put(request: HttpRequest, advisory_id: str, channel: str, body: ChannelPlanIn) -> HttpResponse:
    """Plan it, or change its plan."""
    made = actions.plan_channel(asking(request), advisory_id, channel=channel, **body.dict())
    return answer({"id": made})


@router.post(
    "/advisories/{advisory_id}/channels/{channel}/confirm",
    operation_id="confirm_channel",
    response=dict[str, Any],
)
@idempotent
def confirm(request: HttpRequest, advisory_id: str, channel: str, body: ConfirmIn) -> HttpResponse:
    """Out before the own page, it notes "published elsewhere" on the cases."""
    made = actions.confirm_channel(asking(request), advisory_id, channel=channel, **body.dict())
    return answer({"id": made})


@router.post(
    "/advisories/{advisory_id}/channels/{channel}/drop", operation_id="drop_channel", response={204: None}
)
def drop(request: HttpRequest, advisory_id: str, channel: str, body: DropIn) -> HttpResponse:
    actions.drop_channel(asking(request), advisory_id, channel=channel, **body.dict())
    return HttpResponse(status=204)


@router.post(
    "/cases/{case_id}/investigating", operation_id="say_investigating", response={201: dict[str, Any]}
)
@idempotent
def investigating(request: HttpRequest, case_id: str, body: InvestigatingIn) -> HttpResponse:
    """Draft "we are investigating" and submit it; the approval publishes it."""
    given = body.dict()
    words: dict[str, Any] = {name: LocalText(given.pop(name)) for name in ("title", "summary")}
    made = actions.investigating(asking(request), case_id, **words, **given)
    return answer({"id": made}, status=201)


@router.post("/cases/{case_id}/end-quietly", operation_id="end_quietly", response={204: None})
def end_quietly(request: HttpRequest, case_id: str, body: ReasonIn) -> HttpResponse:
    """No product is affected, and nothing is said in public."""
    actions.end_quietly(asking(request), case_id, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/cases/{case_id}/speak-after-all", operation_id="speak_after_all", response={204: None})
def speak_after_all(request: HttpRequest, case_id: str, body: ReasonIn) -> HttpResponse:
    actions.speak_after_all(asking(request), case_id, reason=body.reason)
    return HttpResponse(status=204)
