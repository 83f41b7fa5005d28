"""What the verbs about clocks share: how a line names one, and which clocks run from the same event."""

from collections.abc import Mapping

from okiagari.cases.clockbook import Book
from okiagari.cases.models import Obligation
from okiagari.standards import deadlines


def mark(row: Obligation) -> dict[str, object]:
    """How a ledger line names the clock: its number, its rule, and its own name where the maker gave one."""
    facts: dict[str, object] = {"clock": row.public_id, "rule": row.rule}
    return facts if row.rule in deadlines.RULES else {**facts, "name": called(row)}


def called(row: Obligation) -> Mapping[str, str]:
    return dict(row.label.texts) or {"en": row.rule}


def is_part_of(known: Book, first: Obligation, other: Obligation) -> bool:
    """Do both run from the same event: the same anchor, at the same instant, from the same source?"""
    if other.pk == first.pk:
        return True
    same_event = known.shown(first.rule).anchor == known.shown(other.rule).anchor
    same_place = first.anchor_source == other.anchor_source and first.scope_id == other.scope_id
    return same_event and same_place and first.anchor_at == other.anchor_at
