"""What a fact under embargo asks for: keep it, revise it, end it or publish now. A named person decides.

The decision does what it says (`set_embargo`); it publishes nothing by itself: that stays with whoever
drafts, approves and publishes.
"""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.embargo import newest_embargo, set_embargo
from okiagari.cases.actions.frame import changing_open, in_every_language, write_line
from okiagari.cases.actions.tasks import add_task, end_task
from okiagari.cases.models import Case, Resolution, Task
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.problems import gettext_noop

PUBLISH_NOW = gettext_noop("Publish now: draft, have it approved by somebody else, publish")
PUBLISH_KEY = "publish-now"


def decide_embargo(
    subject: Subject,
    case_id: str,
    *,
    choice: str,
    reason: str,
    fact: str = "",
    until: datetime | None = None,
    agreed_with: str = "",
    version: int | None = None,
) -> str:
    """Decide what follows from facts under embargo (`fact`: of which kind; all open ones if none is named).

    `choice`: keep, revise (with `until`), end, publish. Raises NOTHING_TO_DECIDE, BY_A_PERSON.
    """
    rules.check_choice(choice, reason, is_person=subject.person_id is not None)
    with ledger.action():
        with changing_open(subject, "cases.embargo", case_id, version=version) as case:
            asked = _asked(case, fact)
            made = _record(subject, case, asked, choice, reason)
            for task in asked:
                end_task(subject, case, task, reason)
        _carry_out(subject, case_id, choice, reason, until=until, agreed_with=agreed_with)
    return made


def _asked(case: Case, fact: str) -> list[Task]:
    tasks = case.tasks.filter(done_at=None, dropped_at=None).order_by("due_at", "pk")
    keys = [rules.decision_key(kind) for kind in rules.FACT_KINDS if fact in ("", kind)]
    found = list(tasks.filter(key__in=keys))
    if not found:
        raise rules.NOTHING_TO_DECIDE().at("fact")
    return found


def _record(subject: Subject, case: Case, asked: list[Task], choice: str, reason: str) -> str:
    first = asked[0]
    row = Resolution.objects.create(
        case=case,
        scope_id=case.scope_id,
        matter=f"{rules.EMBARGO_MATTER}:{first.key.partition(':')[2]}",
        question=first.title,
        raised_at=first.made_at,
        answer=choice,
        words=reason.strip(),
        decided_at=clock.now(),
        decided_by_id=subject.person_id,
        made=[task.public_id for task in asked],
    )
    facts = [task.key.partition(":")[2] for task in asked]
    said = {"resolution": row.public_id, "choice": choice, "kind": facts, "reason": reason.strip()}
    write_line(case, subject, "embargo_decided", **said)
    return row.public_id


def _carry_out(
    subject: Subject, case_id: str, choice: str, reason: str, *, until: datetime | None, agreed_with: str
) -> None:
    before = newest_embargo(find(subject, Case, case_id))
    state = rules.embargo_state(choice, before.state) if before else ""
    if before and state and before.state != "ended":
        set_embargo(
            subject,
            case_id,
            state=state,
            until=until if state != "ended" else before.until,
            zone=before.zone,
            agreed_with=agreed_with or before.agreed_with,
            reason=reason,
        )
    if choice == "publish":
        due = clock.now() + rules.PUBLISH_WITHIN
        title = in_every_language(PUBLISH_NOW)
        add_task(subject, case_id, title=title, due_at=due, key=PUBLISH_KEY)
