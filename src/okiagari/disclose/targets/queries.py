"""Where the published site goes, and how far it has come there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose.archive.models import PublishedTree
from okiagari.disclose.targets.installed import all_targets
from okiagari.disclose.targets.models import Delivery
from okiagari.disclose.targets.settings import BucketTarget, FolderTarget, Target
from okiagari.plumbing import clock

LATE = timedelta(minutes=15)
"""What has been on its way for so long is told."""


@dataclass(frozen=True)
class TargetView:
    """`state`: current, queued, sending, failed, nothing (nothing is published yet). `waits`: the editions
    that are out and have not arrived. `reached_at`: since when it has what it has. `is_late`: somebody should
    look. `error`: code of the problem, with its parameters."""

    name: str
    kind: str
    where: str
    is_public: bool
    state: str
    reached_at: datetime | None
    waits: tuple[str, ...]
    is_late: bool
    attempts: int
    next_try_at: datetime | None
    error: str
    parameters: Mapping[str, str]
    files: int
    bytes: int


@dataclass(frozen=True)
class DeliveryView:
    """One tree on its way to one target."""

    target: str
    tree: str
    brought: tuple[str, ...]
    state: str
    queued_at: datetime
    started_at: datetime | None
    done_at: datetime | None
    next_try_at: datetime | None
    attempts: int
    files: int
    bytes: int
    removed: int
    error: str
    parameters: Mapping[str, str]


def targets(subject: Subject) -> tuple[TargetView, ...]:
    """Every target of this installation, as it is configured."""
    permits.require(subject, "site.targets")
    if not all_targets():
        return ()
    newest = PublishedTree.objects.filter(state="out").order_by("-pk").first()
    return tuple(_view(each, newest) for each in all_targets())


def deliveries(
    subject: Subject, *, target: str = "", offset: int = 0, limit: int = 50
) -> tuple[DeliveryView, ...]:
    """What was sent, is being sent and could not be sent, the newest first."""
    permits.require(subject, "site.targets")
    rows = Delivery.objects.select_related("tree").order_by("-tree_id", "target")
    if target:
        rows = rows.filter(target=target)
    return tuple(_delivery(each) for each in rows[offset : offset + limit])


def late(subject: Subject) -> tuple[TargetView, ...]:
    """Those somebody should look at: the public ones first. Empty for who may not see targets."""
    if not permits.may(subject, "site.targets"):
        return ()
    found = [each for each in targets(subject) if each.is_late]
    return tuple(sorted(found, key=lambda each: not each.is_public))


def _kind_of(target: Target) -> str:
    if isinstance(target, FolderTarget):
        return "folder"
    return "s3" if isinstance(target, BucketTarget) else "rsync"


def _view(target: Target, newest: PublishedTree | None) -> TargetView:
    rows = Delivery.objects.filter(target=target.name).order_by("-tree_id")
    last, held = rows.first(), rows.filter(done_at__isnull=False).first()
    state = _state(last, newest)
    return TargetView(
        name=target.name,
        kind=_kind_of(target),
        where=target.where,
        is_public=target.public,
        state=state,
        reached_at=held.done_at if held else None,
        waits=_waits(held, newest) if last and state != "current" else (),
        is_late=state == "failed" or (state in ("queued", "sending") and _is_late(last)),
        attempts=last.attempts if last else 0,
        next_try_at=last.next_try_at if last and state == "failed" else None,
        error=last.error if last else "",
        parameters=dict(last.parameters or {}) if last else {},
        files=held.files if held else 0,
        bytes=held.bytes if held else 0,
    )


def _state(last: Delivery | None, newest: PublishedTree | None) -> str:
    if newest is None:
        return "nothing"
    if last is None or last.tree_id != newest.pk:
        return "queued"
    return "current" if last.state == "done" else last.state


def _is_late(last: Delivery | None) -> bool:
    return last is None or last.queued_at + LATE < clock.now()


def _waits(held: Delivery | None, newest: PublishedTree | None) -> tuple[str, ...]:
    """What every tree since has brought."""
    if newest is None:
        return ()
    since = PublishedTree.objects.filter(state="out", pk__gt=held.tree_id if held else 0, pk__lte=newest.pk)
    return tuple(
        each
        for brought in since.order_by("-pk").values_list("brought", flat=True)[:50]
        for each in brought or ()
    )


def _delivery(row: Delivery) -> DeliveryView:
    return DeliveryView(
        target=row.target,
        tree=row.tree.name,
        brought=tuple(row.tree.brought or ()),
        state=row.state,
        queued_at=row.queued_at,
        started_at=row.started_at,
        done_at=row.done_at,
        next_try_at=row.next_try_at,
        attempts=row.attempts,
        files=row.files,
        bytes=row.bytes,
        removed=row.removed,
        error=row.error,
        parameters=dict(row.parameters or {}),
    )
