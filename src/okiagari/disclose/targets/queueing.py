"""Deliveries to be made: a row and a job for each target, in the transaction that says a tree is out."""

from datetime import datetime

from okiagari.disclose.archive.models import PublishedTree
from okiagari.disclose.targets.installed import all_targets
from okiagari.disclose.targets.models import Delivery
from okiagari.plumbing import clock, jobs, ledger

OPEN = ("queued", "sending", "failed")
KIND = "disclose.deliver"


def queue(tree: PublishedTree) -> None:
    """To every target, as soon as may be."""
    for target in all_targets():
        Delivery.objects.get_or_create(tree=tree, target=target.name, defaults={"queued_at": clock.now()})
        wake(target.name)


def wake(target: str, at: datetime | None = None) -> None:
    """One job per target: whatever waits there, it sends the newest tree."""
    jobs.enqueue(KIND, {"target": target}, run_at=at, key=f"{KIND}:{target}")


def tend() -> None:
    """Have the public tree sent where it never was: to a target that is new, or after a job was given up."""
    newest = PublishedTree.objects.filter(state="out").order_by("-pk").first()
    if newest is None:
        return
    for target in all_targets():
        with ledger.action():
            row, is_new = Delivery.objects.get_or_create(
                tree=newest, target=target.name, defaults={"queued_at": clock.now()}
            )
            if is_new or (row.state in OPEN and not jobs.waits(f"{KIND}:{target.name}")):
                wake(target.name, row.next_try_at)
