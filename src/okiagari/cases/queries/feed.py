"""Clocks for a calendar outside the house: when, and of which case; under embargo nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from okiagari.cases import rules
from okiagari.cases.models import Embargo, Obligation
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards import deadlines

PAST = timedelta(days=30)
MOST = 500


@dataclass(frozen=True)
class FeedEntry:
    """`title`: the marked name of a rule everybody has; "" under embargo and for clocks of our own, whose
    names may tell of a customer."""

    clock: str
    case_id: str
    due: datetime
    title: str


def feed(subject: Subject) -> tuple[FeedEntry, ...]:
    """Running clocks of all cases the subject is in, by due time; those long over are left out."""
    permits.require(subject, "cases.feed")
    seen = permits.scopes(subject)
    rows = Obligation.objects.filter(
        met_at=None, waived_reason="", due_at__isnull=False, scope_id__in=seen, case__scope_id__in=seen
    ).select_related("case")
    now = clock.now()
    due = [(row.extended_to or row.due_at, row) for row in rows]
    soonest = sorted(
        ((at, row) for at, row in due if at and at > now - PAST), key=lambda pair: (pair[0], pair[1].pk)
    )[:MOST]
    secret = _under_embargo({row.case_id for _, row in soonest}, now)
    return tuple(
        FeedEntry(
            row.public_id,
            row.case.public_id,
            at,
            deadlines.RULES[row.rule].title
            if row.rule in deadlines.RULES and row.case_id not in secret
            else "",
        )
        for at, row in soonest
    )


def _under_embargo(cases: set[int], now: datetime) -> set[int]:
    newest = {row.case_id: row for row in Embargo.objects.filter(case__in=cases).order_by("pk")}
    return {key for key, row in newest.items() if rules.holds(row.state, row.until, now)}
