"""What a text says about the flaw itself: its class and the part of the product it sits in.

In: a text. Out: names from a table of words in both languages (``kinds_of_flaw.toml``), marked in English.
It recognises what people call things; it judges nothing.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from okiagari.problems import gettext_noop

NAMES = (
    gettext_noop("command injection"),
    gettext_noop("cross-site scripting"),
    gettext_noop("request forgery"),
    gettext_noop("buffer overflow"),
    gettext_noop("path traversal"),
    gettext_noop("missing authentication"),
    gettext_noop("fixed credentials"),
    gettext_noop("information leak"),
    gettext_noop("reflection"),
    gettext_noop("denial of service"),
    gettext_noop("clickjacking"),
    gettext_noop("open redirect"),
    gettext_noop("SQL injection"),
    gettext_noop("library loading"),
    gettext_noop("web interface"),
    gettext_noop("UPnP"),
    gettext_noop("file sharing"),
    gettext_noop("remote access"),
    gettext_noop("Wi-Fi"),
    gettext_noop("DNS"),
    gettext_noop("telnet"),
    gettext_noop("SSH"),
    gettext_noop("FTP"),
    gettext_noop("VPN"),
    gettext_noop("updater"),
    gettext_noop("installer"),
    gettext_noop("app"),
    gettext_noop("cloud"),
)
"""Every name of the table, marked: doors say them in the reader's language."""
TABLE = Path(__file__).with_name("kinds_of_flaw.toml")


@cache
def _tables() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    data: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        table: {name: re.compile("|".join(map(_pattern, words))) for name, words in rows.items()}
        for table, rows in data.items()
    }


def _pattern(word: str) -> str:
    """Words of letters stand alone: "ssh" is no part of another word."""
    plain = re.escape(word)
    return rf"(?<![a-z0-9]){plain}(?![a-z0-9])" if word.isascii() else plain


def classes(text: str) -> frozenset[str]:
    return _named("classes", text)


def parts(text: str) -> frozenset[str]:
    return _named("parts", text)


def _named(table: str, text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(name for name, words in _tables()[table].items() if words.search(folded))
