"""Reports that may be the same as this one, and why. Found by shared traits, weighed by `rules.likeness`."""

from django.db.models import Count

from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.intake.actions.traits import text_of
from okiagari.intake.models import Report, Trait
from okiagari.intake.queries.values import Candidate
from okiagari.intake.rules import likeness

WEIGHED = 60
SHOWN = 5


def candidates(subject: Subject, report_id: str) -> tuple[Candidate, ...]:
    """The most alike of the reports the subject may see, likeliest first. Raises NOTHING_HERE."""
    row = find(subject, Report, report_id)
    permits.require(subject, "intake.read", row.scope_id)
    own = text_of(row)
    weighed = [(likeness.compare(own, text_of(other)), other) for other in _sharing(subject, row)]
    likely = [pair for pair in weighed if pair[0].score >= likeness.LIKELY]
    likely.sort(key=lambda pair: (-pair[0].score, -pair[1].received_at.timestamp()))
    return tuple(
        Candidate(
            id=other.public_id,
            title=other.title,
            state=other.state,
            received_at=other.received_at,
            score=alike.score,
            reasons=tuple((reason.text, reason.parameters) for reason in alike.reasons),
        )
        for alike, other in likely[:SHOWN]
    )


def _sharing(subject: Subject, row: Report) -> list[Report]:
    """Those with the most traits in common; one query over an index, however many reports there are."""
    shared = (
        Trait.objects.filter(value__in=list(row.traits.values_list("value", flat=True)))
        .exclude(report_id=row.pk)
        .filter(report__scope_id__in=permits.scopes(subject))
        .values("report_id")
        .annotate(count=Count("id"))
        .order_by("-count", "-report_id")
    )
    best = [each["report_id"] for each in shared[:WEIGHED]]
    return list(Report.objects.filter(pk__in=best))
