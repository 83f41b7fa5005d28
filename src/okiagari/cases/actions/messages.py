"""What was said to and by others, kept as it went. The words lie in the message, their hash in the ledger."""

import hashlib
from datetime import datetime
from typing import TypedDict, Unpack

from okiagari.cases import rules
from okiagari.cases.actions.embargo import newest_embargo
from okiagari.cases.actions.frame import changing_any, child, organisation_named, write_line
from okiagari.cases.models import Case, Communication
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock


class Heard(TypedDict, total=False):
    """`counterpart`: with whom, in words. `awaits`: what came in wants an answer. `part`: one team's part."""

    language: str
    at: datetime | None
    counterpart: str
    part: str
    awaits: bool


def communicate(
    subject: Subject,
    case_id: str,
    *,
    audience: str,
    text: str,
    direction: str = "out",
    channel: str = "mail",
    subject_line: str = "",
    organisation: str | None = None,
    reply_to: str | None = None,
    **more: Unpack[Heard],
) -> str:
    """Record what was said another way: a call, a meeting, a mail sent elsewhere.

    Returns its number. Raises as `rules.check_message`, and LINE_TELLS.
    """
    rules.check_message(audience, channel, direction, text)
    row = Communication(
        audience=audience,
        direction=direction,
        channel=channel,
        language=more.get("language") or "ja",
        text=text.strip(),
        at=more.get("at") or clock.now(),
        by_id=subject.person_id,
        counterpart=more.get("counterpart", "").strip()[:200],
        awaits_since=clock.now() if more.get("awaits") and direction == "in" else None,
    )
    with changing_any(subject, "cases.note", case_id, part=more.get("part", "")) as case:
        row.case, row.scope_id = case, case.here_scope_id
        is_sent = direction == "out" and channel != "phone"
        row.subject_line = _line(case, subject_line, is_sent=is_sent)
        row.organisation, row.reply_to = organisation_named(organisation), answered(subject, case, reply_to)
        row.sha256 = hashlib.sha256(row.text.encode()).hexdigest()
        row.save()
        if direction == "out":
            settle(subject, row.reply_to)
        said_line(subject, case, row)
    return row.public_id


def said_line(subject: Subject, case: Case, row: Communication, **more: object) -> None:
    """The line of a message, whichever way it was said. Its words stay out of the ledger."""
    write_line(
        case,
        subject,
        "said",
        message=row.public_id,
        audience=row.audience,
        direction=row.direction,
        channel=row.channel,
        organisation=row.organisation.key if row.organisation else None,
        message_at=row.at,
        template=row.template,
        sha256=row.sha256,
        **more,
    )


def settle(subject: Subject, row: Communication | None) -> None:
    """A message that waited has its answer, and with it everything before it in the same conversation."""
    if row is None:
        return
    waiting = Communication.objects.filter(
        case_id=row.case_id,
        audience=row.audience,
        organisation=row.organisation,
        counterpart=row.counterpart,
        address=row.address,
        awaits_since__lte=row.awaits_since or row.at,
        settled_at=None,
    )
    waiting.update(settled_at=clock.now(), settled_by_id=subject.person_id)


def is_embargoed(case: Case) -> bool:
    embargo = newest_embargo(case)
    return embargo is not None and rules.holds(embargo.state, embargo.until, clock.now())


def sent_line(case: Case, written: str) -> str:
    """A subject line as it may be sent. Raises LINE_TELLS."""
    return _line(case, written, is_sent=True)


def _line(case: Case, written: str, *, is_sent: bool) -> str:
    holds = is_embargoed(case)
    references = tuple(case.parties.exclude(reference="").values_list("reference", flat=True))
    return rules.subject_line(rules.Line(written, case.public_id, references), embargoed=is_sent and holds)[
        :200
    ]


def answered(subject: Subject, case: Case, message_id: str | None) -> Communication | None:
    if not message_id:
        return None
    found = child(subject, Communication, message_id)
    return found if found.case_id == case.pk else None
