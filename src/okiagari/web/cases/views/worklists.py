"""Tasks and clocks of all cases one is in: lists to work on from above."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from okiagari.cases import actions, queries
from okiagari.cases.values import ClockView, Name, TaskView
from okiagari.desk import directory, permits
from okiagari.desk.subjects import Subject
from okiagari.standards.deadlines import RULES
from okiagari.web.cases import words
from okiagari.web.frame.lists import Column, Deed, Field, Filter, Sheet, by_offset
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.values import Empty, Who


def either(none_fits: Callable[[], Empty], none: Callable[[], Empty]) -> Callable[[Subject, bool], Empty]:
    """What an empty list says: that nothing fits the filters, or that there is nothing."""

    def empty(subject: Subject, is_filtered: bool) -> Empty:
        del subject
        return none_fits() if is_filtered else none()

    return empty


def _called(name: Name | None) -> str:
    return words.best(name.name) or name.key if name else ""


def _owner(row: TaskView) -> Who | None:
    name = row.person or row.team
    return words.who(name) if name else None


def case_column(of: Any = lambda row: row.case_id) -> Column:
    return Column(gettext_lazy("Case"), "case", key="case", cell=of)


# tasks


def _task_filters(subject: Subject) -> tuple[Filter, ...]:
    states = (
        ("open", pgettext("tasks", "Open")),
        ("late", pgettext("tasks", "Late")),
        ("over", pgettext("tasks", "Over")),
        ("all", gettext("All")),
    )
    teams = directory.team_names(subject)
    return (
        Filter("state", gettext("State"), states, kind="band", default="open"),
        Filter("text", gettext("Words, case or number"), kind="text"),
        Filter(
            "team",
            gettext("Team"),
            tuple((key, words.best(name)) for key, name in teams),
            gettext("Any team"),
        ),
        Filter("mine", gettext("mine and my teams'"), kind="check"),
    )


def _change_task(subject: Subject, task_id: str, given: Mapping[str, Any]) -> None:
    actions.change_task(
        subject,
        task_id,
        team=given.get("team"),
        person=given.get("person"),
        due_at=given.get("due_at"),
        reason=given["reason"],
    )


def _drop_task(subject: Subject, task_id: str, given: Mapping[str, Any]) -> None:
    actions.drop_task(subject, task_id, reason=given["reason"])


def _finish_task(subject: Subject, task_id: str, given: Mapping[str, Any]) -> None:
    actions.finish_task(subject, task_id, outcome=given["reason"])


def _task_deeds(subject: Subject) -> tuple[Deed, ...]:
    team = Field("team", gettext("To the team"), "team", is_needed=True)
    person = Field("person", gettext("To (user name)"), is_needed=True)
    due = Field("due_at", gettext("Until"), "instant", is_needed=True)
    offered = (
        Deed("hand_over", gettext("Hand over to a team"), "cases.task", _change_task, (team,)),
        Deed("assign", gettext("Give to a person"), "cases.task", _change_task, (person,)),
        Deed("due", gettext("Set when it is due"), "cases.task", _change_task, (due,)),
        Deed("finish", gettext("Say it is done"), "cases.task", _finish_task),
        Deed("drop", gettext("Drop the task"), "cases.work", _drop_task),
    )
    return tuple(deed for deed in offered if permits.may(subject, deed.verb))


TASKS = Sheet(
    key="tasks",
    title=gettext_lazy("Tasks"),
    page="cases:tasks",
    read="cases.inside",
    sort="due",
    filters=_task_filters,
    fetch=by_offset(queries.task_list),
    identify=lambda row: row.id,
    count=lambda total: ngettext("%(total)d task", "%(total)d tasks", total) % {"total": total},
    empty=either(
        lambda: Empty(
            gettext("No task matches."), gettext("Take a filter away, or look among those that are over.")
        ),
        lambda: Empty(
            gettext("No open task."), gettext("Playbooks add tasks to a case; so can you, on its page.")
        ),
    ),
    deeds=_task_deeds,
    show=_owner,
    columns=(
        Column(gettext_lazy("Task"), key="title", cell=lambda row: words.best(row.title)),
        Column(key="id", name=gettext_lazy("Number"), cell=lambda row: row.id),
        case_column(),
        Column(pgettext_lazy("task", "Whose"), "team", key="team", cell=lambda row: _called(row.team)),
        Column(key="person", name=gettext_lazy("Person"), cell=lambda row: _called(row.person)),
        Column(gettext_lazy("Due"), "due", key="due", cell=lambda row: row.due),
        Column(pgettext_lazy("task", "Since"), "made", "-", key="since", cell=lambda row: row.made_at),
        Column(key="state", name=gettext_lazy("State"), cell=lambda row: row.state),
        Column(key="outcome", name=gettext_lazy("Outcome"), cell=lambda row: row.outcome),
    ),
)


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    return page(request, TASKS, "cases/tasks.html")


# clocks


def clock_name(row: ClockView) -> str:
    return words.best(row.label) or gettext(row.title)


def _clock_filters(subject: Subject) -> tuple[Filter, ...]:
    del subject
    states = (
        ("running", pgettext("clocks", "Running")),
        ("late", pgettext("clocks", "Overdue")),
        ("waiting", pgettext("clocks", "Waiting")),
        ("over", pgettext("clocks", "Over")),
        ("all", gettext("All")),
    )
    return (
        Filter("state", gettext("State"), states, kind="band", default="running"),
        Filter("text", gettext("Words, case or number"), kind="text"),
        Filter(
            "rule",
            gettext("Rule"),
            tuple((key, gettext(rule.title)) for key, rule in RULES.items()),
            gettext("Any rule"),
        ),
    )


def _extend(subject: Subject, clock_id: str, given: Mapping[str, Any]) -> None:
    actions.extend_clock(
        subject,
        clock_id,
        until=given["until"],
        agreed_with=given["agreed_with"] or "",
        reason=given["reason"],
    )


def _waive(subject: Subject, clock_id: str, given: Mapping[str, Any]) -> None:
    actions.waive_clock(subject, clock_id, reason=given["reason"])


def _meet(subject: Subject, clock_id: str, given: Mapping[str, Any]) -> None:
    actions.meet_clock(subject, clock_id, by=given["reason"])


def _clock_deeds(subject: Subject) -> tuple[Deed, ...]:
    fields = (
        Field("until", gettext("Until"), "instant", is_needed=True),
        Field("agreed_with", gettext("Agreed with"), is_needed=True),
    )
    offered = (
        Deed("extend", gettext("Move by an agreement"), "cases.work", _extend, fields),
        Deed("meet", gettext("Say by what it was met"), "cases.work", _meet),
        Deed("waive", gettext("Say why it does not apply"), "cases.work", _waive),
    )
    return tuple(deed for deed in offered if permits.may(subject, deed.verb))


CLOCKS = Sheet(
    key="clocks",
    title=gettext_lazy("Clocks"),
    page="cases:clocks",
    read="cases.inside",
    sort="due",
    filters=_clock_filters,
    fetch=by_offset(queries.clock_list),
    identify=lambda row: row.id,
    count=lambda total: ngettext("%(total)d clock", "%(total)d clocks", total) % {"total": total},
    empty=either(
        lambda: Empty(gettext("No clock matches."), gettext("Take a filter away.")),
        lambda: Empty(gettext("No clock runs."), gettext("Clocks start with reports, facts and promises.")),
    ),
    deeds=_clock_deeds,
    show=lambda row: (
        clock_name(row),
        str(words.CLOCK_STATES.get(row.state, row.state)),
        words.anchor(row.anchor_source),
    ),
    columns=(
        Column(gettext_lazy("Clock"), "rule", key="name", cell=clock_name),
        Column(key="id", name=gettext_lazy("Number"), cell=lambda row: row.id),
        case_column(),
        Column(
            gettext_lazy("State"), key="state", cell=lambda row: str(words.CLOCK_STATES.get(row.state, ""))
        ),
        Column(gettext_lazy("Due"), "due", key="due", cell=lambda row: row.due),
        Column(pgettext_lazy("clock", "From"), key="anchor_at", cell=lambda row: row.anchor_at),
        Column(key="met_by", name=gettext_lazy("Met by"), cell=lambda row: row.met_by),
    ),
)


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    return page(request, CLOCKS, "cases/clocks.html")
