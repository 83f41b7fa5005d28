"""A published tree by hand, signed, and a server on loopback that serves it over TLS as the guide says."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from okiagari.disclose.site import planning, tree
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.provider import Signing
from okiagari.disclose.site.writer import Writer
from okiagari.standards import openpgp
from tests.disclose.making import SITE, content, entry

PUBLIC = replace(SITE, contact="psirt@maker.example", report_url="https://maker.example/report/")
SECRET = openpgp.generate("PSIRT <psirt@maker.example>", lasting=timedelta(days=365))
OTHER = openpgp.generate("PSIRT, next <psirt@maker.example>", lasting=timedelta(days=365))


class Counting:
    """Signs, and counts how often."""

    def __init__(self, secret: bytes = SECRET) -> None:
        self.signer = openpgp.Signer(secret)
        self.key = openpgp.public(secret)
        self.times = 0

    def sign(self, data: bytes) -> bytes:
        self.times += 1
        return self.signer.sign(data)

    def signing(self, *also: openpgp.Key) -> Signing:
        return Signing((*also, self.key), self.key.fingerprint, self.sign, self.signer.sign_text)


def two() -> list[Entry]:
    return [entry(content(tracking_id="SA-1")), entry(content(tracking_id="SA-2", languages=["ja"]))]


def publish(folder: Path, entries: list[Entry], signing: Signing, site: Site = PUBLIC) -> Path:
    """Publish over what is there; the tree that is public then."""
    before = tree.current(folder)
    plan = planning.plan(entries, site, before, signing)
    tree.switch(folder, tree.write(folder, plan, Writer()), Writer())
    return folder / "current"


Reply = tuple[int, Mapping[str, str], bytes]


@dataclass
class Host:
    """A server of one's own. `special`: what it answers at some paths instead; `asked`: (path, agent)."""

    root: Path | None = None
    headers: dict[str, str] = field(default_factory=lambda: {"Access-Control-Allow-Origin": "*"})
    special: dict[str, Callable[[str], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    ca: Path = Path()

    def reply(self, path: str, agent: str) -> Reply:
        self.asked.append((path, agent))
        if path in self.special:
            return self.special[path](agent)
        inside = path.removeprefix("/security")
        if self.root is None or (inside == path and not path.startswith("/.well-known/")):
            return 404, {}, b""
        place = self.root / inside.lstrip("/")
        place = place / "index.html" if place.is_dir() else place
        return (200, self.headers, place.read_bytes()) if place.is_file() else (404, {}, b"")


class Quiet(ThreadingHTTPServer):
    """Clients that hang up, as those do that do not trust it, are none of its business."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    """A host on loopback with a certificate of its own; `ca` is the file that says to trust it."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = host.reply(self.path, self.headers.get("User-Agent", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Nobody reads it."""

    host.ca, key = certificate(folder)
    server = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(host.ca, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    host.url = f"https://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> tuple[Path, Path]:
    """For 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)  # noqa: TID251 - TLS asks the real clock
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate, secret
