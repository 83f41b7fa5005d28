"""Decisions by a named person that a law counts from: our product is attacked, an incident is severe.

A decision is taken again when more is known; the newest counts, every one stays on the timeline.
"""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, write_line
from okiagari.cases.actions.incident import changing_incident
from okiagari.cases.actions.vulnerabilities import ALREADY_WITHDRAWN
from okiagari.cases.models import Fact, Vulnerability
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids


def confirm_exploitation(
    subject: Subject, fact_id: str, *, reliable: bool, reason: str, aware_at: datetime | None = None
) -> None:
    """Decide whether the evidence that our product is attacked is reliable, and since when we have known.

    Without `aware_at`: since the fact was noted. Raises NOT_OUR_PRODUCT, NAMED_PERSON, VERDICT_REASON,
    AWARE_WHEN.
    """
    rows = Fact.objects.select_related("vulnerability")
    seen = rows.filter(public_id=ids.folded(fact_id), scope_id__in=permits.scopes(subject)).first()
    if seen is None:
        raise permits.NOTHING_HERE()
    with changing_child(subject, "cases.confirm", Vulnerability, seen.vulnerability.public_id) as (case, row):
        fact = Fact.objects.get(pk=seen.pk)
        rules.check_named(subject.person_id)
        if fact.withdrawn_at is not None:
            raise ALREADY_WITHDRAWN()
        rules.check_verdict(fact.kind, reason)
        since = aware_at or fact.aware_at or fact.noted_at
        rules.check_aware(since, fact.at, clock.now())
        fact.verdict, fact.verdict_reason = "reliable" if reliable else "unreliable", reason.strip()
        fact.verdict_at, fact.verdict_by_id = clock.now(), subject.person_id
        fact.aware_at = since
        fact.save()
        write_line(
            case,
            subject,
            "exploitation_confirmed",
            fact=fact.public_id,
            vulnerability=row.public_id,
            title=dict(row.title.texts),
            verdict=fact.verdict,
            aware_at=since,
            evidence=fact.evidence,
            reason=fact.verdict_reason,
        )


def confirm_severe_incident(
    subject: Subject, case_id: str, *, severe: bool, reason: str, aware_at: datetime | None = None
) -> None:
    """Decide whether this is a severe incident that impairs the security of a product (CRA article 14(5)).

    Without `aware_at`: since we were aware of the incident. Raises NAMED_PERSON, VERDICT_REASON, AWARE_WHEN.
    """
    with changing_incident(subject, "cases.confirm", case_id) as (case, row):
        rules.check_named(subject.person_id)
        rules.check_reasoned(reason)
        since = aware_at or row.aware_at or row.detected_at or clock.now()
        rules.check_aware(since, row.occurred_at, clock.now())
        row.severe_verdict, row.severe_reason = "severe" if severe else "not_severe", reason.strip()
        row.severe_aware_at, row.severe_at, row.severe_by_id = since, clock.now(), subject.person_id
        row.save()
        write_line(
            case,
            subject,
            "severity_decided",
            verdict=row.severe_verdict,
            aware_at=since,
            reason=row.severe_reason,
        )
