"""Reports that may be the same as this one, and why. Found by shared traits, weighed by `rules.likeness`."""

from dataclasses import replace

from django.db.models import Count

from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.intake.actions.traits import text_of
from okiagari.intake.models import Report, Reporter, Trait
from okiagari.intake.queries.values import Candidate
from okiagari.intake.rules import likeness

WEIGHED = 40
READ = 2000  # rows of traits looked at, at most, but for the FEWEST rarest
FEWEST = 4
SHOWN = 5


def candidates(subject: Subject, report_id: str) -> tuple[Candidate, ...]:
    """The most alike of the reports the subject may see, likeliest first. Raises NOTHING_HERE."""
    row = find(subject, Report, report_id)
    permits.require(subject, "intake.read", row.scope_id)
    others = _sharing(subject, row)
    known = _reporters(subject, [row, *others])
    own = replace(text_of(row), reporter=known.get(row.pk, ""))
    weighed = [
        (likeness.compare(own, replace(text_of(other), reporter=known.get(other.pk, ""))), other)
        for other in others
    ]
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


def _reporters(subject: Subject, reports: list[Report]) -> dict[int, str]:
    """How to reach who reported, by report, of those whose reporters the reader may know."""
    if not permits.may(subject, "intake.identity"):
        return {}
    rows = Reporter.objects.filter(
        report__in=reports, erased_at=None, scope_id__in=permits.scopes(subject)
    ).exclude(contact="")
    return dict(rows.values_list("report__pk", "contact"))


def _sharing(subject: Subject, row: Report) -> list[Report]:
    """Those with the most telling traits in common; the cost does not grow with how common words are."""
    shared = (
        Trait.objects.filter(value__in=_telling(row), scope_id__in=permits.scopes(subject))
        .exclude(report_id=row.pk)
        .values("report_id")
        .annotate(count=Count("id"))
        .order_by("-count", "-report_id")
    )
    best = [each["report_id"] for each in shared[:WEIGHED]]
    return list(Report.objects.filter(pk__in=best))


def _telling(row: Report) -> list[str]:
    """Its rarest traits, as many as lead to a bounded number of rows: what everybody writes tells little."""
    own = list(row.traits.values_list("value", flat=True))
    counted = Trait.objects.filter(value__in=own).values("value").annotate(count=Count("id"))
    chosen: list[str] = []
    rows = 0
    for each in counted.order_by("count", "value"):
        rows += each["count"]
        if rows > READ and len(chosen) >= FEWEST:
            break
        chosen.append(each["value"])
    return chosen
