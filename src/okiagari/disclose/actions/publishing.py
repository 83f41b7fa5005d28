"""Publishing now or at a time, cancelling, withdrawing. The tree itself is written by `publisher`."""

from datetime import datetime

from django.db import transaction

from okiagari.desk.subjects import Subject
from okiagari.disclose import access, embargo, problems, publisher, sealing
from okiagari.disclose.actions.approving import check_seal
from okiagari.disclose.actions.drafting import check_open
from okiagari.disclose.models import Advisory, Publication, Snapshot
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock, jobs
from okiagari.standards.localtext import LocalText

NO_WORDS = LocalText()


def publish(
    subject: Subject,
    advisory_id: str,
    *,
    at: datetime | None = None,
    summary: LocalText = NO_WORDS,
    reason: str = "",
) -> None:
    """Publish what was approved: now, or by a job at `at`. `summary` is its line in the revision history;
    without one, the line says what changed. `reason`: why a live embargo does not hold it back.
    """
    with access.changing(subject, "disclose.publish", advisory_id) as advisory:
        check_open(advisory)
        snapshot = _approved(advisory)
        planned = at or clock.now()
        if at is not None and at < clock.now():
            raise problems.TIME_PAST().at("at")
        if not reason.strip():
            embargo.check(advisory, planned)
        row = Publication.objects.create(
            advisory=advisory,
            snapshot=snapshot,
            state="scheduled",
            planned_at=planned,
            summary=summary,
            reason=reason.strip(),
            by_id=subject.person_id,
        )
        jobs.enqueue("disclose.publish", {"publication": row.pk}, run_at=planned, key=job_key(row))
        if at is not None:
            tell(subject, advisory, "scheduled", at=planned, reason=reason.strip())
    if at is None:
        _at_once(row)


def _at_once(row: Publication) -> None:
    """Do it here rather than wait for the job loop; the job stays in case this process dies."""
    if transaction.get_connection().in_atomic_block:
        return
    publisher.run(row.pk)
    jobs.cancel(job_key(row))


def _approved(advisory: Advisory) -> Snapshot:
    """The snapshot that may go out. Raises NOT_APPROVED, ASKS_AGAIN, RENDERER_CHANGED."""
    snapshot = sealing.last_snapshot(advisory)
    if advisory.state != "approved" or snapshot is None or sealing.approval_of(snapshot) is None:
        raise problems.NOT_APPROVED()
    check_seal(sealing.seal_of(snapshot), sealing.now(advisory).seal)
    return snapshot


def job_key(row: Publication) -> str:
    return f"disclose.publish:{row.pk}"


def cancel_publication(subject: Subject, advisory_id: str, *, reason: str) -> None:
    """Take a scheduled publication back. The approval stays."""
    with access.changing(subject, "disclose.publish", advisory_id) as advisory:
        if not reason.strip():
            raise problems.NOTE_NEEDED().at("reason")
        row = advisory.publications.select_for_update().filter(state="scheduled").first()
        if row is None:
            raise problems.NOTHING_SCHEDULED()
        row.state = "cancelled"
        row.save(update_fields=["state"])
        jobs.cancel(job_key(row))
        tell(subject, advisory, "cancelled", at=row.planned_at, reason=reason.strip())


def withdraw(subject: Subject, advisory_id: str, *, reason: str) -> None:
    """Withdraw a draft for good, or say of a published advisory, at its address, that it is withdrawn."""
    row = None
    with access.changing(subject, "disclose.publish", advisory_id) as advisory:
        check_open(advisory)
        if not reason.strip():
            raise problems.NOTE_NEEDED().at("reason")
        last = sealing.last_published(advisory)
        if last is not None:
            row = Publication.objects.create(
                advisory=advisory,
                snapshot=last.snapshot,
                state="scheduled",
                planned_at=clock.now(),
                reason=reason.strip(),
                is_withdrawal=True,
                by_id=subject.person_id,
            )
            jobs.enqueue("disclose.publish", {"publication": row.pk}, key=job_key(row))
        advisory.state, advisory.withdrawn_at = "withdrawn", clock.now()
        tell(subject, advisory, "withdrawn", reason=reason.strip())
    if row is not None:
        _at_once(row)
