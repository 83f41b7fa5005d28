"""Atom feeds (RFC 4287).

In: frozen entries with instants that have a zone. Out: the bytes of a feed, UTF-8, the same for the
same input. All text is escaped; characters that XML 1.0 cannot hold (section 2.2) are
left out. Content is plain text: a feed is read in programs of which nothing is known. It never
orders or cuts the entries it is given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})


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
    updated = _instant(max((item.updated for item in feed.entries), default=feed.updated))
    head = [
        *_texts("  ", ("id", feed.id), ("title", feed.title), ("subtitle", feed.subtitle)),
        *_texts("  ", ("updated", updated)),
        _link("  ", "self", feed.url, MEDIA_TYPE),
        *([_link("  ", "alternate", feed.site, "text/html")] if feed.site else ()),
        "  <author>",
        *_texts("    ", ("name", feed.author.name), ("uri", feed.author.uri), ("email", feed.author.email)),
        "  </author>",
        *_texts("  ", ("rights", feed.rights), ("generator", feed.generator)),
    ]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{NAMESPACE}"{_language(feed.language)}>',
        *head,
        *(line for entry in feed.entries for line in _entry(entry)),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _entry(entry: Entry) -> Iterator[str]:
    published = _instant(entry.published) if entry.published else ""
    yield f"  <entry{_language(entry.language)}>"
    yield from _texts(
        "    ",
        *(("id", entry.id), ("title", entry.title), ("updated", _instant(entry.updated))),
        ("published", published),
    )
    yield _link("    ", "alternate", entry.url, "text/html")
    for category in entry.categories:
        yield f'    <category term="{_attribute(category)}" />'
    yield from _texts("    ", ("summary", entry.summary))
    yield "  </entry>"


def _texts(indent: str, *texts: tuple[str, str]) -> Iterator[str]:
    """One element for each text that is not empty; `id`, `title` and `name` always."""
    for name, text in texts:
        said = _text(text)
        if said:
            yield f"{indent}<{name}>{said}</{name}>"
        elif text or name in {"id", "title", "name"}:
            yield f"{indent}<{name} />"


def _link(indent: str, relation: str, url: str, media_type: str) -> str:
    return f'{indent}<link rel="{relation}" href="{_attribute(url)}" type="{media_type}" />'


def _language(language: str) -> str:
    return f' xml:lang="{_attribute(language)}"' if language else ""


def _text(text: str) -> str:
    return _clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    """As XML 1.0 wants it (3.3.3): white space that is meant is written by number."""
    return _text(text).translate(_IN_ATTRIBUTES)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _instant(moment: datetime) -> str:
    """RFC 3339 in UTC, whole seconds (RFC 4287, 3.3)."""
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {moment}")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
