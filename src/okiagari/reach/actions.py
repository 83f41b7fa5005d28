"""Verbs of reach: end the watch over a case, or take it up again. Both say why."""

from okiagari.cases.models import Case
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ledger
from okiagari.reach import queries
from okiagari.reach.models import Settlement
from okiagari.reach.problems import NO_REASON


def settle(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> None:
    """End the watch. The share reached at this moment is kept with it. Raises NO_REASON."""
    if not reason.strip():
        raise NO_REASON()
    share = queries.share_now(SYSTEM, case_id)
    with changing(subject, "reach.settle", Case, case_id, version=version) as case:
        Settlement.objects.create(
            case=case,
            scope_id=case.scope_id,
            share=share,
            reason=reason.strip(),
            at=clock.now(),
            by_id=subject.person_id,
        )
        facts = {"share": "-" if share is None else share, "reason": reason.strip()}
        ledger.append(
            ("case", case.public_id), subject=subject, verb="reach.settled", facts=facts, scope=case.scope_id
        )


def resume(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> None:
    """Watch again, because something changed. Raises NO_REASON."""
    if not reason.strip():
        raise NO_REASON()
    with changing(subject, "reach.settle", Case, case_id, version=version) as case:
        Settlement.objects.filter(case=case, withdrawn_at=None).update(withdrawn_at=clock.now())
        ledger.append(
            ("case", case.public_id),
            subject=subject,
            verb="reach.resumed",
            facts={"reason": reason.strip()},
            scope=case.scope_id,
        )
