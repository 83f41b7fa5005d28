"""Making scopes and letting people in. Every grant says why."""

from okiagari.desk.models import Grant, Principal, Scope, Team
from okiagari.desk.permits import Level
from okiagari.plumbing import clock


def opened(kind: str) -> Scope:
    """A new scope that nobody is in yet."""
    return Scope.objects.create(kind=kind, created_at=clock.now())


def admit(scope_id: int, principal_id: int, level: Level, reason: str) -> None:
    """Let a principal in, or raise its level; never lowers one."""
    grant, made = Grant.objects.get_or_create(
        scope_id=scope_id,
        principal_id=principal_id,
        defaults={"level": level, "reason": reason, "granted_at": clock.now()},
    )
    if not made and grant.level < level:
        Grant.objects.filter(pk=grant.pk).update(level=level, reason=reason, granted_at=clock.now())


def admit_teams(scope_id: int, kinds: tuple[str, ...], level: Level, reason: str) -> None:
    """Let every team of these kinds in."""
    for principal_id in Team.objects.filter(kind__in=kinds).values_list("principal_id", flat=True):
        admit(scope_id, principal_id, level, reason)


def dismiss(scope_id: int, principal_id: int) -> bool:
    """Take a grant away."""
    return bool(Grant.objects.filter(scope_id=scope_id, principal_id=principal_id).delete()[0])


def principal_of(kind: str, key: str) -> Principal:
    return Principal.objects.get_or_create(kind=kind, key=key)[0]
