"""CVSS scores of any version (FIRST; 2.0, 3.0, 3.1, 4.0): vectors to scores and to plain words.

In: a vector as people paste it. Out: a frozen `Score` with the normalised vector. It never judges a
product: the maker's own criteria do that, and the score stands beside them for reference.
"""

from .metrics import Group, Metric, Value
from .vector import (
    BAD_PART,
    METRIC_TWICE,
    METRICS_MISSING,
    NO_SUCH_VERSION,
    NO_VECTOR,
    UNKNOWN_METRIC,
    UNKNOWN_VALUE,
    VERSION_MISSING,
    Score,
    Severity,
    Version,
    Word,
    compose,
    metrics,
    parse,
    severity_of,
)

__all__ = [
    "BAD_PART",
    "METRICS_MISSING",
    "METRIC_TWICE",
    "NO_SUCH_VERSION",
    "NO_VECTOR",
    "UNKNOWN_METRIC",
    "UNKNOWN_VALUE",
    "VERSION_MISSING",
    "Group",
    "Metric",
    "Score",
    "Severity",
    "Value",
    "Version",
    "Word",
    "compose",
    "metrics",
    "parse",
    "severity_of",
]
