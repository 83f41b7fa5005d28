"""Documents of others and of the maker's own past: read, looked at, taken in. Nothing is published by it."""

import base64
import binascii
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Query, Router, Schema

from okiagari.api.base import after, answer, asking, idempotent, if_match, page
from okiagari.api.intake.shapes import NOT_BASE64
from okiagari.api.shapes import ReasonIn, Strict
from okiagari.desk.subjects import Subject
from okiagari.flow import actions
from okiagari.flow.importing import queries
from okiagari.flow.importing.supplier import Became
from okiagari.plumbing import wording
from okiagari.problems import Problem
from okiagari.standards.foreign import plain

router = Router()


class DocumentFilters(Schema):
    """`state`: read, taken, dropped; left out: all but those set aside."""

    state: str = ""
    text: str = ""
    cursor: str = ""
    limit: int = 50


class DocumentFileIn(Strict):
    """The very bytes of the file, in base64."""

    name: str
    content: str


class OwnIn(Strict):
    """`matches`: product as the document names it -> targets; left out: those that are sure.

    `case`: its number, or new. `tracking_id`: of the draft; left out: that of the document. `facts`: number
    of a statement of attacks -> kind of fact, "" for none; left out: as proposed.
    """

    matches: Mapping[str, Sequence[str]] | None = None
    case: str = "new"
    tracking_id: str | None = None
    is_closed: bool = False
    language: str = ""
    facts: Mapping[str, str] | None = None


class SupplierIn(Strict):
    """`case`: its number, new, or nothing for the report alone. `components`: whose products become rows.

    `facts`: as for one's own, where it becomes a case.
    """

    case: str = ""
    components: Sequence[str] = ()
    language: str = ""
    facts: Mapping[str, str] | None = None


class JoinIn(Strict):
    advisory: str
    language: str = ""


class LookIn(Strict):
    """`items`: numbers of the lines, from 1. `is_seen` false takes the ticks back."""

    items: Sequence[int]
    is_seen: bool = True


@router.get("/documents", operation_id="list_documents")
def documents(request: HttpRequest, asked: Query[DocumentFilters]) -> HttpResponse:
    """Documents that were read, newest first."""
    offset = after(asked.cursor) or 0
    limit = max(1, min(asked.limit, 200))
    subject = asking(request)
    found = queries.documents(subject, state=asked.state, text=asked.text, offset=offset, limit=limit)
    beyond = offset + len(found.items)
    return answer(page(found.items, next_after=beyond if beyond < found.total else None, total=found.total))


@router.post("/documents", operation_id="read_document")
@idempotent
def read_document(request: HttpRequest, given: DocumentFileIn) -> HttpResponse:
    """Read a file. Nothing is made of it yet; the answer says what it says and what was not understood."""
    subject = asking(request)
    try:
        content = base64.b64decode(given.content, validate=True)
    except (binascii.Error, ValueError):
        raise NOT_BASE64(name=given.name).at("content") from None
    number = actions.read_document(subject, name=given.name, content=content)
    return _whole(subject, number, status=201)


@router.get("/documents/{document_id}", operation_id="get_document")
def document(request: HttpRequest, document_id: str) -> HttpResponse:
    """What it says, how its products match, what was not understood, what the tests of its format say."""
    return _whole(asking(request), document_id)


@router.get("/documents/{document_id}/file", operation_id="get_document_file")
def original(request: HttpRequest, document_id: str) -> HttpResponse:
    """The file as it came."""
    name, _, content = queries.original(asking(request), document_id)
    encoded = base64.b64encode(content).decode()
    return answer({"name": name, "content": encoded})


@router.post("/documents/{document_id}/own", operation_id="take_own_document")
@idempotent
def take_own(request: HttpRequest, document_id: str, given: OwnIn) -> HttpResponse:
    """Make a case and a draft of an advisory of one's own past."""
    chosen = given.dict(exclude_none=True)
    return _became(actions.take_own(asking(request), document_id, version=if_match(request), **chosen))


@router.post("/documents/{document_id}/supplier", operation_id="take_suppliers_document")
@idempotent
def take_suppliers(request: HttpRequest, document_id: str, given: SupplierIn) -> HttpResponse:
    """Make a report of a supplier's advisory, and a case of it if asked."""
    subject = asking(request)
    return _became(actions.take_suppliers(subject, document_id, version=if_match(request), **given.dict()))


@router.post("/documents/{document_id}/join", operation_id="join_document")
@idempotent
def join(request: HttpRequest, document_id: str, given: JoinIn) -> HttpResponse:
    """Put its words beside those of the draft of the same advisory."""
    subject = asking(request)
    return _became(actions.join_draft(subject, document_id, version=if_match(request), **given.dict()))


@router.post("/documents/{document_id}/look", operation_id="look_at_document")
def look(request: HttpRequest, document_id: str, given: LookIn) -> HttpResponse:
    """Tick what was not understood, line by line."""
    subject = asking(request)
    actions.look_at(subject, document_id, items=given.items, is_seen=given.is_seen, version=if_match(request))
    return _whole(subject, document_id)


@router.post("/documents/{document_id}/drop", operation_id="drop_document")
def drop(request: HttpRequest, document_id: str, given: ReasonIn) -> HttpResponse:
    """Set a document aside that nothing is made of."""
    subject = asking(request)
    actions.drop_document(subject, document_id, reason=given.reason, version=if_match(request))
    return _whole(subject, document_id)


def _became(became: Became) -> HttpResponse:
    return answer(became, status=201)


def _whole(subject: Subject, document_id: str, *, status: int = 200) -> HttpResponse:
    view = queries.document(subject, document_id)
    reading = queries.reading(subject, document_id)
    value = {
        **vars(view.row),
        "sha256": view.sha256,
        "size": view.size,
        "tlp": view.tlp,
        "joins": view.joins,
        "says": plain(reading.said),
        "matches": list(reading.matches),
        "components": [each for each in reading.components if each.targets],
        "statements": [
            {
                "number": each.number,
                "vulnerability": each.flaw + 1,
                "text": each.text,
                "fact": each.kind,
                "at": each.at,
            }
            for each in reading.statements
        ],
        "cells": [
            {
                "target": each.target,
                "vulnerability": each.flaw + 1,
                "state": each.change.state if each.change else "undecided",
                "stated": each.stated,
                "why": _said(each.why),
            }
            for each in reading.cells
        ],
        "not_understood": [
            {
                "number": line.number,
                "location": line.location,
                "text": line.text,
                "why": gettext(line.why) % {name: _said(text) for name, text in line.parameters.items()},
                "seen_by": line.seen_by,
                "seen_at": line.seen_at or None,
            }
            for line in view.lines
        ],
        "left_off": view.left_off,
        "faults": None
        if view.faults is None
        else [{"location": place, "message": text} for place, text in view.faults],
    }
    return answer(value, status=status, version=view.version)


def _said(why: str | Problem) -> str:
    if isinstance(why, Problem):
        return wording.told(why).message
    return gettext(why) if why else ""
