"""A letter as the bytes that go to an SMTP server.

In: an `Outgoing`. Out: RFC 5322 with CRLF, plain text in UTF-8, names and subjects in any script
(RFC 2047, RFC 2231). The same value gives the same bytes. It never writes HTML, and no line break of
the input can begin another header.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


@dataclass(frozen=True)
class File:
    """A file that goes along."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Outgoing:
    """A letter ready to be sent. `is_automatic`: no person wrote it, and nothing may answer it."""

    message_id: str
    sender: str
    to: str
    subject: str
    text: str
    at: datetime
    sender_name: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    is_automatic: bool = False
    files: tuple[File, ...] = ()


def compose(letter: Outgoing) -> bytes:
    """The bytes of a letter."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(letter.sender_name), addr_spec=letter.sender)
    message["To"] = Address("", addr_spec=letter.to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = one_line(letter.in_reply_to)
        chain = dict.fromkeys([*letter.references, letter.in_reply_to])
        message["References"] = one_line(" ".join(chain))
    if letter.is_automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text.rstrip() + "\n", charset="utf-8", cte="base64")
    for file in letter.files:
        kind, _, sub = file.content_type.partition("/")
        message.add_attachment(
            file.content,
            maintype=kind if sub and kind not in ("message", "multipart") else "application",
            subtype=sub if sub and kind not in ("message", "multipart") else "octet-stream",
            filename=one_line(file.name),
        )
    if message.is_multipart():
        message.set_boundary(hashlib.sha256(letter.message_id.encode()).hexdigest()[:40])
    return message.as_bytes()


def one_line(text: str) -> str:
    """Without line breaks and control characters: what may stand in a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
