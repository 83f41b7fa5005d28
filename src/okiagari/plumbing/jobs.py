"""Work to do later, on the same database: a row written in the action's own transaction.

A job is claimed by an UPDATE under a lease; a worker that dies loses the lease and another takes
the job up again, so handlers are idempotent. ``key`` makes a job exist once. Periodic jobs are rows
that come back. Handlers run outside any transaction and open their own.
"""

import logging
import os
import threading
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection, models, transaction

from okiagari.plumbing import clock
from okiagari.plumbing.models import Job

log = logging.getLogger("okiagari.jobs")
LEASE = timedelta(minutes=5)
ATTEMPTS = 8
Handler = Callable[[Mapping[str, Any]], None]
_handlers: dict[str, Handler] = {}
_periodic: dict[str, int] = {}
_beside: set[str] = set()


def handles(
    kind: str, *, every_seconds: int | None = None, is_beside: bool = False
) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of job; `every_seconds` makes it come back by itself. `is_beside`: it
    may take long, talking to other machines; a loop of its own runs it, so that nothing due waits for it."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        if is_beside:
            _beside.add(kind)
        if every_seconds:
            _periodic[kind] = every_seconds
        return handler

    return register


def enqueue(
    kind: str, payload: Mapping[str, object], *, run_at: datetime | None = None, key: str | None = None
) -> None:
    """Write a job. With a key that an open job already has, that job is moved to the new time instead."""
    due = run_at or clock.now()
    if key is None:
        Job.objects.create(kind=kind, payload=dict(payload), run_at=due)
        return
    Job.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": dict(payload),
            "run_at": due,
            "done_at": None,
            "failed_at": None,
            "attempts": 0,
            "error": "",
        },
    )


def enqueue_once(kind: str, *, run_at: datetime) -> None:
    """Write a job without a payload, unless one waits already that has not begun: many events, one job."""
    waiting = _open().filter(key=kind, lease_until=None)
    if not waiting.exists():
        enqueue(kind, {}, run_at=run_at, key=kind)


def cancel(key: str) -> bool:
    """Take back a job that has not run."""
    return bool(_open().filter(key=key).update(done_at=clock.now(), error="cancelled"))


def ensure_periodic() -> None:
    """Make sure that every periodic job has its row."""
    for kind, seconds in _periodic.items():
        Job.objects.get_or_create(
            key=f"every:{kind}", defaults={"kind": kind, "run_at": clock.now(), "every_seconds": seconds}
        )
        Job.objects.filter(key=f"every:{kind}").exclude(every_seconds=seconds).update(every_seconds=seconds)


def _open() -> "models.QuerySet[Job]":
    return Job.objects.filter(done_at__isnull=True, failed_at__isnull=True)


def waits(key: str) -> bool:
    """Whether a job with this key is to run, or runs."""
    return _open().filter(key=key).exists()


def _of(is_beside: bool | None) -> "models.QuerySet[Job]":
    """Open jobs: all, those that run beside, or those that do not."""
    if is_beside is None:
        return _open()
    return _open().filter(kind__in=_beside) if is_beside else _open().exclude(kind__in=_beside)


def claim(worker: str, *, is_beside: bool | None = None) -> Job | None:
    """Take the next due job under a lease, or None."""
    now = clock.now()
    with transaction.atomic():
        ended_every_worker = _open().filter(lease_until__lt=now, attempts__gte=ATTEMPTS, every_seconds=None)
        ended_every_worker.update(failed_at=now, lease_until=None)
        free = models.Q(lease_until=None) | models.Q(lease_until__lt=now)
        due = _of(is_beside).filter(free, run_at__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.order_by("run_at", "pk").first()
        if job is None:
            return None
        job.lease_until, job.lease_by, job.attempts = now + LEASE, worker, job.attempts + 1
        job.save(update_fields=["lease_until", "lease_by", "attempts"])
    return job


def run_one(worker: str, *, is_beside: bool | None = None) -> bool:
    """Claim and run one job. False when nothing is due."""
    if not _of(is_beside).filter(run_at__lte=clock.now()).exists():
        return False
    job = claim(worker, is_beside=is_beside)
    if job is None:
        return False
    try:
        _handlers[job.kind](job.payload or {})
    except Exception:
        log.exception("job %s %s failed at attempt %s", job.kind, job.pk, job.attempts)
        _put_back(job, traceback.format_exc(limit=4)[-2000:])
    else:
        _finish(job)
    return True


def _mine(job: Job) -> "models.QuerySet[Job]":
    """The row as this worker claimed it. One that was moved to another time meanwhile is let go as it is."""
    held = Job.objects.filter(pk=job.pk, lease_by=job.lease_by)
    held.exclude(attempts=job.attempts).update(lease_until=None)
    return held.filter(attempts=job.attempts)


def _finish(job: Job) -> None:
    if job.every_seconds:
        again = clock.now() + timedelta(seconds=job.every_seconds)
        _mine(job).update(run_at=again, lease_until=None, attempts=0, error="")
    else:
        _mine(job).update(done_at=clock.now(), lease_until=None, error="")


def _put_back(job: Job, error: str) -> None:
    if job.attempts >= ATTEMPTS and not job.every_seconds:
        _mine(job).update(failed_at=clock.now(), error=error, lease_until=None)
    else:
        wait = timedelta(seconds=min(3600, 2 ** min(job.attempts, 12)))
        _mine(job).update(run_at=clock.now() + wait, error=error, lease_until=None)


def run_due(limit: int = 1000) -> int:
    """Run everything that is due now, here. Used by the player, the command line and tests."""
    worker = f"once-{os.getpid()}"
    count = 0
    while count < limit and run_one(worker):
        count += 1
    return count


def work(stop: threading.Event, pause_seconds: float = 1.0, *, is_beside: bool | None = None) -> None:
    """The worker's loop: one thread of the people's process, and one beside it for what takes long."""
    worker = f"{os.getpid()}-{threading.get_ident()}"
    ready = False
    while not stop.is_set():
        try:
            if not ready:
                ensure_periodic()
                ready = True
            idle = not run_one(worker, is_beside=is_beside)
        except Exception:
            log.exception("the job loop stumbled")
            idle = True
        if idle:
            close_old_connections()
            stop.wait(pause_seconds)
