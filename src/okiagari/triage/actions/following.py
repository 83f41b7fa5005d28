"""Rows that follow their group: what the group says of a cell, and letting cells say it again."""

from collections.abc import Mapping, Sequence

from okiagari.cases.models import Vulnerability
from okiagari.triage.actions import writing
from okiagari.triage.actions.writing import Deed, Key, Saying, Standing, Where
from okiagari.triage.models import GroupDecision
from okiagari.triage.rules.cells import mistakes_at
from okiagari.triage.rules.saying import from_json

Pair = tuple[Where, Vulnerability]


def key(where: Where, vulnerability: Vulnerability) -> Key:
    return where.row.pk, vulnerability.pk


def group_decisions(chosen: Sequence[Pair]) -> dict[Key, GroupDecision]:
    """What the groups of these rows say of these vulnerabilities."""
    groups = {where.row.group_id for where, _ in chosen if where.row.group_id}
    if not groups:
        return {}
    found = GroupDecision.objects.filter(group__in=groups, replaced_at__isnull=True)
    by_place = {(each.group_id, each.vulnerability_id): each for each in found}
    keyed = {(where.row.pk, flaw.pk): (where.row.group_id, flaw.pk) for where, flaw in chosen}
    return {key: by_place[place] for key, place in keyed.items() if place in by_place}


def follow_each(deed: Deed, chosen: Sequence[Pair], groups: Mapping[Key, GroupDecision]) -> None:
    by_decision: dict[int, list[Pair]] = {}
    for each in chosen:
        by_decision.setdefault(groups[key(*each)].pk, []).append(each)
    known = {each.pk: each for each in groups.values()}
    for pk, cells in by_decision.items():
        follow(deed, known[pk], cells)


def follow(deed: Deed, said: GroupDecision, chosen: Sequence[Pair]) -> None:
    """Let these empty cells say what their group says, where that can be said of their own line."""
    change = from_json(said.change)
    rows = {where.place.target: where.row for where, _ in chosen}
    places = writing.places_of(rows, [change])
    again = [
        (places[where.place.target], flaw)
        for where, flaw in chosen
        if not list(mistakes_at(change, places[where.place.target].place))
    ]
    writing.put(deed, Saying(change, said.reason, said), again, {})


def inherits(held: Standing | None) -> bool:
    return held is not None and held.inherited is not None


def says_own(held: Standing | None) -> bool:
    """Whether something stands in the cell that is the row's own word."""
    return held is not None and held.inherited is None
