"""Adopting criteria: a new version each time, none ever changed."""

from datetime import date

from django.db import IntegrityError

from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ledger
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import shipped
from okiagari.triage.models import Criteria, CriteriaReview
from okiagari.triage.rules.criteria import NO_REASON, REVIEW_IN_THE_PAST, read, to_json
from okiagari.triage.rules.criteria import Criteria as Rules


def adopt_criteria(
    subject: Subject, content: object, *, key: str = shipped.KEY, next_review: str = ""
) -> int:
    """Put criteria in force as the next version. Judgements given before keep theirs."""
    permits.require(subject, "triage.criteria")
    rules = read(content)
    review = PartialDate.parse(next_review)
    try:
        with ledger.action():
            return _adopt(subject, key, rules, review).version
    except IntegrityError:  # two people adopted the same version at once
        raise STALE() from None


def review_criteria(subject: Subject, *, reason: str, next_review: str = "", key: str = shipped.KEY) -> None:
    """Keep the criteria in force as they are, with a reason, and set the next date. Raises NO_REASON,
    REVIEW_IN_THE_PAST. Criteria that must change are adopted anew instead."""
    permits.require(subject, "triage.criteria")
    if not reason.strip():
        raise NO_REASON().at("reason")
    today = clock.now().date()
    review = PartialDate.parse(next_review)
    if review.is_surely_before(today):
        raise REVIEW_IN_THE_PAST(date=next_review).at("next_review")
    with ledger.action():
        row = in_force(key)
        months = read(row.content).review_after_months
        made = CriteriaReview.objects.create(
            key=key,
            version=row.version,
            reason=reason.strip(),
            next_review=review or _later(today, months),
            at=clock.now(),
            by_id=subject.person_id,
        )
        facts = {
            "criteria": key,
            "version": row.version,
            "reason": made.reason,
            "next_review": str(made.next_review),
        }
        ledger.append(("criteria", key), subject=subject, verb="triage.criteria_reviewed", facts=facts)


def in_force(key: str = shipped.KEY) -> Criteria:
    """The newest version; the shipped criteria become the first one. Inside a transaction."""
    row = Criteria.objects.filter(key=key).order_by("-version").first()
    return row or _adopt(SYSTEM, key, shipped.criteria(), PartialDate())


def _adopt(subject: Subject, key: str, rules: Rules, review: PartialDate) -> Criteria:
    versions = list(Criteria.objects.select_for_update().filter(key=key).values_list("version", flat=True))
    now = clock.now()
    row = Criteria.objects.create(
        key=key,
        version=max(versions, default=0) + 1,
        content=to_json(rules),
        valid_from=now,
        next_review=review or _later(now.date(), rules.review_after_months),
    )
    facts = {"criteria": key, "version": row.version, "next_review": str(row.next_review)}
    ledger.append(("criteria", key), subject=subject, verb="triage.criteria_adopted", facts=facts)
    return row


def _later(day: date, months: int) -> PartialDate:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return PartialDate(year, month + 1)
