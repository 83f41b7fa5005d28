"""What arrives by mail, as values.

In: the bytes of one message, however broken. Out: an `Incoming`; it never raises for what a stranger
sent. Text in any Japanese charset that mail programs use (ISO-2022-JP, Shift_JIS, EUC-JP, UTF-8, or
none declared); a mail that is HTML only is reduced to its words. Automatic mail (RFC 3834) and bounces
(RFC 3464) are recognised. The From line says who claims to write, and no more.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import Header, decode_header
from email.message import EmailMessage, Message
from email.policy import compat32, default
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import cast

from okiagari.standards.mail.html import to_text

_CHARSETS = {
    "shift_jis": ("cp932", "shift_jis_2004"),
    "shift-jis": ("cp932", "shift_jis_2004"),
    "x-sjis": ("cp932",),
    "iso-2022-jp": ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004", "iso2022_jp_3"),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
}
_GUESSES = ("utf-8", "iso2022_jp", "cp932", "euc_jp")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")
_AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(automatic reply|auto(matic)?[- ]?response|out of office|自動(返信|応答))", re.IGNORECASE
)


@dataclass(frozen=True)
class Part:
    """A file that came along, as its sender calls it."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Bounce:
    """A letter that did not arrive. `is_final`: nobody tries it any more."""

    letters: tuple[str, ...]
    is_final: bool
    status: str


@dataclass(frozen=True)
class Incoming:
    """One mail. `automatic`: a program wrote it, nothing may answer. `thread`: nearest ancestor first."""

    message_id: str
    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    text: str
    at: datetime | None
    thread: tuple[str, ...]
    is_reduced: bool
    automatic: bool
    bounce: Bounce | None
    parts: tuple[Part, ...]


def read(raw: bytes) -> Incoming:
    """The values of one message."""
    message = message_from_bytes(raw, policy=default)
    plain = message_from_bytes(raw, policy=compat32)
    name, sender = parseaddr(_raw(plain, "From"))
    text, is_reduced = _text(message)
    return Incoming(
        message_id=next(iter(_ids(_header(plain, "Message-ID"))), ""),
        sender=sender.strip().lower()[:320],
        sender_name=_tidy(_words(name))[:200],
        to=tuple(_recipients(plain)),
        subject=_tidy(_header(plain, "Subject"))[:300],
        text=text,
        at=_date(_header(plain, "Date")),
        thread=_thread(plain),
        is_reduced=is_reduced,
        automatic=_is_automatic(plain),
        bounce=_bounce(message, plain),
        parts=tuple(_parts(message)),
    )


def _raw(message: Message, name: str) -> str:
    """A header as one line; encoded words still encoded, bare bytes read in whatever charset fits."""
    value: Header | str | None = message.get(name)
    if value is None:
        return ""
    if isinstance(value, Header):
        value = "".join(_piece(piece, charset) for piece, charset in decode_header(value))
    return " ".join(value.split())


def _header(message: Message, name: str) -> str:
    """The words of a header."""
    return _words(_raw(message, name))


def _words(raw: str) -> str:
    """Encoded words in any charset, decoded."""
    try:
        return "".join(_piece(piece, charset) for piece, charset in decode_header(raw))
    except (ValueError, LookupError):
        return raw


def _piece(piece: bytes | str, charset: str | None) -> str:
    return piece if isinstance(piece, str) else decoded(piece, charset or "")


def decoded(raw: bytes, charset: str) -> str:
    """Bytes as text: the charset that is named first, then those mail is written in, then what is left."""
    named = charset.strip().lower().strip("\"'")
    tries: tuple[str, ...] = _CHARSETS.get(
        named, (named,) if named not in ("", "unknown-8bit", "us-ascii") else ()
    )
    if not tries and b"\x1b$" in raw:
        tries = _CHARSETS["iso-2022-jp"]
    for each in (*tries, *_GUESSES):
        try:
            return raw.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _tidy(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _ids(text: str) -> list[str]:
    return _MESSAGE_ID.findall(text)


def _thread(message: Message) -> tuple[str, ...]:
    """What it answers, the nearest first."""
    nearest = _ids(_header(message, "In-Reply-To"))
    return tuple(dict.fromkeys([*nearest, *reversed(_ids(_header(message, "References")))]))[:60]


def _recipients(message: Message) -> Iterator[str]:
    fields = [_raw(message, name) for name in ("To", "Cc", "Delivered-To")]
    for _, address in getaddresses([field for field in fields if field]):
        if "@" in address:
            yield address.strip().lower()[:320]


def _date(text: str) -> datetime | None:
    try:
        said = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)


def _is_automatic(message: Message) -> bool:
    """Whether a program wrote it."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From")):
        return True
    if _header(message, "Precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    return bool(_AUTOMATIC_SUBJECT.match(_header(message, "Subject")))


def _bounce(message: EmailMessage, plain: Message) -> Bounce | None:
    """A delivery report, of the kind programs read or of the old kind without form."""
    sender = parseaddr(_raw(plain, "From"))[1].lower()
    is_report = plain.get_content_type() == "multipart/report" and "delivery-status" in str(
        plain.get_param("report-type", "")
    )
    is_old = sender.partition("@")[0] in ("mailer-daemon", "postmaster") and (
        _header(plain, "Return-Path") in ("", "<>")
    )
    if not (is_report or is_old):
        return None
    told = "\n".join(_reported(message)) if is_report else ""
    status = re.search(r"^Status:\s*(\d\.\d{1,3}\.\d{1,3})", told, re.MULTILINE | re.IGNORECASE)
    action = re.search(r"^Action:\s*(\w+)", told, re.MULTILINE | re.IGNORECASE)
    return Bounce(
        letters=_returned(message) or _thread(plain),
        is_final=(action.group(1).lower() if action else "failed") == "failed",
        status=status.group(1) if status else "",
    )


def _reported(message: EmailMessage) -> Iterable[str]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (str(block) for block in blocks) if isinstance(blocks, list) else (str(blocks),)


def _returned(message: EmailMessage) -> tuple[str, ...]:
    """The Message-ID of the letter that came back."""
    found: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner:
                found += _ids(_header(cast(Message, inner[0]), "Message-ID"))
        elif kind in ("text/rfc822-headers", "text/plain"):
            text = decoded(_bytes(part), part.get_content_charset() or "")
            lines = re.findall(r"^Message-ID:(.*)$", text, re.MULTILINE | re.IGNORECASE)
            found += [each for line in lines for each in _ids(line)]
    return tuple(dict.fromkeys(found))


def _text(message: EmailMessage) -> tuple[str, bool]:
    """The words of the mail, and whether they had to be taken out of HTML."""
    try:
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
    except (KeyError, AttributeError, ValueError, IndexError):
        plain = html = None
    if plain is not None:
        text = _lines(decoded(_bytes(plain), _charset(plain)))
        if text.strip() or html is None:
            return text, False
    if html is not None:
        return to_text(decoded(_bytes(html), _charset(html))), True
    if not message.is_multipart() and message.get_content_maintype() == "text":
        return _lines(decoded(_bytes(message), _charset(message))), False
    return "", False


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError, AttributeError):
        return ""


def _bytes(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _lines(text: str) -> str:
    kept = "".join(
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\n\t" or sign.isprintable() or sign == "　"
    )
    return kept.strip()


def _parts(message: EmailMessage) -> Iterator[Part]:
    """Everything that is not the words themselves."""
    try:
        bodies = {id(message.get_body(("plain",))), id(message.get_body(("html",)))}
    except (KeyError, AttributeError, ValueError, IndexError):
        bodies = set()
    for part in message.walk():
        is_inside = part.get_content_maintype() == "multipart" or id(part) in bodies
        if is_inside or (part is message and part.get_content_maintype() == "text"):
            continue
        name = _name(part)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            content = inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]
            yield Part(name or "message.eml", "message/rfc822", content)
        elif (content := _bytes(part)) and (name or part.get_content_maintype() != "text"):
            yield Part(name or "attachment", part.get_content_type(), content)


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
        return _words(name)
    except (ValueError, LookupError, TypeError):
        return ""
