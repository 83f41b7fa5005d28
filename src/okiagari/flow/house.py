"""What waits for a team without belonging to a case: the review of the criteria when its date comes.

Read from the facts each time, so that it goes away by itself when the review is recorded.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from okiagari.desk.subjects import Subject
from okiagari.flow.map import REVIEW, REVIEW_CRITERIA, THE_CRITERIA
from okiagari.flow.values import WaitView
from okiagari.plumbing import clock
from okiagari.triage import queries as triage

EVENING = time(18)


def waits(subject: Subject) -> tuple[WaitView, ...]:
    """For those who may adopt criteria, from some weeks before the date on."""
    due = triage.review_due(subject)
    if due is None or due.next_review.latest is None:
        return ()
    at = datetime.combine(due.next_review.latest, EVENING, ZoneInfo(settings.TIME_ZONE))
    return (
        WaitView(
            kind="criteria",
            key=f"v{due.version}",
            matter=gettext(THE_CRITERIA),
            text=gettext(REVIEW_CRITERIA),
            action=gettext(REVIEW),
            tab="",
            due=at,
            is_late=at < clock.now(),
        ),
    )
