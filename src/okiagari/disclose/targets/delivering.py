"""Sends the newest tree to one target, and keeps what became of it.

In: the name of a target. Out: the target shows that tree, checked; a row and a line in the ledger say so.
What fails is kept with its reason and tried again by a job, with growing pauses, until a newer tree takes its
place. Nothing is sent inside a transaction; one process at a time sends to a target.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose.archive import recording
from okiagari.disclose.archive.models import PublishedFile, PublishedTree
from okiagari.disclose.site import manifest
from okiagari.disclose.targets import queueing, rules
from okiagari.disclose.targets.installed import alone, named, way_to
from okiagari.disclose.targets.models import Delivery
from okiagari.disclose.targets.problems import NO_TREE
from okiagari.disclose.targets.settings import Target
from okiagari.disclose.targets.ways import Outgoing, Sent
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem

BUSY_AGAIN = timedelta(seconds=30)


def run(name: str) -> None:
    """The job: send what waits, once; come back later where somebody is at it, or where it failed."""
    try:
        target = named(name)
    except Problem:
        return
    with alone(target) as is_mine:
        if not is_mine:
            queueing.wake(name, clock.now() + BUSY_AGAIN)
            return
        row = _newest(name)
        if row is None or row.state not in queueing.OPEN:
            return
        try:
            send(row, target)
        except Problem:
            queueing.wake(name, row.next_try_at)


def _newest(name: str) -> Delivery | None:
    """What is to be sent; all that is older is not needed any more."""
    with ledger.action():
        rows = Delivery.objects.select_for_update().filter(target=name).order_by("-tree_id")
        newest = rows.first()
        if newest is not None:
            older = Delivery.objects.filter(target=name, tree_id__lt=newest.tree_id)
            older.filter(state__in=queueing.OPEN).update(state="superseded", next_try_at=None)
    return newest


def send(row: Delivery, target: Target, subject: Subject = SYSTEM) -> Sent:
    """Send one tree. Raises the problems of targets, after they are kept."""
    row.state, row.started_at, row.attempts = "sending", clock.now(), row.attempts + 1
    row.save(update_fields=["state", "started_at", "attempts"])
    try:
        sent = way_to(target).send(outgoing(row.tree))
    except Problem as problem:
        _failed(row, problem, subject)
        raise
    _done(row, sent, subject)
    return sent


def outgoing(tree: PublishedTree) -> Outgoing:
    """The tree with all that storage has to know. Raises NO_TREE where it is gone."""
    folder = Path(settings.ENVIRONMENT.site_dir) / "trees" / tree.name
    known = manifest.read(folder.with_suffix(".json"))
    if known is None:
        raise NO_TREE()
    ever = PublishedFile.objects.values_list("path", flat=True).distinct()
    files = {path: file.sha256 for path, file in known.files.items()}
    return Outgoing(tree.name, folder, files, frozenset(ever))


def _done(row: Delivery, sent: Sent, subject: Subject) -> None:
    with ledger.action():
        row.state, row.done_at, row.next_try_at = "done", row.done_at or clock.now(), None
        row.files, row.bytes, row.removed = sent.files, sent.bytes, sent.removed
        row.error, row.parameters, row.attempts = "", {}, 0
        row.save()
        facts = {
            "target": row.target,
            "tree": row.tree.name,
            "files": sent.files,
            "bytes": sent.bytes,
            "removed": sent.removed,
        }
        ledger.append(recording.STREAM, subject=subject, verb="disclose.delivered", facts=facts)


def _failed(row: Delivery, problem: Problem, subject: Subject) -> None:
    with ledger.action():
        is_first = not row.error
        row.state, row.error = "failed", problem.code
        row.parameters = {name: str(value)[:300] for name, value in problem.parameters.items()}
        row.next_try_at = clock.now() + rules.pause(row.attempts)
        row.save()
        if is_first:
            facts = {"target": row.target, "tree": row.tree.name, "why": problem.code}
            ledger.append(recording.STREAM, subject=subject, verb="disclose.not_delivered", facts=facts)
