"""Letters of a case: written, and sent by the mail room or by hand.

The words of a letter lie in its message, with their hash there and in the ledger. A replay tells of
letters long sent; it posts none.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from okiagari.cases import rules
from okiagari.cases.actions.clocks import start_clock
from okiagari.cases.actions.frame import (
    changing_any,
    changing_child,
    organisation_named,
    part_of,
    write_line,
)
from okiagari.cases.actions.messages import answered, is_embargoed, said_line, sent_line, settle
from okiagari.cases.models import Case, Communication, Evidence, MessageFile
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import Door, Subject
from okiagari.plumbing import clock, ids, ledger, mail
from okiagari.plumbing.models import Blob
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOT_A_LETTER = define(
    "cases.not_a_letter",
    Kind.CONFLICT,
    gettext_noop("This message is no letter that waits to be sent."),
    gettext_noop("Load the page again to see how it stands."),
)
NO_SUCH_FILE = define(
    "cases.no_such_file",
    Kind.INVALID,
    gettext_noop("“%(number)s” is no file that may go with this letter."),
    gettext_noop("Choose files kept as evidence of this case; those of one team go with its own letters."),
)
PROMISE_TWO = define(
    "cases.promise_two",
    Kind.INVALID,
    gettext_noop("A promise is what and until when."),
    gettext_noop("Say both, or neither."),
)


@dataclass(frozen=True)
class Inclosure:
    """A file that came with a message; its bytes are kept already."""

    name: str
    content_type: str
    sha256: str


class Along(TypedDict, total=False):
    """What goes with a letter: which template it began as, files of the case, what we say we will do.

    `part`: the part of one team it belongs to; an answer belongs where the question does.
    """

    template: str
    evidence: Sequence[str]
    promise: str
    promise_until: datetime | None
    part: str


def write(
    subject: Subject,
    case_id: str,
    *,
    audience: str,
    text: str,
    subject_line: str = "",
    language: str = "ja",
    organisation: str | None = None,
    counterpart: str = "",
    to: str = "",
    reply_to: str | None = None,
    **along: Unpack[Along],
) -> str:
    """Write a letter and post it. `to`: the address; without one that of whom it answers, or of the
    organisation. Returns its number.

    Raises as `rules.check_message`, GAPS_LEFT, LINE_TELLS, PROMISE_TWO, NO_SUCH_FILE, and what `mail.post`
    raises.
    """
    words = _Words(audience, text, subject_line, language, organisation, counterpart, to, reply_to)
    return _write(subject, case_id, words, along, ())


def write_inclosing(
    subject: Subject,
    case_id: str,
    inclosed: Sequence[Inclosure],
    *,
    audience: str,
    text: str,
    subject_line: str = "",
    language: str = "ja",
    organisation: str | None = None,
    counterpart: str = "",
    to: str = "",
) -> str:
    """The same with files that the house itself made and keeps; they are named as they may be outside."""
    words = _Words(audience, text, subject_line, language, organisation, counterpart, to)
    return _write(subject, case_id, words, {}, inclosed)


@dataclass(frozen=True)
class _Words:
    """What somebody wrote, and to whom."""

    audience: str
    text: str
    subject_line: str
    language: str
    organisation: str | None
    counterpart: str
    to: str
    reply_to: str | None = None


def _write(subject: Subject, case_id: str, words: _Words, along: Along, inclosed: Sequence[Inclosure]) -> str:
    rules.check_message(words.audience, "mail", "out", words.text)
    rules.check_filled(words.text)
    promise, until = along.get("promise", "").strip(), along.get("promise_until")
    if bool(promise) != (until is not None):
        raise PROMISE_TWO().at("promise" if until else "promise_until")
    row = Communication(
        audience=words.audience,
        direction="out",
        channel="mail",
        language=words.language,
        subject_line=words.subject_line,
        text=words.text.strip(),
        at=clock.now(),
        by_id=subject.person_id,
        counterpart=words.counterpart.strip()[:200],
        address=words.to.strip(),
        template=along.get("template", "")[:60],
    )
    part = along.get("part", "") or part_of(subject, words.reply_to)
    with ledger.action():
        with changing_any(subject, "cases.send", case_id, part=part) as case:
            row.organisation = organisation_named(words.organisation)
            row.reply_to = answered(subject, case, words.reply_to)
            _send(subject, case, row, [*_enclosed(case, along.get("evidence", ())), *inclosed])
        if until is not None:
            _promise(subject, case.public_id, promise, until, row.public_id)
    return row.public_id


def _send(subject: Subject, case: Case, row: Communication, files: Sequence[Inclosure]) -> None:
    """Complete the message from what it answers, post it, keep it, and let what it answers wait no more."""
    before = row.reply_to
    row.case, row.scope_id = case, case.here_scope_id
    row.subject_line = sent_line(case, row.subject_line) or rules.neutral_line(case.public_id)
    row.sha256 = hashlib.sha256(row.text.encode()).hexdigest()
    if before is not None:
        row.organisation = row.organisation or before.organisation
        row.counterpart = row.counterpart or before.counterpart
    row.address = row.address or _address(before, row.organisation)
    row.letter = _posted(subject, row, files)
    row.save()
    for kept in files:
        enclose(row, kept)
    settle(subject, before)
    said_line(subject, case, row)


def _address(before: Communication | None, organisation: Organisation | None) -> str:
    if before is not None and before.address:
        return before.address
    contact = organisation.contact.strip() if organisation else ""
    return contact if "@" in contact else ""


def _enclosed(case: Case, evidence: Sequence[str]) -> list[Inclosure]:
    """Files of the case that go along, called as they may be called outside. Raises NO_SUCH_FILE.

    A file of one team's part goes with a letter of that part alone: whoever reads the letter reads the file.
    """
    readable = Evidence.objects.filter(case=case, scope_id__in={case.scope_id, case.here_scope_id})
    rows = readable.exclude(blob=None).select_related("blob").in_bulk(field_name="public_id")
    found: list[Inclosure] = []
    for position, number in enumerate(dict.fromkeys(ids.folded(each) for each in evidence), start=1):
        row = rows.get(number)
        if row is None or row.blob is None:
            raise NO_SUCH_FILE(number=number).at("evidence")
        name = rules.file_name(row.name, case.public_id, position, embargoed=is_embargoed(case))
        found.append(Inclosure(name, "application/octet-stream", row.blob.sha256))
    return found


def enclose(row: Communication, kept: Inclosure) -> None:
    MessageFile.objects.create(
        message=row,
        scope_id=row.scope_id,
        blob=Blob.objects.get(sha256=kept.sha256),
        name=kept.name[:200],
        content_type=kept.content_type[:100],
    )


def _posted(subject: Subject, row: Communication, files: Sequence[Inclosure]) -> str:
    """The number of the letter in the mail room; none for what a replay tells of."""
    if subject.door == Door.REPLAY:
        return ""
    before = row.reply_to
    return mail.post(
        mail.Letter(
            to=row.address,
            subject=row.subject_line,
            text=row.text,
            in_reply_to=(before.message_id or before.letter) if before else "",
            files=[(each.name, each.content_type, each.sha256) for each in files],
        )
    )


def _promise(subject: Subject, case_id: str, promise: str, until: datetime, message: str) -> None:
    words = promise.strip()[:200]
    start_clock(
        subject,
        case_id,
        rule="promise",
        anchor_at=until,
        anchor_source=message,
        label=LocalText(dict.fromkeys(("ja", "en"), words)),
    )


def mark_sent(subject: Subject, message_id: str) -> None:
    """Say that a letter was copied and sent by hand. Raises NOT_A_LETTER."""
    with changing_child(subject, "cases.send", Communication, message_id, even_closed=True) as (case, seen):
        if not seen.letter:
            raise NOT_A_LETTER()
        mail.sent_by_hand(seen.letter)
        write_line(case, subject, "sent_by_hand", message=seen.public_id, sha256=seen.sha256)


def send_again(subject: Subject, message_id: str) -> None:
    """Try a letter that failed once more. Raises NOT_A_LETTER."""
    with changing_child(subject, "cases.send", Communication, message_id, even_closed=True) as (case, seen):
        if not seen.letter:
            raise NOT_A_LETTER()
        mail.send_again(seen.letter)
        write_line(case, subject, "sent_again", message=seen.public_id)
