"""Hands letters to the SMTP server: a job per letter, tried for two days, further and further apart.

A letter keeps its Message-ID whatever happens, so that one handed over twice (the server took it, the
answer was lost) is one to whoever receives it. What the server answers is kept without addresses.
"""

import logging
import re
import smtplib
import ssl
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings

from okiagari.plumbing import clock, files, jobs
from okiagari.plumbing.mail.posting import DELIVER, failed
from okiagari.plumbing.models import LetterOut
from okiagari.standards.mail.compose import File, Outgoing, compose
from okiagari.standards.mail.servers import Server, Smtp

log = logging.getLogger("okiagari.mail")
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 30, 60, 120, 240, 480, 720, 1200))
SECONDS = 30
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")


@jobs.handles(DELIVER)
def deliver(payload: Mapping[str, Any]) -> None:
    """Try one letter once. It stays queued, is sent, or has failed."""
    row = LetterOut.objects.filter(public_id=str(payload["letter"]), state="queued").first()
    smtp: Smtp | None = settings.ENVIRONMENT.smtp
    if row is None:
        return
    if smtp is None:
        LetterOut.objects.filter(pk=row.pk, state="queued").update(state="by_hand", next_try_at=None)
        return
    try:
        _hand_over(smtp, row)
    except (smtplib.SMTPException, OSError) as error:
        _put_off(row, error)
        return
    sent = LetterOut.objects.filter(pk=row.pk, state="queued")
    sent.update(state="sent", sent_at=clock.now(), error="", next_try_at=None)


def _hand_over(smtp: Smtp, row: LetterOut) -> None:
    raw = compose(
        Outgoing(
            message_id=row.message_id,
            sender=smtp.sender,
            sender_name=smtp.sender_name,
            to=row.to,
            subject=row.subject,
            text=row.text,
            at=row.posted_at,
            in_reply_to=row.in_reply_to,
            references=tuple(row.references.split()),
            is_automatic=row.is_notice,
            files=tuple(File(name, files.read(sha256), kind) for name, kind, sha256 in row.files),
        )
    )
    with connected(smtp.server) as client:
        client.sendmail(smtp.sender, [row.to], raw)


def connected(server: Server) -> smtplib.SMTP:
    """A session with the server, encrypted and logged in as far as its address says."""
    context = ssl.create_default_context()
    client: smtplib.SMTP
    if server.tls == "at once":
        client = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.tls == "starttls":
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
    except BaseException:
        client.close()
        raise
    return client


def _put_off(row: LetterOut, error: Exception) -> None:
    """Try again later, unless the server said never."""
    said = told(error)
    row.attempts += 1
    log.warning("letter %s, attempt %s: %s", row.public_id, row.attempts, said)
    if is_final(error) or row.attempts > len(WAITS):
        failed(row, said)
        return
    next_try = clock.now() + WAITS[row.attempts - 1]
    LetterOut.objects.filter(pk=row.pk, state="queued").update(
        attempts=row.attempts, error=said, next_try_at=next_try
    )
    jobs.enqueue(DELIVER, {"letter": row.public_id}, run_at=next_try, key=f"{DELIVER}:{row.public_id}")


def is_final(error: Exception) -> bool:
    """Whether the server will never take this letter. A login that fails may be mended by somebody."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def told(error: Exception) -> str:
    """What the server said, without addresses and without what was sent to log in."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code} the server refused the login"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        text = f"{code} {_words(answer)}"
    elif isinstance(error, smtplib.SMTPResponseException):
        text = f"{error.smtp_code} {_words(error.smtp_error)}"
    elif isinstance(error, ssl.SSLError):
        text = f"TLS: {error.reason or type(error).__name__}"
    else:
        text = (
            type(error).__name__
            if isinstance(error, smtplib.SMTPException)
            else (error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__)
        )
    return _ADDRESS.sub("…", text)[:200]


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
