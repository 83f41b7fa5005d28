"""The list of cases. The address holds filter, order and page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from okiagari.cases import actions
from okiagari.cases.narration import KIND_WORDS, ROLE_WORDS
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.flow.map import LABELS
from okiagari.standards.localtext import LocalText
from okiagari.web.cases import words
from okiagari.web.doors import asking
from okiagari.web.frame.lists import Column, Deed, Field, Filter, Sheet, by_offset
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.values import Empty
from okiagari.web.frame.words import language


def _filters(subject: Subject) -> tuple[Filter, ...]:
    states = (
        ("open", pgettext("cases", "Open")),
        ("closed", pgettext("cases", "Closed")),
        ("all", gettext("All")),
    )
    outside = not permits.may(subject, "cases.inside")
    found = [
        Filter("state", gettext("State"), states, kind="band", default="open"),
        Filter("text", gettext("Title or number"), kind="text"),
        Filter(
            "step",
            gettext("Step"),
            tuple((key, gettext(label)) for key, label in LABELS.items()),
            gettext("Any step"),
        ),
        Filter("kind", pgettext("case", "Kind"), tuple(words.choices(KIND_WORDS)), gettext("Any kind")),
    ]
    if not outside:
        found.insert(
            3, Filter("level", gettext("Severity"), tuple(words.LEVELS.items()), gettext("Any severity"))
        )
        found.append(Filter("late", gettext("late only"), kind="check"))
    return tuple(found)


def _empty(subject: Subject, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No case matches."),
            gettext("Take a filter away, or look among the closed ones."),
            gettext("Show all open cases"),
            f"{reverse('cases:list')}?view=none",
        )
    if permits.may(subject, "cases.open"):
        return Empty(
            gettext("No open case."),
            gettext(
                "A case begins with a report that was accepted, or with something the team found itself."
            ),
            gettext("Look at the reports"),
            "/reports/",
        )
    return Empty(gettext("No open case."), gettext("A case appears here when its team lets you in."))


def _hand_over(subject: Subject, case_id: str, given: Mapping[str, Any]) -> None:
    actions.admit(subject, case_id, kind="team", key=given["team"], level="lead", reason=given["reason"])


def _party(subject: Subject, case_id: str, given: Mapping[str, Any]) -> None:
    actions.add_party(subject, case_id, role=given["role"], name=given["name"])


def _task(subject: Subject, case_id: str, given: Mapping[str, Any]) -> None:
    title = LocalText({language(): given["title"]}, language())
    actions.add_task(subject, case_id, title=title, team=given["team"], due_at=given["due_at"])


def _close(subject: Subject, case_id: str, given: Mapping[str, Any]) -> None:
    actions.close_case(subject, case_id, reason=given["reason"])


def _deeds(subject: Subject) -> tuple[Deed, ...]:
    team = Field("team", gettext("Team"), "team", is_needed=True)
    roles = Field("role", gettext("Role"), "choice", tuple(words.choices(ROLE_WORDS)), is_needed=True)
    offered = (
        Deed("hand_over", gettext("Let a team lead"), "cases.party", _hand_over, (team,)),
        Deed(
            "party",
            gettext("Name a party"),
            "cases.work",
            _party,
            (roles, Field("name", gettext("Name"), is_needed=True)),
            needs_reason=False,
        ),
        Deed(
            "task",
            gettext("Add a task"),
            "cases.task",
            _task,
            (
                Field("title", gettext("What is to be done"), is_needed=True),
                Field("team", gettext("Team"), "team"),
                Field("due_at", gettext("Until"), "instant"),
            ),
            needs_reason=False,
        ),
        Deed("close", gettext("Close the case"), "cases.close", _close),
    )
    return tuple(deed for deed in offered if permits.may(subject, deed.verb))


def _count(total: int) -> str:
    return ngettext("%(total)d case", "%(total)d cases", total) % {"total": total}


SHEET = Sheet(
    key="cases",
    title=gettext_lazy("Cases"),
    page="cases:list",
    read="cases.read",
    export="cases.inside",
    sort="due",
    filters=_filters,
    fetch=by_offset(flow.positions),
    identify=lambda row: row.case_id,
    count=_count,
    empty=_empty,
    deeds=_deeds,
    columns=(
        Column(gettext_lazy("Case"), "number", key="id", cell=lambda row: row.case_id),
        Column(key="title", name=gettext_lazy("Title"), cell=lambda row: words.best(row.title)),
        Column(key="kind", name=pgettext_lazy("case", "Kind"), cell=lambda row: words.kinds(row.kinds)),
        Column(
            gettext_lazy("Severity"),
            "level",
            key="severity",
            cell=lambda row: str(words.LEVELS.get(row.level, "")),
        ),
        Column(gettext_lazy("Step"), "step", key="step", cell=lambda row: row.step_label),
        Column(
            key="missing",
            name=gettext_lazy("What is missing"),
            cell=lambda row: row.missing[0].text if row.missing else "",
        ),
        Column(gettext_lazy("Due"), "due", key="due", cell=lambda row: row.due),
        Column(
            gettext_lazy("Embargo until"), "embargo", key="embargo_until", cell=lambda row: row.embargo_until
        ),
        Column(
            pgettext_lazy("case", "Opened"), "opened", "-", key="opened_at", cell=lambda row: row.opened_at
        ),
        Column(key="closed_at", name=pgettext_lazy("case", "Closed"), cell=lambda row: row.closed_at),
        Column(key="changed_at", name=pgettext_lazy("case", "Last changed"), cell=lambda row: row.changed_at),
    ),
)


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    return page(
        request,
        SHEET,
        "cases/list.html",
        may_open=permits.may(subject, "cases.open"),
        is_outside=not permits.may(subject, "cases.inside"),
    )
