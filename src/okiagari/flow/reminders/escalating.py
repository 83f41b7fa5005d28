"""What is overdue is taken up to those who lead: a line on the timeline and a letter, once a stage."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from okiagari.desk import calendar
from okiagari.desk.models import Grant, Person, Principal
from okiagari.desk.permits import Level
from okiagari.desk.subjects import SYSTEM
from okiagari.flow.models import Escalation, Wait
from okiagari.flow.reminders import letters, rules
from okiagari.flow.reminders.sending import identity
from okiagari.plumbing import clock, ledger, mail
from okiagari.standards.deadlines import BusinessCalendar, plus_working_days

Stream = tuple[str, str]


def escalate() -> int:
    """Take up what has come to its next stage. Returns how many cases and reports; again: none."""
    days = calendar.business()
    late = Wait.objects.filter(due_at__lt=clock.now()).select_related("principal").order_by("due_at", "pk")
    by_stream: dict[Stream, list[tuple[Wait, int]]] = {}
    for wait in late:
        stage = _stage(wait, days)
        if stage:
            by_stream.setdefault((wait.stream_kind, wait.stream_key), []).append((wait, stage))
    return sum(_take_up(stream, waits) for stream, waits in by_stream.items())


def _stage(wait: Wait, days: BusinessCalendar) -> int:
    assert wait.due_at is not None
    return rules.stage(
        timezone.localtime(wait.due_at),
        timezone.localtime(clock.now()),
        later=lambda day, count: plus_working_days(day, count, days),
    )


def _take_up(stream: Stream, waits: Sequence[tuple[Wait, int]]) -> bool:
    """One case or report: what is new at its stage, one line, one letter to each who leads."""
    with ledger.action():
        new = [(wait, stage) for wait, stage in waits if _is_new(stream, wait, stage)]
        if not new:
            return False
        scope_id = new[0][0].scope_id
        leads = _leads(scope_id)
        others = [(wait, stage) for wait, stage in new if wait.principal_id not in leads]
        if others:
            owners = {wait.principal for wait, _ in others}
            facts = {
                "count": len(others),
                "stage": max(stage for _, stage in others),
                "owners": [_called(each) for each in sorted(owners, key=lambda each: each.key)],
                "due": min(wait.due_at for wait, _ in others if wait.due_at),
            }
            ledger.append(stream, subject=SYSTEM, verb="flow.escalated", facts=facts, scope=scope_id)
            for person in _people(leads):
                mail.post(letters.escalation(person, [(*stream, len(others))]))
    return bool(others)


def _called(principal: Principal) -> dict[str, str]:
    """A person or team as the timeline names them."""
    row = getattr(principal, "team", None) or getattr(principal, "person", None)
    return dict(row.name.texts) if row and row.name else {"en": principal.key}


def _is_new(stream: Stream, wait: Wait, stage: int) -> bool:
    """Each stage once; one that was passed unseen is not told of later."""
    kind, key = stream
    what = f"{identity(wait)}:{wait.principal_id}"[:64]
    made = False
    for each in range(1, stage + 1):
        _, is_first = Escalation.objects.get_or_create(
            stream_kind=kind,
            stream_key=key,
            what=what,
            stage=each,
            defaults={"scope_id": wait.scope_id, "at": clock.now()},
        )
        made = is_first if each == stage else made
    return made


def _leads(scope_id: int) -> frozenset[int]:
    """Who leads: the principals with the highest level that a grant gives."""
    grants = list(Grant.objects.filter(scope_id=scope_id).values_list("principal_id", "level"))
    top = max((level for _, level in grants), default=Level.LEAD)
    return frozenset(principal for principal, level in grants if level == top)


def _people(principals: Iterable[int]) -> list[Person]:
    """Everybody behind these principals who can be written to, each once."""
    wanted = list(principals)
    own = Person.objects.filter(principal__in=wanted)
    in_teams = Person.objects.filter(memberships__team__principal__in=wanted)
    found = (own | in_teams).filter(is_active=True).exclude(email="").distinct()
    return list(found.order_by("pk"))
