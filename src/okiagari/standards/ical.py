"""A calendar as programs subscribe to it: iCalendar, RFC 5545.

In: events with a unique name, an instant or a day, a line of text and an address. Out: the text of the
file, lines ended by CRLF and folded at 75 bytes (3.1), texts escaped (3.3.11). It invents no time:
`stamp` is given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Okiagari//Clocks//EN"
WIDTH = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """Something is due: at an instant, or in the course of a day."""

    uid: str
    at: datetime | date
    summary: str
    url: str = ""


def calendar(name: str, events: Iterable[Event], *, stamp: datetime) -> str:
    """The whole file."""
    return "".join(f"{part}\r\n" for line in _lines(name, events, stamp) for part in folded(line))


def _lines(name: str, events: Iterable[Event], stamp: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{escaped(name)}"
    for event in events:
        yield "BEGIN:VEVENT"
        yield f"UID:{event.uid}"
        yield f"DTSTAMP:{_utc(stamp)}"
        yield from _when(event.at)
        yield f"SUMMARY:{escaped(event.summary)}"
        if event.url:
            yield f"URL:{event.url}"
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def _when(at: datetime | date) -> Iterator[str]:
    """An instant; or a day, which ends where the next one begins (3.6.1)."""
    if isinstance(at, datetime):
        yield f"DTSTART:{_utc(at)}"
        return
    yield f"DTSTART;VALUE=DATE:{at:%Y%m%d}"
    if at < date.max:
        yield f"DTEND;VALUE=DATE:{at + timedelta(days=1):%Y%m%d}"


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes, never through a character; further ones begin with a space."""
    piece, room = "", WIDTH
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", WIDTH - 1
        piece, room = piece + sign, room - size
    yield piece
