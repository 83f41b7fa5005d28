"""Reads the mailbox of the installation over IMAP, as a job that comes back.

In: `ENVIRONMENT.imap`. Out: mails taken (see `actions.mailing`). A mail is marked as seen, or moved, only
after it is taken, so that a crash in between takes it again, which does nothing. A mail that is too large
stays where it is, unseen by us: its head becomes a report, so that somebody looks. Nothing is deleted.
"""

import logging
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from imap_tools import (
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessageFlags,
)

from okiagari.desk.subjects import SYSTEM, Door
from okiagari.intake.actions import mailing
from okiagari.plumbing import clock, jobs
from okiagari.standards.mail.servers import Imap, Server

log = logging.getLogger("okiagari.mail")
POLL = "intake.poll_mailbox"
TICK_SECONDS = 10
AT_ONCE = 50
SECONDS = 30
_UID = re.compile(r"\bUID (\d+)")
_SIZE = re.compile(r"\bRFC822\.SIZE (\d+)")
_last: list[float] = []


@contextmanager
def opened(imap: Imap) -> Iterator[BaseMailBox]:
    """A session in the mailbox, encrypted as far as its address says."""
    server, box = imap.server, _box(imap.server)
    try:
        box.login(server.user, server.password, initial_folder=imap.mailbox)
        yield box
    finally:
        try:
            box.logout()
        except (ImapToolsError, OSError, box.client.error):
            log.debug("the mailbox hung up first")


def _box(server: Server) -> BaseMailBox:
    context = ssl.create_default_context()
    if server.tls == "at once":
        return MailBox(server.host, server.port, timeout=SECONDS, ssl_context=context)
    if server.tls == "starttls":
        return MailBoxStartTls(server.host, server.port, timeout=SECONDS, ssl_context=context)
    return MailBoxUnencrypted(server.host, server.port, timeout=SECONDS)


def poll(imap: Imap) -> int:
    """Take what is new in the mailbox, at most fifty at once. Returns how many."""
    subject, count = SYSTEM.through(Door.MAIL), 0
    with opened(imap) as box:
        sizes = _sizes(box, box.uids("UNSEEN")[:AT_ONCE])
        for uid, size in sizes.items():
            raw = _raw(box, uid, whole=size <= imap.largest)
            mailing.take_mail(subject, raw, source="imap", too_large=size > imap.largest)
            _done(box, imap, uid)
            count += 1
    return count


def _sizes(box: BaseMailBox, uids: list[str]) -> dict[str, int]:
    if not uids:
        return {}
    found = {}
    _, answers = box.client.uid("fetch", ",".join(uids), "(UID RFC822.SIZE)")
    for answer in answers:
        text = bytes((answer[0] if isinstance(answer, tuple) else answer) or b"").decode("ascii", "replace")
        uid, size = _UID.search(text), _SIZE.search(text)
        if uid and size:
            found[uid.group(1)] = int(size.group(1))
    return found


def _raw(box: BaseMailBox, uid: str, *, whole: bool) -> bytes:
    part = "BODY.PEEK[]" if whole else "BODY.PEEK[HEADER]"
    _, answers = box.client.uid("fetch", uid, f"({part})")
    return next((bytes(answer[1]) for answer in answers if isinstance(answer, tuple)), b"")


def _done(box: BaseMailBox, imap: Imap, uid: str) -> None:
    box.flag(uid, MailMessageFlags.SEEN, value=True)
    if imap.after == "moved":
        box.move(uid, imap.done)


@jobs.handles(POLL, every_seconds=TICK_SECONDS)
def poll_when_due(payload: Mapping[str, Any]) -> None:
    """Every so often, as the address says. A server that is away is asked again; a replay reads no mail."""
    imap: Imap | None = settings.ENVIRONMENT.imap
    now = clock.now().timestamp()
    if imap is None or clock.is_set() or (_last and now - _last[0] < imap.every_seconds):
        return
    _last[:] = [now]
    try:
        poll(imap)
    except (ImapToolsError, OSError) as error:
        log.warning("the mailbox cannot be read: %s", type(error).__name__)
