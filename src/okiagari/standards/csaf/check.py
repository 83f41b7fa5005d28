"""Is a document valid? (OASIS CSAF 2.0, section 6, and its JSON schema)

In: a JSON value. Out: findings, none of them if all is well. The judge is the library `csaf`, whose
author is a co-chair of the committee; the profile tests 6.1.27 are ours (see `profiles`). It never
asks the network: 6.3.6 and 6.3.7 (do addresses answer) and 6.3.8 (spelling) are left out. Where the
schema fails nothing else is tried, since no test can be trusted without it; a schema fault inside a
CVSS object is reported as what it is, test 6.1.8.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from . import profiles
from .library import validator

SCHEMA = "schema"
CVSS = "6.1.8"
SKIPPED = frozenset({"6.3.6", "6.3.7", "6.3.8"})
_OURS = frozenset({"6.1.27"})

_CVSS = re.compile(r"/vulnerabilities/\d+/scores/\d+/cvss_v[23](?:/|$)")


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


def validate(document: Mapping[str, object], *levels: Level) -> tuple[Finding, ...]:
    """What is wrong with a document, schema first. Without levels: the schema and the mandatory tests.

    The schema is checked at every level, since no test can be trusted without it.
    """
    wanted = frozenset(levels or (Level.MANDATORY,))
    report = validator()(dict(document), preset=_preset(wanted), skip_rules=SKIPPED | _OURS)
    found = tuple(_findings(report, wanted))
    if Level.MANDATORY in wanted and not any(finding.test in {SCHEMA, CVSS} for finding in found):
        found += tuple(
            Finding(test, Severity.ERROR, location, message)
            for test, location, message in profiles.faults(document)
        )
    return found


def _preset(wanted: frozenset[Level]) -> str:
    if Level.INFORMATIVE in wanted:
        return "full"
    return "extended" if Level.OPTIONAL in wanted else "basic"


def _findings(report: Any, wanted: frozenset[Level]) -> Iterator[Finding]:
    for result in report.results:
        level, severity = _GROUPS[result.group]
        if result.passed or result.skipped or (level not in wanted and result.id != SCHEMA):
            continue
        for error in result.errors:
            is_cvss = result.id == SCHEMA and _CVSS.match(error.instance_path)
            yield Finding(CVSS if is_cvss else result.id, severity, error.instance_path, error.message)
