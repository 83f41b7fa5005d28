"""Opens logs and finds where reading goes on: plain or gzip, a file that has grown, one that was rotated.

A file is known by its content: the digest of everything read so far. A new name (access.log.1), compression
and growth change nothing of that. No Django in here.
"""

import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from okiagari.engines.accesslog import CHUNK
from okiagari.fleet.stores.base import LogFile
from okiagari.problems import Kind, define, gettext_noop

GZIP = b"\x1f\x8b"
LONGEST_LINE = 64 * 1024

LOG_UNREADABLE = define(
    "fleet.log_unreadable",
    Kind.INVALID,
    gettext_noop("%(name)s cannot be read: %(why)s"),
    gettext_noop("Give an access log as it is or compressed with gzip."),
)
LOG_TOO_LARGE = define(
    "fleet.log_too_large",
    Kind.TOO_LARGE,
    gettext_noop("%(name)s is larger than %(megabytes)s MiB."),
    gettext_noop("Read it on the server: okiagari fleet log FILE takes files of any size."),
)


class Readable(Protocol):
    """Anything with bytes in it."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Place:
    """Where reading goes on: the offset, the file's digest there ("" at its beginning), lines before it."""

    offset: int
    digest: str
    head: str
    lines: int


class Log:
    """A log whose bytes can be read again from the beginning. `opened` gives a fresh stream each time."""

    def __init__(self, name: str, opened: Callable[[], BinaryIO], size: int | None = None) -> None:
        self.name = name
        self.size = size
        self._opened = opened

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """Its plain bytes. Raises LOG_UNREADABLE where they cannot be had."""
        raw = self._opened()
        try:
            start = raw.read(2)
            raw.seek(0)
            plain = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if start == GZIP else raw
            yield plain
        except (OSError, EOFError, zlib.error) as error:
            raise LOG_UNREADABLE(name=self.name, why=str(error) or type(error).__name__).at("file") from None
        finally:
            raw.close()

    def place(self, known: Callable[[str], Sequence[LogFile]]) -> Place:
        """Where reading goes on. `known` tells how far logs were read that begin with a line's digest."""
        with self.stream() as stream:
            head = hashlib.sha256(stream.readline(LONGEST_LINE)).hexdigest()
        marks = sorted(known(head), key=lambda file: file.size)
        place = Place(0, "", head, 0)
        if not marks:
            return place
        digest, read = hashlib.sha256(), 0
        with self.stream() as stream:
            for mark in marks:
                while read < mark.size and (chunk := stream.read(min(CHUNK, mark.size - read))):
                    digest.update(chunk)
                    read += len(chunk)
                if read == mark.size and digest.hexdigest() == mark.digest:
                    place = Place(mark.size, mark.digest, head, mark.lines)
        return place


def at_path(path: Path) -> Log:
    """A file on this machine."""

    def opened() -> BinaryIO:
        try:
            return path.open("rb")
        except OSError as error:
            raise LOG_UNREADABLE(name=path.name, why=error.strerror or str(error)).at("file") from None

    return Log(path.name, opened, size=path.stat().st_size if path.is_file() else None)


@contextmanager
def spooled(stream: Readable, name: str, *, limit: int | None = None) -> Iterator[Log]:
    """A stream that comes only once (an upload, standard input), kept aside while it is read."""
    with tempfile.TemporaryDirectory(prefix="okiagari-log-") as folder:
        path = Path(folder) / "log"
        size = 0
        with path.open("wb") as file:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if limit is not None and size > limit:
                    raise LOG_TOO_LARGE(name=name, megabytes=limit // 1024 // 1024).at("file")
                file.write(chunk)
        yield Log(name, lambda: path.open("rb"), size=size)
