"""Letters made from templates: the templates, the maker's own versions of them, a letter drafted and sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, idempotent, page
from okiagari.api.shapes import Strict
from okiagari.cases import actions as cases
from okiagari.flow.letters import actions, facts, queries
from okiagari.standards.localtext import LocalText

router = Router()


class OwnTemplateIn(Strict):
    """The maker's own version. Without `subject_line` that of the file. `{placeholders}` as listed."""

    text: dict[str, str]
    reason: str
    subject_line: dict[str, str] | None = None


class DraftAsked(Schema):
    """`report`: which one it answers, for templates to reporters."""

    template: str
    language: str = "ja"
    report: str = ""
    next_contact: AwareDatetime | None = None


class TemplateLetterIn(Strict):
    """`fill`: what to write in the gaps, by their words. `evidence`: files of the case that go along.

    To a reporter it answers `report`, or the only one the case comes from. Without `to` it goes to whom it
    answers, or to the organisation, or is copied by hand.
    """

    template: str
    language: str = "ja"
    fill: dict[str, str] = {}
    report: str | None = None
    organisation: str | None = None
    counterpart: str = ""
    to: str = ""
    reply_to: str | None = None
    promise: str = ""
    promise_until: AwareDatetime | None = None
    evidence: list[str] = []
    part: str = ""


@router.get("/letter-templates", operation_id="list_letter_templates", response=dict[str, Any])
def list_letter_templates(request: HttpRequest, audience: str = "") -> HttpResponse:
    """Every template as it counts now: the maker's own version over the file."""
    return answer(page(queries.letter_templates(asking(request), audience=audience)))


@router.get("/letter-templates/{key}", operation_id="read_letter_template", response=dict[str, Any])
def read_letter_template(request: HttpRequest, key: str) -> HttpResponse:
    """Every version of one, the newest first, and what a template may name."""
    subject = asking(request)
    found = queries.template_versions(subject, key)
    known = {each.key: each.label for each in queries.placeholders(subject, "en")}
    return answer({"versions": found, "placeholders": known})


@router.put("/letter-templates/{key}", operation_id="save_letter_template", response=dict[str, Any])
def save_letter_template(request: HttpRequest, key: str, given: OwnTemplateIn) -> HttpResponse:
    """Keep the maker's own version; what was sent before keeps naming the old one."""
    lines = LocalText.from_json(given.subject_line) if given.subject_line else None
    text = LocalText.from_json(given.text)
    name = actions.save_template(asking(request), key, text=text, reason=given.reason, subject_line=lines)
    return answer({"version": name})


@router.get("/cases/{case_id}/template-letters", operation_id="draft_letter", response=dict[str, Any])
def draft_letter(request: HttpRequest, case_id: str, asked: Query[DraftAsked]) -> HttpResponse:
    """A template filled in from the case, with its gaps. Nothing is sent."""
    about = facts.About(asked.report, asked.next_contact)
    chosen, filled = queries.drafted(
        asking(request), case_id, asked.template, language=asked.language, about=about
    )
    return answer(
        {
            "template": chosen.version,
            "audience": chosen.audience,
            "subject_line": filled.subject_line,
            "text": filled.text,
            "missing": [each.label for each in filled.facts if each.is_missing],
        }
    )


@router.post(
    "/cases/{case_id}/template-letters",
    operation_id="write_template_letter",
    response={201: dict[str, Any]},
)
@idempotent
def write_template_letter(request: HttpRequest, case_id: str, given: TemplateLetterIn) -> HttpResponse:
    """Send a template filled in. `id`: the number of the message, or of the report it answered."""
    number = actions.write(asking(request), case_id, **given.dict())
    return answer({"id": number, "case": case_id}, status=201)


@router.post("/messages/{message_id}/sent", operation_id="mark_letter_sent", response={204: None})
def mark_letter_sent(request: HttpRequest, message_id: str) -> HttpResponse:
    """Say that a letter was copied and sent by hand."""
    cases.mark_sent(asking(request), message_id)
    return HttpResponse(status=204)


@router.post("/messages/{message_id}/again", operation_id="send_letter_again", response={204: None})
def send_letter_again(request: HttpRequest, message_id: str) -> HttpResponse:
    """Try a letter that failed once more."""
    cases.send_again(asking(request), message_id)
    return HttpResponse(status=204)
