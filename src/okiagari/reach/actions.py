"""Verbs of reach: end the watch over a case, or take it up again. Both say why."""

from collections.abc import Mapping

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ledger
from okiagari.reach import queries
from okiagari.reach.models import Settlement
from okiagari.reach.problems import NO_REASON, NOT_SETTLED, SETTLED_ALREADY


def settle(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> None:
    """End the watch. The share reached at this moment is kept with it. Raises NO_REASON, SETTLED_ALREADY."""
    _check(subject, case_id, reason)
    share = queries.share_now(SYSTEM, case_id)
    with changing(subject, "reach.settle", Case, case_id, version=version) as case:
        if Settlement.objects.filter(case=case, withdrawn_at=None).exists():
            raise SETTLED_ALREADY()
        Settlement.objects.create(
            case=case,
            scope_id=case.scope_id,
            share=share,
            reason=reason.strip(),
            at=clock.now(),
            by_id=subject.person_id,
        )
        facts = {"share": "-" if share is None else share, "reason": reason.strip()}
        _write(subject, "reach.settled", case, facts)


def resume(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> None:
    """Watch again, because something changed. Raises NO_REASON, NOT_SETTLED."""
    _check(subject, case_id, reason)
    with changing(subject, "reach.settle", Case, case_id, version=version) as case:
        ended = Settlement.objects.filter(case=case, withdrawn_at=None)
        if not ended.update(withdrawn_at=clock.now()):
            raise NOT_SETTLED()
        _write(subject, "reach.resumed", case, {"reason": reason.strip()})


def _check(subject: Subject, case_id: str, reason: str) -> None:
    permits.require(subject, "reach.settle", find(subject, Case, case_id).scope_id)
    if not reason.strip():
        raise NO_REASON().at("reason")


def _write(subject: Subject, verb: str, case: Case, facts: Mapping[str, object]) -> None:
    ledger.append(("case", case.public_id), subject=subject, verb=verb, facts=facts, scope=case.scope_id)
