"""What comes in to a case: kept as it came, waiting for somebody, and settled."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from okiagari.cases import rules
from okiagari.cases.actions.frame import (
    changing_any,
    changing_child,
    organisation_named,
    part_of,
    write_line,
)
from okiagari.cases.actions.letters import Inclosure, enclose
from okiagari.cases.actions.messages import answered, said_line
from okiagari.cases.models import Communication
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop

DOES_NOT_WAIT = define(
    "cases.does_not_wait",
    Kind.CONFLICT,
    gettext_noop("This message does not wait for an answer any more."),
    gettext_noop("Load the page again to see who answered it."),
)


class Arrival(TypedDict, total=False):
    """How something came in. `automatic`: a program wrote it, and nobody has to answer."""

    at: datetime | None
    address: str
    message_id: str
    automatic: bool
    files: Sequence[Inclosure]


def receive_reply(
    subject: Subject,
    case_id: str,
    *,
    text: str,
    audience: str = "",
    reply_to: str | None = None,
    channel: str = "mail",
    subject_line: str = "",
    language: str = "ja",
    organisation: str | None = None,
    counterpart: str = "",
    **how: Unpack[Arrival],
) -> str:
    """Keep what came in. It waits for somebody, unless a program wrote it. Returns its number.

    `audience`, `organisation`, `counterpart`: as of the letter it answers, where nothing is said.
    """
    with changing_any(subject, "cases.note", case_id, part=part_of(subject, reply_to)) as case:
        before = answered(subject, case, reply_to)
        said_by = audience or (before.audience if before else "")
        rules.check_message(said_by, channel, "in", text)
        row = Communication.objects.create(
            case=case,
            scope_id=case.here_scope_id,
            audience=said_by,
            direction="in",
            channel=channel,
            language=language,
            subject_line=subject_line[:200],
            text=text.strip(),
            at=how.get("at") or clock.now(),
            by_id=subject.person_id,
            organisation=organisation_named(organisation) or (before.organisation if before else None),
            reply_to=before,
            counterpart=counterpart.strip()[:200] or (before.counterpart if before else ""),
            address=how.get("address", "").strip() or (before.address if before else ""),
            message_id=how.get("message_id", "")[:420],
            is_automatic=how.get("automatic", False),
            awaits_since=None if how.get("automatic") else clock.now(),
            sha256=hashlib.sha256(text.strip().encode()).hexdigest(),
        )
        for kept in how.get("files", ()):
            enclose(row, kept)
        said_line(subject, case, row, automatic=how.get("automatic") or None)
    return row.public_id


def settle_reply(subject: Subject, message_id: str, *, reason: str) -> None:
    """Say that a message needs no answer. Raises DOES_NOT_WAIT, REASON_NEEDED."""
    with changing_child(subject, "cases.note", Communication, message_id, even_closed=True) as (case, row):
        if row.awaits_since is None or row.settled_at is not None:
            raise DOES_NOT_WAIT()
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        row.settled_at, row.settled_by_id = clock.now(), subject.person_id
        row.save()
        write_line(case, subject, "reply_settled", message=row.public_id, reason=reason.strip())
