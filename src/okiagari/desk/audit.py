"""Who may read the ledger as a whole: auditors. The rows come from the plumbing, without their facts."""

from collections.abc import Sequence

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import anchors, auditing


def figures(subject: Subject) -> auditing.Figures:
    permits.require(subject, "audit.figures")
    return auditing.figures()


def streams(
    subject: Subject, *, kind: str = "", offset: int = 0, limit: int = 50
) -> Sequence[auditing.StreamView]:
    permits.require(subject, "audit.read")
    return auditing.streams(kind=kind, offset=offset, limit=limit)


def lines(subject: Subject, kind: str, key: str) -> Sequence[auditing.LineView]:
    """The lines of one stream. Raises NOTHING_HERE."""
    permits.require(subject, "audit.read")
    found = auditing.lines(kind, key)
    if not found:
        raise permits.NOTHING_HERE()
    return found


def verify(subject: Subject) -> Sequence[anchors.Finding]:
    """Everything in the ledger that is not as it was written."""
    permits.require(subject, "audit.read")
    return anchors.verify()
