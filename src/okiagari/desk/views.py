"""Saved views of lists: one's own, and those a team shares. Pinned ones stand above the list.

A view holds what the address of a list asks for and nothing of what it shows: whoever opens it sees what they
may see. Its name is kept out of the ledger.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from okiagari.desk import permits
from okiagari.desk.models import DefaultView, SavedView, Team
from okiagari.desk.people import own_account
from okiagari.desk.problems import NO_SUCH_TEAM
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

PLACES = ("cases", "reports", "products", "advisories", "tasks", "clocks", "messages")
MOST = 60
NO_NAME = define(
    "desk.view_needs_name",
    Kind.INVALID,
    gettext_noop("A saved view needs a name."),
    gettext_noop("Write what it shows, such as: severe, before publication."),
)
NO_SUCH_LIST = define(
    "desk.no_such_list",
    Kind.INVALID,
    gettext_noop("There is no list “%(place)s”."),
    gettext_noop("Choose from: %(known)s."),
)
TOO_MANY = define(
    "desk.too_many_views",
    Kind.CONFLICT,
    gettext_noop("You keep %(count)d views already."),
    gettext_noop("Take away those that nobody opens."),
)


@dataclass(frozen=True)
class ViewView:
    """One saved view. `is_default`: the list opens so for the reader."""

    id: str
    place: str
    name: str
    query: str
    team: LocalText
    team_key: str
    is_pinned: bool
    is_mine: bool
    is_default: bool


def views(subject: Subject, place: str = "") -> tuple[ViewView, ...]:
    """One's own and those of one's teams: pinned ones first, then by name."""
    me = _me(subject)
    mine = DefaultView.objects.filter(person_id=me, view=OuterRef("pk"))
    rows = _visible(subject).select_related("team").annotate(is_default=Exists(mine))
    if place:
        rows = rows.filter(place=place)
    return tuple(
        ViewView(
            id=row.public_id,
            place=row.place,
            name=row.name,
            query=row.query,
            team=row.team.name if row.team else LocalText(),
            team_key=row.team.key if row.team else "",
            is_pinned=row.is_pinned,
            is_mine=row.person_id == me,
            is_default=row.is_default,
        )
        for row in rows.order_by("place", "-is_pinned", "name", "pk")
    )


def save_view(
    subject: Subject,
    place: str,
    *,
    name: str,
    query: str = "",
    team: str = "",
    pinned: bool = False,
    default: bool = False,
) -> str:
    """Keep a view under a name; one of that name is changed. Returns its number."""
    me = _me(subject)
    if place not in PLACES:
        raise NO_SUCH_LIST(place=place, known=", ".join(PLACES)).at("place")
    if not name.strip():
        raise NO_NAME().at("name")
    if SavedView.objects.filter(person_id=me).count() >= MOST:
        raise TOO_MANY(count=MOST)
    with ledger.action():
        row, _ = SavedView.objects.update_or_create(
            person_id=me,
            place=place,
            name=name.strip()[:80],
            defaults={
                "query": query.lstrip("?")[:1000],
                "team": _own_team(subject, team) if team else None,
                "is_pinned": pinned,
                "made_at": clock.now(),
            },
        )
        if default:
            DefaultView.objects.update_or_create(person_id=me, place=place, defaults={"view": row})
        facts = {"view": row.public_id, "place": place, "team": team, "default": default}
        ledger.append(("desk", "views"), subject=subject, verb="desk.view_saved", facts=facts)
    return str(row.public_id)


def open_with(subject: Subject, place: str, view_id: str = "") -> None:
    """Let a list open in this view; in none where no view is given."""
    me = _me(subject)
    with ledger.action():
        DefaultView.objects.filter(person_id=me, place=place).delete()
        row = _found(subject, view_id) if view_id else None
        if row is not None:
            DefaultView.objects.create(person_id=me, place=place, view=row)
        facts = {"view": row.public_id if row else "", "place": place}
        ledger.append(("desk", "views"), subject=subject, verb="desk.view_default", facts=facts)


def drop_view(subject: Subject, view_id: str) -> None:
    """Take one of one's own views away, for those it was shared with too. Raises NOTHING_HERE."""
    me = _me(subject)
    with ledger.action():
        row = _found(subject, view_id)
        if row.person_id != me:
            raise permits.NOTHING_HERE()
        facts = {"view": row.public_id, "place": row.place}
        row.delete()
        ledger.append(("desk", "views"), subject=subject, verb="desk.view_dropped", facts=facts)


def _me(subject: Subject) -> int:
    permits.require(subject, "desk.own_account")
    return own_account(subject)


def _visible(subject: Subject) -> "QuerySet[SavedView]":
    mine = Q(person_id=subject.person_id) | Q(team__key__in=sorted(subject.teams))
    return SavedView.objects.filter(mine)


def _found(subject: Subject, view_id: str) -> SavedView:
    row = _visible(subject).filter(public_id=ids.folded(view_id)).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return row


def _own_team(subject: Subject, key: str) -> Team:
    """Only one's own teams: a view is no way to write to others."""
    row = Team.objects.filter(key=key).first() if key in subject.teams else None
    if row is None:
        raise NO_SUCH_TEAM(team=key, known=", ".join(sorted(subject.teams))).at("team")
    return row
