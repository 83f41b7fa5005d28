"""Parties of a case, and who is let into it."""

from django.db.models import Q

from okiagari.cases import rules
from okiagari.cases.actions.frame import (
    changing_any,
    changing_child,
    changing_open,
    organisation_named,
    write_line,
)
from okiagari.cases.actions.vulnerabilities import ALREADY_WITHDRAWN
from okiagari.cases.models import Party
from okiagari.desk import scopes
from okiagari.desk.models import Grant, Organisation, Person, Principal, Team
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText


def add_party(
    subject: Subject,
    case_id: str,
    *,
    role: str,
    organisation: str | None = None,
    name: str = "",
    reference: str = "",
) -> str:
    """Name somebody outside who has to do with the case. This lets nobody in. Returns the party's number."""
    with changing_open(subject, "cases.work", case_id) as case:
        rules.check_party(role, organisation, name)
        found = organisation_named(organisation)
        same = Q(organisation=found) if found else Q(organisation=None, name=name.strip())
        party = case.parties.filter(same, role=role, left_at=None).first() or Party(
            case=case, scope_id=case.scope_id, role=role, organisation=found, joined_at=clock.now()
        )
        party.name, party.reference = name.strip(), reference.strip() or party.reference
        party.save()
        write_line(
            case,
            subject,
            "party_added",
            party=party.public_id,
            role=role,
            organisation=organisation,
            name=_called(party),
            reference=party.reference,
        )
    return party.public_id


def end_party(subject: Subject, party_id: str, *, reason: str = "") -> None:
    """Say that somebody no longer has to do with the case."""
    with changing_child(subject, "cases.work", Party, party_id) as (case, party):
        if party.left_at is not None:
            raise ALREADY_WITHDRAWN()
        party.left_at = clock.now()
        party.save()
        write_line(
            case,
            subject,
            "party_left",
            party=party.public_id,
            role=party.role,
            name=_called(party),
            reason=reason.strip(),
        )


def _called(party: Party) -> object:
    if party.name or party.organisation is None:
        return party.name
    return dict(party.organisation.name.texts)


def admit(
    subject: Subject,
    case_id: str,
    *,
    kind: str,
    key: str,
    level: str | int,
    reason: str,
    part: str = "",
) -> None:
    """Let somebody into the case, or into one part of it (`part`). Raises NO_SUCH_PRINCIPAL, REASON_NEEDED.

    A part is no use without the case: whoever is let into one must be in the other. Raises NOT_IN_THE_CASE.
    """
    with changing_any(subject, "cases.party", case_id, part=part) as case:
        number = rules.level_named(level)
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        principal, called = principal_named(kind, key)
        if case.here and not Grant.objects.filter(scope_id=case.scope_id, principal=principal).exists():
            raise rules.NOT_IN_THE_CASE(name=LocalText(called)).at("key")
        scopes.admit(case.here_scope_id, principal.pk, Level(number), reason.strip()[:200])
        write_line(
            case,
            subject,
            "admitted",
            principal_kind=kind,
            principal=key,
            name=called,
            level=Level(number).name.lower(),
            reason=reason.strip(),
        )


def dismiss(subject: Subject, case_id: str, *, kind: str, key: str, reason: str = "", part: str = "") -> None:
    """Take somebody's way into the case away, and with it that into its parts; or only that into one part.
    Raises NO_SUCH_PRINCIPAL, NOBODY_LEADS."""
    with changing_any(subject, "cases.party", case_id, part=part) as case:
        principal, called = principal_named(kind, key)
        leads = Grant.objects.filter(scope_id=case.here_scope_id, level__gte=Level.LEAD)
        if not leads.exclude(principal=principal).exists():
            raise rules.NOBODY_LEADS()
        if not scopes.dismiss(case.here_scope_id, principal.pk):
            raise rules.NO_SUCH_PRINCIPAL(kind=kind, key=key)
        for each in () if case.here else case.parts.all():
            scopes.dismiss(each.scope_id, principal.pk)
        write_line(
            case,
            subject,
            "dismissed",
            principal_kind=kind,
            principal=key,
            name=called,
            reason=reason.strip(),
        )


def principal_named(kind: str, key: str) -> tuple[Principal, dict[str, str]]:
    """The principal of somebody who exists, and their name; never one made up by asking for it."""
    row: Team | Person | Organisation | None = None
    if kind == "team":
        row = Team.objects.filter(key=key).select_related("principal").first()
    elif kind == "person":
        row = Person.objects.filter(username=key, is_active=True).select_related("principal").first()
    elif kind == "organisation":
        row = Organisation.objects.filter(key=key).select_related("principal").first()
    if row is None:
        raise rules.NO_SUCH_PRINCIPAL(kind=kind, key=key).at("key")
    return row.principal, dict(row.name.texts) or {"en": key}
