"""How it is with each of our own systems in an incident: examined, affected, contained, restored, clear."""

from collections.abc import Sequence

from okiagari.cases import rules
from okiagari.cases.actions.frame import write_line
from okiagari.cases.actions.incident import changing_incident
from okiagari.cases.models import System
from okiagari.catalog.models import Product
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock

OURS = ("system", "service")


def set_systems(
    subject: Subject, case_id: str, *, systems: Sequence[str], state: str, note: str = ""
) -> None:
    """Say how it is with these systems of the inventory, by their keys; one that is new becomes a row.

    Raises NO_SUCH_SYSTEM, SYSTEM_STATE.
    """
    rules.check_system(state)
    with changing_incident(subject, "cases.work", case_id) as (case, row):
        known = {each.model: each for each in Product.objects.filter(model__in=systems, kind__in=OURS)}
        for key in systems:
            if key not in known:
                raise rules.NO_SUCH_SYSTEM(system=key).at("systems")
        row.save()
        for key in dict.fromkeys(systems):
            System.objects.update_or_create(
                incident=row,
                product=known[key],
                defaults={
                    "scope_id": row.scope_id,
                    "state": state,
                    "note": note.strip(),
                    "since": clock.now(),
                    "by_id": subject.person_id,
                },
            )
        write_line(
            case, subject, "systems_set", systems=list(dict.fromkeys(systems)), state=state, note=note.strip()
        )
