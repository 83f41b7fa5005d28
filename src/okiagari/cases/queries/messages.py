"""The communications log of a case. From outside, only what went to or came from one's organisation."""

from okiagari.cases.models import Communication
from okiagari.cases.reading import organisation_name, part_keys, person_name, readable
from okiagari.cases.values import MessageView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject


def communications(subject: Subject, case_id: str) -> tuple[MessageView, ...]:
    """Messages, newest first. Raises NOTHING_HERE."""
    row = readable(subject, case_id)
    rows = Communication.objects.filter(case=row, scope_id__in=permits.scopes(subject))
    if not permits.may(subject, "cases.inside"):
        rows = rows.filter(organisation__principal_id__in=subject.principals).exclude(direction="note")
    rows = rows.select_related("by", "organisation", "reply_to").order_by("-at", "-pk")
    parts = part_keys((each.scope_id, row.scope_id) for each in rows)
    return tuple(_message(each, parts.get(each.scope_id, "")) for each in rows)


def _message(row: Communication, part: str) -> MessageView:
    return MessageView(
        id=row.public_id,
        audience=row.audience,
        direction=row.direction,
        channel=row.channel,
        language=row.language,
        subject_line=row.subject_line,
        text=row.text,
        at=row.at,
        by=person_name(row.by),
        organisation=organisation_name(row.organisation),
        reply_to=row.reply_to.public_id if row.reply_to else "",
        part=part,
    )
