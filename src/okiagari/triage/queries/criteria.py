"""The criteria in force and those before them."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import shipped
from okiagari.triage.models import Criteria
from okiagari.triage.rules.criteria import Criteria as Rules
from okiagari.triage.rules.criteria import read


@dataclass(frozen=True)
class CriteriaView:
    """One version. Version 0 is the shipped starting point, before the first judgement adopts it."""

    key: str
    version: int
    rules: Rules
    valid_from: datetime | None
    next_review: PartialDate


def criteria(subject: Subject, *, key: str = shipped.KEY, version: int | None = None) -> CriteriaView:
    """The criteria in force, or one version of them. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    found = Criteria.objects.filter(key=key).order_by("-version")
    row = found.first() if version is None else found.filter(version=version).first()
    if row is not None:
        return _view(row)
    if key != shipped.KEY or version:
        raise permits.NOTHING_HERE()
    return CriteriaView(key, 0, shipped.criteria(), None, PartialDate())


def criteria_versions(subject: Subject, *, key: str = shipped.KEY) -> tuple[CriteriaView, ...]:
    """Every version adopted, newest first."""
    permits.require(subject, "cases.inside")
    return tuple(_view(row) for row in Criteria.objects.filter(key=key).order_by("-version"))


def _view(row: Criteria) -> CriteriaView:
    return CriteriaView(row.key, row.version, read(row.content), row.valid_from, row.next_review)
