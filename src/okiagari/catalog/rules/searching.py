"""How a target is named, and which targets and products a search finds."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from okiagari.catalog.problems import WRONG_RULE
from okiagari.standards.partialdate import PartialDate

RULE_KEYS = ("models", "family", "category", "line", "kind", "team", "sold_since", "supported_until")


def target_key(
    model: str, *, revision: str = "", platform: str = "", line: str = "", taken: bool = False
) -> str:
    """The stable name of a target. The line joins only where the short name is taken."""
    key = model + (f" {revision}" if revision else "") + (f"#{platform}" if platform else "")
    return f"{key}@{line}" if taken else key


def folded_words(texts: Iterable[str]) -> str:
    """What a search looks in, and for: width, case and white space make no difference."""
    return " ".join(" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts)


@dataclass(frozen=True)
class Candidate:
    """What a search rule looks at."""

    key: str
    model: str
    kind: str
    family: str
    category: str
    line: str
    team: str
    support: Mapping[str, PartialDate]


def matches(rule: Mapping[str, object], candidate: Candidate) -> bool:
    """Does the rule find this target? Every part of the rule must hold. Raises WRONG_RULE.

    `sold_since`: still on sale on or after that date, or the end of sales is not known.
    `supported_until`: security support ends on or after that date, or is not known. Unknown is never
    left out: a search that misses what nobody wrote down would miss what matters most.
    """
    for key in rule:
        if key not in RULE_KEYS:
            raise WRONG_RULE(key=key, allowed=", ".join(RULE_KEYS))
    return all(_holds(key, wanted, candidate) for key, wanted in rule.items() if wanted)


def _holds(key: str, wanted: object, candidate: Candidate) -> bool:
    if key == "sold_since":
        return _not_over_by(candidate.support.get("end_of_sales"), wanted)
    if key == "supported_until":
        return _not_over_by(candidate.support.get("end_of_security_support"), wanted)
    if key == "models":
        return candidate.model in _several(wanted)
    return getattr(candidate, key) in _several(wanted)


def _several(wanted: object) -> Sequence[str]:
    if isinstance(wanted, list | tuple):
        return [str(each) for each in wanted]
    return [str(wanted)]


def _not_over_by(end: PartialDate | None, wanted: object) -> bool:
    if end is None or not end.is_known:
        return True
    since = PartialDate.parse(str(wanted)).earliest or date.min
    return not end.is_surely_before(since)
