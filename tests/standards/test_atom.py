"""A feed holds what it was given, whatever the text, and every reader can parse it."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.standards.atom import NAMESPACE, Entry, Feed, Person, to_bytes

JST = timezone(timedelta(hours=9))
TEXTS = st.text(max_size=30)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ENTRIES = st.builds(
    Entry, TEXTS, TEXTS, TEXTS, INSTANTS, st.none() | INSTANTS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple)
)
FEEDS = st.builds(
    Feed,
    TEXTS,
    TEXTS,
    TEXTS,
    st.builds(Person, TEXTS, TEXTS, TEXTS),
    INSTANTS,
    st.lists(ENTRIES, max_size=4).map(tuple),
)


def _held(text: str) -> str:
    """What XML 1.0 can hold of a text, by its own definition of a character."""
    return (
        "".join(
            c
            for c in text
            if c in "\t\n\r" or 0x20 <= ord(c) <= 0xD7FF or 0xE000 <= ord(c) <= 0xFFFD or ord(c) >= 0x10000
        )
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{{{NAMESPACE}}}{name}", "")


@given(FEEDS)
def test_every_text_comes_back_out_of_the_parser(feed: Feed) -> None:
    root = ET.fromstring(to_bytes(feed))
    assert root.tag == f"{{{NAMESPACE}}}feed"
    assert _text(root, "title") == _held(feed.title)
    found = root.findall(f"{{{NAMESPACE}}}entry")
    assert [(_text(e, "id"), _text(e, "title")) for e in found] == [
        (_held(e.id), _held(e.title)) for e in feed.entries
    ]
    assert [_text(e, "summary") for e in found] == [_held(e.summary) for e in feed.entries]


@given(FEEDS)
def test_the_feed_is_as_new_as_its_newest_entry(feed: Feed) -> None:
    newest = max((entry.updated for entry in feed.entries), default=feed.updated)
    assert _text(ET.fromstring(to_bytes(feed)), "updated") == newest.strftime("%Y-%m-%dT%H:%M:%SZ")


@given(FEEDS)
def test_what_rfc_4287_demands_is_there_once(feed: Feed) -> None:
    root = ET.fromstring(to_bytes(feed))
    for element in (root, *root.findall(f"{{{NAMESPACE}}}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{{{NAMESPACE}}}{name}")) == 1
    assert len(root.findall(f"{{{NAMESPACE}}}author")) == 1


def test_a_feed_reads_as_expected() -> None:
    entry = Entry(
        "urn:okiagari:OKI-26-7K3QD",
        "WN-G54/R2 & NP-BBRS <重要>",
        "https://example.jp/a?x=1&y=2",
        datetime(2015, 8, 18, 12, tzinfo=JST),
        datetime(2015, 8, 18, 9, tzinfo=JST),
        "使用を停止してください。",
        ("CVE-2015-2984",),
        "ja",
    )
    feed = Feed(
        "https://example.jp/feed",
        "セキュリティ情報",
        "https://example.jp/feed.atom",
        Person("例社"),
        datetime(2015, 1, 1, tzinfo=UTC),
        (entry,),
        "https://example.jp/",
        language="ja",
        generator="Okiagari",
    )
    assert (
        to_bytes(feed).decode()
        == """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
  <id>https://example.jp/feed</id>
  <title>セキュリティ情報</title>
  <updated>2015-08-18T03:00:00Z</updated>
  <link rel="self" href="https://example.jp/feed.atom" type="application/atom+xml" />
  <link rel="alternate" href="https://example.jp/" type="text/html" />
  <author>
    <name>例社</name>
  </author>
  <generator>Okiagari</generator>
  <entry xml:lang="ja">
    <id>urn:okiagari:OKI-26-7K3QD</id>
    <title>WN-G54/R2 &amp; NP-BBRS &lt;重要&gt;</title>
    <updated>2015-08-18T03:00:00Z</updated>
    <published>2015-08-18T00:00:00Z</published>
    <link rel="alternate" href="https://example.jp/a?x=1&amp;y=2" type="text/html" />
    <category term="CVE-2015-2984" />
    <summary>使用を停止してください。</summary>
  </entry>
</feed>
"""
    )


def test_a_time_without_zone_is_refused() -> None:
    naive = datetime(2015, 8, 18)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="no time zone"):
        to_bytes(Feed("a", "b", "c", Person("d"), naive))
