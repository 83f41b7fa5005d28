"""When somebody is reminded, of what, and how far something overdue is taken up.

In: the choice of a person, their local hour, whether the day is worked, what waits. Out: yes or no, what is
late and what is due soon, a stage. No clock, no mail.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from okiagari.problems import Kind, define, gettext_noop

WRONG_HOUR = define(
    "flow.wrong_hour",
    Kind.INVALID,
    gettext_noop("“%(hour)s” is not an hour to be reminded at."),
    gettext_noop("Choose an hour from %(first)s to %(last)s."),
)
WRONG_DAYS = define(
    "flow.wrong_days_ahead",
    Kind.INVALID,
    gettext_noop("“%(days)s” is not a number of days to look ahead."),
    gettext_noop("Choose 1 to %(most)s days."),
)
FIRST_HOUR, LAST_HOUR = 7, 18
MOST_AHEAD = 14
STAGES = (0, 3, 10)
"""Working days after the due time at which those who lead are told: at once, and while it stays late."""


@dataclass(frozen=True)
class Choice:
    """A letter at this hour of working days, about what is late or due within so many days."""

    is_on: bool = True
    hour: int = 8
    days_ahead: int = 2


@dataclass(frozen=True)
class Matter:
    """One thing that waits: the kind and number of its stream, and until when."""

    kind: str
    key: str
    due: datetime


@dataclass(frozen=True)
class Sheet:
    """What one letter says: numbers with how many things wait there, the most urgent first."""

    late: tuple[tuple[str, str, int], ...]
    soon: tuple[tuple[str, str, int], ...]

    def __bool__(self) -> bool:
        return bool(self.late or self.soon)

    @property
    def late_count(self) -> int:
        return sum(count for _, _, count in self.late)

    @property
    def soon_count(self) -> int:
        return sum(count for _, _, count in self.soon)


def checked(choice: Choice) -> Choice:
    """Raises WRONG_HOUR, WRONG_DAYS."""
    if not FIRST_HOUR <= choice.hour <= LAST_HOUR:
        raise WRONG_HOUR(hour=choice.hour, first=FIRST_HOUR, last=LAST_HOUR).at("hour")
    if not 1 <= choice.days_ahead <= MOST_AHEAD:
        raise WRONG_DAYS(days=choice.days_ahead, most=MOST_AHEAD).at("days_ahead")
    return choice


def is_time(choice: Choice, local: datetime, *, is_worked: bool, last: date | None) -> bool:
    """From the chosen hour on, while people work, once a day."""
    is_hour = choice.hour <= local.hour <= LAST_HOUR
    return choice.is_on and is_worked and is_hour and last != local.date()


def sheet(matters: Iterable[Matter], now: datetime, *, days_ahead: int) -> Sheet:
    """What is late and what is due soon, by number."""
    ordered = sorted(matters, key=lambda matter: matter.due)
    late = [each for each in ordered if each.due < now]
    soon = [each for each in ordered if now <= each.due <= now + timedelta(days=days_ahead)]
    return Sheet(_counted(late), _counted(soon))


def _counted(matters: Iterable[Matter]) -> tuple[tuple[str, str, int], ...]:
    found: dict[tuple[str, str], int] = {}
    for each in matters:
        found[each.kind, each.key] = found.get((each.kind, each.key), 0) + 1
    return tuple((kind, key, count) for (kind, key), count in found.items())


def stage(due: datetime, now: datetime, *, later: Callable[[date, int], date]) -> int:
    """How far it has come: 0 not late, then 1, 2, 3 by `STAGES`. `later` adds working days to a day."""
    if now <= due:
        return 0
    return sum(not days or later(due.date(), days) <= now.date() for days in STAGES)
