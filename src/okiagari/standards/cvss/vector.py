"""Vectors in, scores out: CVSS 2.0 (section 2.4), 3.x (section 6) and 4.0 (section 7).

In: a vector in any case and width, with or without surrounding brackets, its version in the prefix
or given beside it. Out: `Score`; or one problem per mistake, each naming the metric and what is
allowed. The arithmetic is that of the library `cvss`; severity bands are those of the documents
(3.x section 5, 4.0 section 6) and, for 2.0, which has none, those of the NVD.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from cvss import CVSS2, CVSS3, CVSS4

from okiagari.problems import Kind, Problem, define, gettext_noop, several

from . import v2, v3, v4
from .metrics import Group, Metric

NO_VECTOR = define(
    "cvss.no_vector",
    Kind.INVALID,
    gettext_noop("There is no CVSS vector."),
    gettext_noop("Paste a vector such as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H."),
)
NO_SUCH_VERSION = define(
    "cvss.no_such_version",
    Kind.INVALID,
    gettext_noop("There is no CVSS version “%(version)s”."),
    gettext_noop("Use one of: %(allowed)s."),
)
VERSION_MISSING = define(
    "cvss.version_missing",
    Kind.INVALID,
    gettext_noop("The vector does not say its CVSS version."),
    gettext_noop(
        "Write CVSS:3.1/ (or CVSS:3.0/, CVSS:4.0/) in front; only a vector of version 2.0 goes without."
    ),
)
BAD_PART = define(
    "cvss.bad_part",
    Kind.INVALID,
    gettext_noop("“%(part)s” is not a metric with its value."),
    gettext_noop("Write each metric as code, colon, value, and put a slash between them: AV:N/AC:L."),
)
UNKNOWN_METRIC = define(
    "cvss.unknown_metric",
    Kind.INVALID,
    gettext_noop("CVSS %(version)s has no metric “%(metric)s”."),
    gettext_noop("Its metrics are: %(allowed)s."),
)
UNKNOWN_VALUE = define(
    "cvss.unknown_value",
    Kind.INVALID,
    gettext_noop("The metric %(metric)s cannot be “%(value)s”."),
    gettext_noop("Allowed for %(metric)s: %(allowed)s."),
)
METRIC_TWICE = define(
    "cvss.metric_twice",
    Kind.INVALID,
    gettext_noop("The metric %(metric)s appears more than once."),
    gettext_noop("Keep the value that is meant and remove the other."),
)
METRICS_MISSING = define(
    "cvss.metrics_missing",
    Kind.INVALID,
    gettext_noop("The vector lacks %(metrics)s."),
    gettext_noop("Every base metric of CVSS %(version)s needs a value."),
)


class Version(StrEnum):
    V2_0 = "2.0"
    V3_0 = "3.0"
    V3_1 = "3.1"
    V4_0 = "4.0"


class Severity(StrEnum):
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


_METRICS = {
    Version.V2_0: v2.METRICS,
    Version.V3_0: v3.METRICS,
    Version.V3_1: v3.METRICS,
    Version.V4_0: v4.METRICS,
}


@dataclass(frozen=True)
class Word:
    """One metric of a vector, read aloud: codes, and message ids for name, value and meaning."""

    metric: str
    name: str
    value: str
    label: str
    meaning: str
    group: Group


@dataclass(frozen=True)
class Score:
    """A scored vector. `base` rests on the base metrics alone, `overall` on every metric given.

    Both are 0.0 to 10.0 in steps of 0.1; `severity` is that of `base`, `overall_severity` of `overall`.
    """

    version: Version
    vector: str
    base: float
    severity: Severity
    overall: float
    overall_severity: Severity
    words: tuple[Word, ...]

    @property
    def values(self) -> dict[str, str]:
        """Metric code to value code, in the order of the vector."""
        return {word.metric: word.value for word in self.words}


def metrics(version: Version) -> tuple[Metric, ...]:
    """Every metric of a version, in the order of its vector; for calculators."""
    return _METRICS[version]


def severity_of(version: Version, score: float) -> Severity:
    """The band a score of 0.0 to 10.0 lies in; 2.0 by the bands of the NVD, which start at low."""
    if version is Version.V2_0:
        return Severity.LOW if score < 4.0 else Severity.MEDIUM if score < 7.0 else Severity.HIGH
    if score == 0.0:
        return Severity.NONE
    if score < 4.0:
        return Severity.LOW
    if score < 7.0:
        return Severity.MEDIUM
    return Severity.HIGH if score < 9.0 else Severity.CRITICAL


def parse(vector: str, version: Version | str | None = None) -> Score:
    """Read and score a vector.

    `version` is needed only for a 3.x or 4.0 vector without prefix (JVN writes them so). Raises one
    of this module's problems, or SEVERAL with one part for each.
    """
    text = "".join(unicodedata.normalize("NFKC", vector).split()).strip("()[]")
    parts = [part for part in text.strip("/").split("/") if part]
    if not parts:
        raise NO_VECTOR()
    named = parts.pop(0).partition(":")[2] if parts[0].casefold().startswith("cvss:") else None
    found = _version(named or version, parts)
    return compose(found, _values(found, parts))


def compose(version: Version | str, values: Mapping[str, str]) -> Score:
    """Score metric values from a calculator: metric code to value code; "" and "not defined" are left out.

    Raises UNKNOWN_METRIC, UNKNOWN_VALUE, METRICS_MISSING, or SEVERAL of them.
    """
    found = _known(version)
    _refuse(list(_mistakes(found, values)))
    words = tuple(_words(found, values))
    vector = _join(found, {word.metric: word.value for word in words})
    base_only = _join(found, {word.metric: word.value for word in words if word.group is Group.BASE})
    base, overall = _compute(found, base_only), _compute(found, vector)
    severities = (severity_of(found, base), severity_of(found, overall))
    return Score(found, vector, base, severities[0], overall, severities[1], words)


def _known(version: Version | str) -> Version:
    if version not in set(Version):
        raise NO_SUCH_VERSION(version=version, allowed=", ".join(Version))
    return Version(version)


def _version(named: Version | str | None, parts: list[str]) -> Version:
    """The version said; without one, 2.0 where the vector has its authentication metric."""
    if named is not None:
        return _known(named)
    codes = {part.partition(":")[0].casefold() for part in parts}
    if "au" in codes and not codes & {"pr", "ui", "at"}:
        return Version.V2_0
    raise VERSION_MISSING()


def _values(version: Version, parts: list[str]) -> dict[str, str]:
    """Split the parts; duplicates and parts without a colon are mistakes here, the rest is checked later."""
    codes = {metric.code.casefold(): metric.code for metric in metrics(version)}
    values: dict[str, str] = {}
    mistakes: list[Problem] = []
    for part in parts:
        code, colon, value = part.partition(":")
        code = codes.get(code.casefold(), code)
        if not (code and colon and value):
            mistakes.append(BAD_PART(part=part))
        elif code in values:
            mistakes.append(METRIC_TWICE(metric=code).at(code))
        else:
            values[code] = value
    if mistakes:
        _refuse([*mistakes, *_mistakes(version, values)])
    return values


def _mistakes(version: Version, values: Mapping[str, str]) -> Iterator[Problem]:
    known = {metric.code: metric for metric in metrics(version)}
    for code, value in values.items():
        metric = known.get(code)
        if metric is None:
            yield UNKNOWN_METRIC(version=version.value, metric=code, allowed=", ".join(known)).at(code)
        elif value and metric.value(value) is None:
            allowed = ", ".join(metric.codes)
            yield UNKNOWN_VALUE(metric=code, value=value, allowed=allowed).at(code)
    missing = [code for code, metric in known.items() if metric.is_mandatory and not values.get(code)]
    if missing:
        yield METRICS_MISSING(version=version.value, metrics=", ".join(missing))


def _refuse(mistakes: list[Problem]) -> None:
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else several(mistakes)


def _words(version: Version, values: Mapping[str, str]) -> Iterator[Word]:
    for metric in metrics(version):
        value = metric.value(values.get(metric.code, ""))
        if value is not None and value.code != metric.undefined:
            yield Word(metric.code, metric.name, value.code, value.name, value.meaning, metric.group)


def _join(version: Version, values: Mapping[str, str]) -> str:
    prefix = "" if version is Version.V2_0 else f"CVSS:{version.value}/"
    return prefix + "/".join(f"{code}:{value}" for code, value in values.items())


@lru_cache(maxsize=4096)
def _compute(version: Version, vector: str) -> float:
    """The score over every metric in a valid vector; the library's negative zero becomes zero."""
    if version is Version.V4_0:
        return abs(float(CVSS4(vector).base_score))
    scored = CVSS2(vector) if version is Version.V2_0 else CVSS3(vector)
    base, temporal, environmental = scored.scores()
    given = set(scored.metrics) if version is Version.V2_0 else set(scored.original_metrics)
    groups = {metric.group for metric in metrics(version) if metric.code in given}
    if Group.ENVIRONMENTAL in groups:
        return abs(float(environmental))
    return abs(float(temporal if Group.TEMPORAL in groups else base))
