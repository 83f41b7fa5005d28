"""Mail that comes in: taken whole and once, then absorbed into reports and cases by a job.

Taking keeps the bytes and gives the mail to nobody; absorbing decides where it belongs (`rules.mail`),
and forgets the bytes. Doing either twice does nothing. What cannot be absorbed is tried again.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils.translation import gettext

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import delivering
from okiagari.intake.actions.quarantine import Kept, UploadedPart, quarantine
from okiagari.intake.models import Incoming
from okiagari.intake.rules import mail as rules
from okiagari.plumbing import clock, files, jobs, ledger, mail
from okiagari.plumbing.models import Blob
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop
from okiagari.standards.mail import reading

log = logging.getLogger("okiagari.intake")
ABSORB = "intake.absorb_mail"
LARGEST = 50 * 1024 * 1024
NOT_KEPT = gettext_noop("(%(count)s files were not kept: too many, or too large.)")
ONLY_HEAD = gettext_noop("(The mail is too large to be taken in. It lies in the mailbox.)")
NO_TEXT = gettext_noop("(The mail had no text.)")


@dataclass(frozen=True)
class Taken:
    """A mail that was taken. `outcome` once it is absorbed; `became`: the number of what it became."""

    id: str
    is_new: bool
    outcome: str = ""
    became: str = field(default="")


def take_mail(subject: Subject, raw: bytes, *, source: str = "file", too_large: bool = False) -> Taken:
    """Take one mail in; the same Message-ID again does nothing. `too_large`: only its head is here.

    Raises files.TOO_LARGE.
    """
    permits.require(subject, "intake.receive")
    key = hashlib.sha256((reading.read(raw).message_id or "").encode() or raw).hexdigest()
    known = Incoming.objects.filter(key=key).first()
    if known is not None:
        return Taken(known.public_id, is_new=False, outcome=known.outcome, became=known.became)
    blob = files.store((raw,), limit=LARGEST)
    first = {"raw": blob, "source": source[:12], "is_head": too_large, "taken_at": clock.now()}
    with ledger.action():
        row, is_new = Incoming.objects.get_or_create(key=key, defaults=first)
        if is_new:
            jobs.enqueue(ABSORB, {"mail": row.public_id}, key=f"{ABSORB}:{row.public_id}")
            transaction.on_commit(partial(_absorb_at_once, row.public_id))
    row.refresh_from_db()
    return Taken(row.public_id, is_new=is_new, outcome=row.outcome, became=row.became)


def _absorb_at_once(number: str) -> None:
    """The job stands behind this: what goes wrong here is tried again."""
    try:
        absorb_mail(number)
    except Exception:
        log.exception("%s was not absorbed at once", number)


def absorb_mail(number: str) -> bool:
    """Bring one taken mail to where it belongs. False when there was nothing left to do."""
    row = Incoming.objects.select_related("raw").filter(public_id=number, absorbed_at=None).first()
    if row is None or row.raw is None:
        return False
    read = reading.read(files.read(row.raw.sha256))
    kept, left_out = _quarantined(read.parts)
    with ledger.action():
        held = Incoming.objects.select_for_update().filter(pk=row.pk, absorbed_at=None).first()
        if held is None:
            return False
        outcome, became = _absorbed(read, _text(read, left_out, is_head=held.is_head), kept)
        blob, held.raw = held.raw, None
        held.outcome, held.became, held.absorbed_at = outcome, became, clock.now()
        held.save()
        _forget(blob)
    return True


def absorb_left() -> int:
    """Absorb every mail that still lies there, oldest first. Returns how many."""
    left = Incoming.objects.filter(absorbed_at=None).order_by("taken_at", "pk")
    return sum(absorb_mail(number) for number in list(left.values_list("public_id", flat=True)))


def _quarantined(parts: Sequence[reading.Part]) -> tuple[tuple[Kept, ...], int]:
    kept = [part for place, part in enumerate(parts) if rules.fits(len(part.content), place)]
    done = tuple(quarantine(UploadedPart(part.name, part.content_type, (part.content,))) for part in kept)
    return done, len(parts) - len(kept)


def _text(read: reading.Incoming, left_out: int, *, is_head: bool) -> str:
    """What the mail says, with what is to be known of it. "" where it says nothing at all."""
    if not is_head and not read.text.strip() and not read.parts:
        return ""
    with house_language():
        words = gettext(ONLY_HEAD) if is_head else read.text.strip() or gettext(NO_TEXT)
        if left_out:
            words += "\n\n" + gettext(NOT_KEPT) % {"count": left_out}
    return words


def _absorbed(read: reading.Incoming, text: str, kept: tuple[Kept, ...]) -> tuple[str, str]:
    """What became of it: the outcome and a number."""
    if mail.is_own(read.sender) or mail.answered_letter([read.message_id]) is not None:
        return "own", ""
    if read.bounce is not None:
        letter = mail.bounced(read.bounce.letters, status=read.bounce.status, is_final=read.bounce.is_final)
        return "bounce", letter
    arrived = delivering.Arrived(read, text, kept)
    talk = delivering.conversation(read)
    if text and talk is not None and rules.comes_from(read.sender, talk.found.addresses):
        return talk.deliver(arrived)
    if read.automatic:
        return "automatic", ""
    if not text:
        return "empty", ""
    return "report", delivering.new_report(arrived, claims=talk.found.number if talk else "")


def _forget(blob: Blob | None) -> None:
    """The bytes held who wrote; nothing points to them any more."""
    if blob is not None and not Incoming.objects.filter(raw=blob).exists():
        files.forget(blob)
