"""Who is here: people, teams, organisations, tokens and deputies, as values (nouns of the desk)."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.models import Deputy, Organisation, Person, Team, Token
from okiagari.desk.people import own_account
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class PersonView:
    username: str
    name: LocalText
    email: str
    language: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    organisation: str
    is_active: bool
    is_sample: bool


@dataclass(frozen=True)
class TeamView:
    key: str
    kind: str
    name: LocalText
    members: tuple[str, ...]
    principal: int


@dataclass(frozen=True)
class OrganisationView:
    key: str
    kind: str
    name: LocalText
    contact: str
    website: str


@dataclass(frozen=True)
class TokenView:
    id: str
    label: str
    verbs: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_live: bool


@dataclass(frozen=True)
class DeputyView:
    username: str
    name: LocalText
    since: datetime
    until: datetime
    is_mine: bool
    """True: they stand in for me. False: I stand in for them."""


def people(subject: Subject) -> tuple[PersonView, ...]:
    """Every account, in a constant number of queries."""
    permits.require(subject, "desk.directory")
    rows = Person.objects.select_related("organisation").prefetch_related("memberships__team")
    return tuple(_person(row) for row in rows.order_by("username"))


def person(subject: Subject, username: str) -> PersonView:
    """One account. Raises NOTHING_HERE."""
    for view in people(subject):
        if view.username == username:
            return view
    raise permits.NOTHING_HERE()


def myself(subject: Subject) -> PersonView:
    """The account of the one who asks. Raises SIGN_IN for a subject without one."""
    rows = Person.objects.select_related("organisation").prefetch_related("memberships__team")
    return _person(rows.get(pk=own_account(subject)))


def _person(row: Person) -> PersonView:
    return PersonView(
        username=row.username,
        name=row.name,
        email=row.email,
        language=row.language,
        roles=tuple(row.roles),
        teams=tuple(sorted(membership.team.key for membership in row.memberships.all())),
        organisation=row.organisation.key if row.organisation else "",
        is_active=row.is_active,
        is_sample=row.is_sample,
    )


def teams(subject: Subject) -> tuple[TeamView, ...]:
    """Every team with its members."""
    permits.require(subject, "desk.directory")
    rows = Team.objects.prefetch_related("memberships__person").order_by("key")
    return tuple(
        TeamView(
            key=row.key,
            kind=row.kind,
            name=row.name,
            members=tuple(sorted(membership.person.username for membership in row.memberships.all())),
            principal=row.principal_id,
        )
        for row in rows
    )


def team_names(subject: Subject) -> tuple[tuple[str, LocalText], ...]:
    """Key and name of every team, for a choice: one query. Nothing for those who may not look."""
    if not permits.may(subject, "desk.directory"):
        return ()
    return tuple(Team.objects.order_by("key").values_list("key", "name"))


def organisations(subject: Subject) -> tuple[OrganisationView, ...]:
    permits.require(subject, "desk.directory")
    return tuple(
        OrganisationView(row.key, row.kind, row.name, row.contact, row.website)
        for row in Organisation.objects.order_by("key")
    )


def maker(subject: Subject) -> OrganisationView:
    """The one maker of this installation. Raises NOTHING_HERE before there is one."""
    del subject  # who makes the products is public
    row = Organisation.objects.filter(kind="maker").order_by("pk").first()
    if row is None:
        raise permits.NOTHING_HERE()
    return OrganisationView(row.key, row.kind, row.name, row.contact, row.website)


def tokens(subject: Subject) -> tuple[TokenView, ...]:
    """My own tokens, newest first; never a secret."""
    permits.require(subject, "desk.own_account")
    now = clock.now()
    rows = Token.objects.filter(person_id=own_account(subject)).order_by("-pk")
    return tuple(
        TokenView(
            id=row.public_id,
            label=row.label,
            verbs=tuple(row.verbs),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            is_live=row.revoked_at is None and row.expires_at > now,
        )
        for row in rows
    )


def deputies(subject: Subject) -> tuple[DeputyView, ...]:
    """Who stands in for me and for whom I stand in, now and later."""
    permits.require(subject, "desk.own_account")
    me = own_account(subject)
    current = Deputy.objects.filter(until__gt=clock.now(), ended_at__isnull=True).order_by("since")
    mine = current.filter(person_id=me).select_related("deputy")
    others = current.filter(deputy_id=me).select_related("person")
    return (
        *(
            DeputyView(row.deputy.username, row.deputy.name, row.since, row.until, is_mine=True)
            for row in mine
        ),
        *(
            DeputyView(row.person.username, row.person.name, row.since, row.until, is_mine=False)
            for row in others
        ),
    )
