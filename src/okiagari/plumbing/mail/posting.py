"""Posting letters, and how they stand. No connection is opened here; see `delivering`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from okiagari.plumbing import clock, ids, jobs, ledger, outside
from okiagari.plumbing.models import LetterOut
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.mail.compose import one_line
from okiagari.standards.mail.servers import Smtp, is_address

DELIVER = "mail.deliver"
NOT_AN_ADDRESS = define(
    "mail.not_an_address",
    Kind.INVALID,
    gettext_noop("This is not an address mail can be sent to."),
    gettext_noop("Write one plain address, such as psirt@maker.example."),
)
TO_OURSELVES = define(
    "mail.to_ourselves",
    Kind.INVALID,
    gettext_noop("This is the address our own letters come from."),
    gettext_noop("Write the address of the person or the desk that is to read it."),
)
NOT_WAITING = define(
    "mail.not_waiting",
    Kind.CONFLICT,
    gettext_noop("This letter has already gone out."),
    gettext_noop("Load the page again to see when."),
)


@dataclass(frozen=True)
class MailRoom:
    """Who says in the ledger that a letter did not arrive."""

    kind: str = "system"
    key: str = "mail"
    door: str = "inside"


@dataclass(frozen=True)
class Letter:
    """What is to be said to one address.

    `in_reply_to` is the number of an earlier letter of ours, or the Message-ID of a mail it answers.
    `files`: (name, content type, sha256 of a kept blob). `is_notice`: the system itself writes; nobody
    copies it by hand, and where no server is set up it is not sent at all.
    """

    to: str
    subject: str
    text: str
    in_reply_to: str = ""
    files: Sequence[tuple[str, str, str]] = ()
    is_notice: bool = False


@dataclass(frozen=True)
class Delivery:
    """How a letter stands: queued, sent, failed, by_hand, sent_by_hand, not_sent. No address in it."""

    id: str
    state: str
    posted_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    error: str
    bounced_at: datetime | None


def is_set_up() -> bool:
    return settings.ENVIRONMENT.smtp is not None


def own_address() -> str:
    smtp: Smtp | None = settings.ENVIRONMENT.smtp
    return smtp.sender.lower() if smtp else ""


def is_own(address: str) -> bool:
    """Whether it is the address our letters come from."""
    return bool(own_address()) and address.strip().lower() == own_address()


def post(letter: Letter) -> str:
    """Write a letter, inside the caller's transaction; one without an address is copied by hand.

    Returns its number.

    Raises NOT_AN_ADDRESS, TO_OURSELVES.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a letter is posted outside the transaction of its action")
    to = letter.to.strip()
    if to:
        _check(to)
    row = LetterOut(
        to=to,
        subject=one_line(letter.subject)[:300],
        text=letter.text,
        files=[list(file) for file in letter.files],
        is_notice=letter.is_notice,
        state=_first_state(letter, to),
        posted_at=clock.now(),
    )
    row.in_reply_to, row.references = _ancestors(letter.in_reply_to)
    row.message_id = f"<{ids.secret()}@{_domain()}>"
    row.save()
    if row.state == "queued":
        jobs.enqueue(DELIVER, {"letter": row.public_id}, key=f"{DELIVER}:{row.public_id}")
    return row.public_id


def _check(to: str) -> None:
    if not is_address(to):
        raise NOT_AN_ADDRESS().at("to")
    if is_own(to):
        raise TO_OURSELVES().at("to")


def _first_state(letter: Letter, to: str) -> str:
    if outside.is_silent():
        return "not_sent"
    if is_set_up() and to:
        return "queued"
    return "not_sent" if letter.is_notice else "by_hand"


def _domain() -> str:
    return own_address().rpartition("@")[2] or "okiagari.invalid"


def _ancestors(in_reply_to: str) -> tuple[str, str]:
    """The Message-ID it answers and those before, from the number of a letter or a Message-ID."""
    if not in_reply_to:
        return "", ""
    before = LetterOut.objects.filter(public_id=in_reply_to).first()
    if before is None:
        return (in_reply_to, in_reply_to) if in_reply_to.startswith("<") else ("", "")
    chain = [*before.references.split(), before.message_id]
    return before.message_id, " ".join(chain[-20:])


def deliveries(numbers: Iterable[str]) -> Mapping[str, Delivery]:
    """How these letters stand, by number. The caller has already decided who may know of them."""
    rows = LetterOut.objects.filter(public_id__in=[number for number in numbers if number])
    return {row.public_id: _delivery(row) for row in rows}


def _delivery(row: LetterOut) -> Delivery:
    return Delivery(
        row.public_id, row.state, row.posted_at, row.sent_at, row.next_try_at, row.error, row.bounced_at
    )


def by_hand(number: str) -> Letter | None:
    """A letter with its address, for whoever may know it and has to copy it."""
    row = LetterOut.objects.filter(public_id=number).first()
    return Letter(row.to, row.subject, row.text) if row else None


def sent_by_hand(number: str) -> None:
    """Somebody copied it and sent it another way. Raises NOT_WAITING."""
    waiting = LetterOut.objects.filter(public_id=number, state__in=("by_hand", "failed"))
    if not waiting.update(state="sent_by_hand", sent_at=clock.now(), error=""):
        raise NOT_WAITING()


def send_again(number: str) -> None:
    """Try a failed letter once more. Raises NOT_WAITING."""
    if not LetterOut.objects.filter(public_id=number, state="failed").update(
        state="queued", attempts=0, error="", next_try_at=None, bounced_at=None
    ):
        raise NOT_WAITING()
    jobs.enqueue(DELIVER, {"letter": number}, key=f"{DELIVER}:{number}")


def answered_letter(message_ids: Sequence[str]) -> tuple[str, str] | None:
    """Which letter of ours stands nearest in a thread, and to whom it went: (number, address)."""
    found = {row.message_id: row for row in LetterOut.objects.filter(message_id__in=list(message_ids)[:100])}
    row = next((found[each] for each in message_ids if each in found), None)
    return (row.public_id, row.to.lower()) if row else None


def bounced(message_ids: Sequence[str], *, status: str, is_final: bool) -> str:
    """Note that a letter came back. Returns its number, or "" where none of these is ours."""
    row = LetterOut.objects.filter(message_id__in=list(message_ids)[:100]).order_by("-pk").first()
    if row is None:
        return ""
    if is_final and row.state != "failed":
        LetterOut.objects.filter(pk=row.pk).update(bounced_at=clock.now())
        failed(row, f"returned {status}".strip())
    return row.public_id


def failed(row: LetterOut, why: str) -> None:
    """It did not arrive and nothing is tried any more. The line is for whoever waits for the letter."""
    with ledger.action():
        LetterOut.objects.filter(pk=row.pk).update(
            state="failed", attempts=row.attempts, error=why[:200], next_try_at=None
        )
        ledger.append(
            ("letter", row.public_id), subject=MailRoom(), verb="mail.failed", facts={"error": why[:200]}
        )


def forget(address: str) -> None:
    """Erase an address and what was written to it."""
    LetterOut.objects.filter(to__iexact=address.strip(), state="queued").update(state="not_sent")
    LetterOut.objects.filter(to__iexact=address.strip()).update(to="", subject="", text="", files=[])
