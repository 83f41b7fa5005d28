"""Tasks, clocks and messages of every case the subject is inside of: filtered, sorted, a page at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from okiagari.cases.models import Communication, Obligation, Task
from okiagari.cases.queries.clocks import _views
from okiagari.cases.queries.messages import _message_views
from okiagari.cases.queries.tasks import _task
from okiagari.cases.reading import part_keys
from okiagari.cases.talks import MessageView
from okiagari.cases.values import ClockView, TaskView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.standards.localtext import LocalText

T = TypeVar("T")


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True)
class MessageRow:
    """A message, and the case it belongs to."""

    case_id: str
    case_title: LocalText
    view: MessageView


_DUE = Coalesce("extended_to", "due_at")
TASK_SORTS: Mapping[str, Any] = {
    "due": F("due_at"),
    "made": F("made_at"),
    "case": F("case__public_id"),
    "team": F("team__key"),
    "person": F("person__username"),
}
CLOCK_SORTS: Mapping[str, Any] = {"due": _DUE, "rule": F("rule"), "case": F("case__public_id")}
MESSAGE_SORTS: Mapping[str, Any] = {
    "at": F("at"),
    "audience": F("audience"),
    "channel": F("channel"),
    "case": F("case__public_id"),
}


def task_list(subject: Subject, *, offset: int = 0, limit: int = 50, **filters: Any) -> ListPage[TaskView]:
    """Filters: state (open, late, over, all), team, mine, text, sort. Open ones unless it says else."""
    found = _visible(subject, Task).select_related("case", "team", "person", "done_by")
    is_open, now = Q(done_at=None, dropped_at=None), clock.now()
    states = {"open": is_open, "late": is_open & Q(due_at__lt=now), "over": ~is_open}
    found = found.filter(states.get(str(filters.get("state") or "open"), Q()))
    if filters.get("team"):
        found = found.filter(team__key=filters["team"])
    if filters.get("mine"):
        mine = subject.principals
        found = found.filter(Q(person__principal_id__in=mine) | Q(person=None, team__principal_id__in=mine))
    found = _saying(found, filters, "title", "case__title", "public_id", "case__public_id")
    ordered = _ordered(found, TASK_SORTS, str(filters.get("sort") or "due"))

    def views(rows: list[Task]) -> list[TaskView]:
        parts = part_keys((row.scope_id, row.case.scope_id) for row in rows)
        return [_task(subject, row, now, parts.get(row.scope_id, "")) for row in rows]

    return _page(ordered, offset, limit, views)


def clock_list(subject: Subject, *, offset: int = 0, limit: int = 50, **filters: Any) -> ListPage[ClockView]:
    """Filters: state (running, late, waiting, over, all), rule, text, sort. Running ones by themselves."""
    found = _visible(subject, Obligation).select_related("case")
    runs, now = Q(met_at=None, waived_reason=""), clock.now()
    passed = Q(extended_to__lt=now) | Q(extended_to=None, due_at__lt=now)
    states = {
        "running": runs & Q(due_at__isnull=False),
        "late": runs & passed,
        "waiting": runs & Q(due_at=None),
        "over": ~runs,
    }
    found = found.filter(states.get(str(filters.get("state") or "running"), Q()))
    if filters.get("rule"):
        found = found.filter(rule=filters["rule"])
    found = _saying(found, filters, "label", "case__title", "public_id", "case__public_id")
    ordered = _ordered(found, CLOCK_SORTS, str(filters.get("sort") or "due"))
    return _page(ordered, offset, limit, _views)


def message_list(
    subject: Subject, *, offset: int = 0, limit: int = 50, **filters: Any
) -> ListPage[MessageRow]:
    """Filters: direction, audience, channel, text, sort. The newest first unless it says else."""
    found = _visible(subject, Communication).select_related(
        "case", "by", "organisation", "reply_to", "settled_by"
    )
    for name in ("direction", "audience", "channel"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    found = _saying(found, filters, "subject_line", "text", "case__title", "public_id", "case__public_id")
    ordered = _ordered(found, MESSAGE_SORTS, str(filters.get("sort") or "-at"))
    return _page(ordered, offset, limit, _message_rows)


def _message_rows(rows: list[Communication]) -> list[MessageRow]:
    views = zip(rows, _message_views(rows), strict=True)
    return [MessageRow(row.case.public_id, row.case.title, view) for row, view in views]


def _visible(subject: Subject, model: type[Model]) -> "QuerySet[Any]":
    permits.require(subject, "cases.inside")
    return model._default_manager.filter(scope_id__in=permits.scopes(subject))


def _saying(found: "QuerySet[Any]", filters: Mapping[str, Any], *columns: str) -> "QuerySet[Any]":
    """Those that hold every word in one of these columns."""
    for word in str(filters.get("text") or "").split():
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        found = found.filter(anywhere)
    return found


def _ordered(found: "QuerySet[Any]", sorts: Mapping[str, Any], sort: str) -> "QuerySet[Any]":
    """By one column, upwards or (with a minus) downwards; what has no value stands last either way."""
    column = sorts.get(sort.removeprefix("-"), next(iter(sorts.values())))
    is_down = sort.startswith("-")
    return found.order_by(column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True), "pk")


def _page(
    found: "QuerySet[Any]", offset: int, limit: int, views: Callable[[list[Any]], list[T]]
) -> ListPage[T]:
    rows = list(found[offset : offset + limit])
    return ListPage(tuple(views(rows)), found.count(), offset, limit)
