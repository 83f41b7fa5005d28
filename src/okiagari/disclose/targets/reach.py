"""Whether readers have it: where a target is the public one, an edition is there only once it has arrived.

The switch of the own tree stays the moment of publication: from then on nothing is called back, and part of
it may be readable. But readers of a bucket or of another server have it when it is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q

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
    if not public:
        return {}
    trees = _brought_by(editions)
    found = {}
    for name, tree in trees.items():
        asked = set(Delivery.objects.filter(tree=tree, target__in=public).values_list("target", flat=True))
        since = {
            row["target"]: row["at"]
            for row in Delivery.objects.filter(target__in=asked, tree_id__gte=tree, done_at__isnull=False)
            .values("target")
            .annotate(at=Min("done_at"))
        }
        missing = tuple(sorted(asked - since.keys()))
        if asked:
            found[name] = Reach(None if missing else max(since.values()), missing)
    return found


def _brought_by(editions: Iterable[str]) -> Mapping[str, int]:
    """The tree that brought each edition."""
    wanted = set(editions)
    asked = Q()
    for each in wanted:
        asked |= Q(brought__contains=each)
    rows = PublishedTree.objects.filter(asked, state="out").values_list("pk", "brought") if wanted else ()
    return {each: pk for pk, brought in rows for each in brought if each in wanted}
