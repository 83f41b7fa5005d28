"""Identifiers of vulnerabilities and weaknesses, and where the public reads about them.

In: an id as people write it (any width and case, blanks, the # of JVN left out). Out: a frozen
`Identifier` in its official spelling with its addresses; or a problem that says what such an id looks
like. It never asks the network whether the id exists. Sources: CVE record format 5.x (`cveId`: a year
and at least four digits); JVN (JVN#, JVNVU#, JVNTA# and eight digits; jvn.jp/en/nav/jvn.html); JVN
iPedia (JVNDB-year-six digits); CWE schema 7.x.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from okiagari.problems import Definition, Kind, define, gettext_noop


class System(StrEnum):
    """Who gives the number."""

    CVE = "CVE"
    JVN = "JVN"
    JVNVU = "JVNVU"
    JVNTA = "JVNTA"
    JVNDB = "JVNDB"
    CWE = "CWE"


NOT_AN_ID = define(
    "ids.not_an_id",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not an identifier of a vulnerability."),
    gettext_noop("Write it like CVE-2015-2984, JVN#17964918, JVNVU#90609033 or JVNDB-2015-000117."),
)
NOT_A_CVE = define(
    "ids.not_a_cve",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a CVE id."),
    gettext_noop(
        "Write CVE, the year with four digits and a number with four digits or more: CVE-2015-2984."
    ),
)
NOT_A_JVN = define(
    "ids.not_a_jvn",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a JVN id."),
    gettext_noop("Write JVN#, JVNVU# or JVNTA# and eight digits: JVN#17964918."),
)
NOT_A_JVNDB = define(
    "ids.not_a_jvndb",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a JVN iPedia id."),
    gettext_noop("Write JVNDB, the year with four digits and a number with six digits: JVNDB-2015-000117."),
)
NOT_A_CWE = define(
    "ids.not_a_cwe",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a CWE id."),
    gettext_noop("Write CWE and the number without leading zeros: CWE-78."),
)

_FORMS: Mapping[System, re.Pattern[str]] = {
    System.CVE: re.compile(r"CVE-(?P<year>(?:19|20)\d\d)-(?P<number>\d{4,19})", re.ASCII),
    System.JVNDB: re.compile(r"JVNDB-(?P<year>(?:19|20)\d\d)-(?P<number>\d{6})", re.ASCII),
    System.JVNVU: re.compile(r"JVNVU#?(?P<number>\d{8})", re.ASCII),
    System.JVNTA: re.compile(r"JVNTA#?(?P<number>\d{8})", re.ASCII),
    System.JVN: re.compile(r"JVN#?(?P<number>\d{8})", re.ASCII),
    System.CWE: re.compile(r"CWE-(?P<number>[1-9]\d{0,5})", re.ASCII),
}
_ANYWHERE = re.compile(
    r"(?<![A-Z0-9])(?:(?:CVE|JVNDB)-\d{4}-\d+|JVN(?:VU|TA)?#?\d+|CWE-\d+)(?![A-Z0-9-])", re.ASCII
)
_REFUSALS: tuple[tuple[str, Definition], ...] = (
    ("CVE", NOT_A_CVE),
    ("JVNDB", NOT_A_JVNDB),
    ("JVN", NOT_A_JVN),
    ("CWE", NOT_A_CWE),
)


@dataclass(frozen=True, order=True)
class Identifier:
    """An id in its official spelling. `year` is 0 where the id has none."""

    system: System
    text: str
    number: str
    year: int = 0

    def url(self, language: str = "ja") -> str:
        """The page of the system that gave the id; JVN and JVN iPedia have one per language (ja, en)."""
        english = "" if language == "ja" else "en/"
        match self.system:
            case System.CVE:
                return f"https://www.cve.org/CVERecord?id={self.text}"
            case System.CWE:
                return f"https://cwe.mitre.org/data/definitions/{self.number}.html"
            case System.JVNDB:
                return f"https://jvndb.jvn.jp/{english or 'ja/'}contents/{self.year}/{self.text}.html"
            case System.JVN:
                return f"https://jvn.jp/{english}jp/JVN{self.number}/index.html"
            case System.JVNVU | System.JVNTA:
                folder = self.system.removeprefix("JVN").lower()
                return f"https://jvn.jp/{english}{folder}/{self.system}{self.number}/index.html"

    def __str__(self) -> str:
        return self.text


def parse(text: str, *systems: System) -> Identifier:
    """Read one id, of any system or of those named.

    Raises NOT_A_CVE, NOT_A_JVN, NOT_A_JVNDB or NOT_A_CWE by what it was meant to be, else NOT_AN_ID.
    """
    plain = _plain(text)
    allowed = systems or tuple(System)
    for system in allowed:
        found = _FORMS[system].fullmatch(plain)
        if found:
            return _identifier(system, found)
    meant = plain if len(systems) != 1 else systems[0]
    for start, refusal in _REFUSALS:
        if meant.startswith(start):
            raise refusal(text=text.strip())
    raise NOT_AN_ID(text=text.strip())


def find(text: str) -> tuple[Identifier, ...]:
    """Every id in a free text, each once, in the order of appearance."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return tuple(dict.fromkeys(_found(plain)))


def _found(plain: str) -> Iterator[Identifier]:
    for candidate in _ANYWHERE.findall(plain):
        for system, form in _FORMS.items():
            match = form.fullmatch(candidate)
            if match:
                yield _identifier(system, match)


def _plain(text: str) -> str:
    return re.sub(r"[\s　]+", "", unicodedata.normalize("NFKC", text)).upper()


def _identifier(system: System, found: re.Match[str]) -> Identifier:
    number = found["number"]
    if system in {System.JVN, System.JVNVU, System.JVNTA}:
        return Identifier(system, f"{system}#{number}", number)
    year = int(found["year"]) if system is not System.CWE else 0
    return Identifier(system, found[0], number, year)
