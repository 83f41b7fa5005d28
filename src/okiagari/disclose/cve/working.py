"""Does what a deed says, once in effect however often it is tried.

In: the key of a deed that waits. Out: the deed done, to be tried again later, or failed, with its line in the
timeline. The network is asked outside any transaction, by one at a time. What passes by itself is tried again
with growing pauses; what does not is said at once, and a person tries again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import CveDeed
from okiagari.plumbing import clock, jobs, ledger
from okiagari.problems import Problem

from . import connecting, containers, publishing, rejecting, reserving, rules
from .problems import BEING_ASKED, HELD_BACK
from .telling import tell

DO: Mapping[str, Callable[[CveDeed], None]] = {
    "reserve": reserving.reserve,
    "publish": publishing.publish,
    "reject": rejecting.reject,
}
SOON = timedelta(seconds=5)


def run(deed_id: int) -> None:
    """Try it, if it still waits."""
    try:
        with connecting.alone():
            deed = _begin(deed_id)
            if deed is None:
                return
            try:
                DO[deed.kind](deed)
            except Problem as problem:
                _stumbled(deed, problem)
    except Problem as problem:
        if problem.definition is not BEING_ASKED:
            raise
        jobs.enqueue("disclose.cve", {"deed": deed_id}, run_at=clock.now() + SOON, key=job_key(deed_id))


def at_once(deed_id: int) -> None:
    """Do it here rather than wait for the job loop; the job stays in case this process dies."""
    if transaction.get_connection().in_atomic_block:
        return
    run(deed_id)
    if not CveDeed.objects.filter(pk=deed_id, state="waiting").exists():
        jobs.cancel(job_key(deed_id))


def queue(deed: CveDeed) -> None:
    """Its job, inside the transaction of the action."""
    jobs.enqueue("disclose.cve", {"deed": deed.pk}, key=job_key(deed.pk))


def job_key(deed_id: int) -> str:
    return f"disclose.cve:{deed_id}"


def _begin(deed_id: int) -> CveDeed | None:
    waiting = CveDeed.objects.filter(pk=deed_id, state="waiting")
    if not waiting.update(attempts=F("attempts") + 1, tried_at=clock.now(), next_at=None):
        return None
    return CveDeed.objects.select_related("vulnerability__case", "cve", "publication__advisory").get(
        pk=deed_id
    )


def _together(deed: CveDeed) -> Sequence[CveDeed]:
    """Those of one request that wait still; of any other deed itself."""
    mine = CveDeed.objects.select_for_update(of=("self",)).select_related("vulnerability__case", "cve")
    mine = mine.filter(batch=deed.batch) if deed.batch else mine.filter(pk=deed.pk)
    return list(mine.filter(state="waiting").order_by("pk"))


def _stumbled(deed: CveDeed, problem: Problem) -> None:
    """Say what went wrong; try again later what passes by itself."""
    is_passing = rules.is_passing(problem, deed.attempts)
    with ledger.action():
        rows = _together(deed)
        for row in rows:
            row.errors = containers.lacks(problem)
            row.state = "waiting" if is_passing else "failed"
            row.next_at = clock.now() + rules.again_after(deed.attempts) if is_passing else None
            row.save(update_fields=["errors", "state", "next_at"])
            if not is_passing or deed.attempts == rules.HELD_AT:
                _say(row, "cve_held" if is_passing else "cve_failed", problem)
        if rows and is_passing:
            key = job_key(rows[0].pk)
            jobs.enqueue("disclose.cve", {"deed": rows[0].pk}, run_at=rows[0].next_at, key=key)


def _say(row: CveDeed, verb: str, problem: Problem) -> None:
    why = problem.code if problem.code in rules.WHY else HELD_BACK.code
    number = row.cve.number if row.cve else row.vulnerability.public_id
    advisory = row.publication.advisory if row.publication else None
    tell(SYSTEM, row.vulnerability, verb, advisory, cve=number, what=row.kind, why=why)
