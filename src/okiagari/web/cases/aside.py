"""The column on the right of a case's pages: clocks, tasks, parties, who is in.

In: the subject and the case. Out: what ``cases/parts/aside.html`` shows, read when it is shown: a tab that
takes the whole width has no column and pays nothing for it.
"""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries
from okiagari.cases.narration import ROLE_WORDS
from okiagari.cases.values import CaseView, ClockView, PartyView, TaskView
from okiagari.desk.subjects import Subject
from okiagari.web.cases.words import anchor as said_anchor
from okiagari.web.cases.words import best, who
from okiagari.web.frame.values import Clock, Who

_OVER = ("met", "met_late", "not_applicable")


@dataclass(frozen=True)
class WaitingClock:
    name: str
    waits_for: str
    href: str


class Aside:
    """What the column shows of one case to one who is inside it."""

    def __init__(self, subject: Subject, case: CaseView) -> None:
        self._subject, self._case = subject, case

    @cached_property
    def _clocks(self) -> tuple[ClockView, ...]:
        return queries.clocks(self._subject, self._case.id)

    @cached_property
    def _tasks(self) -> tuple[TaskView, ...]:
        return queries.tasks(self._subject, self._case.id)

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        return tuple(_clock(self._case, clock) for clock in _running_first(self._clocks))

    @cached_property
    def waiting_clocks(self) -> tuple[WaitingClock, ...]:
        return tuple(_waiting(clock) for clock in self._clocks if clock.state == "waiting")

    @cached_property
    def open_tasks(self) -> tuple[TaskView, ...]:
        return tuple(task for task in self._tasks if task.state in ("open", "late"))

    @cached_property
    def over_tasks(self) -> tuple[TaskView, ...]:
        return tuple(task for task in self._tasks if task.state in ("done", "dropped"))

    @cached_property
    def parties(self) -> tuple[tuple[PartyView, Who], ...]:
        return tuple((party, party_who(party)) for party in self._case.parties if party.left_at is None)

    @cached_property
    def let_in(self) -> tuple[Who, ...]:
        return tuple(who(grant.who) for grant in queries.people_in(self._subject, self._case.id))


def _running_first(clocks: tuple[ClockView, ...]) -> list[ClockView]:
    """Clocks that have a due time: by it, those that are over last."""
    ticking = [clock for clock in clocks if clock.due and clock.state != "waiting"]
    return sorted(ticking, key=lambda clock: clock.state in _OVER)


def _clock(case: CaseView, clock: ClockView) -> Clock:
    """A gauge. Where the anchor is the end itself, it runs from when that was said."""
    assert clock.due is not None
    anchor, anchor_name = clock.anchor_at or clock.due, said_anchor(clock.anchor_source)
    if clock.rule == "embargo_end" and case.embargo:
        anchor, anchor_name = case.embargo.said_at, gettext("agreed on")
    elif clock.anchor_at == (clock.first_due or clock.due):
        anchor, anchor_name = case.opened_at, gettext("case opened")
    return Clock(
        name=_clock_name(clock),
        anchor=anchor,
        due=clock.due,
        anchor_name=anchor_name,
        first_due=clock.first_due,
        done=clock.met_at,
        is_stopped=clock.state == "not_applicable",
        href=reverse("cases:clock", args=[clock.case_id, clock.id]),
    )


def _clock_name(clock: ClockView) -> str:
    return best(clock.label) or gettext(clock.title)


def _waiting(clock: ClockView) -> WaitingClock:
    href = reverse("cases:clock", args=[clock.case_id, clock.id])
    return WaitingClock(_clock_name(clock), gettext(clock.waits_for), href)


def party_who(party: PartyView) -> Who:
    return Who(best(party.name), is_team=bool(party.organisation), note=gettext(ROLE_WORDS[party.role]))
