"""Facts of a vulnerability. Under embargo a fact asks the team for a decision and changes nothing else."""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.embargo import newest_embargo
from okiagari.cases.actions.frame import changing_child, in_every_language, write_line
from okiagari.cases.actions.vulnerabilities import ALREADY_WITHDRAWN
from okiagari.cases.models import Case, Fact, Task, Vulnerability
from okiagari.desk import permits
from okiagari.desk.models import Team
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ids


def note_fact(
    subject: Subject,
    vulnerability_id: str,
    *,
    kind: str,
    at: datetime,
    evidence: str,
    source: str = "",
    known_at: datetime | None = None,
) -> str:
    """Note that something happened, and when. Returns the number of the fact.

    `known_at`: since when it is known, where that was before today. Raises FACT_UNKNOWN, EVIDENCE_NEEDED,
    NOT_YET, KNOWN_BEFORE.
    """
    with changing_child(subject, "cases.note", Vulnerability, vulnerability_id) as (case, row):
        now = clock.now()
        rules.check_fact(kind, at, evidence, now)
        rules.check_known(at, known_at, now)
        fact = Fact.objects.create(
            vulnerability=row,
            scope_id=case.scope_id,
            kind=kind,
            at=at,
            evidence=evidence.strip(),
            source=source.strip(),
            aware_at=known_at,
            noted_at=now,
            noted_by_id=subject.person_id,
        )
        task = _decision(case, kind, now)
        write_line(
            case,
            subject,
            "fact_noted",
            fact=fact.public_id,
            vulnerability=row.public_id,
            title=dict(row.title.texts),
            kind=kind,
            fact_at=at,
            evidence=fact.evidence,
            source=fact.source,
            known_at=known_at,
            task=task.public_id if task else None,
            due=task.due_at if task else None,
        )
    return fact.public_id


def withdraw_fact(subject: Subject, fact_id: str, *, reason: str) -> None:
    """Say that it was not so. The fact stays readable. Raises REASON_NEEDED."""
    rows = Fact.objects.select_related("vulnerability")
    fact = rows.filter(public_id=ids.folded(fact_id), scope_id__in=permits.scopes(subject)).first()
    if fact is None:
        raise permits.NOTHING_HERE()
    with changing_child(subject, "cases.work", Vulnerability, fact.vulnerability.public_id) as (case, row):
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        if not Fact.objects.filter(pk=fact.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
            raise ALREADY_WITHDRAWN()
        write_line(
            case,
            subject,
            "fact_withdrawn",
            fact=fact.public_id,
            vulnerability=row.public_id,
            title=dict(row.title.texts),
            kind=fact.kind,
            reason=reason.strip(),
        )


def _decision(case: Case, kind: str, now: datetime) -> Task | None:
    """The task that asks the team what follows, while the embargo holds; one open task for each kind."""
    embargo = newest_embargo(case)
    if embargo is None or not rules.holds(embargo.state, embargo.until, now):
        return None
    key = rules.decision_key(kind)
    asked = case.tasks.filter(key=key, done_at=None, dropped_at=None).first()
    if asked is not None:
        return asked
    return Task.objects.create(
        case=case,
        scope_id=case.scope_id,
        key=key,
        title=in_every_language(rules.DECISIONS[kind]),
        team=_answering_team(case),
        due_at=rules.decision_due(kind, now),
        made_at=now,
    )


def _answering_team(case: Case) -> Team | None:
    wanted = rules.team_kinds(case.kinds)
    return Team.objects.filter(kind__in=wanted).order_by("-kind", "pk").first()
