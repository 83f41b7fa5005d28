"""What one does with targets: send again, here and now or by the job, and look whether they are right."""

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose.archive import recording
from okiagari.disclose.archive.models import PublishedTree
from okiagari.disclose.targets import delivering, queueing
from okiagari.disclose.targets.installed import alone, named, way_to
from okiagari.disclose.targets.models import Delivery
from okiagari.disclose.targets.problems import BUSY, NO_TREE
from okiagari.disclose.targets.ways import Differences, Sent
from okiagari.plumbing import clock, ledger


def send_again(subject: Subject, name: str) -> None:
    """Have the public tree sent now: what is missing there, what somebody changed. The job does it."""
    permits.require(subject, "site.send")
    named(name)
    with ledger.action():
        row = _row(name)
        row.state, row.next_try_at = "queued", None
        row.save(update_fields=["state", "next_try_at"])
        queueing.wake(name)
        facts = {"target": name, "tree": row.tree.name}
        ledger.append(recording.STREAM, subject=subject, verb="disclose.asked_to_send", facts=facts)


def push(subject: Subject, name: str) -> Sent:
    """The same, here, and wait for it. Raises BUSY, and what the target says."""
    permits.require(subject, "site.send")
    target = named(name)
    with alone(target) as is_mine:
        if not is_mine:
            raise BUSY(name=name)
        return delivering.send(_row(name), target, subject)


def compare(subject: Subject, name: str) -> Differences:
    """What the target shows beside what is published. Changes nothing."""
    permits.require(subject, "site.targets")
    return way_to(named(name)).compare(delivering.outgoing(_public()))


def _public() -> PublishedTree:
    newest = PublishedTree.objects.filter(state="out").order_by("-pk").first()
    if newest is None:
        raise NO_TREE()
    return newest


def _row(name: str) -> Delivery:
    """The delivery of the public tree, made where there is none. Raises NO_TREE."""
    row, _ = Delivery.objects.select_related("tree").get_or_create(
        tree=_public(), target=name, defaults={"queued_at": clock.now()}
    )
    return row
