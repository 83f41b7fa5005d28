"""How a target is named, and which targets and products a search finds."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from okiagari.catalog.problems import RULE_SHAPE, RULE_TOO_DEEP, WRONG_RULE
from okiagari.standards.partialdate import PartialDate

PARTS = (
    "models",
    "family",
    "category",
    "brand",
    "component",
    "line",
    "kind",
    "team",
    "sold_since",
    "supported_until",
)
JOINTS = ("any", "all")
RULE_KEYS = (*PARTS, *JOINTS)
MOST_DEEP = 5


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
    """What a search rule looks at. `components`: (name, version) of every release, old ones too."""

    key: str
    model: str
    kind: str
    family: str
    category: str
    line: str
    team: str
    support: Mapping[str, PartialDate]
    brand: str = ""
    components: tuple[tuple[str, str], ...] = ()


def matches(rule: Mapping[str, object], candidate: Candidate) -> bool:
    """Does the rule find this target? Every part of the rule must hold. Raises what `check` raises.

    A list of values holds where one of them does; `any` holds a list of rules of which one must hold,
    `all` one of which every one must. `component`: a name, or name@version, in any release.
    `sold_since`: still on sale on or after that date, or the end of sales is not known.
    `supported_until`: security support ends on or after that date, or is not known. Unknown is never
    left out: a search that misses what nobody wrote down would miss what matters most.
    """
    check(rule)
    return _matches(rule, candidate)


def check(rule: Mapping[str, object], depth: int = 1) -> None:
    """Raises WRONG_RULE, RULE_SHAPE, RULE_TOO_DEEP, and what is wrong with a date."""
    if depth > MOST_DEEP:
        raise RULE_TOO_DEEP(most=MOST_DEEP)
    for key, wanted in rule.items():
        if key not in RULE_KEYS:
            raise WRONG_RULE(key=key, allowed=", ".join(RULE_KEYS))
        if key in JOINTS and wanted:
            if not isinstance(wanted, list | tuple) or not all(isinstance(each, Mapping) for each in wanted):
                raise RULE_SHAPE(key=key)
            for each in wanted:
                check(each, depth + 1)
        elif key in ("sold_since", "supported_until") and wanted:
            PartialDate.parse(str(wanted))


def asks_for(rule: Mapping[str, object], key: str) -> bool:
    """Whether the rule speaks of this anywhere."""
    inner = [each for joint in JOINTS for each in _rules(rule.get(joint))]
    return bool(rule.get(key)) or any(asks_for(each, key) for each in inner)


def _rules(value: object) -> Sequence[Mapping[str, object]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []


def _matches(rule: Mapping[str, object], candidate: Candidate) -> bool:
    return all(_holds(key, wanted, candidate) for key, wanted in rule.items() if wanted)


def _holds(key: str, wanted: object, candidate: Candidate) -> bool:
    if key in JOINTS:
        found = [_matches(each, candidate) for each in _rules(wanted)]
        return any(found) if key == "any" else all(found)
    if key == "sold_since":
        return _not_over_by(candidate.support.get("end_of_sales"), wanted)
    if key == "supported_until":
        return _not_over_by(candidate.support.get("end_of_security_support"), wanted)
    if key == "models":
        return candidate.model in _several(wanted)
    if key == "component":
        return any(_holds_component(each, candidate.components) for each in _several(wanted))
    return getattr(candidate, key) in _several(wanted)


def _holds_component(wanted: str, components: Iterable[tuple[str, str]]) -> bool:
    """By name, or by name@version. A name may itself hold an @: the last one counts."""
    whole = folded_words([wanted])
    name, at, version = wanted.rpartition("@")
    named = folded_words([name])
    for each, its_version in components:
        if folded_words([each]) == whole:
            return True
        if at and folded_words([each]) == named and its_version.strip() == version.strip():
            return True
    return False


def _several(wanted: object) -> Sequence[str]:
    if isinstance(wanted, list | tuple):
        return [str(each) for each in wanted]
    return [str(wanted)]


def _not_over_by(end: PartialDate | None, wanted: object) -> bool:
    if end is None or not end.is_known:
        return True
    since = PartialDate.parse(str(wanted)).earliest or date.min
    return not end.is_surely_before(since)
