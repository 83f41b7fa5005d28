"""Where mail goes out and comes in, each as one address.

In: ``smtps://user:password@host:465/?from=psirt@maker.example`` (TLS from the first byte),
``smtp+starttls://…`` (TLS before login) or ``smtp://…`` (none; this machine only); ``imaps://…/INBOX``,
``imap+starttls://…``, ``imap://…``. User and password are percent-encoded. Out: frozen values.
Errors: `NotAServerError` with what is allowed; it never repeats the address, which holds the password.
"""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SMTP_FORM = "smtps://user:password@host:465/?from=psirt@maker.example (or smtp+starttls://…:587)"
IMAP_FORM = "imaps://user:password@host:993/INBOX (or imap+starttls://…:143)"
SMTP_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
IMAP_PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
MEGABYTE = 1024 * 1024


class NotAServerError(ValueError):
    """The address cannot be used; the text says what it must be."""


@dataclass(frozen=True)
class Server:
    """A host with how to talk to it. `tls`: at once, starttls, or nothing."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Smtp:
    """Where letters are handed over, and from whom they come."""

    server: Server
    sender: str
    sender_name: str = ""


@dataclass(frozen=True)
class Imap:
    """A mailbox that is read. `after`: seen (marked) or moved (to `done`); larger mail is only noted."""

    server: Server
    mailbox: str = "INBOX"
    after: str = "seen"
    done: str = ""
    every_seconds: int = 60
    largest: int = 25 * MEGABYTE


def read_smtp(text: str) -> Smtp:
    """Options: ``from`` (needed), ``name``."""
    parts, options = _split(text, SMTP_PORTS, SMTP_FORM, frozenset({"from", "name"}))
    sender = options.get("from", "")
    if not is_address(sender):
        raise NotAServerError(f"{SMTP_FORM}; ?from= is the address letters come from")
    return Smtp(_server(parts, SMTP_PORTS, SMTP_FORM), sender, options.get("name", "").strip())


def read_imap(text: str) -> Imap:
    """Options: ``done`` (folder that read mail is moved to), ``every`` (seconds), ``largest`` (MB)."""
    parts, options = _split(text, IMAP_PORTS, IMAP_FORM, frozenset({"done", "every", "largest"}))
    server = _server(parts, IMAP_PORTS, IMAP_FORM)
    if not server.user:
        raise NotAServerError(f"{IMAP_FORM}; a mailbox needs a user")
    return Imap(
        server,
        mailbox=unquote(parts.path.strip("/")) or "INBOX",
        after="moved" if options.get("done") else "seen",
        done=options.get("done", ""),
        every_seconds=_number(options, "every", 60, 10, 86_400),
        largest=_number(options, "largest", 25, 1, 100) * MEGABYTE,
    )


def is_address(text: str) -> bool:
    """One plain address, local part and domain, without anything that could become a second header."""
    local, at, domain = text.rpartition("@")
    return bool((at and local and "." in domain) or (domain == "localhost" and local)) and not (
        set(text) & set(' \t\r\n<>,;:"()[]\\') or any(ord(sign) < 33 for sign in text)
    )


def _split(
    text: str, ports: dict[str, int], form: str, known: frozenset[str]
) -> tuple[SplitResult, dict[str, str]]:
    try:
        parts = urlsplit(text.strip())
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        port = parts.port
    except ValueError:
        raise NotAServerError(form) from None
    if parts.scheme not in ports or not parts.hostname or port == 0:
        raise NotAServerError(form)
    if unknown := set(options) - known:
        raise NotAServerError(f"{form}; it has no option {', '.join(sorted(unknown))}")
    return parts, options


def _server(parts: SplitResult, ports: dict[str, int], form: str) -> Server:
    host = parts.hostname or ""
    tls = dict.fromkeys(("smtps", "imaps"), "at once").get(parts.scheme, "")
    tls = "starttls" if parts.scheme.endswith("+starttls") else tls
    if not tls and not _is_here(host):
        raise NotAServerError(f"{form}; without TLS only on this machine")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise NotAServerError(f"{form}; user and password come together")
    return Server(host, parts.port or ports[parts.scheme], tls, user, password)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _number(options: dict[str, str], name: str, default: int, least: int, most: int) -> int:
    value = options.get(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise NotAServerError(f"{IMAP_FORM}; {name} is a number from {least} to {most}")
    return int(value)
