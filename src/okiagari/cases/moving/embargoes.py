"""Embargoes of two cases in one. A merge never ends one and never shortens one: the longer one holds.

Where the two disagree, a person by name decides what holds; until then nothing may be said that either
of them forbids.
"""

from datetime import datetime

from okiagari.cases import rules
from okiagari.cases.actions.embargo import newest_embargo
from okiagari.cases.models import Case, Embargo
from okiagari.cases.moving.carrying import ask
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import gettext_noop

DISAGREE = gettext_noop("Decide which embargo holds: the joined cases had different ones")


def outcome(source: Case, target: Case) -> str:
    """What becomes of them: "" (nothing changes), carried, disagree."""
    mine, theirs = _holding(source), _holding(target)
    if mine is None:
        return ""
    if theirs is None:
        return "carried"
    same = (mine.state, mine.until) == (theirs.state, theirs.until)
    return "" if same else "disagree"


def absorb(subject: Subject, source: Case, target: Case, decider: int | None) -> str:
    """The joined case is bound by the longer one. What was said of either stays where it was said."""
    found = outcome(source, target)
    mine, theirs = _holding(source), _holding(target)
    if mine is not None and (found == "carried" or (theirs is not None and _end(mine) > _end(theirs))):
        copy(subject, mine, target)
    if found == "disagree":
        ask(target, "embargo", DISAGREE, decider)
    return found


def copy(subject: Subject, row: Embargo, case: Case) -> Embargo:
    """The same agreement, for another case."""
    return Embargo.objects.create(
        case=case,
        scope_id=case.scope_id,
        state=row.state,
        until=row.until,
        zone=row.zone,
        agreed_with=row.agreed_with,
        reason=row.reason,
        said_at=clock.now(),
        said_by_id=subject.person_id,
    )


def holding(case: Case) -> Embargo | None:
    """The embargo that binds the case now."""
    return _holding(case)


def _holding(case: Case) -> Embargo | None:
    row = newest_embargo(case)
    return row if row is not None and rules.holds(row.state, row.until, clock.now()) else None


def _end(row: Embargo) -> tuple[bool, datetime]:
    """An open end is the longest."""
    return (row.state == "proposed", row.until or clock.now())


def longer(source: Case, target: Case) -> Embargo | None:
    """The one that would bind the joined case."""
    return max(filter(None, (_holding(source), _holding(target))), key=_end, default=None)
