"""SSVC for suppliers: how urgently to develop a fix (CERT/CC, “Stakeholder-Specific Vulnerability
Categorization”, supplier tree, decision table DT_SP 1.0.0).

In: a value for each of four decision points. Out: one of four priorities, looked up in the table of
36 rows beside this module; it computes no number. Names and keys are the standard's (key behind the
name; “Active” says of what), the one-sentence meanings are ours; all texts are message ids.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from okiagari.problems import Kind, Problem, define, gettext_noop, several

NOT_DECIDED = define(
    "ssvc.not_decided",
    Kind.INVALID,
    gettext_noop("The decision point %(point)s has no value."),
    gettext_noop("Choose one of: %(allowed)s."),
)
UNKNOWN_VALUE = define(
    "ssvc.unknown_value",
    Kind.INVALID,
    gettext_noop("The decision point %(point)s cannot be “%(value)s”."),
    gettext_noop("Choose one of: %(allowed)s."),
)
UNKNOWN_POINT = define(
    "ssvc.unknown_point",
    Kind.INVALID,
    gettext_noop("The supplier tree has no decision point “%(point)s”."),
    gettext_noop("Its decision points are: %(allowed)s."),
)
NOT_A_VECTOR = define(
    "ssvc.not_a_vector",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not an SSVC vector."),
    gettext_noop("Write it like E:A/U:S/TI:T/PSI:M."),
)


class Priority(StrEnum):
    DEFER = "defer"
    SCHEDULED = "scheduled"
    OUT_OF_CYCLE = "out-of-cycle"
    IMMEDIATE = "immediate"


PRIORITY_WORDS: Mapping[Priority, str] = {
    Priority.DEFER: gettext_noop("Defer"),
    Priority.SCHEDULED: gettext_noop("Scheduled"),
    Priority.OUT_OF_CYCLE: gettext_noop("Out-of-Cycle"),
    Priority.IMMEDIATE: gettext_noop("Immediate"),
}
PRIORITY_MEANINGS: Mapping[Priority, str] = {
    Priority.DEFER: gettext_noop("Do not work on a fix for now."),
    Priority.SCHEDULED: gettext_noop("Develop the fix within the ordinary schedule."),
    Priority.OUT_OF_CYCLE: gettext_noop(
        "Develop the fix ahead of the ordinary schedule, with the people at hand."
    ),
    Priority.IMMEDIATE: gettext_noop("Put everybody needed on the fix, and other work aside."),
}
_LETTERS = {priority.value[0].upper(): priority for priority in Priority}


@dataclass(frozen=True)
class Value:
    """One choice at a decision point: its key, name and meaning."""

    key: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Point:
    """A decision point and its values, mildest first."""

    key: str
    name: str
    question: str
    values: tuple[Value, ...]

    def value(self, key: str) -> Value | None:
        return next((value for value in self.values if value.key.casefold() == key.strip().casefold()), None)


POINTS = (
    Point(
        "E",
        gettext_noop("Exploitation (E)"),
        gettext_noop("Is the vulnerability being attacked?"),
        (
            Value(
                "N",
                gettext_noop("None (N)"),
                gettext_noop("Neither an attack nor a public demonstration is known."),
            ),
            Value(
                "P",
                gettext_noop("Public PoC (P)"),
                gettext_noop("A demonstration is public, or the way to attack is well known."),
            ),
            Value(
                "A",
                gettext_noop("Active exploitation (A)"),
                gettext_noop("Reliable evidence shows that attackers use it."),
            ),
        ),
    ),
    Point(
        "U",
        gettext_noop("Utility (U)"),
        gettext_noop("How useful is it to an attacker?"),
        (
            Value(
                "L",
                gettext_noop("Laborious (L)"),
                gettext_noop("Each target takes work by hand and yields little."),
            ),
            Value(
                "E",
                gettext_noop("Efficient (E)"),
                gettext_noop("Attacks run by themselves, or each target yields much."),
            ),
            Value(
                "S",
                gettext_noop("Super Effective (S)"),
                gettext_noop("Attacks run by themselves and each target yields much."),
            ),
        ),
    ),
    Point(
        "TI",
        gettext_noop("Technical Impact (TI)"),
        gettext_noop("How much control does the attacker gain?"),
        (
            Value(
                "P",
                gettext_noop("Partial (P)"),
                gettext_noop("Limited control or limited disclosure, or total control by rare luck."),
            ),
            Value(
                "T",
                gettext_noop("Total (T)"),
                gettext_noop("Total control of the product, or disclosure of everything on it."),
            ),
        ),
    ),
    Point(
        "PSI",
        gettext_noop("Public Safety Impact (PSI)"),
        gettext_noop("Can people come to harm?"),
        (
            Value("M", gettext_noop("Minimal (M)"), gettext_noop("At worst people would be inconvenienced.")),
            Value(
                "S",
                gettext_noop("Significant (S)"),
                gettext_noop("People could be injured, ruined or worse."),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Word:
    """One decision point of a decision, read aloud; texts are message ids."""

    point: str
    name: str
    value: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Decision:
    """`version`: of the table; `vector`: the values, such as ``E:A/U:S/TI:T/PSI:M``."""

    version: str
    vector: str
    priority: Priority
    words: tuple[Word, ...]


def decide(points: Mapping[str, str]) -> Decision:
    """The priority for a value at each decision point (keys of any case).

    Raises NOT_DECIDED, UNKNOWN_VALUE, UNKNOWN_POINT, or SEVERAL of them.
    """
    given = {key.strip().upper(): value for key, value in points.items()}
    mistakes = _mistakes(given)
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else several(mistakes)
    words = tuple(
        Word(point.key, point.name, value.key, value.name, value.meaning)
        for point in POINTS
        if (value := point.value(given[point.key])) is not None
    )
    exploitation, utility, impact, safety = (word.value for word in words)
    column = "PT".index(impact) * 2 + "MS".index(safety)
    letter = str(_table()[exploitation][utility])[column]
    vector = "/".join(f"{word.point}:{word.value}" for word in words)
    return Decision(str(_table()["version"]), vector, _LETTERS[letter], words)


def parse(vector: str) -> Decision:
    """Read what `Decision.vector` wrote. Raises NOT_A_VECTOR and what `decide` raises."""
    pairs = [part.partition(":") for part in vector.strip().split("/")]
    if not all(key and value for key, _, value in pairs) or len({key.upper() for key, _, _ in pairs}) < len(
        pairs
    ):
        raise NOT_A_VECTOR(text=vector)
    return decide({key: value for key, _, value in pairs})


def utility(*, is_automatable: bool, is_dense: bool) -> str:
    """The key of Utility from the two questions behind it: do attacks run alone, does a target yield much?"""
    return "LES"[is_automatable + is_dense]


def _mistakes(given: Mapping[str, str]) -> list[Problem]:
    known = {point.key: point for point in POINTS}
    mistakes = [
        UNKNOWN_POINT(point=key, allowed=", ".join(known)).at(key) for key in given if key not in known
    ]
    for point in POINTS:
        value = given.get(point.key, "").strip()
        told = {"point": point.key, "allowed": ", ".join(item.key for item in point.values)}
        if not value:
            mistakes.append(NOT_DECIDED(**told).at(point.key))
        elif point.value(value) is None:
            mistakes.append(UNKNOWN_VALUE(value=value, **told).at(point.key))
    return mistakes


@cache
def _table() -> dict[str, Any]:
    text = files("okiagari.standards").joinpath("ssvc_supplier.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
