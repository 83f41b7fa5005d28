"""Whether readers have it: where a target is the public one, an edition is there only once it has arrived.

The switch of the own tree stays the moment of publication: from then on nothing is called back, and part of
it may be readable. But readers of a bucket or of another server have it when it is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from okiagari.disclose.archive.models import PublishedTree
from okiagari.disclose.targets.installed import all_targets
from okiagari.disclose.targets.models import Delivery


@dataclass(frozen=True)
class Reach:
    """`at`: since when every public target has it, None while one has not; `missing`: those that have not."""

    at: datetime | None
    missing: tuple[str, ...] = ()


def of(tracking_id: str, numbers: Iterable[int]) -> Mapping[int, Reach]:
    """Of each edition of an advisory that was to go to a public target; one that was not is left out."""
    names = {f"{tracking_id}#{number}": number for number in numbers}
    return {names[each]: found for each, found in _reached(names).items()}


def _reached(editions: Iterable[str]) -> Mapping[str, Reach]:
    public = {each.name for each in all_targets() if each.public}
    trees = _brought_by(editions) if public else {}
    if not trees:
        return {}
    rows = Delivery.objects.filter(target__in=public, tree_id__gte=min(trees.values())).order_by("tree_id")
    sent = list(rows.values_list("target", "tree_id", "done_at"))
    found = {name: _reach(tree, sent) for name, tree in trees.items()}
    return {name: reach for name, reach in found.items() if reach}


def _reach(tree: int, sent: Sequence[tuple[str, int, datetime | None]]) -> Reach | None:
    """`sent`: target, tree and since when it is there. None where the tree was to go to no public target."""
    asked = {target for target, each, _ in sent if each == tree}
    since: dict[str, datetime] = {}
    for target, each, at in sent:
        if target in asked and each >= tree and at is not None:
            since[target] = min(at, since.get(target, at))
    missing = tuple(sorted(asked - since.keys()))
    if not asked:
        return None
    return Reach(None if missing else max(since.values()), missing)


def _brought_by(editions: Iterable[str]) -> Mapping[str, int]:
    """The tree that brought each edition."""
    wanted = set(editions)
    asked = Q()
    for each in wanted:
        asked |= Q(brought__contains=each)
    rows = PublishedTree.objects.filter(asked, state="out").values_list("pk", "brought") if wanted else ()
    return {each: pk for pk, brought in rows for each in brought if each in wanted}
