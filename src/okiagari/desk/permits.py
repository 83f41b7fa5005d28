"""The one place that decides who may see what and who may do what.

Two questions, kept apart. *Seeing*: does the subject hold a grant of the scope (`scopes`)? *Doing*:
does one of its roles allow the verb, at the level the grant has (`require`)? Who may not see is told
"there is nothing here", never "you may not". Administrators hold no grants: they see no case content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.db import models

from okiagari.desk.models import Grant, Scope
from okiagari.desk.subjects import Role, Subject, SubjectKind
from okiagari.desk.verbs import VERBS
from okiagari.plumbing.readings import shared
from okiagari.problems import Kind, define, gettext_noop

NOTHING_HERE = define(
    "desk.nothing_here",
    Kind.NOT_FOUND,
    gettext_noop("There is nothing here."),
    gettext_noop("Check the number. What you are not part of looks the same as what does not exist."),
)
NOT_YOURS = define(
    "desk.not_yours",
    Kind.DENIED,
    gettext_noop("Your roles do not allow this (%(verb)s)."),
    gettext_noop("Ask the product security team, or somebody whose deputy you are."),
)
SIGN_IN = define(
    "desk.sign_in",
    Kind.UNAUTHENTICATED,
    gettext_noop("This needs somebody who is signed in."),
    gettext_noop("Sign in, or send a token in the Authorization header."),
)


OTHER_TEAM = define(
    "desk.other_team",
    Kind.DENIED,
    gettext_noop("%(what)s belongs to the team “%(team)s”, not to one of yours."),
    gettext_noop("Ask that team, or the product security team; what is handed over to your team is yours."),
)


class Level(IntEnum):
    """What a grant lets its holder do: see, work on it, lead it."""

    SEE = 10
    WORK = 20
    LEAD = 30


@dataclass(frozen=True)
class Rule:
    """A verb needs one of these roles and, on a scope, a grant of this level.

    `own`: those of the roles that may only with what belongs to one of their teams.
    """

    roles: frozenset[Role]
    level: Level
    public: bool = False
    own: frozenset[Role] = frozenset()


def _rules() -> dict[str, Rule]:
    return {verb: _rule(level, roles) for verb, (level, *roles) in VERBS.items()}


def _rule(level: str, given: Iterable[str]) -> Rule:
    roles = [role.partition("@")[0] for role in given]
    own = frozenset(Role(role.removesuffix("@own")) for role in given if role.endswith("@own"))
    known = frozenset(Role(role) for role in roles if role != "public")
    return Rule(known, Level[level], "public" in roles, own)


RULES = _rules()
ROOMS = {
    "case": ("cases", "triage", "remedy", "learn", "reach", "flow"),
    "part": ("cases", "triage", "flow"),
    "report": ("intake",),
    "advisory": ("disclose",),
    "document": ("flow",),
}
"""Kind of scope -> the rooms whose verbs show that it exists."""


def scopes(subject: Subject, level: Level = Level.SEE) -> "models.QuerySet[Scope, int]":
    """The ids of the scopes a subject may come into: for ``scope_id__in=`` of every read."""
    if subject.is_system:
        return Scope.objects.values_list("id", flat=True)
    return Grant.objects.filter(principal_id__in=subject.principals, level__gte=level).values_list(  # type: ignore[return-value]
        "scope_id", flat=True
    )


def opens(subject: Subject, column: str, level: Level = Level.SEE) -> models.Q:
    """The same as a condition on one row: for reads that find few rows by another index, over many grants."""
    if subject.is_system:
        return models.Q(**{f"{column}__isnull": False})
    mine = Grant.objects.filter(principal_id__in=subject.principals, level__gte=level)
    return models.Q(models.Exists(mine.filter(scope_id=models.OuterRef(column))))


def may_see(subject: Subject, scope_id: int) -> bool:
    return _level(subject, scope_id) is not None


@shared
def _level(subject: Subject, scope_id: int) -> int | None:
    if subject.is_system:
        return Level.LEAD
    if not subject.principals:
        return None
    found = Grant.objects.filter(scope_id=scope_id, principal_id__in=subject.principals)
    top: int | None = found.aggregate(top=models.Max("level"))["top"]
    return top


def may(subject: Subject, verb: str, scope_id: int | None = None) -> bool:
    """May the subject do this, here?"""
    return _allows(subject, verb) and (scope_id is None or _reaches(verb, _level(subject, scope_id)))


def _allows(subject: Subject, verb: str) -> bool:
    """Do the roles of the subject, and its token, allow this at all?"""
    rule = RULES[verb]
    if subject.is_system:
        return True
    if subject.verbs is not None and verb not in subject.verbs:
        return False
    return rule.public or bool(subject.roles & rule.roles)


def _reaches(verb: str, level: int | None) -> bool:
    return level is not None and level >= RULES[verb].level


def may_for(subject: Subject, verb: str, owner: str) -> bool:
    """May the subject do this with what belongs to a team (its key; "" nobody's)? Asked beside `may`."""
    rule = RULES[verb]
    if subject.is_system or subject.roles & (rule.roles - rule.own):
        return True
    return bool(owner) and owner in subject.teams


def require_for(subject: Subject, verb: str, owners: Mapping[str, str]) -> None:
    """Raise OTHER_TEAM at the first thing that belongs to a team the subject does not act for."""
    for what, owner in owners.items():
        if not may_for(subject, verb, owner):
            raise OTHER_TEAM(what=what, team=owner or "–")


def allowed(subject: Subject, scope_id: int, verbs: Iterable[str]) -> frozenset[str]:
    """Those of the verbs that the subject may do here: one query for all of them."""
    level = _level(subject, scope_id)
    if level is None:
        return frozenset()
    return frozenset(verb for verb in verbs if may(subject, verb) and level >= RULES[verb].level)


def may_take(subject: Subject, owners: Iterable[int]) -> bool:
    """Whether the subject may do what these principals are named for: its own, its teams', as a deputy too.

    A member of the security team may take over anybody's; so may the system.
    """
    return subject.is_system or subject.has_role(Role.MEMBER) or bool(subject.principals & set(owners))


def waits_for(subject: Subject, owners: Iterable[int]) -> bool:
    """Whether something waits for the subject. What nobody is named for is the product security team's."""
    named = set(owners)
    return bool(subject.principals & named) if named else subject.has_role(Role.MEMBER)


def _may_know_of(subject: Subject, verb: str, scope_id: int) -> bool:
    """A token made for other rooms does not even learn that something is here."""
    if subject.verbs is None:
        return True
    kind = Scope.objects.filter(pk=scope_id).values_list("kind", flat=True).first()
    rooms = {verb.partition(".")[0], *ROOMS.get(kind or "", ())}
    return any(each.partition(".")[0] in rooms for each in subject.verbs)


def require_knowing(subject: Subject, verb: str, scope_id: int) -> None:
    """Raise NOTHING_HERE where `require` would, before anything is said of what is here."""
    knows = _allows(subject, verb) or _may_know_of(subject, verb, scope_id)
    if not knows or not may_see(subject, scope_id):
        raise NOTHING_HERE()


def require(subject: Subject, verb: str, scope_id: int | None = None) -> None:
    """Raise NOTHING_HERE, SIGN_IN or NOT_YOURS unless the subject may do this."""
    level = None if scope_id is None else _level(subject, scope_id)
    if scope_id is not None and level is None:
        raise NOTHING_HERE()
    if _allows(subject, verb) and (scope_id is None or _reaches(verb, level)):
        return
    if scope_id is not None and not _may_know_of(subject, verb, scope_id):
        raise NOTHING_HERE()
    if subject.kind == SubjectKind.PUBLIC:
        raise SIGN_IN()
    raise NOT_YOURS(verb=verb)
