"""Clocks of our own, and our seats in the EU."""

from okiagari.cases import rules
from okiagari.cases.incidents import OwnRuleView
from okiagari.cases.models import OwnRule, UnionSeat
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards import deadlines


def own_rules(subject: Subject, *, include_retired: bool = False) -> tuple[OwnRuleView, ...]:
    """Clocks of our own, by key."""
    permits.require(subject, "cases.inside")
    rows = OwnRule.objects.order_by("key")
    if not include_retired:
        rows = rows.filter(retired_at=None)
    return tuple(_rule(row) for row in rows)


def _rule(row: OwnRule) -> OwnRuleView:
    span = rules.span_of(row.span)
    return OwnRuleView(
        key=row.key,
        rule=rules.OWN + row.key,
        name=row.name,
        anchor=row.anchor,
        count=span.count,
        unit=span.unit,
        zone=row.zone,
        source=row.source,
        is_movable=row.is_movable,
        is_automatic=row.is_automatic,
        kinds=tuple(row.kinds),
        is_retired=row.retired_at is not None,
    )


def seats(subject: Subject) -> tuple[deadlines.Seat, ...]:
    """Through whom we are present in the EU, in the order in which they decide who receives reports."""
    permits.require(subject, "cases.inside")
    known = {row.basis: row for row in UnionSeat.objects.all()}
    return tuple(
        deadlines.Seat(basis, known[basis].country, known[basis].name)
        for basis in deadlines.BASES
        if basis in known
    )


def receiving_seat(subject: Subject) -> deadlines.Seat | None:
    """The seat whose Member State's CSIRT receives our reports; None while none is recorded."""
    return deadlines.receiving_seat(seats(subject))
