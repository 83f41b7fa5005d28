"""One address outside that may be asked, and nothing else. No Django.

In: the base address an operator has set, a path below it. Out: status and body. The name is looked up once
per request and the connection goes to the very address that was looked at: it must be a public one, so that
no name leads into the maker's own network. (A loopback address is allowed where the operator wrote one: for a
test stand.) Never follows a redirect, takes a proxy or a password from the machine, reads more than the
limit, or waits longer than it is told.
"""

import hashlib
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from okiagari import __version__
from okiagari.engines.outside import NOT_ALLOWED, UNREACHABLE

SECONDS = 20.0
LIMIT = 4_000_000
CHUNK = 65_536
OK = 200
NAME = f"okiagari/{__version__}"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Reply:
    """What came back. `data` is at most the limit."""

    status: int
    data: bytes


@dataclass(frozen=True)
class Digest:
    """What came back, of which only the SHA-256 is kept. `location`: where a redirect leads."""

    status: int
    sha256: str
    size: int
    location: str = ""


class GuardedHttp:
    """Requests below one base address. `seconds`: for a request from its first byte to its last.

    `may_be_here`: whether the address may be one of this machine; never where not an operator writes it.
    """

    def __init__(
        self, base: str, *, seconds: float = SECONDS, limit: int = LIMIT, may_be_here: bool = True
    ) -> None:
        self.base = base.rstrip("/")
        self.seconds = seconds
        self.limit = limit
        parts = urlsplit(self.base)
        self.host = parts.hostname or ""
        self._port = parts.port or (80 if parts.scheme == "http" else 443)
        self._is_loopback = may_be_here and self.host in _LOOPBACK
        if parts.scheme != "https" and not self._is_loopback:
            raise NOT_ALLOWED(host=self.host)
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(verify=ssl.create_default_context(), trust_env=False),
            trust_env=False,
            follow_redirects=False,
            timeout=seconds,
            headers={"User-Agent": NAME, "Accept": "application/json"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> Reply:
        """Ask once. `body` goes out as JSON. Raises UNREACHABLE, NOT_ALLOWED; any status is an answer."""
        given: dict[str, Any] = {"params": query, "json": body} if body is not None else {"params": query}
        given["headers"] = dict(headers or {})
        until = time.monotonic() + self.seconds
        with self._answered(method, path, given) as response:
            return Reply(response.status_code, b"".join(self._parts(response.iter_bytes(), until)))

    def digest(self, path: str) -> Digest:
        """Take a file for its SHA-256 alone, as it lies on the server; nothing is kept. Raises the same."""
        until = time.monotonic() + self.seconds
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        known, size = hashlib.sha256(), 0
        with self._answered("GET", path, {"headers": headers}) as response:
            if response.status_code == OK:
                for part in self._parts(response.iter_raw(CHUNK), until):
                    known.update(part)
                    size += len(part)
            location = response.headers.get("Location", "")
            return Digest(response.status_code, known.hexdigest() if size else "", size, location)

    @contextmanager
    def _answered(self, method: str, path: str, given: Mapping[str, Any]) -> Iterator[httpx.Response]:
        """The head of the answer; its body is read, or not, within the block."""
        try:
            address = self._looked_up()
            request = self._client.build_request(method, f"{self.base}/{path}", **given)
            # to the address that was looked at, in the name that was asked for
            request.headers["Host"] = request.url.netloc.decode("ascii")
            request.extensions = {**request.extensions, "sni_hostname": self.host}
            request.url = request.url.copy_with(host=address)
            response = self._client.send(request, stream=True)
            try:
                yield response
            finally:
                response.close()
        except (httpx.HTTPError, OSError, UnicodeError) as error:
            raise UNREACHABLE(host=self.host, why=type(error).__name__) from None

    def _looked_up(self) -> str:
        """An address of the host; all of them must be public. Raises NOT_ALLOWED, OSError."""
        found = socket.getaddrinfo(self.host, self._port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]).partition("%")[0] for each in found]
        for each in addresses:
            known = ip_address(each)
            allowed = known.is_loopback if self._is_loopback else known.is_global and not known.is_multicast
            if not allowed:
                raise NOT_ALLOWED(host=self.host)
        return addresses[0]

    def _parts(self, parts: Iterable[bytes], until: float) -> Iterator[bytes]:
        """A body as far as it may be read."""
        size = 0
        for part in parts:
            size += len(part)
            if size > self.limit:
                raise UNREACHABLE(host=self.host, why=f"more than {self.limit:,} bytes")
            if time.monotonic() > until:
                raise UNREACHABLE(host=self.host, why="too slow")
            yield part
