"""Atom feeds (RFC 4287).

In: frozen entries with instants that have a zone. Out: the bytes of a feed, UTF-8, the same for the
same input. Text is escaped by the XML writer; characters that XML 1.0 cannot hold (section 2.2) are
left out. Content is plain text: a feed is read in programs of which nothing is known. It never
orders or cuts the entries it is given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ET.register_namespace("", NAMESPACE)


@dataclass(frozen=True)
class Person:
    """RFC 4287, 3.2."""

    name: str
    uri: str = ""
    email: str = ""


@dataclass(frozen=True)
class Entry:
    """RFC 4287, 4.1.2. `id`: an IRI that never changes. `url`: the page; `language` of its texts."""

    id: str
    title: str
    url: str
    updated: datetime
    published: datetime | None = None
    summary: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """RFC 4287, 4.1.1. `url`: where the feed itself lies; `site`: the page it speaks for.

    `updated` is used where there is no entry; otherwise the newest entry's counts.
    """

    id: str
    title: str
    url: str
    author: Person
    updated: datetime
    entries: tuple[Entry, ...] = ()
    site: str = ""
    subtitle: str = ""
    language: str = ""
    rights: str = ""
    generator: str = ""


def to_bytes(feed: Feed) -> bytes:
    """The feed document. Raises ValueError for a time without zone."""
    root = ET.Element(_tag("feed"))
    if feed.language:
        root.set(_XML_LANG, feed.language)
    _texts(root, (("id", feed.id), ("title", feed.title), ("subtitle", feed.subtitle)))
    _texts(root, (("updated", _instant(max((item.updated for item in feed.entries), default=feed.updated))),))
    _link(root, "self", feed.url, MEDIA_TYPE)
    if feed.site:
        _link(root, "alternate", feed.site, "text/html")
    author = ET.SubElement(root, _tag("author"))
    _texts(author, (("name", feed.author.name), ("uri", feed.author.uri), ("email", feed.author.email)))
    _texts(root, (("rights", feed.rights), ("generator", feed.generator)))
    for entry in feed.entries:
        _entry(root, entry)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def _entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, _tag("entry"))
    if entry.language:
        element.set(_XML_LANG, entry.language)
    published = _instant(entry.published) if entry.published else ""
    _texts(element, (("id", entry.id), ("title", entry.title), ("updated", _instant(entry.updated))))
    _texts(element, (("published", published),))
    _link(element, "alternate", entry.url, "text/html")
    for category in entry.categories:
        ET.SubElement(element, _tag("category"), term=_clean(category))
    _texts(element, (("summary", entry.summary),))


def _texts(parent: ET.Element, texts: Iterable[tuple[str, str]]) -> None:
    """One element for each text that is not empty; `id`, `title` and `name` always."""
    for name, text in texts:
        if text or name in {"id", "title", "name"}:
            ET.SubElement(parent, _tag(name)).text = _clean(text)


def _link(parent: ET.Element, relation: str, url: str, media_type: str) -> None:
    ET.SubElement(parent, _tag("link"), rel=relation, href=_clean(url), type=media_type)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _instant(moment: datetime) -> str:
    """RFC 3339 in UTC, whole seconds (RFC 4287, 3.3)."""
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {moment}")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
