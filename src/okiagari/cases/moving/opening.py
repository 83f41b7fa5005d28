"""A case beside another: opened for what is split off, seen by those who see the one it comes from."""

from okiagari.cases.actions.frame import write_line
from okiagari.cases.models import Case
from okiagari.desk import scopes
from okiagari.desk.models import Grant
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText

OUTSIDE = "organisation"
OWN = ("maker", "brand")


def open_beside(subject: Subject, source: Case, title: LocalText) -> Case:
    """A new case of the same kinds. The house's own people come along; nobody from outside does."""
    scope = scopes.opened("case")
    for grant in _of_the_house(source):
        scopes.admit(scope.pk, grant.principal_id, Level(grant.level), grant.reason)
    case = Case.objects.create(
        scope=scope, title=title, kinds=list(source.kinds), opened_at=clock.now(), playbook=""
    )
    write_line(
        case, subject, "opened", case=case.public_id, title=dict(title.texts), kinds=tuple(source.kinds)
    )
    return case


def _of_the_house(source: Case) -> list[Grant]:
    """Grants of teams and of people who work here: a partner was let in to the other matter."""
    inside = Grant.objects.filter(scope_id=source.scope_id).exclude(principal__kind=OUTSIDE)
    outsiders = inside.filter(principal__person__organisation__isnull=False).exclude(
        principal__person__organisation__kind__in=OWN
    )
    return list(inside.exclude(pk__in=outsiders.values("pk")).order_by("pk"))


def grants_beyond(source: Case, target: Case) -> list[Grant]:
    """The grants of one case whose holders are not in the other."""
    there = Grant.objects.filter(scope_id=target.scope_id).values("principal_id")
    here = Grant.objects.filter(scope_id=source.scope_id).exclude(principal_id__in=there)
    return list(here.select_related("principal").order_by("pk"))


def copy_grants(target: Case, wanted: list[Grant], reason: str) -> None:
    """Let these holders in at the level they had."""
    for grant in wanted:
        scopes.admit(target.scope_id, grant.principal_id, Level(grant.level), reason[:200])
