"""One letter a person and working day, of what is late or due soon for them and their teams."""

from datetime import date

from django.utils import timezone

from okiagari.desk import calendar, people, permits
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Door, Subject
from okiagari.flow.models import Digest, ReminderChoice, Wait
from okiagari.flow.reminders import letters, rules
from okiagari.flow.reminders.choosing import as_choice
from okiagari.flow.reminders.rules import Choice, Matter
from okiagari.plumbing import clock, ledger, mail

STREAM = ("flow", "reminders")


def remind() -> int:
    """Remind everybody whose hour has come. Returns how many letters it wrote; again: none."""
    local = timezone.localtime(clock.now())
    is_worked = calendar.is_working_day(local.date())
    if not is_worked:
        return 0
    choices = {row.person_id: row for row in ReminderChoice.objects.all()}
    told = set(Digest.objects.filter(day=local.date()).values_list("person_id", flat=True))
    count = 0
    for person in Person.objects.filter(is_active=True).exclude(email="").order_by("pk"):
        choice = as_choice(choices.get(person.pk))
        last = local.date() if person.pk in told else None
        if rules.is_time(choice, local, is_worked=is_worked, last=last):
            count += _remind(person, choice, local.date())
    return count


def _remind(person: Person, choice: Choice, day: date) -> bool:
    found = rules.sheet(_matters(person), clock.now(), days_ahead=choice.days_ahead)
    if not found:
        return False
    with ledger.action():
        counts = {"late": found.late_count, "soon": found.soon_count}
        _, made = Digest.objects.get_or_create(person=person, day=day, defaults={**counts, "at": clock.now()})
        if made:
            mail.post(letters.digest(person, found))
            facts = {"person": person.username, **counts}
            ledger.append(STREAM, subject=SYSTEM, verb="flow.reminded", facts=facts)
    return made


def _matters(person: Person) -> list[Matter]:
    """What waits for the person, by own or team's name, and as a deputy; each thing once."""
    subject = people.subject_of(person, Door.INSIDE)
    seen = {
        (row.stream_kind, row.stream_key, identity(row)): Matter(row.stream_kind, row.stream_key, row.due_at)
        for row in _waits(subject)
        if row.due_at is not None
    }
    return list(seen.values())


def _waits(subject: Subject) -> list[Wait]:
    mine = Wait.objects.filter(principal_id__in=subject.principals, scope_id__in=permits.scopes(subject))
    return list(mine.filter(due_at__isnull=False).order_by("due_at", "pk"))


def identity(wait: Wait) -> str:
    """What makes a thing that waits the same thing tomorrow: its code, and the number it is about."""
    numbers = [str(wait.parameters[name]) for name in ("task", "clock", "action") if name in wait.parameters]
    return ":".join([wait.code, *numbers])
