"""Do all formats of an advisory say the same? What the check of what would go out now found."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.disclose.consistency import checks
from okiagari.disclose.consistency.report import FieldGaps, Noted


@dataclass(frozen=True)
class ConsistencyView:
    """`is_checked`: False while a big document waits for its check. `label` and `text` are marked texts.

    `errors` hold an approval, `warnings` do not. `formats`: what was read back, `facts`: how many values.
    """

    is_checked: bool
    at: datetime | None = None
    files: int = 0
    facts: int = 0
    formats: tuple[str, ...] = ()
    errors: int = 0
    warnings: int = 0
    fields: tuple[FieldGaps, ...] = ()
    noted: tuple[Noted, ...] = ()

    @property
    def is_consistent(self) -> bool:
        return self.is_checked and not self.errors


def consistency(subject: Subject, advisory_id: str) -> ConsistencyView:
    """Of what would go out now."""
    permits.require(subject, "cases.inside")
    found = checks.peek(access.seen(subject, advisory_id))
    if found is None:
        return ConsistencyView(is_checked=False)
    said = found.report
    return ConsistencyView(
        is_checked=True,
        at=found.at,
        files=said.files,
        facts=said.facts,
        formats=tuple(said.formats),
        errors=said.errors,
        warnings=said.warnings,
        fields=tuple(said.fields),
        noted=tuple(said.noted),
    )
