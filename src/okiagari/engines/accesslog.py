"""Reads access logs of web servers, fast. Pure: bytes in, requests out.

Enters: whole lines of nginx's and Apache's "combined" format (or "common", which lacks the last two fields;
what a server appends after them is let be). Leaves: requests in the order of the lines, and the lines that
are none. Never: opens a file, resolves an address, decides what a request means.

Instants are integer microseconds since 1970 UTC.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import IO, NamedTuple

from okiagari.engines.fleet import instant

CHUNK = 1 << 20
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = {name.encode(): number for number, name in enumerate(MONTHS, start=1)}
_LINE = re.compile(
    rb"^(\S+) \S+ [^\[\n]*\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d):(\d\d) ([+-]\d{4})\] "
    rb'"([A-Z]+) (\S+)(?: HTTP/[\d.]+)?" (\d{3}) (\d+|-)'
    rb'(?: "(?:[^"\\\n]|\\.)*" "((?:[^"\\\n]|\\.)*)")?(?: [^\n]*)?\r?$',
    re.MULTILINE,
)
Raw = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]


class Request(NamedTuple):
    """One request as the server wrote it down. `size`: bytes of the body that were sent."""

    address: str
    at: int
    method: str
    target: str
    status: int
    size: int
    agent: str


def raw_requests(lines: bytes) -> list[Raw]:
    """The fields of every line that is a request: address, minute, second, offset, method, target, status,
    size, agent. `request` makes one of them into a `Request`."""
    return _LINE.findall(lines)


def unreadable(lines: bytes) -> Iterator[bytes]:
    """The lines that are no requests; empty ones are not counted."""
    for line in lines.splitlines():
        if line and not _LINE.match(line):
            yield line


def request(raw: Raw) -> Request | None:
    """None where the time is no time (the 31st of February)."""
    address, minute, second, offset, method, target, status, size, agent = raw
    start = _minute(minute, offset)
    if start is None:
        return None
    return Request(
        address.decode("latin-1"),
        start + int(second) * 1_000_000,
        method.decode("ascii"),
        target.decode("utf-8", "replace"),
        int(status),
        0 if size == b"-" else int(size),
        agent.decode("utf-8", "replace"),
    )


@lru_cache(maxsize=4096)
def _minute(text: bytes, offset: bytes) -> int | None:
    """The instant at which this minute begins."""
    hours, minutes = int(offset[1:3]), int(offset[3:5])
    zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if offset[:1] == b"-" else 1))
    day, month, year = int(text[:2]), _MONTH.get(text[3:6]), int(text[7:11])
    if month is None:
        return None
    try:
        at = datetime(year, month, day, int(text[12:14]), int(text[15:17]), tzinfo=zone)
    except ValueError:
        return None
    return instant(at.astimezone(UTC))


def whole_lines(stream: IO[bytes], *, size: int = CHUNK) -> Iterator[bytes]:
    """The stream in pieces that end at a line's end. What follows the last line's end never comes: a server
    may still be writing it."""
    rest = b""
    while chunk := stream.read(size):
        head, newline, tail = chunk.rpartition(b"\n")
        if newline:
            yield rest + head + newline
            rest = tail
        else:
            rest += tail
