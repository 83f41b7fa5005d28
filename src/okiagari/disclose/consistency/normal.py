"""One spelling for what formats spell differently: ranges of versions, names of products, times, addresses.

In: texts as they stand in a file. Out: texts that are the same where the same is meant. What is not
understood stays as it is, so that it differs.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from okiagari.standards.firmware_order import Form, Range

EVERY, UNKNOWN = "*", "?"
_SPACE = re.compile(r"\s+")
_SAFE = ":/?#[]@!$&'()*+,;=-._~%"
_SPOKEN = {
    "ja": (
        (re.compile("すべてのバージョン"), EVERY),
        (re.compile("影響を受けるバージョンは調査中"), UNKNOWN),
        (re.compile("(?P<high>.+)およびそれ以前"), "<={high}"),
        (re.compile("(?P<high>.+)より前のバージョン"), "<{high}"),
        (re.compile("(?P<low>.+)およびそれ以降"), ">={low}"),
        (re.compile("(?P<low>.+)から(?P<high>.+)まで"), ">={low}|<={high}"),
    ),
    "en": (
        (re.compile("all versions"), EVERY),
        (re.compile("affected versions under investigation"), UNKNOWN),
        (re.compile("(?P<high>.+) and earlier"), "<={high}"),
        (re.compile("versions before (?P<high>.+)"), "<{high}"),
        (re.compile("(?P<low>.+) and later"), ">={low}"),
        (re.compile("(?P<low>.+) to (?P<high>.+)"), ">={low}|<={high}"),
    ),
}
_CPE_PARTS = 13
_SHOWN = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)")


def plain(text: str) -> str:
    """One line, single blanks, nothing that cannot be seen."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def name(text: str) -> str:
    """A product as it is named: brackets around a platform are a matter of style."""
    return plain(text.replace("(", " ").replace(")", " "))


def between(low: str = "", high: str = "", *, is_open: bool = False) -> str:
    """A range by its ends; `is_open`: the upper one is outside."""
    parts = [f">={plain(low)}" if low else "", f"{'<' if is_open else '<='}{plain(high)}" if high else ""]
    return "|".join(part for part in parts if part) or EVERY


def of_range(known: Range) -> str:
    if known.form is Form.UNKNOWN:
        return UNKNOWN
    if known.form is Form.EXACTLY:
        return plain(known.low)
    return between(known.low, known.high, is_open=known.form is Form.BEFORE)


def specifier(text: str) -> str:
    """A range as CSAF, OpenVEX and CycloneDX write it, or a single version."""
    if text == "vers:all/*":
        return EVERY
    if text.startswith("vers:"):
        parts = text.partition("/")[2].split("|")
        return plain("|".join(unquote(part) for part in parts))
    return plain(text)


def unspaced(text: str) -> str:
    """CSAF 2.1 writes blanks percent-encoded."""
    return plain(re.sub(r"(?:%(?:20|09|0A|0D)|%E3%80%80)+", " ", text))


def spoken(words: str, language: str) -> str:
    """A range as pages say it."""
    said = plain(words)
    for pattern, made in _SPOKEN.get(language, _SPOKEN["en"]):
        found = pattern.fullmatch(said)
        if found:
            return made.format(**found.groupdict())
    return said


def instant(text: str, zone: str) -> str:
    """A time by the maker's clock, to the second; a text without one as it stands."""
    try:
        known = datetime.fromisoformat(text)
    except ValueError:
        return text
    return of_instant(known if known.tzinfo else known.replace(tzinfo=UTC), zone)


def of_instant(known: datetime, zone: str) -> str:
    return known.astimezone(ZoneInfo(zone)).replace(microsecond=0).strftime("%Y-%m-%d %H:%M:%S")


def shown(text: str) -> str:
    """``2015-08-18 10:00 JST`` to the minute."""
    found = _SHOWN.search(text)
    return f"{found[1]} {found[2]}" if found else plain(text)


def cpe(text: str) -> str:
    """A CPE 2.3 without its version and update: which product it names."""
    parts = re.split(r"(?<!\\):", text)
    if len(parts) != _CPE_PARTS:
        return text
    return ":".join([*parts[:5], "*", "*", *parts[7:]])


def purl(text: str) -> str:
    """A package URL without its version."""
    head, mark, qualifiers = text.partition("?")
    return head.partition("@")[0] + mark + qualifiers


def url(text: str) -> str:
    return quote(text.strip(), safe=_SAFE)


def split(text: str, separator: str) -> Iterable[str]:
    return (part.strip() for part in text.split(separator) if part.strip())
