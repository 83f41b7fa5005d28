"""What a CVSS metric is, for calculators and for reading a vector aloud.

Out: frozen values whose texts are message ids (English; doors translate). Names and codes are those
of the CVSS v2.0 guide, v3.1 and v4.0 specification documents (FIRST), which write the code behind the
name: “Network (N)”; the one-sentence meanings are ours. It computes nothing.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from okiagari.problems import gettext_noop


class Group(StrEnum):
    """Metric groups: BASE everywhere, TEMPORAL in 2.0 and 3.x, THREAT and SUPPLEMENTAL in 4.0."""

    BASE = "base"
    TEMPORAL = "temporal"
    THREAT = "threat"
    ENVIRONMENTAL = "environmental"
    SUPPLEMENTAL = "supplemental"


@dataclass(frozen=True)
class Value:
    """One choice: its code in the vector, its name, what it means in one sentence."""

    code: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Metric:
    """One metric and its choices, in the order a calculator shows them."""

    code: str
    name: str
    group: Group
    values: tuple[Value, ...]

    @property
    def is_mandatory(self) -> bool:
        return self.group is Group.BASE

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(value.code for value in self.values)

    @property
    def undefined(self) -> str:
        """The code that means “not defined”, or ``""`` for a mandatory metric."""
        return next((code for code in self.codes if code in {"X", "ND"}), "")

    def value(self, code: str) -> Value | None:
        """The choice with this code, whatever its case, or None."""
        return next((value for value in self.values if value.code.casefold() == code.casefold()), None)


NOT_DEFINED = Value(
    "X",
    gettext_noop("Not Defined (X)"),
    gettext_noop("Nothing is said here; the score is computed as if the metric were absent."),
)
NOT_DEFINED_V2 = replace(NOT_DEFINED, code="ND", name=gettext_noop("Not Defined (ND)"))

REQUIREMENT = (
    Value("H", gettext_noop("High (H)"), gettext_noop("Losing it would be a catastrophe for the user.")),
    Value("M", gettext_noop("Medium (M)"), gettext_noop("Losing it would hurt the user seriously.")),
    Value("L", gettext_noop("Low (L)"), gettext_noop("Losing it would hardly matter to the user.")),
)


def requirements(undefined: Value) -> tuple[Metric, ...]:
    """CR, IR and AR, the same in every version except for the code of “not defined”."""
    names = (
        ("CR", gettext_noop("Confidentiality Requirement (CR)")),
        ("IR", gettext_noop("Integrity Requirement (IR)")),
        ("AR", gettext_noop("Availability Requirement (AR)")),
    )
    return tuple(Metric(code, name, Group.ENVIRONMENTAL, (undefined, *REQUIREMENT)) for code, name in names)


def modified(base: Metric, name: str, *more: Value) -> Metric:
    """The environmental twin of a base metric: code with an M in front, “not defined” first."""
    return Metric(f"M{base.code}", name, Group.ENVIRONMENTAL, (NOT_DEFINED, *more, *base.values))


def beyond(base: Metric, name: str, *more: Value) -> Metric:
    """CVSS 4.0, section 4.2: in the modified twins of SC, SI and SA the value N is called Negligible."""
    twin = modified(base, name, *more)
    values = (
        replace(value, name=gettext_noop("Negligible (N)")) if value.code == "N" else value
        for value in twin.values
    )
    return replace(twin, values=tuple(values))
