"""Parts and incidents when cases are joined: what one team alone reads stays with that team.

A part's rows go to the part of the same team (made where there is none); its stream is read on with the
merged case. There is one incident for each case: where both have one, the target's stands, gaps in it are
filled from the other's, and the counts come along.
"""

from django.db import models

from okiagari.cases import rules
from okiagari.cases.actions.parts import divide
from okiagari.cases.models import Case, Count, Incident, System
from okiagari.cases.moving.carrying import Record, carry

_KEPT = {"id", "case", "scope"}


def absorb(source: Case, target: Case) -> Record:
    """The incident of the source, or what it knows more, goes to the target, into the part it belongs in."""
    kinds = rules.team_kinds([*source.kinds, *target.kinds])
    divide(target, [*source.parts.order_by("pk").values_list("key", flat=True), *rules.parts_of(kinds)])
    row = Incident.objects.filter(case=source).first()
    if row is None:
        return {"incident": [], "counts": [], "filled": []}
    there = Incident.objects.filter(case=target).first()
    counts = list(row.counts.order_by("pk").values_list("pk", flat=True))
    if there is None:
        carried = carry(Incident.objects.filter(pk=row.pk), target)
        own = target.parts.filter(key=rules.INCIDENT).first()
        Incident.objects.filter(pk=row.pk).update(scope_id=own.scope_id if own else target.scope_id)
        _rescope(Incident.objects.get(pk=row.pk))
        return {"incident": carried, "counts": [], "filled": []}
    filled = [name for name in _fields() if getattr(row, name) and not getattr(there, name)]
    for name in filled:
        setattr(there, name, getattr(row, name))
    there.save()
    Count.objects.filter(pk__in=counts).update(incident=there, scope_id=there.scope_id)
    new = System.objects.filter(incident=row).exclude(product__in=there.systems.values("product"))
    systems = list(new.values_list("pk", flat=True))
    System.objects.filter(pk__in=systems).update(incident=there, scope_id=there.scope_id)
    return {"incident": [], "counts": counts, "filled": filled, "systems": systems}


def _fields() -> list[str]:
    return [field.name for field in Incident._meta.concrete_fields if field.name not in _KEPT]


def _rescope(row: Incident) -> None:
    Count.objects.filter(incident=row).update(scope_id=row.scope_id)
    System.objects.filter(incident=row).update(scope_id=row.scope_id)


def give_back(source: Case, target: Case, record: Record) -> None:
    """Bring back the incident, or its counts; a gap that was filled is empty again unless it changed."""
    carry(Incident.objects.filter(pk__in=record["incident"], case=target), source)
    row = Incident.objects.filter(case=source).first()
    if row is None:
        return
    there = Incident.objects.filter(case=target).first()
    for name in record["filled"] if there else ():
        if getattr(there, name) == getattr(row, name):
            setattr(there, name, _empty(name))
    if there:
        there.save()
    Count.objects.filter(pk__in=record["counts"]).update(incident=row)
    System.objects.filter(pk__in=record.get("systems", ())).update(incident=row)
    _rescope(row)


def _empty(name: str) -> object:
    field: models.Field[object, object] = Incident._meta.get_field(name)  # type: ignore[assignment]
    return field.get_default()
