"""Mail servers that speak the real protocols on loopback: SMTP by aiosmtpd, IMAP by pymap."""

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.conf import settings
from imap_tools import MailBoxUnencrypted

from okiagari.standards.mail.servers import Imap, Smtp, read_imap, read_smtp

USER, PASSWORD = "psirt", "correct horse"
SENDER = "psirt@maker.example"


@dataclass
class Post:
    """What an SMTP server took, and what it answers next: "" is "taken"."""

    port: int = 0
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        answer = self.answers.pop(0) if self.answers else ""
        if not answer:
            self.taken.append((envelope.rcpt_tos, envelope.content))
        return answer or "250 taken"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, *_: Any) -> str:  # noqa: N802
        if address.startswith("nobody@"):
            return f"550 5.1.1 <{address}> unknown here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=default) for _, raw in self.taken]


class _AnyPort(Controller):
    """A controller that listens on whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def post_office(
    *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Post]:
    """A running SMTP server; with `starttls` it takes letters of its user only, and only encrypted."""
    post = Post()

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        post.logins.append(given)
        return AuthResult(success=given == (USER, PASSWORD), handled=False)

    options: dict[str, Any] = {}
    if starttls:
        options = {
            "authenticator": check,
            "auth_required": True,
            "tls_context": starttls,
            "require_starttls": True,
        }
    if tls:
        options["ssl_context"] = tls
    controller = _AnyPort(post, hostname="127.0.0.1", port=0, ready_timeout=10, **options)
    controller.start()
    try:
        post.port = controller.port
        yield post
    finally:
        controller.stop()


def use(monkeypatch: pytest.MonkeyPatch, smtp: Smtp | None) -> None:
    """This installation hands its letters over there."""
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, smtp=smtp))


def address_of(post: Post, *, login: str = "", scheme: str = "smtp") -> Smtp:
    return read_smtp(f"{scheme}://{login}127.0.0.1:{post.port}/?from={SENDER}&name=%E7%AA%93%E5%8F%A3")


@dataclass(frozen=True)
class Mailbox:
    """A mailbox on a running IMAP server."""

    port: int

    def address(self, *, scheme: str = "imap", options: str = "", password: str = PASSWORD) -> Imap:
        return read_imap(f"{scheme}://{USER}:{quote(password)}@127.0.0.1:{self.port}/INBOX?{options}")

    def put(self, raw: bytes) -> None:
        """Somebody sent this."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD) as box:
            box.append(raw, "INBOX")

    def folder(self, name: str) -> None:
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD) as box:
            box.folder.create(name)

    def lie_in(self, folder: str, criteria: str = "ALL") -> int:
        """How many mails lie there."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD, initial_folder=folder) as box:
            return len(box.uids(criteria))


@contextmanager
def mail_server(folder: Path | None = None) -> Iterator[Mailbox]:
    """A running IMAP server with one empty mailbox; `folder` holds the certificate it shows."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    tls = ["--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")] if folder else ["--no-tls"]
    command = [str(Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1", "--port", str(port), *tls]
    account = ["--demo-user", USER, "--demo-password", PASSWORD]
    server = subprocess.Popen(
        [*command, "dict", *account], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield Mailbox(port)
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
                return
        except OSError:
            sleep(0.05)
    raise RuntimeError("the mail server did not start")
