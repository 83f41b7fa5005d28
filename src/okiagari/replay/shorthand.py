"""Verbs said as a story says them: by the case and the name of a thing instead of its random number.

Each calls the one real action of the same name; none of them decides anything.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from okiagari.cases import actions as cases
from okiagari.cases.models import Case, Obligation, Task
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import Subject
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries as advisories
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage.rules.cells import CellChange


def change_vulnerability(
    subject: Subject,
    vulnerability_id: str,
    *,
    title: LocalText | None = None,
    description: LocalText | None = None,
    impact: LocalText | None = None,
    cve: str | None = None,
    jvn: str | None = None,
    jvndb: str | None = None,
    cwe: str | None = None,
    reason: str = "",
) -> None:
    """Change what is said of a vulnerability; what is not named stays."""
    given = {"title": title, "description": description, "impact": impact}
    given |= {"cve": cve, "jvn": jvn, "jvndb": jvndb, "cwe": cwe}  # type: ignore[dict-item]
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    cases.change_vulnerability(subject, vulnerability_id, reason=reason, **fields)


def finish_task(subject: Subject, case_id: str, *, key: str, outcome: str) -> None:
    """Finish the task that a playbook calls by this key, such as ``unsupported-product.check-lines``."""
    case = find(subject, Case, case_id)
    task = Task.objects.filter(case=case, key=key, done_at=None).first()
    if task is None:
        raise NOTHING_HERE()
    cases.finish_task(subject, task.public_id, outcome=outcome)


def change_task(
    subject: Subject,
    case_id: str,
    *,
    key: str,
    team: str | None = None,
    person: str | None = None,
    due_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Give the task that a playbook calls by this key to somebody else, or until another instant."""
    case = find(subject, Case, case_id)
    task = Task.objects.filter(case=case, key=key, done_at=None, dropped_at=None).first()
    if task is None:
        raise NOTHING_HERE()
    cases.change_task(subject, task.public_id, team=team, person=person, due_at=due_at, reason=reason)


def _clock(subject: Subject, case_id: str, rule: str) -> str:
    case = find(subject, Case, case_id)
    mine = Obligation.objects.filter(case=case, rule=rule, scope_id__in=permits.scopes(subject))
    row = mine.filter(met_at=None, waived_reason="").order_by("pk").first() or mine.order_by("pk").first()
    if row is None:
        raise NOTHING_HERE()
    return row.public_id


def extend_clock(
    subject: Subject, case_id: str, *, rule: str, until: datetime, agreed_with: str, reason: str
) -> None:
    """Extend the clock of this rule, with who agreed and why."""
    cases.extend_clock(
        subject, _clock(subject, case_id, rule), until=until, agreed_with=agreed_with, reason=reason
    )


def meet_clock(
    subject: Subject,
    case_id: str,
    *,
    rule: str,
    by: str,
    at: datetime | None = None,
    proof_kind: str = "",
    proof: str = "",
) -> None:
    """Say by what the clock of this rule was met."""
    number = _clock(subject, case_id, rule)
    cases.meet_clock(subject, number, by=by, at=at, proof_kind=proof_kind, proof=proof)


def waive_clock(subject: Subject, case_id: str, *, rule: str, reason: str) -> None:
    """Say why the clock of this rule does not apply."""
    cases.waive_clock(subject, _clock(subject, case_id, rule), reason=reason)


def decide(
    subject: Subject,
    case_id: str,
    *,
    change: CellChange,
    cells: Sequence[tuple[str, str]] = (),
    targets: Sequence[str] = (),
    vulnerabilities: Sequence[str] = (),
    reason: str = "",
) -> None:
    """Decide cells, each named as (target, vulnerability), or all those of `targets` and `vulnerabilities`.

    No vulnerability named means every one of the case.
    """
    flaws = list(vulnerabilities)
    if targets and not flaws:
        case = find(subject, Case, case_id)
        standing = case.vulnerabilities.filter(withdrawn_at=None).order_by("position")
        flaws = list(standing.values_list("public_id", flat=True))
    chosen = [*cells, *((target, flaw) for target in targets for flaw in flaws)]
    triage.decide(subject, case_id, cells=chosen, change=change, reason=reason)


def correct_anchor(
    subject: Subject, case_id: str, *, rule: str, at: datetime, reason: str, evidence: str = ""
) -> None:
    """Say that the clock of this rule runs from another instant, and why."""
    cases.correct_anchor(subject, _clock(subject, case_id, rule), at=at, reason=reason, evidence=evidence)


def submit_notice(
    subject: Subject,
    case_id: str,
    *,
    rule: str,
    text: str,
    at: datetime | None = None,
    channel: str = "portal",
    to: str = "",
    reference: str = "",
    language: str = "ja",
) -> str:
    """Record what was submitted for the obligation of this rule, and meet it."""
    return cases.submit_notice(
        subject,
        _clock(subject, case_id, rule),
        text=text,
        at=at,
        channel=channel,
        to=to,
        reference=reference,
        language=language,
    )


class Words(TypedDict, total=False):
    """The words of an advisory."""

    title: LocalText
    summary: LocalText
    description: LocalText
    impact: LocalText
    advice: LocalText
    contact: LocalText


def write(
    subject: Subject,
    advisory_id: str,
    *,
    references: list[dict[str, Any]] | None = None,
    languages: list[str] | None = None,
    vulnerabilities: list[str] | None = None,
    phase: str | None = None,
    next_update: str | None = None,
    thanked: list[str] | None = None,
    **texts: Unpack[Words],
) -> None:
    """Write the words of an advisory; what is not named stays."""
    disclose.write(
        subject,
        advisory_id,
        references=references,
        languages=languages,
        vulnerabilities=vulnerabilities,
        phase=phase,
        next_update=next_update,
        thanked=thanked,
        **texts,
    )


def approve(subject: Subject, advisory_id: str, *, note: str = "") -> None:
    """Approve what the advisory says now."""
    snapshot = advisories.snapshot_now(subject, advisory_id)
    disclose.approve(subject, advisory_id, snapshot=snapshot.sha256, note=note)
