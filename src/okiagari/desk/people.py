"""Turns an account, a token or a name into a `Subject`, and keeps accounts and teams (verbs)."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from okiagari.desk import permits
from okiagari.desk.models import Deputy, Membership, Organisation, Person, Team, Token
from okiagari.desk.problems import (
    DEPUTY_WRONG,
    NO_SUCH_ORGANISATION,
    NO_SUCH_PERSON,
    NO_SUCH_TEAM,
    TOKEN_MAKES_TOKEN,
    TOKEN_REFUSED,
    UNKNOWN_ROLE,
    UNKNOWN_VERB,
)
from okiagari.desk.scopes import principal_of
from okiagari.desk.subjects import Door, Role, Subject, SubjectKind
from okiagari.plumbing import clock, ids, ledger
from okiagari.standards.localtext import LANGUAGES, LocalText

TOKEN_DAYS = 365


def subject_of(person: Person, door: Door) -> Subject:
    """Who this person is now: own teams and roles, and those of whom they are the deputy."""
    now = clock.now()
    stands_in = Deputy.objects.filter(
        deputy=person, since__lte=now, until__gt=now, ended_at__isnull=True, person__is_active=True
    )
    people = [person, *(link.person for link in stands_in.select_related("person__organisation"))]
    memberships = Membership.objects.filter(person__in=people).values_list("team__key", "team__principal_id")
    principals = {each.principal_id for each in people} | {principal for _, principal in memberships}
    for each in people:
        if Role.PARTNER in each.roles and each.organisation:
            principals.add(each.organisation.principal_id)
    return Subject(
        kind=SubjectKind.PERSON,
        key=person.username,
        door=door,
        name=person.name or LocalText.of(en=person.username),
        person_id=person.pk,
        roles=frozenset(Role(role) for each in people for role in each.roles),
        principals=frozenset(principals),
        teams=frozenset(key for key, _ in memberships),
        stands_in_for=frozenset(each.username for each in people[1:]),
    )


def named(username: str, door: Door) -> Subject:
    """The subject of an active account. Raises NO_SUCH_PERSON."""
    person = Person.objects.filter(username=username, is_active=True).select_related("organisation").first()
    if person is None:
        raise NO_SUCH_PERSON(username=username)
    return subject_of(person, door)


def _token_hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str) -> Subject:
    """The subject of an API token. Raises TOKEN_REFUSED."""
    now = clock.now()
    token = (
        Token.objects.filter(hash=_token_hash(secret), revoked_at__isnull=True, expires_at__gt=now)
        .select_related("person", "person__organisation")
        .first()
    )
    if token is None or not token.person.is_active:
        raise TOKEN_REFUSED()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=5):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    person = subject_of(token.person, Door.API)
    verbs = frozenset(token.verbs) if token.verbs else None
    return replace(person, kind=SubjectKind.TOKEN, verbs=verbs)


def own_account(subject: Subject) -> int:
    """The account behind a subject. Raises SIGN_IN for one that has none."""
    if subject.person_id is None:
        raise permits.SIGN_IN()
    return subject.person_id


def make_token(
    subject: Subject, *, label: str, verbs: Iterable[str] = (), days: int = TOKEN_DAYS
) -> tuple[str, str]:
    """Make a token for oneself: (public id, the secret). The secret is shown this once."""
    permits.require(subject, "desk.own_account")
    if subject.kind == SubjectKind.TOKEN:  # it would outlive its own revocation, and its own limits
        raise TOKEN_MAKES_TOKEN()
    chosen = sorted(set(verbs))
    for verb in chosen:
        if verb not in permits.RULES:
            raise UNKNOWN_VERB(verb=verb, known=", ".join(permits.RULES))
    secret = "oki_" + ids.secret()
    now = clock.now()
    with ledger.action():
        token = Token.objects.create(
            person_id=own_account(subject),
            label=label.strip() or "token",
            hash=_token_hash(secret),
            verbs=chosen,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        facts = {"token": token.public_id, "label": token.label, "verbs": chosen}
        ledger.append(("desk", "people"), subject=subject, verb="desk.token_made", facts=facts)
    return token.public_id, secret


def revoke_token(subject: Subject, public_id: str) -> None:
    """Revoke one's own token."""
    permits.require(subject, "desk.own_account")
    with ledger.action():
        changed = Token.objects.filter(
            public_id=ids.folded(public_id), person_id=own_account(subject), revoked_at__isnull=True
        ).update(revoked_at=clock.now())
        if not changed:
            raise permits.NOTHING_HERE()
        ledger.append(
            ("desk", "people"), subject=subject, verb="desk.token_revoked", facts={"token": public_id}
        )


def make_organisation(
    subject: Subject, key: str, *, kind: str, name: LocalText, contact: str = "", website: str = ""
) -> Organisation:
    """Make an organisation, or bring it up to date."""
    permits.require(subject, "desk.manage")
    with ledger.action():
        made, _ = Organisation.objects.update_or_create(
            key=key,
            defaults={
                "kind": kind,
                "name": name,
                "contact": contact,
                "website": website,
                "principal": principal_of("organisation", key),
            },
        )
        ledger.append(
            ("desk", "people"), subject=subject, verb="desk.organisation", facts={"key": key, "kind": kind}
        )
    return made


def make_team(subject: Subject, key: str, *, kind: str, name: LocalText) -> Team:
    """Make a team, or bring it up to date."""
    permits.require(subject, "desk.manage")
    with ledger.action():
        team, _ = Team.objects.update_or_create(
            key=key, defaults={"kind": kind, "name": name, "principal": principal_of("team", key)}
        )
        ledger.append(("desk", "people"), subject=subject, verb="desk.team", facts={"key": key, "kind": kind})
    return team


def team_named(key: str) -> Team:
    team = Team.objects.filter(key=key).first()
    if team is None:
        raise NO_SUCH_TEAM(team=key, known=", ".join(Team.objects.values_list("key", flat=True)))
    return team


def make_person(
    subject: Subject,
    username: str,
    *,
    name: LocalText,
    roles: Iterable[str],
    teams: Iterable[str] = (),
    **more: object,
) -> Person:
    """Make an account, or bring it up to date. `more`: password, email, language, organisation, is_sample."""
    permits.require(subject, "desk.manage")
    chosen = _roles(roles)
    password = make_password(str(more["password"])) if more.get("password") else make_password(None)
    with ledger.action():
        organisation = _organisation_named(str(more.get("organisation") or ""))
        person, made = Person.objects.get_or_create(
            username=username,
            defaults={
                "principal": principal_of("person", username),
                "created_at": clock.now(),
                "password": password,
            },
        )
        person.name, person.organisation = name, organisation
        person.roles = chosen
        person.language = str(more.get("language") or "ja")
        person.email = str(more.get("email") or "")
        person.is_sample = bool(more.get("is_sample"))
        person.save()
        Membership.objects.filter(person=person).exclude(team__key__in=list(teams)).delete()
        for key in teams:
            Membership.objects.get_or_create(team=team_named(key), person=person)
        facts = {"username": username, "roles": person.roles, "teams": sorted(teams), "made": made}
        ledger.append(("desk", "people"), subject=subject, verb="desk.person", facts=facts)
    return person


def _roles(roles: Iterable[str]) -> list[str]:
    known = [role.value for role in Role]
    for role in roles:
        if role not in known:
            raise UNKNOWN_ROLE(role=role, known=", ".join(known)).at("roles")
    return sorted(set(roles))


def _organisation_named(key: str) -> Organisation | None:
    found = Organisation.objects.filter(key=key).first()
    if key and found is None:
        raise NO_SUCH_ORGANISATION(organisation=key).at("organisation")
    return found


def retire_person(subject: Subject, username: str) -> None:
    """Close an account. Its deeds keep its name; its tokens stop."""
    permits.require(subject, "desk.manage")
    with ledger.action():
        if not Person.objects.filter(username=username).update(is_active=False):
            raise NO_SUCH_PERSON(username=username)
        Token.objects.filter(person__username=username, revoked_at=None).update(revoked_at=clock.now())
        ledger.append(
            ("desk", "people"), subject=subject, verb="desk.person_retired", facts={"username": username}
        )


def choose_language(subject: Subject, language: str) -> None:
    """Keep the language somebody reads in. A language that is not offered is left alone."""
    permits.require(subject, "desk.own_account")
    if language in LANGUAGES:
        Person.objects.filter(pk=own_account(subject)).update(language=language)


def name_deputy(subject: Subject, deputy: str, *, since: datetime, until: datetime) -> None:
    """Let somebody stand in for me for a time. They gain my grants and roles, and stay themselves."""
    permits.require(subject, "desk.own_account")
    other = Person.objects.filter(username=deputy, is_active=True).first()
    if other is None:
        raise NO_SUCH_PERSON(username=deputy)
    if other.pk == subject.person_id or until <= since:
        raise DEPUTY_WRONG()
    with ledger.action():
        Deputy.objects.create(person_id=own_account(subject), deputy=other, since=since, until=until)
        facts = {"deputy": deputy, "since": since, "until": until}
        ledger.append(("desk", "people"), subject=subject, verb="desk.deputy_named", facts=facts)


def end_deputy(subject: Subject, deputy: str) -> None:
    """End it now, also before it has begun. Raises NOTHING_HERE where nobody of that name stands in."""
    permits.require(subject, "desk.own_account")
    now = clock.now()
    with ledger.action():
        current = Deputy.objects.filter(
            person_id=own_account(subject), deputy__username=deputy, ended_at=None, until__gt=now
        )
        if not current.update(ended_at=now):
            raise permits.NOTHING_HERE()
        ledger.append(("desk", "people"), subject=subject, verb="desk.deputy_ended", facts={"deputy": deputy})
