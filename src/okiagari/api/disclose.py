"""Advisories: draft, write, submit, approve by hash, publish once; previews in every format."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import after, answer, asking, idempotent, if_match, page
from okiagari.api.shapes import MaybeReasonIn
from okiagari.disclose import actions, queries
from okiagari.disclose.rules.content import WORDS
from okiagari.disclose.site.formats import media_type
from okiagari.standards.localtext import LANGUAGES, LocalText

router = Router()
Texts = dict[str, str]


class AdvisoryFilters(Schema):
    """`state`: draft, submitted, approved, published, withdrawn."""

    state: str = ""
    kind: str = ""
    text: str = ""
    case: str = ""
    cursor: str = ""
    limit: int = 50


class DraftIn(Schema):
    """No vulnerability named means all of the cases."""

    cases: list[str]
    title: Texts
    vulnerabilities: list[str] | None = None
    kind: str = "vulnerability"
    languages: list[str] = list(LANGUAGES)
    tracking_id: str = ""


class ReferenceIn(Schema):
    url: str
    title: Texts = {}


class WordsIn(Schema):
    """Only what is given is written; a language that is not named stays.

    `thanked`: names to thank beside the reporters who consented.
    """

    title: Texts | None = None
    summary: Texts | None = None
    description: Texts | None = None
    impact: Texts | None = None
    advice: Texts | None = None
    contact: Texts | None = None
    references: list[ReferenceIn] | None = None
    thanked: list[str] | None = None
    languages: list[str] | None = None
    vulnerabilities: list[str] | None = None
    phase: str | None = None
    next_update: str | None = None


class WithdrawIn(MaybeReasonIn):
    """`superseded_by`: the published advisory that says it now, by either of its numbers."""

    superseded_by: str = ""


class ApproveIn(Schema):
    """`snapshot`: the hash of what was seen, as `GET .../snapshot` gave it."""

    snapshot: str
    note: str = ""


class SendBackIn(Schema):
    note: str


class PublishIn(Schema):
    """Without `at`: now. `reason`: why a live embargo does not hold it back."""

    at: AwareDatetime | None = None
    summary: Texts = {}
    reason: str = ""


@router.get("/advisories", operation_id="list_advisories", response=dict[str, Any])
def advisories(request: HttpRequest, asked: Query[AdvisoryFilters]) -> HttpResponse:
    """Those whose every case the caller may see."""
    offset = int(after(asked.cursor) or 0)
    size = max(1, min(asked.limit, 200))
    filters = {"state": asked.state, "kind": asked.kind, "text": asked.text, "case": asked.case}
    found = queries.advisories(asking(request), offset=offset, limit=size, **filters)
    more = offset + len(found.items)
    return answer(page(found.items, next_after=more if more < found.total else None, total=found.total))


@router.post("/advisories", operation_id="draft_advisory", response={201: dict[str, Any]})
@idempotent
def draft(request: HttpRequest, body: DraftIn) -> HttpResponse:
    given = body.dict()
    made = actions.draft(asking(request), **{**given, "title": LocalText(given["title"])})
    return answer({"id": made}, status=201)


@router.get("/advisories/{advisory_id}", operation_id="read_advisory", response=dict[str, Any])
def advisory(request: HttpRequest, advisory_id: str) -> HttpResponse:
    view = queries.advisory(asking(request), advisory_id)
    return answer(view, version=view.version)


@router.patch("/advisories/{advisory_id}", operation_id="write_advisory", response=dict[str, Any])
def write(request: HttpRequest, advisory_id: str, body: WordsIn) -> HttpResponse:
    subject = asking(request)
    before = queries.advisory(subject, advisory_id)
    given = body.dict(exclude_none=True)
    texts: dict[str, Any] = {
        name: _written(before.words[name], given.pop(name)) for name in WORDS if name in given
    }
    actions.write(subject, advisory_id, version=if_match(request), **given, **texts)
    return advisory(request, advisory_id)


def _written(text: LocalText, given: Texts) -> LocalText:
    for language in LANGUAGES:
        if language in given:
            text = text.written(language, given[language])
    return text


@router.get("/advisories/{advisory_id}/snapshot", operation_id="read_snapshot", response=dict[str, Any])
def snapshot(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """What would go out now, with its hash: that is what an approval names."""
    seal = queries.snapshot_now(asking(request), advisory_id)
    return answer(
        {
            "sha256": seal.sha256,
            "renderer": seal.renderer,
            "languages": seal.languages,
            "is_approved": seal.is_approved,
            "content": msgspec.to_builtins(seal.content),
        }
    )


@router.get("/advisories/{advisory_id}/missing", operation_id="list_missing_items", response=dict[str, Any])
def missing(request: HttpRequest, advisory_id: str) -> HttpResponse:
    return answer(page(queries.missing_items(asking(request), advisory_id)))


@router.get("/advisories/{advisory_id}/preview/{language}/{format}", operation_id="preview_advisory")
def preview(request: HttpRequest, advisory_id: str, language: str, format: str) -> HttpResponse:  # noqa: A002
    """Any format, as it would be published now: `page`, `csaf`, those that `GET .../formats` names, and
    `jvn` and `cve-request`, which are texts for JPCERT/CC."""
    text = queries.preview(asking(request), advisory_id, language=language, format=format)
    response = HttpResponse(text, content_type=f"{media_type(format)}; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; sandbox"
    return response


@router.get("/advisories/{advisory_id}/advance", operation_id="get_advance_copy")
def advance(
    request: HttpRequest, advisory_id: str, language: str, tlp: str = "AMBER", version: str = "2.0"
) -> HttpResponse:
    """The CSAF document of the edition to come as a draft for partners, under `tlp`: AMBER, AMBER+STRICT, RED
    or GREEN. Nothing is published by it."""
    found = queries.advance_copy(asking(request), advisory_id, language=language, tlp=tlp, version=version)
    response = HttpResponse(found.content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


@router.get("/advisories/{advisory_id}/formats", operation_id="list_formats", response=dict[str, Any])
def formats(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Every file for programs: what each cannot carry as it is (`losses`), what it has no place for
    (`left_out`), and what holds it back (`problems`)."""
    found = queries.formats(asking(request), advisory_id)
    return answer(page([_format(each) for each in found]))


def _format(view: queries.FormatView) -> dict[str, Any]:
    return {
        "format": view.format,
        "label": view.label,
        "language": view.language,
        "path": view.path,
        "goes_out": view.goes_out,
        "losses": [gettext(each.text) % each.parameters for each in view.losses],
        "left_out": [gettext(each) for each in view.left_out],
        "problems": [gettext(each.text) % each.parameters for each in view.problems],
    }


@router.get("/sheets", operation_id="list_sheets", response=dict[str, Any])
def sheets(request: HttpRequest, text: str = "", cursor: str | None = None, limit: int = 50) -> HttpResponse:
    """What is public with the papers the caller may open, what went out last first."""
    offset, most = int(after(cursor) or 0), min(max(limit, 1), 200)
    found = queries.sheets(asking(request), offset=offset, limit=most, text=text)
    end = offset + len(found.items)
    return answer(page(found.items, next_after=end if end < found.total else None, total=found.total))


@router.get(
    "/advisories/{advisory_id}/sheets/{language}/{kind}",
    operation_id="read_sheet",
    response=dict[str, Any],
)
def sheet(request: HttpRequest, advisory_id: str, language: str, kind: str) -> HttpResponse:
    """For the house alone: `briefing` for support and sales, `press` for who answers the press."""
    found = queries.sheet(asking(request), advisory_id, kind=kind, language=language)
    return answer(found)


@router.post("/advisories/{advisory_id}/submit", operation_id="submit_advisory", response=dict[str, Any])
@idempotent
def submit(request: HttpRequest, advisory_id: str, body: MaybeReasonIn) -> HttpResponse:
    """Returns the hash that the approvers will name."""
    seal = actions.submit(asking(request), advisory_id, version=if_match(request), reason=body.reason)
    return answer({"snapshot": seal})


@router.post("/advisories/{advisory_id}/approve", operation_id="approve_advisory", response={204: None})
@idempotent
def approve(request: HttpRequest, advisory_id: str, body: ApproveIn) -> HttpResponse:
    actions.approve(asking(request), advisory_id, snapshot=body.snapshot, note=body.note)
    return HttpResponse(status=204)


@router.post("/advisories/{advisory_id}/send-back", operation_id="send_back_advisory", response={204: None})
def send_back(request: HttpRequest, advisory_id: str, body: SendBackIn) -> HttpResponse:
    actions.send_back(asking(request), advisory_id, note=body.note)
    return HttpResponse(status=204)


@router.post("/advisories/{advisory_id}/publish", operation_id="publish_advisory", response=dict[str, Any])
@idempotent
def publish(request: HttpRequest, advisory_id: str, body: PublishIn) -> HttpResponse:
    """Now or at a time; with an Idempotency-Key a repeated request publishes nothing again."""
    subject = asking(request)
    summary = LocalText(body.summary)
    actions.publish(subject, advisory_id, at=body.at, summary=summary, reason=body.reason)
    newest = queries.publications(subject, advisory_id)[0]
    return answer(newest, status=202 if newest.state == "scheduled" else 200)


@router.delete("/advisories/{advisory_id}/publish", operation_id="cancel_publication", response={204: None})
def cancel(request: HttpRequest, advisory_id: str, reason: str) -> HttpResponse:
    actions.cancel_publication(asking(request), advisory_id, reason=reason)
    return HttpResponse(status=204)


@router.post("/advisories/{advisory_id}/withdraw", operation_id="withdraw_advisory", response={204: None})
def withdraw(request: HttpRequest, advisory_id: str, body: WithdrawIn) -> HttpResponse:
    actions.withdraw(asking(request), advisory_id, **body.dict())
    return HttpResponse(status=204)


@router.get(
    "/advisories/{advisory_id}/publications", operation_id="list_publications", response=dict[str, Any]
)
def publications(request: HttpRequest, advisory_id: str) -> HttpResponse:
    return answer(page(queries.publications(asking(request), advisory_id)))
