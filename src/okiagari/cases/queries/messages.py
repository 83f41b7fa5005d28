"""What was said in a case. From outside, only what went to or came from one's own organisation.

`communications` is the log, newest first; `conversations` the same by whom it was said to, what waits first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okiagari.cases.models import Communication, MessageFile
from okiagari.cases.reading import organisation_name, part_keys, person_name, readable
from okiagari.cases.talks import Contact, ConversationView, DeliveryView, MessageFileView, MessageView
from okiagari.cases.values import EvidenceFile
from okiagari.desk import permits
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import Subject
from okiagari.plumbing import files, ids, mail
from okiagari.standards.localtext import LocalText

AUDIENCE_OF_KIND = {
    "coordinator": "jpcert",
    "supplier": "supplier",
    "authority": "authority",
    "partner": "partner",
}


def communications(subject: Subject, case_id: str) -> tuple[MessageView, ...]:
    """Messages, newest first. Raises NOTHING_HERE."""
    row = readable(subject, case_id)
    rows = Communication.objects.filter(case=row, scope_id__in=permits.scopes(subject))
    is_inside = permits.may(subject, "cases.inside")
    if not is_inside:
        rows = rows.filter(organisation__principal_id__in=subject.principals).exclude(direction="note")
    found = rows.select_related("case", "by", "organisation", "reply_to", "settled_by")
    return _message_views(list(found.order_by("-at", "-pk")), is_inside=is_inside)


def _message_views(rows: list[Communication], *, is_inside: bool = True) -> tuple[MessageView, ...]:
    """Messages of one case or of many, with what is read beside them; three queries."""
    letters = mail.deliveries(each.letter for each in rows) if is_inside else {}
    parts = part_keys((each.scope_id, each.case.scope_id) for each in rows)
    beside = _Beside(letters, _files(rows), parts, is_inside)
    return tuple(_message(each, beside) for each in rows)


@dataclass(frozen=True)
class _Beside:
    """What is read beside the messages, once for all of them."""

    letters: Mapping[str, mail.Delivery]
    files: Mapping[int, list[MessageFileView]]
    parts: Mapping[int, str]
    is_inside: bool


def _files(rows: Iterable[Communication]) -> Mapping[int, list[MessageFileView]]:
    found: defaultdict[int, list[MessageFileView]] = defaultdict(list)
    kept = MessageFile.objects.filter(message__in=[row.pk for row in rows]).select_related("blob")
    for each in kept.order_by("pk"):
        found[each.message_id].append(
            MessageFileView(each.public_id, each.name, each.blob.size, each.blob.sha256)
        )
    return found


def _message(row: Communication, beside: _Beside) -> MessageView:
    letter = beside.letters.get(row.letter)
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
        part=beside.parts.get(row.scope_id, ""),
        counterpart=row.counterpart,
        address=row.address if beside.is_inside else "",
        template=row.template if beside.is_inside else "",
        sha256=row.sha256,
        is_automatic=row.is_automatic,
        awaits=beside.is_inside and row.awaits_since is not None and row.settled_at is None,
        settled_at=row.settled_at if beside.is_inside else None,
        settled_by=person_name(row.settled_by) if beside.is_inside else None,
        delivery=_delivery(letter) if letter else None,
        files=tuple(beside.files.get(row.pk, ())),
    )


def _delivery(letter: mail.Delivery) -> DeliveryView:
    return DeliveryView(letter.state, letter.sent_at, letter.next_try_at, letter.error)


def conversations(subject: Subject, case_id: str) -> tuple[ConversationView, ...]:
    """The log by contact: what waits for us first, then the newest. Raises NOTHING_HERE."""
    by_contact: defaultdict[tuple[str, str, str], list[MessageView]] = defaultdict(list)
    for message in reversed(communications(subject, case_id)):
        by_contact[_contact(message)].append(message)
    found = [_conversation(messages) for messages in by_contact.values()]
    found.sort(key=lambda each: each.last_at, reverse=True)
    return tuple(sorted(found, key=lambda each: not each.waiting))


def _contact(message: MessageView) -> tuple[str, str, str]:
    organisation = message.organisation.key if message.organisation else ""
    who = "" if organisation else (message.counterpart or message.address).casefold()
    return message.audience, organisation, who


def _conversation(messages: list[MessageView]) -> ConversationView:
    last = messages[-1]
    organisation = last.organisation
    return ConversationView(
        key=messages[0].id,
        audience=last.audience,
        organisation=organisation,
        counterpart=next((each.counterpart for each in reversed(messages) if each.counterpart), ""),
        address=next((each.address for each in reversed(messages) if each.address), ""),
        language=last.language,
        messages=tuple(messages),
        waiting=sum(each.awaits for each in messages),
        last_at=last.at,
    )


def contacts(subject: Subject, case_id: str) -> tuple[Contact, ...]:
    """Whom a letter of this case may go to: those talked to before, the parties, known organisations."""
    row = readable(subject, case_id, "cases.inside")
    found: dict[tuple[str, str], Contact] = {}
    for talk in conversations(subject, case_id):
        name = talk.organisation.name if talk.organisation else LocalText()
        key = talk.organisation.key if talk.organisation else talk.counterpart or talk.address
        made = Contact(
            talk.audience,
            talk.organisation.key if talk.organisation else "",
            name or LocalText.of(en=talk.counterpart or talk.address),
            talk.address,
            talk.language,
        )
        if key:
            found.setdefault((talk.audience, key), made)
    named = set(
        row.parties.filter(left_at=None).exclude(organisation=None).values_list("organisation_id", flat=True)
    )
    for each in Organisation.objects.filter(kind__in=AUDIENCE_OF_KIND).order_by("key"):
        if each.pk in named or each.kind == "coordinator":
            audience = AUDIENCE_OF_KIND[each.kind]
            address = each.contact if "@" in each.contact else ""
            found.setdefault((audience, each.key), Contact(audience, each.key, each.name, address, "ja"))
    return tuple(found.values())


def letter_text(subject: Subject, case_id: str, message_id: str) -> MessageView:
    """One letter, to copy it by hand. Raises NOTHING_HERE."""
    readable(subject, case_id, "cases.inside")
    for message in communications(subject, case_id):
        if message.id == ids.folded(message_id):
            return message
    raise permits.NOTHING_HERE()


def message_file(subject: Subject, case_id: str, file_id: str) -> EvidenceFile:
    """A file of a message, for a download that no browser opens. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    found = MessageFile.objects.filter(
        message__case=row, public_id=ids.folded(file_id), scope_id__in=permits.scopes(subject)
    )
    kept = found.select_related("blob").first()
    if kept is None:
        raise permits.NOTHING_HERE()
    return EvidenceFile(kept.name, files.read(kept.blob.sha256))
