"""Groups, what carried over, and the components of a flaw, when two cases become one or one becomes two.

A group comes along whole; where the joined case has one of that name, it keeps the number of its old case in
its name. A decision that lands in a row of another group is that row's own from then on.
"""

from django.db.models import F, Q

from okiagari.cases.models import Case
from okiagari.cases.moving import Pairs, Record, carry, rescope
from okiagari.plumbing import clock
from okiagari.triage.models import Carry, Decision, Group, GroupDecision, Located


def absorb(source: Case, target: Case, same: Pairs) -> Record:
    """After the rows and decisions have gone."""
    there = set(Group.objects.filter(case=target).values_list("key", flat=True))
    doubled = Group.objects.filter(case=source, key__in=there).order_by("pk")
    renamed = list(doubled.values_list("pk", "key"))
    for key, name in renamed:
        Group.objects.filter(pk=key).update(key=f"{name} ({source.public_id})")
    groups = carry(Group.objects.filter(case=source), target)
    said = GroupDecision.objects.filter(group__in=groups)
    decided = list(said.order_by("pk").values_list("pk", "vulnerability_id"))
    for mine, theirs in same.items():
        said.filter(vulnerability_id=mine).update(vulnerability_id=theirs)
    rescope(said, target)
    return {
        "groups": groups,
        "renamed": [list(each) for each in renamed],
        "group_decisions": [list(each) for each in decided],
        "freed": _freed(target),
        "carries": carry(Carry.objects.filter(case=source), target),
        "located": _located(target, same),
    }


def _freed(case: Case) -> list[list[int]]:
    """Decisions that follow a group their row is not in become the row's own. Returns which, and whose."""
    strays = Decision.objects.filter(row__case=case, inherited__isnull=False).filter(
        Q(row__group=None) | ~Q(inherited__group=F("row__group"))
    )
    found = list(strays.order_by("pk").values_list("pk", "inherited_id"))
    Decision.objects.filter(pk__in=[key for key, _ in found]).update(inherited=None)
    return [list(each) for each in found]


def _located(target: Case, same: Pairs) -> list[list[int]]:
    """What is the same flaw lies in the components of both. Returns which went, and from which flaw."""
    moved = []
    for mine, theirs in same.items():
        known = Located.objects.filter(vulnerability_id=theirs).values("folded")
        going = Located.objects.filter(vulnerability_id=mine).exclude(folded__in=known)
        keys = list(going.order_by("pk").values_list("pk", flat=True))
        Located.objects.filter(pk__in=keys).update(vulnerability_id=theirs)
        moved += [[key, mine] for key in keys]
        rescope(Located.objects.filter(vulnerability_id=mine), target)
    rescope(Located.objects.filter(vulnerability__case=target), target)
    return moved


def give_back(source: Case, target: Case, record: Record) -> None:
    """After the rows and decisions are back. A record made before there were groups has none."""
    carry(Group.objects.filter(pk__in=record.get("groups", ()), case=target), source)
    for key, name in record.get("renamed", ()):
        Group.objects.filter(pk=key).update(key=name)
    for key, flaw in record.get("group_decisions", ()):
        GroupDecision.objects.filter(pk=key).update(vulnerability_id=flaw, scope_id=source.scope_id)
    for key, followed in record.get("freed", ()):
        Decision.objects.filter(pk=key).update(inherited_id=followed)
    carry(Carry.objects.filter(pk__in=record.get("carries", ()), case=target), source)
    for key, flaw in record.get("located", ()):
        Located.objects.filter(pk=key).update(vulnerability_id=flaw)
    for case in (source, target):
        rescope(Located.objects.filter(vulnerability__case=case), case)


def part(source: Case, target: Case) -> Record:
    """Rows of the new case are in no group; what they inherited is their own there."""
    freed = _freed(target)
    gone = GroupDecision.objects.filter(group__case=source, vulnerability__case=target)
    keys = list(gone.order_by("pk").values_list("pk", flat=True))
    gone.filter(replaced_at=None).update(replaced_at=clock.now())
    rescope(GroupDecision.objects.filter(pk__in=keys), target)
    rescope(Located.objects.filter(vulnerability__case=target), target)
    carries = carry(Carry.objects.filter(case=source, decision__row__case=target), target)
    return {"freed": freed, "carries": carries}
