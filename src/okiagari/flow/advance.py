"""The only code that knows the order: recomputes where a case stands and what waits for whom.

It hears the lines of an action inside the transaction that wrote them. What it writes is a
projection: `rebuild` makes the same from nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.models import Case, Communication, Obligation
from okiagari.cases.reading import by_key, embargo_of, facts_of, tasks_of
from okiagari.desk.models import Grant
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import AdvisoryCase
from okiagari.flow import map as table
from okiagari.flow import rules, talks, waiting
from okiagari.flow.models import Position, Wait
from okiagari.flow.streams import case_of
from okiagari.intake import queries as intake
from okiagari.intake.models import ReportCase
from okiagari.learn.reading import lessons_of
from okiagari.plumbing import clock, ledger
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.readings import reading, shared
from okiagari.remedy import moving as remedy
from okiagari.standards.deadlines import PROMISE, RULES
from okiagari.triage import gate as triage_gate
from okiagari.triage import queries as triage

ATTACK = ("exploited_somewhere", "affects_us", "our_product_attacked")


def hear(lines: Sequence[Entry]) -> None:
    """Something happened: recompute the cases and reports it concerns, each once.

    What happens to an advisory stands in the streams of its cases too, so its own is not heard.
    """
    numbers = dict.fromkeys(case_of(entry) for entry in lines if entry.stream_kind in ("case", "part"))
    reports = dict.fromkeys(entry.stream_key for entry in lines if entry.stream_kind == "report")
    letters = [entry.stream_key for entry in lines if entry.stream_kind == "letter"]
    concerned = _with_sharers(numbers) if numbers else set()
    if reports:
        links = ReportCase.objects.filter(report__public_id__in=reports)
        concerned.update(links.values_list("case_id", flat=True))
    if letters:
        concerned.update(Communication.objects.filter(letter__in=letters).values_list("case_id", flat=True))
        reports |= dict.fromkeys(
            each for letter in letters for each in intake.reports_of_letter(SYSTEM, letter)
        )
    for report_id in reports:
        recompute_report(report_id)
    for case_id in sorted(concerned):  # always locked in the same order
        recompute(case_id)


def _with_sharers(numbers: Iterable[str]) -> set[int]:
    """Cases, and those for whose flaws a measure of them counts."""
    keys = set(Case.objects.filter(public_id__in=numbers).values_list("pk", flat=True))
    return keys.union(*map(remedy.shared_cases, keys))


def recompute(case_id: int) -> None:
    """Write the position of one case anew, and what waits because of it."""
    # Whoever recomputes the same case at once waits here, and then sees what the other has done.
    locked = Position.objects.select_for_update().filter(case_id=case_id).values_list("pk", flat=True)
    known = locked.first()
    with reading():  # gates ask the same questions one after the other
        case = by_key(case_id)
        position, waits = _stand(case)
    if known is None:
        Position.objects.update_or_create(case=case, defaults=position)
    else:
        Position.objects.filter(pk=known).update(**position)
    _replace_waits("case", case.public_id, waits)


def _stand(case: Case) -> tuple[dict[str, object], list[Wait]]:
    """The fields of the position as the facts are now, and what waits."""
    gates = [(step.key, step.gate(case.pk)) for step in table.steps_of(case.kinds)]
    where = rules.stand(gates, is_closed=case.closed_at is not None)
    waits = [*_waits(case, where), *_beside(case, where, gates)]
    embargo = embargo_of(case)
    # what waits in a part is for its team alone: the position is for everybody of the case
    dues = [wait.due_at for wait in waits if wait.due_at and wait.scope_id == case.scope_id]
    since = {key: facts.since for key, facts in gates}
    position = {
        "scope_id": case.scope_id,
        "step": where.step,
        "level": triage.level(SYSTEM, case.public_id),
        "is_open": case.closed_at is None,
        "is_attacked": _is_attacked(case),
        "steps": [{"key": key, "state": state, "at": since.get(key)} for key, state in where.states],
        "missing": [_as_json(missing) for missing in where.missing],
        "due_at": min(dues, default=None),
        "embargo_until": embargo.until if embargo and embargo.state != "ended" else None,
        "opened_at": case.opened_at,
        "changed_at": _changed_at(case),
    }
    return position, waits


def _changed_at(case: Case) -> datetime:
    """When something last happened to the case, its reports or its advisories."""
    reports = ReportCase.objects.filter(case=case).values_list("report__public_id", flat=True)
    advisories = AdvisoryCase.objects.filter(case=case).values_list("advisory__public_id", flat=True)
    last = ledger.last_at({"case": [case.public_id], "report": reports, "advisory": advisories})
    return last or case.opened_at


def _replace_waits(kind: str, key: str, waits: Iterable[Wait]) -> None:
    """What waited before goes on waiting since then; where nothing differs, nothing is written."""
    before = Wait.objects.filter(stream_kind=kind, stream_key=key).order_by("pk")
    since = {_same(wait): wait.since for wait in before}
    made = list(waits)
    for wait in made:
        wait.since = since.get(_same(wait), wait.since)
    if [_said(wait) for wait in before] != [_said(wait) for wait in made]:
        before.delete()
        Wait.objects.bulk_create(made)


def _said(wait: Wait) -> tuple[object, ...]:
    return (*_same(wait), wait.scope_id, wait.action, wait.tab, wait.due_at, wait.since)


def _same(wait: Wait) -> tuple[int, str, str, str]:
    return wait.principal_id, wait.code, wait.text, ledger.canonical(wait.parameters)


def _is_attacked(case: Case) -> bool:
    return any(fact.withdrawn_at is None and fact.kind in ATTACK[1:] for fact in facts_of(case))


def _as_json(missing: Missing) -> dict[str, object]:
    return {
        "code": missing.code,
        "text": missing.text,
        "parameters": dict(missing.parameters),
        "owners": list(missing.owners),
        "due": missing.due.isoformat() if missing.due else None,
        "tab": missing.tab,
        "action": missing.action,
    }


def _waits(case: Case, where: rules.Stand) -> Iterable[Wait]:
    team = _responsible(case.scope_id)
    for missing in where.missing:
        yield from _wait(case, missing.owners or team, missing)
    if where.step == rules.CLOSED and case.closed_at is None:
        yield from _wait(case, team, Missing("close", table.READY_TO_CLOSE, action=table.CLOSE))
    if case.closed_at is not None:  # while it is open, its gate says so
        for missing in triage_gate.lapses(case.pk):
            yield from _wait(case, missing.owners or team, missing)
    for task in tasks_of(case):
        if task.done_at or task.dropped_at:
            continue
        owner = task.person.principal_id if task.person else task.team.principal_id if task.team else None
        facts = {"title": task.title.to_json(), "task": task.public_id}
        said = Missing("task", table.OPEN_TASK, facts, due=task.due_at, action=table.DO_TASK)
        others = team if task.scope_id == case.scope_id else _responsible(task.scope_id)
        yield from _wait(case, (owner,) if owner else others, said, scope_id=task.scope_id)
    yield from _clocks(case, team)
    for owners, said in waiting.inside(case, team):
        yield from _wait(case, owners, said)
    for scope_id, missing in talks.waiting(case):
        others = team if scope_id == case.scope_id else _responsible(scope_id)
        yield from _wait(case, others, missing, scope_id=scope_id)
    promised = (action for lesson in lessons_of(case.pk) for action in lesson.actions.all())
    for action in (each for each in promised if each.done_at is None):
        owner = (
            action.person.principal_id if action.person else action.team.principal_id if action.team else None
        )
        facts = {"text": action.text.to_json(), "action": action.public_id}
        said = Missing(
            "lesson", table.LESSON_ACTION, facts, due=action.due_at, tab="lessons", action=table.DO_TASK
        )
        yield from _wait(case, (owner,) if owner else team, said)


def _beside(case: Case, where: rules.Stand, gates: Iterable[tuple[str, Facts]]) -> Iterable[Wait]:
    """What waits whatever the step is: a page that is no longer true, a channel to confirm."""
    team, shown = _responsible(case.scope_id), {missing.code for missing in where.missing}
    always = [each for _, facts in gates for each in facts.missing if each.code in table.ALWAYS - shown]
    if case.closed_at is not None:
        always = []
    for missing in (*always, *(each for also in table.ALSO for each in also(case.pk))):
        yield from _wait(case, missing.owners or team, missing)


def _clocks(case: Case, team: tuple[int, ...]) -> Iterable[Wait]:
    """Clocks that run stay a team's business even when the case is closed."""
    running = Obligation.objects.filter(case=case, met_at=None, waived_reason="", due_at__isnull=False)
    for obligation in running:
        due: datetime | None = obligation.extended_to or obligation.due_at
        facts = {"label": obligation.label.to_json(), "clock": obligation.public_id}
        title = table.CLOCK if obligation.label else RULES.get(obligation.rule, PROMISE).title
        said = Missing("clock", title, facts, due=due, action=table.SEE_CLOCK)
        owners = team if obligation.scope_id == case.scope_id else _responsible(obligation.scope_id)
        yield from _wait(case, owners, said, scope_id=obligation.scope_id)


def _wait(
    case: Case, owners: Iterable[int], missing: Missing, *, scope_id: int | None = None
) -> Iterable[Wait]:
    for principal_id in dict.fromkeys(owners):
        yield Wait(
            scope_id=scope_id or case.scope_id,
            stream_kind="case",
            stream_key=case.public_id,
            principal_id=principal_id,
            code=missing.code,
            text=missing.text,
            action=missing.action,
            parameters={**missing.parameters, "matter": case.title.to_json()},
            tab=missing.tab,
            due_at=missing.due,
            since=clock.now(),
        )


@shared
def _responsible(scope_id: int) -> tuple[int, ...]:
    """The teams that answer for a case, or for a part of it: those with the highest grant."""
    grants = Grant.objects.filter(scope_id=scope_id, principal__kind="team").order_by("-level", "pk")
    found = list(grants.values_list("principal_id", "level"))
    return tuple(principal for principal, level in found if level == found[0][1])


def recompute_report(report_id: str) -> None:
    """What waits because of a report that is not settled yet."""
    found = intake.waiting_report(SYSTEM, report_id)
    if found is None:
        Wait.objects.filter(stream_kind="report", stream_key=report_id).delete()
        return
    grants = Grant.objects.filter(scope_id=found.scope_id, principal__team__kind__in=("psirt", "csirt"))
    waits = [
        Wait(
            scope_id=found.scope_id,
            stream_kind="report",
            stream_key=report_id,
            principal_id=principal_id,
            code="report",
            text=table.REPORT_WAITS,
            action=table.OPEN_REPORT,
            parameters={"title": found.title, "matter": found.title},
            due_at=found.due,
            since=clock.now(),
        )
        for principal_id in grants.order_by("pk").values_list("principal_id", flat=True)
    ]
    _replace_waits("report", report_id, waits)


def rebuild() -> int:
    """Make every position and everything that waits anew from the facts. Returns how many cases there are."""
    count = 0
    with transaction.atomic():
        for case_id in Case.objects.order_by("pk").values_list("pk", flat=True):
            recompute(case_id)
            count += 1
        open_reports = intake.unsettled(SYSTEM)
        Wait.objects.filter(stream_kind="report").exclude(stream_key__in=open_reports).delete()
        for report_id in open_reports:
            recompute_report(report_id)
    return count
