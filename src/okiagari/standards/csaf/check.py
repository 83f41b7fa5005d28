"""Is a document valid? (OASIS CSAF 2.0 and the draft of 2.1, section 6, and their JSON schemas)

In: a JSON value. Out: findings, none of them if all is well. The judge is the library `csaf`, whose
author is a co-chair of the committee; the profile tests 6.1.27 of 2.0 are ours (see `profiles`). It
never asks the network or a dictionary: `LEFT_OUT` says which tests are not run, and why. Where the
schema fails nothing else is tried, since no test can be trusted without it; a schema fault that is
what a test asks about is reported as that test. A document of 2.1 that only an earlier draft's schema
accepts is judged by that draft, and the report names it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from . import profiles
from .library import DRAFTS, validator

SCHEMA = "schema"
CVSS, DATES, SSVC, EXTENSION = "6.1.8", "6.1.37", "6.1.46", "6.1.60"
NETWORK = "asks the network"
LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "2.0": {"6.3.6": NETWORK, "6.3.7": NETWORK, "6.3.8": "needs a dictionary"},
    "2.1": {
        "6.2.54.1": "needs the register of extensions",
        "6.2.54.2": "needs the register of extensions",
        "6.2.54.4": "needs the register of extensions",
        "6.2.55": NETWORK,
        "6.3.6": NETWORK,
        "6.3.7": NETWORK,
        "6.3.8": "needs a dictionary",
        "6.3.16": "needs a grammar",
        "6.3.24": NETWORK,
    },
}
_OURS = frozenset({"6.1.27"})
_SKIPPED = {version: frozenset(tests) for version, tests in LEFT_OUT.items()}

_SCORES_2_0 = re.compile(r"/vulnerabilities/\d+/scores/\d+/cvss_v[23](?:/|$)")
_NO_DATE = re.compile(r"""is not a ["']date-time["']$""")
_ASKED_BY_TESTS = (
    (re.compile(r"/vulnerabilities/\d+/metrics/\d+/content/cvss_v[234](?:/|$)"), CVSS),
    (re.compile(r"/vulnerabilities/\d+/metrics/\d+/content/ssvc_v2(?:/|$)"), SSVC),
    (re.compile(r"(?:/.*)?/x_extensions(?:/|$)"), EXTENSION),
)


class Level(StrEnum):
    """Section 6.1, 6.2, 6.3."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    INFORMATIVE = "informative"


class Severity(StrEnum):
    """A document with an ERROR must not be published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_GROUPS: Mapping[str, tuple[Level, Severity]] = {
    "schema": (Level.MANDATORY, Severity.ERROR),
    "mandatory": (Level.MANDATORY, Severity.ERROR),
    "recommended": (Level.OPTIONAL, Severity.WARNING),
    "informative": (Level.INFORMATIVE, Severity.INFO),
}


@dataclass(frozen=True)
class Finding:
    """`test`: "schema" or the number of the test; `location`: JSON pointer; `message`: English."""

    test: str
    severity: Severity
    location: str
    message: str


@dataclass(frozen=True)
class Report:
    """`version`: 2.0 or 2.1, what the document was judged by; `draft`: which draft of 2.1."""

    version: str
    draft: str
    findings: tuple[Finding, ...]

    @property
    def is_valid(self) -> bool:
        """Is there no error? Warnings and information leave a document valid (section 6)."""
        return all(each.severity is not Severity.ERROR for each in self.findings)


def validate(document: Mapping[str, object], *levels: Level) -> tuple[Finding, ...]:
    """What is wrong with a document, schema first. Without levels: the schema and the mandatory tests.

    The schema is checked at every level, since no test can be trusted without it.
    """
    return judge(document, *levels).findings


def judge(document: Mapping[str, object], *levels: Level) -> Report:
    """The same, with what it was judged by: 2.1 where the document says so, else 2.0."""
    wanted = frozenset(levels or (Level.MANDATORY,))
    header = document.get("document")
    version = header.get("csaf_version") if isinstance(header, dict) else None
    return _of_2_1(document, wanted) if version == "2.1" else _of_2_0(document, wanted)


def _of_2_0(document: Mapping[str, object], wanted: frozenset[Level]) -> Report:
    report = validator()(dict(document), preset=_preset(wanted), skip_rules=_SKIPPED["2.0"] | _OURS)
    found = tuple(_findings(report, wanted, "2.0"))
    if Level.MANDATORY in wanted and not any(finding.test in {SCHEMA, CVSS} for finding in found):
        found += tuple(
            Finding(test, Severity.ERROR, location, message)
            for test, location, message in profiles.faults(document)
        )
    return Report("2.0", "", found)


def _of_2_1(document: Mapping[str, object], wanted: frozenset[Level]) -> Report:
    """By the newest draft, unless only an earlier one's schema accepts it."""
    plain = dict(document)
    newest = validator(DRAFTS[0])(plain, preset=_preset(wanted), skip_rules=_SKIPPED["2.1"])
    for draft in () if _fits(newest) else DRAFTS[1:]:
        if _fits(validator(draft)(plain, preset="schema")):
            earlier = validator(draft)(plain, preset=_preset(wanted), skip_rules=_SKIPPED["2.1"])
            return Report("2.1", draft, tuple(_findings(earlier, wanted, "2.1")))
    return Report("2.1", DRAFTS[0], tuple(_findings(newest, wanted, "2.1")))


def _fits(report: Any) -> bool:
    """Does the schema accept it?"""
    return all(result.passed for result in report.results if result.id == SCHEMA)


def _preset(wanted: frozenset[Level]) -> str:
    if Level.INFORMATIVE in wanted:
        return "full"
    return "extended" if Level.OPTIONAL in wanted else "basic"


def _findings(report: Any, wanted: frozenset[Level], version: str) -> Iterator[Finding]:
    for result in report.results:
        level, severity = _GROUPS[result.group]
        if result.passed or result.skipped or (level not in wanted and result.id != SCHEMA):
            continue
        for error in result.errors:
            test = _asked_by(error, version) if result.id == SCHEMA else result.id
            yield Finding(test, severity, error.instance_path, error.message)


def _asked_by(error: Any, version: str) -> str:
    """The test that asks about what the schema refuses here; "schema" where none does."""
    if version == "2.0":
        return CVSS if _SCORES_2_0.match(error.instance_path) else SCHEMA
    if _NO_DATE.search(error.message):
        return DATES
    found = (test for pattern, test in _ASKED_BY_TESTS if pattern.match(error.instance_path))
    return next(found, SCHEMA)
