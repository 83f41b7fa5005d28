"""What a lesson may be about, and when one counts as drawn."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from okiagari.problems import Kind, define, gettext_noop

AREAS = ("criteria", "specification", "training", "tools", "process", "support_dates")
AREA_LABELS = {
    "criteria": gettext_noop("Judgement criteria"),
    "specification": gettext_noop("Security specification"),
    "training": gettext_noop("Training"),
    "tools": gettext_noop("Tools"),
    "process": gettext_noop("Process"),
    "support_dates": gettext_noop("Support dates"),
}
NO_OUTCOME = define(
    "learn.no_outcome",
    Kind.INVALID,
    gettext_noop("A kept promise says what came of it."),
    gettext_noop("Say in one sentence what was done, and where it can be seen."),
)
NO_OWNER = define(
    "learn.no_owner",
    Kind.INVALID,
    gettext_noop("Nobody is named."),
    gettext_noop("Name a team or a person."),
)
KEPT_ALREADY = define(
    "learn.kept_already",
    Kind.CONFLICT,
    gettext_noop("This promise was kept already."),
    gettext_noop("Make a new promise if more is to be done."),
)
NOT_ON_CRITERIA = define(
    "learn.not_on_criteria",
    Kind.INVALID,
    gettext_noop("Only a promise on the criteria is kept by a version of them."),
    gettext_noop("Leave the version empty, and say in words what came of the promise."),
)
NO_SUCH_CRITERIA = define(
    "learn.no_such_criteria",
    Kind.INVALID,
    gettext_noop("There is no version %(version)s of the criteria."),
    gettext_noop("Adopt the new version first, then keep the promise with it."),
)
NO_REASON = define(
    "learn.no_reason",
    Kind.INVALID,
    gettext_noop("A change of the specification says why."),
    gettext_noop("Say in one sentence what led to it."),
)
WRONG_KEY = define(
    "learn.wrong_key",
    Kind.INVALID,
    gettext_noop("“%(key)s” cannot be the key of an item."),
    gettext_noop("Use up to 60 small letters, digits and hyphens, such as default-passwords."),
)
NOT_ON_SPECIFICATION = define(
    "learn.not_on_specification",
    Kind.INVALID,
    gettext_noop("%(action)s is not a promise on the specification."),
    gettext_noop("Name a promise of a lesson about the security specification, or none."),
)
NOT_IN_FORCE = define(
    "learn.not_in_force",
    Kind.CONFLICT,
    gettext_noop("This item is not in force."),
    gettext_noop("Put it in force again with a new version, if it is to count."),
)
WRONG_AREA = define(
    "learn.wrong_area",
    Kind.INVALID,
    gettext_noop("A lesson cannot be about “%(area)s”."),
    gettext_noop("It is about one of: %(allowed)s."),
)
NO_WORDS = define(
    "learn.no_words",
    Kind.INVALID,
    gettext_noop("A lesson or an action needs words."),
    gettext_noop("Say in one sentence what the case taught, or what will be done."),
)

SPEC_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
STATES = ("open", "late", "kept")
STATE_WORDS = {
    "open": gettext_noop("open"),
    "late": gettext_noop("late"),
    "kept": gettext_noop("kept"),
}


def state(*, due: datetime | None, done: datetime | None, now: datetime) -> str:
    """Where a promise stands."""
    if done is not None:
        return "kept"
    return "late" if due is not None and due < now else "open"


@dataclass(frozen=True)
class Series:
    """One row of a table of years: what is counted, how often in each year."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def by_year(found: Iterable[tuple[str, int]], years: tuple[int, ...]) -> tuple[Series, ...]:
    """Names with the year of each time they came up, as rows; the most frequent first."""
    place = {year: index for index, year in enumerate(years)}
    rows: dict[str, list[int]] = {}
    for name, year in found:
        counts = rows.setdefault(name, [0] * len(years))
        if year in place:
            counts[place[year]] += 1
    series = (Series(name, tuple(counts)) for name, counts in rows.items())
    return tuple(sorted(series, key=lambda row: (-row.total, row.name)))
