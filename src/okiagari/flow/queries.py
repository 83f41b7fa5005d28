"""What people read of the flow: positions for lists and the case page, waits and clocks for the desk."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.models import Principal
from okiagari.desk.subjects import Subject
from okiagari.flow import rules, waits
from okiagari.flow.map import LABELS, TOLD
from okiagari.flow.models import Position
from okiagari.flow.values import DeskView, MissingView, PositionPage, PositionView, StepView, WaitView
from okiagari.flow.waits import counts, waiting
from okiagari.plumbing import clock, wording
from okiagari.standards.localtext import LocalText

__all__ = [
    "DeskView",
    "MissingView",
    "PositionPage",
    "PositionView",
    "StepView",
    "WaitView",
    "counts",
    "desk",
    "on_fire",
    "position",
    "positions",
    "waiting",
]

MOST_CLOCKS = 40
LEVELS = ("severe", "high", "medium", "low", "")


def _in_order(field: str, values: Iterable[str]) -> models.Case:
    """The place of a code in its own order, which is not that of the alphabet."""
    whens = (models.When(**{field: value}, then=place) for place, value in enumerate(values))
    return models.Case(*whens, default=99, output_field=models.IntegerField())


_BY_DUE = models.F("due_at").asc(nulls_last=True)
SORTS: Mapping[str, Any] = {
    "due": _BY_DUE,
    "opened": models.F("opened_at").asc(),
    "changed": models.F("changed_at").asc(),
    "embargo": models.F("embargo_until").asc(nulls_last=True),
    "number": models.F("case__public_id").asc(),
    "step": _in_order("step", LABELS).asc(),
    "level": _in_order("level", LEVELS).asc(),
}


def _order(sort: str) -> tuple[Any, ...]:
    """By one column, upwards or (with a minus) downwards; what has no value stands last either way."""
    column = copy(SORTS.get(sort.removeprefix("-"), _BY_DUE))
    if sort.startswith("-"):
        column.descending = True
    return column, _BY_DUE, "-opened_at", "pk"


def _visible(subject: Subject) -> "QuerySet[Position]":
    permits.require(subject, "flow.read")
    return Position.objects.filter(scope_id__in=permits.scopes(subject)).select_related("case")


def positions(subject: Subject, *, offset: int = 0, limit: int = 50, **filters: Any) -> PositionPage:
    """One page of cases. Filters: state (open, closed), step, level, kind, text, late, sort."""
    outside = _is_outside(subject)
    found = _filtered(_visible(subject), filters, outside=outside)
    total = found.count()
    rows = list(found.order_by(*_order(str(filters.get("sort") or "due")))[offset : offset + limit])
    names = _names(rows)
    return PositionPage(
        tuple(_view(row, names, subject, outside=outside) for row in rows), total, offset, limit
    )


def _is_outside(subject: Subject) -> bool:
    """Somebody from another company sees the step, and nothing of what is still missing or how bad it is."""
    return not permits.may(subject, "cases.inside")


def _filtered(
    found: "QuerySet[Position]", filters: Mapping[str, Any], *, outside: bool
) -> "QuerySet[Position]":
    if filters.get("state") in ("open", "closed"):
        found = found.filter(is_open=filters["state"] == "open")
    for name in ("step",) if outside else ("step", "level"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if filters.get("kind"):
        found = found.filter(case__kinds__contains=f'"{filters["kind"]}"')
    if filters.get("late") and not outside:
        found = found.filter(due_at__lt=clock.now(), is_open=True)
    text = str(filters.get("text") or "").strip()
    if text:
        found = found.filter(Q(case__title__icontains=text) | Q(case__public_id__icontains=text))
    return found


def _names(rows: list[Position]) -> dict[int, LocalText]:
    wanted = {owner for row in rows for missing in row.missing for owner in missing["owners"]}
    found = Principal.objects.filter(pk__in=wanted).select_related("team", "person")
    return {each.pk: _name(each) for each in found}


def _name(principal: Principal) -> LocalText:
    holder = getattr(principal, "team", None) or getattr(principal, "person", None)
    name = holder.name if holder else LocalText()
    return name or LocalText.of(en=principal.key)


def _view(
    row: Position, names: Mapping[int, LocalText], subject: Subject, *, outside: bool = False
) -> PositionView:
    missing = {each["code"] for each in row.missing}
    is_told = row.step == "publication" and bool(missing) and missing <= TOLD
    heat = rules.Heat(row.is_open, row.level, row.is_attacked, row.step, row.due_at, is_told)
    fire = rules.is_on_fire(heat, clock.now())
    return PositionView(
        case_id=row.case.public_id,
        title=row.case.title,
        kinds=tuple(row.case.kinds),
        step=row.step,
        step_label=gettext(LABELS[row.step]),
        steps=tuple(
            StepView(step["key"], gettext(LABELS[step["key"]]), step["state"], _instant(step.get("at")))
            for step in row.steps
        ),
        missing=() if outside else tuple(_missing(missing, names, subject) for missing in row.missing),
        due=None if outside else row.due_at,
        level="" if outside else row.level,
        is_open=row.is_open,
        is_on_fire=fire and not outside,
        is_attacked=row.is_attacked and not outside,
        embargo_until=row.embargo_until,
        opened_at=row.opened_at,
        closed_at=row.case.closed_at,
        changed_at=row.changed_at,
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _missing(missing: Mapping[str, Any], names: Mapping[int, LocalText], subject: Subject) -> MissingView:
    return MissingView(
        code=missing["code"],
        text=gettext(missing["text"]) % wording.spoken(missing["parameters"]),
        action=gettext(missing["action"]) if missing["action"] else "",
        tab=missing["tab"],
        due=_instant(missing["due"]),
        owners=tuple(names[owner] for owner in missing["owners"] if owner in names),
        is_mine=permits.waits_for(subject, missing["owners"]),
    )


def position(subject: Subject, case_id: str) -> PositionView:
    """Where one case stands. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    if not permits.may(subject, "flow.read"):
        raise permits.NOTHING_HERE()
    row = Position.objects.select_related("case").get(case=case)
    return _view(row, _names([row]), subject, outside=_is_outside(subject))


def on_fire(subject: Subject, *, limit: int = 20) -> tuple[PositionView, ...]:
    """Open cases that are severe and not yet public, attacked, or nearly out of time."""
    if not permits.may(subject, "flow.read") or _is_outside(subject):
        return ()
    now = clock.now()
    burning = (
        Q(level="severe") | Q(is_attacked=True) | Q(due_at__gte=now, due_at__lte=now + rules.FIRE_WITHIN)
    )
    rows = list(_visible(subject).filter(burning, is_open=True).order_by(_BY_DUE, "pk")[: limit * 3])
    names = _names(rows)
    return tuple(view for view in (_view(row, names, subject) for row in rows) if view.is_on_fire)[:limit]


def desk(subject: Subject, *, days: int = 7, whose: str = "") -> DeskView:
    """Everything on the first page, in a constant number of queries. `whose`: mine or team, else both."""
    found = waits.waiting(subject, whose=whose)
    return DeskView(
        on_fire=on_fire(subject),
        waits=tuple(view for view in found if not view.is_late),
        late=tuple(view for view in found if view.is_late),
        clocks=_clocks(subject, days),
    )


def _clocks(subject: Subject, days: int) -> tuple["cases.ClockView", ...]:
    if not permits.may(subject, "flow.read"):
        return ()
    now = clock.now()
    return cases.clocks(
        subject, is_running=True, since=now, until=now + timedelta(days=days), limit=MOST_CLOCKS
    )
