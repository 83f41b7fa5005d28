"""The small pieces every published format is made of: JSON values without empty parts, losses, bytes.

In: plain values. Out: JSON values with keys in alphabetical order and nothing empty, canonical bytes,
and what a reader did not take from a document. It never checks: an impossible value comes out as given.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import msgspec

Json = dict[str, object]

# RFC 3986: reserved and unreserved characters stay, and so does what is percent-encoded already.
_URI_SAFE = ":/?#[]@!$&'()*+,;=-._~%"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Loss:
    """Something the document could not carry as it was. `location`: JSON pointer; `message`: message id."""

    location: str
    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English text. Doors translate the message instead."""
        return self.message % self.parameters


@dataclass(frozen=True)
class Fault:
    """Something that is wrong with a document. `location`: JSON pointer or path; `message`: English."""

    location: str
    message: str


@dataclass(frozen=True)
class Unread:
    """Something a reader did not understand, as it stood there. `location`: JSON pointer or path."""

    location: str
    text: str


def pruned(**values: object) -> Json:
    """The values that say something, keys in alphabetical order."""
    return kept(values)


def kept(values: Mapping[str, object]) -> Json:
    """The same for names that are no identifiers."""
    found = {name: value for name, value in values.items() if value not in (None, "", (), [], {})}
    return dict(sorted(found.items()))


def instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with whole seconds. Raises ValueError for a time without zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {moment}")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def moment(text: str) -> datetime | None:
    """The instant an RFC 3339 text names, without a zone taken as UTC; None where it names none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def uri(text: str) -> str:
    """An address as RFC 3986 wants it: characters beyond it percent-encoded (RFC 3987, section 3.1)."""
    return quote(text, safe=_URI_SAFE)


def unique(items: Iterable[str]) -> list[str]:
    """Each once, in the order of appearance (schemas want lists of ids unique)."""
    return list(dict.fromkeys(items))


def xml_text(text: str) -> str:
    """The text without what XML 1.0 cannot hold (section 2.2), line ends as XML reads them (2.11)."""
    return _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def to_bytes(document: Mapping[str, object]) -> bytes:
    """UTF-8 without byte order mark, the same for the same value: keys sorted, two spaces, one newline.

    Hashes and signatures rest on them. Raises ValueError for what JSON or UTF-8 cannot hold.
    """
    # laid out by msgspec: the json module writes indented text by its slow path
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return msgspec.json.format(text.encode(), indent=2) + b"\n"


def from_bytes(content: bytes) -> dict[str, object]:
    """Read a document. Raises ValueError for anything but one JSON object in UTF-8."""
    value = json.loads(content.decode("utf-8"))
    if not isinstance(value, dict):
        raise ValueError("a document is a JSON object")  # noqa: TRY004 - the bytes are wrong, not the type
    return value


class Reading:
    """One JSON object while it is read: what nobody took, or has not the shape it should, is unread."""

    def __init__(self, value: Mapping[str, object], location: str, unread: list[Unread]) -> None:
        self._left = dict(value)
        self.location = location
        self._unread = unread

    def text(self, name: str) -> str:
        """The text under this name, "" where there is none."""
        value = self._left.get(name)
        return str(self._left.pop(name)) if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._left.get(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return ()
        self._left.pop(name)
        return tuple(value)

    def part(self, name: str) -> "Reading":
        """The object under this name, empty where there is none."""
        value = self._left.get(name)
        if not isinstance(value, dict):
            return Reading({}, self._place(name), self._unread)
        self._left.pop(name)
        return Reading(value, self._place(name), self._unread)

    def parts(self, name: str) -> "list[Reading]":
        """A list of objects; anything else in it is unread."""
        value = self._left.get(name)
        if not isinstance(value, list):
            return []
        self._left.pop(name)
        found = []
        for index, each in enumerate(value):
            place = f"{self._place(name)}/{index}"
            if isinstance(each, dict):
                found.append(Reading(each, place, self._unread))
            else:
                self._unread.append(Unread(place, _told(each)))
        return found

    def moment(self, name: str) -> datetime | None:
        """An instant; what is none stays unread."""
        value = self._left.get(name)
        found = moment(value) if isinstance(value, str) else None
        if found is not None:
            self._left.pop(name)
        return found

    def raw(self, name: str) -> Any:
        """Whatever stands there, without taking it."""
        return self._left.get(name)

    def put(self, name: str, value: object) -> None:
        """Give back what was taken and turned out not to be understood."""
        self._left[name] = value

    def drop(self, *names: str) -> None:
        """Take without keeping: what follows from the rest of the document."""
        for name in names:
            self._left.pop(name, None)

    def done(self) -> None:
        """Everything that is left was not understood."""
        for name, value in self._left.items():
            self._unread.append(Unread(self._place(name), _told(value)))
        self._left = {}

    def _place(self, name: str) -> str:
        """The JSON pointer of a value in it (RFC 6901, section 3)."""
        step = name.replace("~", "~0").replace("/", "~1")
        return f"{self.location}/{step}"


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
