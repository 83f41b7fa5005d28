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
from okiagari.cases.narration import EMBARGO_WORDS
from okiagari.cases.values import CaseView, EmbargoView
from okiagari.desk.subjects import Subject
from okiagari.disclose.jvn import rules as jvn
from okiagari.flow import queries as flow
from okiagari.web.cases.aside import Aside
from okiagari.web.cases.words import best
from okiagari.web.frame.values import Embargo, Step, Tab

_STATES = {"done": "done", "now": "here", "todo": "ahead", "skipped": "skipped"}
_CLOSED = "closed"


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
        context |= {"next_thing": next_thing(case, position), "aside": Aside(subject, case)}
    return context


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
    "jvn": {"product", "service"},
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
        "jvn": pgettext("tab of a case", "JVN"),
        "reach": pgettext("tab of a case", "Reach"),
        "lessons": pgettext("tab of a case", "Lessons"),
        "timeline": pgettext("tab of a case", "Timeline"),
    }
    hidden = {key for key, kinds in _ONLY.items() if not kinds & set(case.kinds)}
    names = {key: name for key, name in names.items() if key not in hidden}
    if not jvn.has_tab(case):
        names.pop("jvn", None)
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
