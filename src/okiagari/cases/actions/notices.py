"""What is submitted to an authority, to persons or to users, and by which an obligation is met.

The text is frozen as it went, as a message of the case; its hash stands in the ledger.
"""

import hashlib
from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.clockwork import mark
from okiagari.cases.actions.frame import changing_child, write_line
from okiagari.cases.clockbook import book
from okiagari.cases.models import Communication, Obligation
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.deadlines import Receiver

AUDIENCES = {
    Receiver.REPORTER: "reporter",
    Receiver.COORDINATOR: "jpcert",
    Receiver.PERSONS: "customer",
    Receiver.USERS: "customer",
}


def submit_notice(
    subject: Subject,
    clock_id: str,
    *,
    text: str,
    at: datetime | None = None,
    channel: str = "portal",
    to: str = "",
    reference: str = "",
    language: str = "ja",
) -> str:
    """Record what was submitted for an obligation, when, to whom and under which number of theirs; it is met
    by it. Returns the message's number. Raises ALREADY_MET, MET_IN_FUTURE, and as `rules.check_message`."""
    with changing_child(subject, "cases.work", Obligation, clock_id, even_closed=True) as (case, row):
        now, rule = clock.now(), book().shown(row.rule)
        submitted_at = at or now
        audience = AUDIENCES.get(rule.to, "authority")
        rules.check_open(row.met_at, row.waived_reason)
        rules.check_message(audience, channel, "out", text)
        rules.check_meet("notice", submitted_at, now)
        message = Communication.objects.create(
            case=case,
            scope_id=row.scope_id,
            audience=audience,
            direction="out",
            channel=channel,
            language=language,
            subject_line=rules.neutral_line(case.public_id),
            text=text.strip(),
            at=submitted_at,
            by_id=subject.person_id,
            counterpart=to.strip()[:200],
        )
        said = " · ".join(part for part in (to.strip(), reference.strip()) if part) or message.public_id
        row.met_at, row.met_by = submitted_at, said[:200]
        row.proof = {"kind": "submission", "ref": message.public_id}
        row.save()
        write_line(
            case,
            subject,
            "notice_submitted",
            **mark(row),
            message=message.public_id,
            submitted_at=submitted_at,
            to=to.strip(),
            reference=reference.strip(),
            sha256=hashlib.sha256(message.text.encode()).hexdigest(),
        )
    return message.public_id
