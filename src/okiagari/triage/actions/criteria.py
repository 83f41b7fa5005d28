"""Adopting criteria: a new version each time, none ever changed."""

from datetime import date

from django.db import IntegrityError

from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ledger
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import shipped
from okiagari.triage.models import Criteria
from okiagari.triage.rules.criteria import Criteria as Rules
from okiagari.triage.rules.criteria import read, to_json


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
