"""Says in time that a scheduled publication will not go out as things stand."""

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import sealing
from okiagari.disclose.models import Publication
from okiagari.disclose.publisher import under_lock
from okiagari.disclose.rules.approval import why_asked_again
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock, ledger


def warn_of_void_approvals() -> None:
    """Once each."""
    waiting = Publication.objects.filter(state="scheduled", warned_at__isnull=True, is_withdrawal=False)
    for publication in waiting.values_list("pk", flat=True):
        with ledger.action():
            row = under_lock(publication)
            if row is None or row.state != "scheduled":
                continue
            if why_asked_again(sealing.seal_of(row.snapshot), sealing.now(row.advisory).seal):
                row.warned_at = clock.now()
                row.save(update_fields=["warned_at"])
                tell(SYSTEM, row.advisory, "approval_void", at=row.planned_at)
