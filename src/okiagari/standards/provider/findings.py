"""Verdicts: per requirement (OASIS CSAF 2.0 and 2.1, 7.1), and for the role that is claimed (7.2).

A requirement is met, failed or not checked; errors fail it, warnings do not. Messages are English, for
programs and for people at any maker.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST = 100
"""Findings kept per requirement; further ones are counted."""


class Role(StrEnum):
    PUBLISHER = "publisher"
    PROVIDER = "provider"
    TRUSTED_PROVIDER = "trusted_provider"


class Verdict(StrEnum):
    MET = "met"
    FAILED = "failed"
    NOT_CHECKED = "not checked"


TITLES: Mapping[int, str] = {
    1: "Valid CSAF documents",
    2: "File names",
    3: "TLS",
    4: "TLP:WHITE/CLEAR freely accessible",
    5: "TLP:AMBER and TLP:RED protected",
    6: "No redirects",
    7: "provider-metadata.json",
    8: "security.txt",
    9: "/.well-known/csaf/provider-metadata.json",
    10: "DNS path",
    11: "One folder per year",
    12: "index.txt",
    13: "changes.csv",
    14: "Directory listings",
    15: "ROLIE feed",
    16: "ROLIE service document",
    17: "ROLIE category document",
    18: "Hashes",
    19: "OpenPGP signatures",
    20: "Public OpenPGP key",
    24: "HTTP User-Agent",
    25: "CORS header",
}
PUBLISHER = (1, 2, 3, 4)
PROVIDER = (*PUBLISHER, 5, 6, 7)
FOUND_BY = (8, 9, 10)
DIRECTORY = (11, 12, 13, 14)
ROLIE = (15, 16, 17)
TRUSTED = (18, 19, 20)
DRAFT = (24, 25)


@dataclass(frozen=True)
class Finding:
    """`place`: the address it is about."""

    is_error: bool
    place: str
    message: str


@dataclass(frozen=True)
class Result:
    """`found`: in a few words what was there. `more`: findings beyond those kept."""

    number: int
    verdict: Verdict
    found: str
    findings: tuple[Finding, ...] = ()
    more: int = 0

    @property
    def title(self) -> str:
        return TITLES[self.number]


@dataclass(frozen=True)
class Report:
    """`missing`: the requirements the claimed role lacks; groups of which one is enough as a text."""

    start: str
    version: str
    claimed: Role
    results: tuple[Result, ...]
    documents: int
    documents_known: int
    missing: tuple[str, ...]
    unseen: tuple[int, ...]

    @property
    def holds(self) -> bool:
        return not self.missing


@dataclass
class Sheet:
    """Filled in while somebody looks: what is found, what is wrong, what cannot be checked."""

    _findings: dict[int, list[Finding]] = field(default_factory=dict)
    _more: dict[int, int] = field(default_factory=dict)
    _errors: set[int] = field(default_factory=set)
    _found: dict[int, str] = field(default_factory=dict)
    _unchecked: dict[int, str] = field(default_factory=dict)

    def error(self, number: int, place: str, message: str) -> None:
        self._errors.add(number)
        self._add(number, Finding(True, place, message))  # noqa: FBT003 - a value, not a switch

    def warn(self, number: int, place: str, message: str) -> None:
        self._add(number, Finding(False, place, message))  # noqa: FBT003 - a value, not a switch

    def found(self, number: int, text: str) -> None:
        self._found[number] = text

    def add(self, number: int, text: str) -> None:
        """One thing more that was found."""
        self._found[number] = "; ".join(filter(None, (self._found.get(number, ""), text)))

    def unchecked(self, number: int, why: str) -> None:
        self._unchecked[number] = why

    def _add(self, number: int, finding: Finding) -> None:
        kept = self._findings.setdefault(number, [])
        if len(kept) < MOST:
            kept.append(finding)
        else:
            self._more[number] = self._more.get(number, 0) + 1

    def result(self, number: int) -> Result:
        findings = tuple(self._findings.get(number, ()))
        if number in self._errors:
            verdict, found = Verdict.FAILED, self._found.get(number, "")
        elif number in self._unchecked:
            verdict, found = Verdict.NOT_CHECKED, self._unchecked[number]
        elif number in self._found:
            verdict, found = Verdict.MET, self._found[number]
        else:
            verdict, found = Verdict.NOT_CHECKED, "nothing there to check"
        return Result(number, verdict, found, findings, self._more.get(number, 0))


def lacking(results: Mapping[int, Result], role: Role) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """What the role lacks, and which of its requirements could not be seen (7.2.1 to 7.2.3).

    Of a group one way must be shown to work; for the rest it is enough that nothing is wrong.
    """
    needed = {
        Role.PUBLISHER: PUBLISHER,
        Role.PROVIDER: PROVIDER,
        Role.TRUSTED_PROVIDER: (*PROVIDER, *TRUSTED),
    }
    missing = [str(each) for each in needed[role] if results[each].verdict is Verdict.FAILED]
    unseen = [each for each in needed[role] if results[each].verdict is Verdict.NOT_CHECKED]
    if role is not Role.PUBLISHER:
        if not any(results[each].verdict is Verdict.MET for each in FOUND_BY):
            missing.append("one of 8 to 10")
        if not (_whole(results, DIRECTORY) or _whole(results, ROLIE)):
            missing.append("11 to 14, or 15 to 17")
    unseen += [
        number for number in DRAFT if number in results and results[number].verdict is Verdict.NOT_CHECKED
    ]
    missing += [
        str(number) for number in DRAFT if number in results and results[number].verdict is Verdict.FAILED
    ]
    return tuple(missing), tuple(unseen)


def _whole(results: Mapping[int, Result], group: tuple[int, ...]) -> bool:
    """Nothing of it failed, and most of all its first part is there."""
    verdicts = [results[each].verdict for each in group]
    return verdicts[0] is Verdict.MET and Verdict.FAILED not in verdicts
