"""The criteria in force and those before them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import shipped
from okiagari.triage.models import Criteria, CriteriaReview
from okiagari.triage.rules.criteria import REVIEW_WITHIN_DAYS, read
from okiagari.triage.rules.criteria import Criteria as Rules


@dataclass(frozen=True)
class CriteriaView:
    """One version. Version 0 is the shipped starting point, before the first judgement adopts it."""

    key: str
    version: int
    rules: Rules
    valid_from: datetime | None
    next_review: PartialDate


@dataclass(frozen=True)
class ReviewView:
    """One review that kept the criteria as they were."""

    version: int
    reason: str
    at: datetime
    by: LocalText
    next_review: PartialDate


def criteria(subject: Subject, *, key: str = shipped.KEY, version: int | None = None) -> CriteriaView:
    """The criteria in force, or one version of them. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    found = Criteria.objects.filter(key=key).order_by("-version")
    row = found.first() if version is None else found.filter(version=version).first()
    if row is not None:
        return _view(row, _reviewed(key))
    if key != shipped.KEY or version:
        raise permits.NOTHING_HERE()
    return CriteriaView(key, 0, shipped.criteria(), None, PartialDate())


def criteria_versions(subject: Subject, *, key: str = shipped.KEY) -> tuple[CriteriaView, ...]:
    """Every version adopted, newest first."""
    permits.require(subject, "cases.inside")
    reviewed = _reviewed(key)
    return tuple(_view(row, reviewed) for row in Criteria.objects.filter(key=key).order_by("-version"))


def criteria_reviews(subject: Subject, *, key: str = shipped.KEY) -> tuple[ReviewView, ...]:
    """Every review that kept the criteria, newest first."""
    permits.require(subject, "cases.inside")
    rows = CriteriaReview.objects.filter(key=key).select_related("by").order_by("-pk")
    return tuple(
        ReviewView(row.version, row.reason, row.at, row.by.name if row.by else LocalText(), row.next_review)
        for row in rows
    )


def review_due(subject: Subject, *, key: str = shipped.KEY) -> CriteriaView | None:
    """The criteria in force, from so many days before their next review on; else None. Two queries."""
    if not permits.may(subject, "triage.criteria"):
        return None
    row = Criteria.objects.filter(key=key).order_by("-version").first()
    if row is None:
        return None
    view = _view(row, _reviewed(key))
    last = view.next_review.latest
    soon = clock.now().date() + timedelta(days=REVIEW_WITHIN_DAYS)
    return view if last is not None and last <= soon else None


def _reviewed(key: str) -> dict[int, PartialDate]:
    """The next date of each version, as its last review said it."""
    rows = CriteriaReview.objects.filter(key=key).order_by("pk")
    return dict(rows.values_list("version", "next_review"))


def _view(row: Criteria, reviewed: dict[int, PartialDate]) -> CriteriaView:
    review = reviewed.get(row.version, row.next_review)
    return CriteriaView(row.key, row.version, read(row.content), row.valid_from, review)
