"""Puts a publication into the queue, and carries it out at once where nothing stands in between."""

from datetime import datetime

from django.db import transaction

from okiagari.disclose import publisher
from okiagari.disclose.models import Advisory, Publication, Snapshot
from okiagari.plumbing import clock, jobs
from okiagari.standards.localtext import LocalText

NO_WORDS = LocalText()


def queue(
    advisory: Advisory,
    snapshot: Snapshot,
    *,
    at: datetime | None = None,
    by: int | None,
    reason: str = "",
    **more: object,
) -> Publication:
    """A row and its job, inside the transaction of the action; it runs by itself if this process dies."""
    row = Publication.objects.create(
        advisory=advisory,
        snapshot=snapshot,
        state="scheduled",
        planned_at=at or clock.now(),
        reason=reason.strip(),
        by_id=by,
        **more,
    )
    jobs.enqueue("disclose.publish", {"publication": row.pk}, run_at=row.planned_at, key=job_key(row))
    return row


def at_once(row: Publication) -> None:
    """Do it here rather than wait for the job loop; the job stays in case this process dies."""
    if transaction.get_connection().in_atomic_block:
        return
    publisher.run(row.pk)
    jobs.cancel(job_key(row))


def job_key(row: Publication) -> str:
    return f"disclose.publish:{row.pk}"
