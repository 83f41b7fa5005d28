"""Cases that may be about the same as a report or another case, and why. Only cases the reader may see.

Found by shared traits, the rarest first, and weighed by `intake.rules.likeness`; what is already linked is
not shown again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.flow.merging.traits import text_of
from okiagari.flow.models import CaseTrait
from okiagari.intake.actions.traits import text_of as text_of_report
from okiagari.intake.models import Report, ReportCase
from okiagari.intake.rules import likeness
from okiagari.standards.localtext import LocalText

WEIGHED = 20
READ = 2000
FEWEST = 4
SHOWN = 5


@dataclass(frozen=True)
class CaseCandidate:
    """A case that may be the same matter. `reasons`: marked templates with their parameters, best first."""

    id: str
    title: LocalText
    is_open: bool
    score: float
    reasons: tuple[tuple[str, Mapping[str, Any]], ...]


def cases_like_report(subject: Subject, report_id: str) -> tuple[CaseCandidate, ...]:
    """Cases a report may belong to. Raises NOTHING_HERE."""
    row = find(subject, Report, report_id)
    permits.require(subject, "intake.read", row.scope_id)
    linked = set(ReportCase.objects.filter(report=row).values_list("case_id", flat=True))
    traits = row.traits.values_list("value", flat=True)
    return _weighed(subject, lambda: text_of_report(row), traits, linked)


def cases_like_case(subject: Subject, case_id: str) -> tuple[CaseCandidate, ...]:
    """Other open cases that may be the same matter. Raises NOTHING_HERE."""
    row = find(subject, Case, case_id)
    permits.require(subject, "cases.inside", row.scope_id)
    traits = CaseTrait.objects.filter(case=row).values_list("value", flat=True)
    found = _weighed(subject, lambda: text_of(row), traits, {row.pk})
    return tuple(each for each in found if each.is_open)


def _weighed(
    subject: Subject, said: Callable[[], likeness.Text], traits: "QuerySet[Any, str]", known: set[int]
) -> tuple[CaseCandidate, ...]:
    """`said` is asked only where something has traits in common."""
    if not permits.may(subject, "cases.inside"):
        return ()
    mine = CaseTrait.objects.filter(scope_id__in=permits.scopes(subject))
    shared = mine.filter(value__in=_telling(traits)).exclude(case_id__in=known)
    best = shared.values("case_id").annotate(count=Count("id")).order_by("-count", "-case_id")[:WEIGHED]
    rows = list(Case.objects.filter(pk__in=[each["case_id"] for each in best], merged_into=None))
    if not rows:
        return ()
    own = said()
    alike = [(likeness.compare(own, text_of(row)), row) for row in rows]
    likely = sorted(
        (pair for pair in alike if pair[0].score >= likeness.LIKELY), key=lambda pair: -pair[0].score
    )
    return tuple(
        CaseCandidate(
            id=row.public_id,
            title=row.title,
            is_open=row.closed_at is None,
            score=found.score,
            reasons=tuple((reason.text, reason.parameters) for reason in found.reasons),
        )
        for found, row in likely[:SHOWN]
    )


def _telling(traits: "QuerySet[Any, str]") -> list[str]:
    """The rarest, as many as lead to a bounded number of rows."""
    counted = CaseTrait.objects.filter(value__in=traits).values("value").annotate(count=Count("id"))
    chosen: list[str] = []
    rows = 0
    for each in counted.order_by("count", "value"):
        rows += each["count"]
        if rows > READ and len(chosen) >= FEWEST:
            break
        chosen.append(each["value"])
    return chosen
