"""The frame of every page of a case: head, steps, what is missing, tabs, and the column on the right.

In: the subject and the number of a case. Out: the context of ``cases/case_base.html``, whoever's tab it is::

    return render(request, "triage/grid.html", {**case_frame(subject, case_id), "grid": ...})

and the template: ``{% extends "cases/case_base.html" %}`` with the block ``tab`` (two thirds of the page),
or ``body`` for the whole width. Whoever reads from outside gets neither what is missing nor the column.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from okiagari.cases import queries
from okiagari.cases.narration import EMBARGO_WORDS, ROLE_WORDS
from okiagari.cases.values import CaseView, ClockView, EmbargoView, PartyView
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.web.cases.words import anchor as said_anchor
from okiagari.web.cases.words import best, who
from okiagari.web.frame.values import Clock, Embargo, Step, Tab, Who

_STATES = {"done": "done", "now": "here", "todo": "ahead", "skipped": "skipped"}
_CLOSED = "closed"
_OVER = ("met", "met_late", "not_applicable")


@dataclass(frozen=True)
class NextThing:
    """The sentence "what is missing" and the one thing to press. `others` are said below it."""

    text: str
    action: str
    href: str
    due: datetime | None = None
    owners: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    is_mine: bool = True


@dataclass(frozen=True)
class WaitingClock:
    name: str
    waits_for: str
    href: str


def case_frame(subject: Subject, case_id: str, *, here: str = "") -> dict[str, object]:
    """The context; `here`: the open tab where its address does not say it. Raises NOTHING_HERE."""
    case = queries.case(subject, case_id)
    position = flow.position(subject, case_id)
    context: dict[str, object] = {
        "case": case,
        "case_base": reverse("cases:case", args=[case.id]),
        "case_level": position.level,
        "case_steps": tuple(_step(step) for step in position.steps),
        "case_tabs": _tabs(case, here, has_incident=_has_incident(subject, case)),
        "embargo": _band(case.embargo) if case.is_embargoed else None,
        "position": position,
    }
    if not case.is_seen_from_outside:
        context |= _inside(subject, case, position)
    return context


def _inside(subject: Subject, case: CaseView, position: flow.PositionView) -> dict[str, object]:
    tasks = queries.tasks(subject, case.id)
    clocks = queries.clocks(subject, case.id)
    return {
        "next_thing": next_thing(case, position),
        "clocks": tuple(_clock(case, clock) for clock in _running_first(clocks)),
        "waiting_clocks": tuple(_waiting(clock) for clock in clocks if clock.state == "waiting"),
        "open_tasks": tuple(task for task in tasks if task.state in ("open", "late")),
        "over_tasks": tuple(task for task in tasks if task.state in ("done", "dropped")),
        "parties": tuple((party, party_who(party)) for party in case.parties if party.left_at is None),
        "let_in": tuple(who(grant.who) for grant in queries.people_in(subject, case.id)),
    }


def _has_incident(subject: Subject, case: CaseView) -> bool:
    """The tab is for those who are in the incident's part of the case."""
    return not case.is_seen_from_outside and queries.may_read_incident(subject, case.id)


def _step(step: flow.StepView) -> Step:
    note = step.at.astimezone(_zone()).strftime("%Y-%m-%d") if step.at and step.state == "done" else ""
    return Step(step.label, _STATES[step.state], note)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


_ONLY = {
    "incident": {"service", "infrastructure"},
    "products": {"product", "service"},
    "measures": {"product", "service"},
    "advisory": {"product", "service"},
    "reach": {"product"},
}
"""Tabs that only cases of these kinds have."""


def _tabs(case: CaseView, here: str, *, has_incident: bool) -> tuple[Tab, ...]:
    """Names of tabs by their address; from outside, only what is open to them."""
    names = {
        "overview": pgettext("tab of a case", "Overview"),
        "judgement": pgettext("tab of a case", "Judgement"),
        "incident": pgettext("tab of a case", "Incident"),
        "products": pgettext("tab of a case", "Products"),
        "measures": pgettext("tab of a case", "Measures"),
        "messages": pgettext("tab of a case", "Messages"),
        "advisory": pgettext("tab of a case", "Advisory"),
        "reach": pgettext("tab of a case", "Reach"),
        "lessons": pgettext("tab of a case", "Lessons"),
        "timeline": pgettext("tab of a case", "Timeline"),
    }
    hidden = {key for key, kinds in _ONLY.items() if not kinds & set(case.kinds)}
    names = {key: name for key, name in names.items() if key not in hidden}
    if not has_incident:
        names.pop("incident", None)
    if case.is_seen_from_outside:
        names = {key: names[key] for key in ("overview", "messages")}
    return tuple(Tab(name, tab_href(case.id, key), key == here) for key, name in names.items())


def tab_href(case_id: str, key: str) -> str:
    base = reverse("cases:case", args=[case_id])
    return base if key == "overview" else f"{base}{key}/"


def deed_href(case_id: str, key: str) -> str:
    """Where what is missing is done: on its tab; for an advisory, straight on the only one there is."""
    return tab_href(case_id, key) + ("?only=1" if key == "advisory" else "")


def next_thing(case: CaseView, position: flow.PositionView) -> NextThing | None:
    """What is missing first. A case whose every step is done wants to be closed."""
    if not case.is_open:
        return None
    if position.missing:
        first, *others = position.missing
        return NextThing(
            text=first.text,
            action=first.action,
            href=deed_href(case.id, first.tab),
            due=first.due,
            owners=tuple(best(owner) for owner in first.owners),
            others=tuple(other.text for other in others),
            is_mine=first.is_mine,
        )
    if position.step == _CLOSED and "cases.close" in case.may:
        href = reverse("cases:close", args=[case.id])
        return NextThing(
            gettext("Every step is done; the case can be closed."), gettext("Close the case"), href
        )
    return None


def _band(embargo: EmbargoView | None) -> Embargo | None:
    if embargo is None:
        return None
    words = [gettext(EMBARGO_WORDS[embargo.state])]
    if embargo.agreed_with:
        words.append(gettext("with %(whom)s") % {"whom": embargo.agreed_with})
    if embargo.until and embargo.zone != settings.TIME_ZONE:
        words.append(embargo.until.astimezone(ZoneInfo(embargo.zone)).strftime("%Y-%m-%d %H:%M %Z"))
    return Embargo(embargo.until, " · ".join(words))


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
