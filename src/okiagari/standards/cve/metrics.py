"""Scores as a CVE record carries them: FIRST's JSON of each CVSS version, SSVC as CISA writes it."""

from collections.abc import Mapping

from okiagari.standards.csaf.scoring import score_json
from okiagari.standards.cvss import Score, Version
from okiagari.standards.documents import Json, instant, pruned

from .model import Metric, Ssvc

NAMES = {
    Version.V2_0: "cvssV2_0",
    Version.V3_0: "cvssV3_0",
    Version.V3_1: "cvssV3_1",
    Version.V4_0: "cvssV4_0",
}

_BASE_4 = {
    "AV": "attackVector",
    "AC": "attackComplexity",
    "AT": "attackRequirements",
    "PR": "privilegesRequired",
    "UI": "userInteraction",
    "VC": "vulnConfidentialityImpact",
    "VI": "vulnIntegrityImpact",
    "VA": "vulnAvailabilityImpact",
    "SC": "subConfidentialityImpact",
    "SI": "subIntegrityImpact",
    "SA": "subAvailabilityImpact",
}
_LEVELS = {"N": "NONE", "L": "LOW", "H": "HIGH"}
_VALUES: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(_BASE_4, _LEVELS),
    "AV": {"N": "NETWORK", "A": "ADJACENT", "L": "LOCAL", "P": "PHYSICAL"},
    "AT": {"N": "NONE", "P": "PRESENT"},
    "UI": {"N": "NONE", "P": "PASSIVE", "A": "ACTIVE"},
}


def metric_json(metric: Metric) -> Json:
    """``{"format": "CVSS", "cvssV3_1": {...}}``."""
    scenarios = [{"lang": each.language, "value": each.text} for each in metric.scenarios]
    score = metric.score
    return pruned(format="CVSS", scenarios=scenarios, **{NAMES[score.version]: _score(score)})


def _score(score: Score) -> Json:
    return _score_4(score) if score.version is Version.V4_0 else score_json(score)


def _score_4(score: Score) -> Json:
    """By FIRST's JSON schema of 4.0 with its base metrics; the rest stands in the vector.

    The library `cvss` (3.6) writes some of the names otherwise ("attackRequirement").
    """
    values = score.values
    named = {name: _VALUES[code].get(values[code], values[code]) for code, name in _BASE_4.items()}
    return pruned(
        **named,
        baseScore=score.base,
        baseSeverity=score.severity.value.upper(),
        vectorString=score.vector,
        version="4.0",
    )


def ssvc_json(ssvc: Ssvc, cve: str) -> Json:
    options = [{name: value} for name, value in ssvc.options]
    content = {
        "id": cve,
        "options": options,
        "role": ssvc.role,
        "timestamp": instant(ssvc.at),
        "version": ssvc.version,
    }
    return {"other": {"content": content, "type": "ssvc"}}
