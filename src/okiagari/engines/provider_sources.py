"""Where a provider is looked at: a folder as it would be served, or the network. No Django.

Neither ever raises for what it finds. A folder is never left, through dots or links. Over the network
nothing is sent but GET, no password is ever taken from the machine, no more than the limit is read, a
redirect is followed only a few steps, to https or to the same host, and a server that asks to be left alone
for a while (429, 503 with Retry-After) is left alone.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpx

from okiagari import __version__
from okiagari.standards.provider.answers import DOCUMENT_LIMIT, Answer

WELL_KNOWN = "/.well-known/"
HOPS = 5
SECONDS = 20.0
PATIENCE, TIMES = 30.0, 3
"""Seconds one waits for a server that asks for it, and how often."""
NAME = f"okiagari/{__version__}"


class FolderSource:
    """A folder, served below `base`; its ``.well-known`` at the root of the host, too, as in the guide."""

    is_network = False

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder.resolve()
        self.base = base.rstrip("/")

    def listed(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*.json")):
            yield f"{self.base}/{quote(path.relative_to(self.folder).as_posix())}"

    def get(self, url: str, *, limit: int = DOCUMENT_LIMIT, agent: str = "") -> Answer:
        path = self._path(url)
        if path is None:
            return Answer(url, 0, error=f"lies outside {self.base}/")
        try:
            found = path.resolve()
            if not found.is_relative_to(self.folder):
                return Answer(url, 0, error="leads out of the folder")
            if found.is_dir():
                found = found / "index.html"
            if not found.is_file():
                return Answer(url, 404)
            with found.open("rb") as file:
                data = file.read(limit + 1)
        except (OSError, ValueError, RuntimeError) as error:
            return Answer(url, 0, error=f"cannot be read: {error}")
        return Answer(url, 0, error=_too_large(limit)) if len(data) > limit else Answer(url, 200, data)

    def _path(self, url: str) -> Path | None:
        parts = urlsplit(self.base)
        origin = f"{parts.scheme}://{parts.netloc}"
        if url.startswith(f"{self.base}/") or url == self.base:
            return self.folder / unquote(url[len(self.base) :]).lstrip("/")
        if url.startswith(origin + WELL_KNOWN):
            return self.folder / unquote(url[len(origin) :]).lstrip("/")
        return None


class HttpSource:
    """The network. `ca`: a file of certificates to trust instead of the system's."""

    is_network = True

    def __init__(
        self,
        ca: Path | None = None,
        seconds: float = SECONDS,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        context = ssl.create_default_context(cafile=str(ca) if ca else None)
        self._sleep = sleep
        self._client = httpx.Client(
            verify=context,
            timeout=seconds,
            follow_redirects=False,
            auth=lambda request: request,  # so that no password of the machine is sent along
            headers={"User-Agent": NAME, "Accept": "*/*"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def listed(self) -> Iterator[str]:
        return iter(())

    def get(self, url: str, *, limit: int = DOCUMENT_LIMIT, agent: str = "") -> Answer:
        hops: tuple[str, ...] = ()
        while True:
            answer, to = self._once(url, hops, limit, agent)
            if not to:
                return answer
            hops = (*hops, to)
            if len(hops) > HOPS:
                return Answer(url, 0, hops=hops, error=f"more than {HOPS} redirects")
            if not _may_follow(hops[-2] if len(hops) > 1 else url, to):
                return Answer(url, 0, hops=hops, error="neither https nor the same host; not followed")

    def _once(self, url: str, hops: tuple[str, ...], limit: int, agent: str) -> tuple[Answer, str]:
        """The answer, or where it was sent on to; later, where the server asks for that."""
        for _ in range(TIMES):
            answer, to = self._asked(url, hops, limit, agent)
            wait = _wait(answer)
            if wait is None:
                return answer, to
            self._sleep(wait)
        return self._asked(url, hops, limit, agent)

    def _asked(self, url: str, hops: tuple[str, ...], limit: int, agent: str) -> tuple[Answer, str]:
        at = hops[-1] if hops else url
        headers = {"User-Agent": agent} if agent else {}
        try:
            with self._client.stream("GET", at, headers=headers) as response:
                if response.is_redirect:
                    to = urljoin(at, response.headers.get("location", ""))
                    return Answer(url, response.status_code, hops=hops), to
                data = _read(response, limit)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, ValueError, UnicodeError) as error:
            return Answer(url, 0, hops=hops, error=f"{type(error).__name__}: {error}"[:200]), ""
        if data is None:
            return Answer(url, 0, hops=hops, error=_too_large(limit)), ""
        named = {name.lower(): value for name, value in response.headers.items()}
        return Answer(url, response.status_code, data, named, hops), ""


def _read(response: httpx.Response, limit: int) -> bytes | None:
    """The body; None where there is more than may be read, packed or not."""
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > limit:
            return None
    return bytes(data)


def _may_follow(at: str, to: str) -> bool:
    try:
        here, there = urlsplit(at), urlsplit(to)
        host = there.hostname or ""
    except ValueError:
        return False
    if (there.scheme, there.netloc) == (here.scheme, here.netloc):
        return True
    return there.scheme == "https" and "." in host and not _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _wait(answer: Answer) -> float | None:
    """How long the server asks to be left alone; None where it does not, or for too long."""
    said = answer.headers.get("retry-after", "").strip()
    if answer.status not in {429, 503} or not said.isdecimal() or len(said) > 4:
        return None
    return float(said) if float(said) <= PATIENCE else None


def _too_large(limit: int) -> str:
    return f"is larger than {limit:,} bytes"
