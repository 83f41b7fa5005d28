"""What was said to and by others, kept as it went. The words lie in the message, their hash in the ledger."""

import hashlib
from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.embargo import newest_embargo
from okiagari.cases.actions.frame import changing_any, child, organisation_named, write_line
from okiagari.cases.models import Case, Communication
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock


def communicate(
    subject: Subject,
    case_id: str,
    *,
    audience: str,
    text: str,
    direction: str = "out",
    channel: str = "mail",
    subject_line: str = "",
    language: str = "ja",
    at: datetime | None = None,
    organisation: str | None = None,
    reply_to: str | None = None,
    part: str = "",
) -> str:
    """Record a message or write one. Returns its number. Raises as `rules.check_message`, and LINE_TELLS."""
    with changing_any(subject, "cases.note", case_id, part=part) as case:
        rules.check_message(audience, channel, direction, text)
        row = Communication.objects.create(
            case=case,
            scope_id=case.here_scope_id,
            audience=audience,
            direction=direction,
            channel=channel,
            language=language,
            subject_line=_line(case, subject_line, is_sent=direction == "out" and channel != "phone"),
            text=text.strip(),
            at=at or clock.now(),
            by_id=subject.person_id,
            organisation=organisation_named(organisation),
            reply_to=_answered(subject, case, reply_to),
        )
        write_line(
            case,
            subject,
            "said",
            message=row.public_id,
            audience=audience,
            direction=direction,
            channel=channel,
            organisation=organisation,
            message_at=row.at,
            sha256=hashlib.sha256(row.text.encode()).hexdigest(),
        )
    return row.public_id


def _line(case: Case, written: str, *, is_sent: bool) -> str:
    embargo = newest_embargo(case)
    holds = embargo is not None and rules.holds(embargo.state, embargo.until, clock.now())
    references = tuple(case.parties.exclude(reference="").values_list("reference", flat=True))
    return rules.subject_line(rules.Line(written, case.public_id, references), embargoed=is_sent and holds)[
        :200
    ]


def _answered(subject: Subject, case: Case, message_id: str | None) -> Communication | None:
    if not message_id:
        return None
    found = child(subject, Communication, message_id)
    return found if found.case_id == case.pk else None
