"""How a person wants to be reminded."""

from okiagari.desk import people, permits
from okiagari.desk.subjects import Subject
from okiagari.flow.models import ReminderChoice
from okiagari.flow.reminders.rules import Choice, checked
from okiagari.plumbing import ledger


def reminders(subject: Subject) -> Choice:
    """My own choice, or what holds without one."""
    permits.require(subject, "desk.own_account")
    row = ReminderChoice.objects.filter(person_id=people.own_account(subject)).first()
    return as_choice(row)


def as_choice(row: ReminderChoice | None) -> Choice:
    return Choice(row.is_on, row.hour, row.days_ahead) if row else Choice()


def choose_reminders(subject: Subject, *, is_on: bool = True, hour: int = 8, days_ahead: int = 2) -> None:
    """Say whether and when I am reminded, and how many days ahead. Raises WRONG_HOUR, WRONG_DAYS."""
    permits.require(subject, "desk.own_account")
    choice = checked(Choice(is_on, hour, days_ahead))
    with ledger.action():
        ReminderChoice.objects.update_or_create(
            person_id=people.own_account(subject),
            defaults={"is_on": choice.is_on, "hour": choice.hour, "days_ahead": choice.days_ahead},
        )
        facts = {"is_on": choice.is_on, "hour": choice.hour, "days_ahead": choice.days_ahead}
        ledger.append(("desk", "people"), subject=subject, verb="flow.reminders_chosen", facts=facts)
