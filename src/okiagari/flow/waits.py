"""What waits for somebody: the lines of the desk, and how many for the rail. Both count the same."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow import house
from okiagari.flow.models import Position, Wait
from okiagari.flow.values import WaitView
from okiagari.plumbing import clock, wording
from okiagari.plumbing.readings import shared

_BY_DUE = F("due_at").asc(nulls_last=True)
_TEXT = TextField()
_PARTS = ("stream_key", Value("|"), "text", Value("|"), Cast("parameters", _TEXT))
_ONE_THING = Concat(*_PARTS, output_field=_TEXT)
"""Told to a person and to their team, a thing is still one thing."""


def _waits(subject: Subject) -> "QuerySet[Wait]":
    permits.require(subject, "desk.own_account")
    return Wait.objects.filter(principal_id__in=subject.principals, scope_id__in=permits.scopes(subject))


def waiting(subject: Subject, *, limit: int = 60, whose: str = "") -> tuple[WaitView, ...]:
    """What waits for this subject, the earliest due first; each thing once. `whose`: mine, team, or both."""
    rows = _waits(subject)
    if whose == "mine":
        rows = rows.filter(principal__person=subject.person_id)
    elif whose == "team":
        rows = rows.filter(principal__team__isnull=False)
    seen: dict[tuple[str, ...], WaitView] = {}
    # never by the row itself: rows are made anew when something happens, also what the reader may not know
    for row in rows.order_by(_BY_DUE, "since", "stream_kind", "stream_key", "code", "text")[: limit * 2]:
        view = _wait(row)
        seen.setdefault((view.kind, view.key, view.text), view)
    beside = () if whose == "mine" else house.waits(subject)
    ordered = sorted((*seen.values(), *beside), key=lambda view: (view.due is None, view.due or clock.now()))
    return _with_levels(subject, ordered[:limit])


def _wait(row: Wait) -> WaitView:
    parameters = wording.spoken(row.parameters)
    return WaitView(
        kind=row.stream_kind,
        key=row.stream_key,
        matter=str(parameters.get("matter", "")),
        text=gettext(row.text) % parameters,
        action=gettext(row.action) if row.action else "",
        tab=row.tab,
        due=row.due_at,
        is_late=row.due_at is not None and row.due_at < clock.now(),
    )


def _with_levels(subject: Subject, views: Iterable[WaitView]) -> tuple[WaitView, ...]:
    """How bad each case is that something waits for; people outside are not told."""
    found = tuple(views)
    if not permits.may(subject, "cases.inside"):
        return found
    keys = {view.key for view in found if view.kind == "case"}
    rows = Position.objects.filter(case__public_id__in=keys, scope_id__in=permits.scopes(subject))
    levels = dict(rows.values_list("case__public_id", "level")) if keys else {}
    return tuple(replace(view, level=levels.get(view.key, "")) for view in found)


@shared
def counts(subject: Subject) -> dict[str, int]:
    """How many things wait for me, by room of the rail: cases and reports. One query."""
    if not subject.principals or not permits.may(subject, "flow.read"):
        return {}
    things = Count(_ONE_THING, distinct=True)
    rows = _waits(subject).order_by().values("stream_kind").annotate(number=things)
    found = dict(rows.values_list("stream_kind", "number"))
    return {kind + "s": found.get(kind, 0) for kind in ("case", "report")}
