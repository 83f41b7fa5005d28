"""What is known of an incident, for those who are in its part of the case."""

from okiagari.cases import rules
from okiagari.cases.incidents import CountView, IncidentView, SystemView
from okiagari.cases.models import Case, Count, Incident
from okiagari.cases.reading import part_keys, person_name, readable
from okiagari.desk import permits
from okiagari.desk.subjects import Subject


def incident(subject: Subject, case_id: str) -> IncidentView | None:
    """What has been said of the incident; None where nothing has, or none of it is for the subject.

    Raises NOTHING_HERE.
    """
    case = readable(subject, case_id, "cases.inside")
    rows = Incident.objects.filter(case=case, scope_id__in=permits.scopes(subject))
    row = rows.select_related("severe_by").first()
    if row is None:
        return None
    return IncidentView(
        occurred_at=row.occurred_at,
        detected_at=row.detected_at,
        aware_at=row.aware_at,
        detected_how=row.detected_how,
        unlawful=row.unlawful,
        personal_data=row.personal_data,
        data_aware_at=row.data_aware_at,
        categories=tuple(row.categories),
        countries=tuple(row.countries),
        consequences=row.consequences,
        contained_at=row.contained_at,
        contained_by=row.contained_by,
        contained_how=row.contained_how,
        still_open=row.still_open,
        restored_at=row.restored_at,
        severe_verdict=row.severe_verdict,
        severe_reason=row.severe_reason,
        severe_aware_at=row.severe_aware_at,
        severe_by=person_name(row.severe_by),
        counts=_counts(row),
        systems=_systems(row),
        part=part_keys([(row.scope_id, case.scope_id)]).get(row.scope_id, ""),
    )


def _counts(row: Incident) -> tuple[CountView, ...]:
    """Newest first; the first of each kind and country is the one that counts."""
    seen: set[tuple[str, str]] = set()
    views = []
    for each in Count.objects.filter(incident=row).select_related("by").order_by("-pk"):
        views.append(
            CountView(
                of=each.of,
                number=each.number,
                certainty=each.certainty,
                country=each.country,
                source=each.source,
                at=each.at,
                by=person_name(each.by),
                is_newest=(each.of, each.country) not in seen,
            )
        )
        seen.add((each.of, each.country))
    return tuple(views)


def _systems(row: Incident) -> tuple[SystemView, ...]:
    found = row.systems.select_related("product", "by").order_by("product__model")
    return tuple(
        SystemView(
            key=each.product.model,
            name=each.product.names,
            slug=each.product.slug,
            state=each.state,
            note=each.note,
            since=each.since,
            by=person_name(each.by),
        )
        for each in found
    )


def may_describe(subject: Subject, case_id: str) -> bool:
    """May the subject say something of the incident? Raises NOTHING_HERE."""
    return permits.may(subject, "cases.work", _place(readable(subject, case_id, "cases.inside")))


def may_read_incident(subject: Subject, case_id: str) -> bool:
    """Has the case an incident, and is the subject in the part it stands in? Raises NOTHING_HERE."""
    case = readable(subject, case_id, "cases.inside")
    is_one = bool({"service", "infrastructure"} & set(case.kinds))
    return is_one and permits.may_see(subject, _place(case))


def _place(case: Case) -> int:
    """The scope in which what is known of the incident stands."""
    part = case.parts.filter(key=rules.INCIDENT).first()
    return part.scope_id if part else case.scope_id
