"""A report as it is kept and shown: differences by field, findings, how much was compared.

In: differences and findings. Out: a `Report`, to and from JSON. Where thousands of values differ, the first
of each field are kept and the rest are counted.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from okiagari.disclose.consistency.comparing import Difference
from okiagari.disclose.consistency.fields import LABELS, Field
from okiagari.disclose.consistency.findings import Finding

MOST = 25
"""So many differences of one field are kept."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """One difference. `said`, `approved`: what only the file says, what only the content does."""

    format: str
    path: str
    place: str
    product: str = ""
    flaw: str = ""
    said: list[str] = []
    approved: list[str] = []


class FieldGaps(msgspec.Struct, frozen=True, kw_only=True):
    """The differences in one field; `count` is all of them, `gaps` the first."""

    field: str
    label: str
    count: int
    gaps: list[Gap]


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A finding. `text`: a message id with its parameters."""

    code: str
    text: str
    label: str
    path: str
    place: str = ""
    parameters: dict[str, str] = {}
    is_error: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`files`: how many were read; `facts`: how many values they state; `formats`: their names."""

    files: int = 0
    facts: int = 0
    formats: list[str] = []
    fields: list[FieldGaps] = []
    noted: list[Noted] = []

    @property
    def errors(self) -> int:
        return sum(each.count for each in self.fields) + sum(each.is_error for each in self.noted)

    @property
    def warnings(self) -> int:
        return sum(not each.is_error for each in self.noted)


def made(
    files: int,
    facts: int,
    formats: Iterable[str],
    differences: Sequence[Difference],
    found: Iterable[Finding],
) -> Report:
    return Report(
        files=files,
        facts=facts,
        formats=list(dict.fromkeys(formats)),
        fields=by_field(differences),
        noted=[_noted(each) for each in found],
    )


def by_field(differences: Iterable[Difference]) -> list[FieldGaps]:
    """The first differences of each field, and how many there are."""
    found: dict[Field, list[Difference]] = {}
    for each in differences:
        found.setdefault(each.field, []).append(each)
    return [
        FieldGaps(field=kind, label=LABELS[kind], count=len(same), gaps=[_gap(each) for each in same[:MOST]])
        for kind, same in found.items()
    ]


def _gap(known: Difference) -> Gap:
    return Gap(
        format=known.label,
        path=known.path,
        place=known.place,
        product=known.product,
        flaw=known.flaw,
        said=list(known.said[:MOST]),
        approved=list(known.approved[:MOST]),
    )


def _noted(known: Finding) -> Noted:
    return Noted(
        code=known.code,
        text=known.text,
        label=known.label,
        path=known.path,
        place=known.place,
        parameters=dict(known.parameters),
        is_error=known.is_error,
    )


def builtins(report: Report) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(report)
    return found


def read(value: Mapping[str, object]) -> Report:
    return msgspec.convert(value, Report)
