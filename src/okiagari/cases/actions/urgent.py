"""Acts that cannot wait: written down loudly, with name and reason, and reviewed by somebody else later."""

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, in_every_language, write_line
from okiagari.cases.actions.tasks import end_task
from okiagari.cases.models import Case, Task, UrgentAct
from okiagari.desk.aggregates import changing
from okiagari.desk.models import Grant, Team
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import gettext_noop

REVIEW_IT = gettext_noop("Review the urgent act of %(who)s")


def note_urgent(subject: Subject, case_id: str, *, kind: str, reason: str, made: str = "") -> str:
    """Write down what was done at once and why; whoever leads the case is asked to have it reviewed.

    The deed itself is done by its own room (see `flow`). Raises NO_SUCH_ACT, REASON_NEEDED, BY_A_PERSON.
    """
    actor = check_urgent(subject, kind, reason)
    with changing(subject, "cases.act_urgently", Case, case_id) as case:
        now = clock.now()
        row = UrgentAct.objects.create(
            case=case,
            scope_id=case.scope_id,
            kind=kind,
            reason=reason.strip(),
            made=made,
            at=now,
            by_id=actor,
        )
        Task.objects.create(
            case=case,
            scope_id=case.scope_id,
            key=rules.review_key(row.public_id),
            title=in_every_language(REVIEW_IT, who=subject.name),
            team=_leading_team(case),
            due_at=now + rules.REVIEW_WITHIN,
            made_at=now,
        )
        facts = {"act": row.public_id, "kind": kind, "reason": row.reason, "made": made}
        write_line(case, subject, "acted_urgently", **facts)
    return row.public_id


def check_urgent(subject: Subject, kind: str, reason: str) -> int:
    """The account of who acts. Raises NO_SUCH_ACT, BY_A_PERSON, REASON_NEEDED."""
    if kind not in rules.ACTS:
        raise rules.NO_SUCH_ACT(kind=kind, allowed=", ".join(rules.ACTS)).at("kind")
    if subject.person_id is None:
        raise rules.BY_A_PERSON()
    if not reason.strip():
        raise rules.REASON_NEEDED().at("reason")
    return subject.person_id


def _leading_team(case: Case) -> Team | None:
    """The team with the highest grant: it leads the case."""
    grants = Grant.objects.filter(scope_id=case.scope_id, principal__kind="team").order_by("-level", "pk")
    first = grants.first()
    return Team.objects.filter(principal_id=first.principal_id).first() if first else None


def review_urgent(subject: Subject, act_id: str, *, verdict: str, words: str) -> None:
    """Look at an urgent act afterwards: right, partly or wrong, and why. Never done by who acted."""
    with changing_child(subject, "cases.review", UrgentAct, act_id) as (case, row):
        if row.reviewed_at is not None:
            raise rules.REVIEWED_ALREADY()
        rules.check_review(
            verdict, words, reviewer=subject.key, stands_in_for=subject.stands_in_for, actor=row.by.username
        )
        row.reviewed_at, row.reviewed_by_id = clock.now(), subject.person_id
        row.verdict, row.words = verdict, words.strip()
        row.save()
        facts = {"act": row.public_id, "kind": row.kind, "verdict": verdict, "reason": row.words}
        write_line(case, subject, "urgent_reviewed", **facts)
        key = rules.review_key(row.public_id)
        for task in case.tasks.filter(key=key, done_at=None, dropped_at=None):
            end_task(subject, case, task, row.words)
