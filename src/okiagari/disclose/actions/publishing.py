"""Publishing now or at a time, cancelling, withdrawing. The tree itself is written by `publisher`."""

from datetime import datetime

from django.db.models import Q

from okiagari.desk.subjects import Subject
from okiagari.disclose import access, embargo, problems, sealing
from okiagari.disclose.actions import queueing
from okiagari.disclose.actions.drafting import check_open
from okiagari.disclose.actions.queueing import NO_WORDS
from okiagari.disclose.models import Advisory, Snapshot
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock, ids, jobs
from okiagari.standards.localtext import LocalText


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
        row = queueing.queue(
            advisory, snapshot, at=planned, summary=summary, reason=reason, by=subject.person_id
        )
        if at is not None:
            tell(subject, advisory, "scheduled", at=planned, reason=reason.strip())
    if at is None:
        queueing.at_once(row)


def _approved(advisory: Advisory) -> Snapshot:
    """The snapshot that may go out. Raises NOT_APPROVED, ASKS_AGAIN, RENDERER_CHANGED."""
    snapshot = sealing.last_snapshot(advisory)
    if advisory.state != "approved" or snapshot is None or sealing.approval_of(snapshot) is None:
        raise problems.NOT_APPROVED()
    sealing.check(sealing.seal_of(snapshot), sealing.now(advisory).seal)
    return snapshot


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
        jobs.cancel(queueing.job_key(row))
        tell(subject, advisory, "cancelled", at=row.planned_at, reason=reason.strip())


def withdraw(subject: Subject, advisory_id: str, *, reason: str, superseded_by: str = "") -> None:
    """Withdraw a draft for good, or say of a published advisory, at its address, that it is withdrawn.

    `superseded_by`: the published advisory that says it now (either of its numbers); the page points there.
    """
    row = None
    with access.changing(subject, "disclose.publish", advisory_id) as advisory:
        check_open(advisory)
        if not reason.strip():
            raise problems.NOTE_NEEDED().at("reason")
        successor = _successor(subject, advisory, superseded_by)
        last = sealing.last_published(advisory)
        if last is not None:
            row = queueing.queue(
                advisory,
                last.snapshot,
                reason=reason,
                by=subject.person_id,
                is_withdrawal=True,
                superseded_by=successor,
            )
        advisory.state, advisory.withdrawn_at = "withdrawn", clock.now()
        tell(subject, advisory, "withdrawn", reason=reason.strip(), superseded_by=successor)
    if row is not None:
        queueing.at_once(row)


def _successor(subject: Subject, advisory: Advisory, wanted: str) -> str:
    """The public number of the advisory that takes its place. Raises NO_SUCCESSOR."""
    text = wanted.strip()
    if not text:
        return ""
    known = access.visible(subject).exclude(pk=advisory.pk).filter(withdrawn_at__isnull=True)
    found = known.filter(Q(public_id=ids.folded(text)) | Q(tracking_id=text)).first()
    if found is None or sealing.last_published(found) is None:
        raise problems.NO_SUCCESSOR(text=text).at("superseded_by")
    return str(found.tracking_id)
