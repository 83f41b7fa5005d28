"""Parties of a case, who was let in, and whom one can name."""

from okiagari.cases.models import Party
from okiagari.cases.reading import organisation_name, parties_of, person_name, readable, team_name
from okiagari.cases.values import Directory, GrantView, Name, PartView, PartyView
from okiagari.desk import permits
from okiagari.desk.models import Grant, Organisation, Person, Team
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.standards.localtext import LocalText


def parties(subject: Subject, case_id: str) -> tuple[PartyView, ...]:
    """Parties in the order they joined, those who left included. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    return tuple(
        PartyView(
            id=party.public_id,
            role=party.role,
            name=_called(party),
            organisation=party.organisation.key if party.organisation else "",
            reference=party.reference,
            joined_at=party.joined_at,
            left_at=party.left_at,
        )
        for party in parties_of(row)
    )


def _called(party: Party) -> LocalText:
    if party.organisation is not None and not party.name:
        return party.organisation.name
    return LocalText.of(ja=party.name, en=party.name)


def people_in(subject: Subject, case_id: str) -> tuple[GrantView, ...]:
    """Who was let into the case, at which level and why. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    return _grants(row.scope_id)


def parts(subject: Subject, case_id: str) -> tuple[PartView, ...]:
    """The parts of the case that the subject is in, with who else is. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    seen = row.parts.filter(scope_id__in=permits.scopes(subject)).order_by("pk")
    return tuple(PartView(part.public_id, part.key, _grants(part.scope_id)) for part in seen)


def _grants(scope_id: int) -> tuple[GrantView, ...]:
    grants = (
        Grant.objects.filter(scope_id=scope_id)
        .select_related("principal", "principal__team", "principal__person", "principal__organisation")
        .order_by("-level", "granted_at", "pk")
    )
    return tuple(
        GrantView(_who(grant), Level(grant.level).name.lower(), grant.reason, grant.granted_at)
        for grant in grants
    )


def _who(grant: Grant) -> Name:
    principal = grant.principal
    named = (
        person_name(getattr(principal, "person", None))
        or team_name(getattr(principal, "team", None))
        or organisation_name(getattr(principal, "organisation", None))
    )
    return named or Name(principal.kind, principal.key, LocalText.of(en=principal.key))


def directory(subject: Subject) -> Directory:
    """Teams, active people and organisations, for the choices of forms."""
    permits.require(subject, "desk.directory")
    return Directory(
        teams=tuple(Name("team", row.key, row.name) for row in Team.objects.order_by("key")),
        people=tuple(
            Name("person", row.username, row.name)
            for row in Person.objects.filter(is_active=True).order_by("username")
        ),
        organisations=tuple(
            Name("organisation", row.key, row.name) for row in Organisation.objects.order_by("key")
        ),
    )
