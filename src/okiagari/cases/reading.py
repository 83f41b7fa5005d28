"""What the queries of this room share: may the subject read this, which rows are theirs, names of people."""

from collections.abc import Iterable, Mapping

from okiagari.cases.models import Case, Embargo, Fact, Part, Party, Task, Vulnerability
from okiagari.cases.values import Name
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.models import Organisation, Person, Team
from okiagari.desk.subjects import Subject
from okiagari.desk.verbs import VERBS
from okiagari.plumbing.readings import shared

_OURS = tuple(verb for verb in VERBS if verb.startswith("cases.") and verb != "cases.open")


@shared
def readable(subject: Subject, case_id: str, verb: str = "cases.read") -> Case:
    """The case, if the subject may read it so far. Raises NOTHING_HERE, also where a role is missing."""
    case = find(subject, Case, case_id)
    if not permits.may(subject, verb):
        raise permits.NOTHING_HERE()
    return case


@shared
def by_key(key: int) -> Case:
    """The case by its key inside the house: for gates, which nobody asks but the house itself."""
    return Case.objects.get(pk=key)


def rights_in(subject: Subject, case: Case) -> frozenset[str]:
    return permits.allowed(subject, case.scope_id, _OURS)


def parts_seen(subject: Subject, case: Case) -> tuple[str, ...]:
    """The keys of the parts of the case that the subject is in."""
    found = case.parts.filter(scope_id__in=permits.scopes(subject)).order_by("pk")
    return tuple(found.values_list("key", flat=True))


def part_keys(scopes: Iterable[tuple[int, int]]) -> Mapping[int, str]:
    """The key of the part each scope is of, from pairs of a row's scope and its case's."""
    apart = {own for own, shared in scopes if own != shared}
    return dict(Part.objects.filter(scope_id__in=apart).values_list("scope_id", "key")) if apart else {}


def is_theirs(subject: Subject, task: Task) -> bool:
    """Whether the subject may do this task."""
    named = (task.person, task.team)
    return permits.may_take(subject, [each.principal_id for each in named if each])


def person_name(row: Person | None) -> Name | None:
    return Name("person", row.username, row.name) if row else None


def team_name(row: Team | None) -> Name | None:
    return Name("team", row.key, row.name) if row else None


def organisation_name(row: Organisation | None) -> Name | None:
    return Name("organisation", row.key, row.name) if row else None


@shared
def flaws_of(row: Case) -> tuple[Vulnerability, ...]:
    """The vulnerabilities of the case in their order, withdrawn ones too."""
    return tuple(row.vulnerabilities.order_by("position", "pk"))


@shared
def facts_of(row: Case) -> tuple[Fact, ...]:
    """What is known of attacks on any flaw of the case, the earliest first, withdrawn ones too."""
    found = Fact.objects.filter(vulnerability__case=row).select_related("noted_by", "verdict_by")
    return tuple(found.order_by("at", "pk"))


@shared
def tasks_of(row: Case) -> tuple[Task, ...]:
    """The tasks of the case and of its parts, done and dropped ones too."""
    return tuple(Task.objects.filter(case=row).select_related("team", "person").order_by("pk"))


@shared
def parties_of(row: Case) -> tuple[Party, ...]:
    """In the order they joined, those who left included."""
    found = Party.objects.filter(case=row).select_related("organisation")
    return tuple(found.order_by("joined_at", "pk"))


@shared
def embargo_of(row: Case) -> Embargo | None:
    """What was said last of an embargo."""
    return row.embargoes.order_by("-pk").first()


@shared
def merged_here(row: Case) -> tuple[str, ...]:
    """The numbers of all cases that lead to this one, over any number of steps."""
    found: dict[int, str] = {}
    ends = [row.pk]
    while ends:
        layer = dict(Case.objects.filter(merged_into__in=ends).order_by("pk").values_list("pk", "public_id"))
        ends = [key for key in layer if key not in found]
        found |= layer
    return tuple(found.values())
