"""Lists of reports: filtered, searched, sorted, in pages by a key that stays right while others write."""

import operator
from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from typing import TypedDict, Unpack

from django.db.models import Q, QuerySet

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.intake.models import Report
from okiagari.intake.queries.rows import _rows
from okiagari.intake.queries.values import ReportPage, ReportRow
from okiagari.intake.rules import states
from okiagari.plumbing import ids
from okiagari.problems import Kind, define, gettext_noop

UNKNOWN_FILTER = define(
    "intake.unknown_filter",
    Kind.INVALID,
    gettext_noop("The list knows no %(name)s “%(value)s”."),
    gettext_noop("It knows: %(known)s."),
)
SORTS = ("received", "title", "state", "source", "product")
_COLUMNS = {
    "received": "received_at",
    "title": "title",
    "state": "state",
    "source": "source",
    "product": "product_text",
}
_SEARCHED = ("title", "text", "effect", "product_text", "version_text", "reference")
_NEEDS: Mapping[str, Q] = {
    "acknowledge": Q(acknowledged_at=None) & ~Q(state="closed"),
    "assess": Q(assessed_at=None, acknowledged_at__isnull=False) & ~Q(state="closed"),
    "accept": Q(
        state="valid", acknowledged_at__isnull=False, assessed_at__isnull=False, news_at__isnull=True
    ),
    "read": Q(news_at__isnull=False),
    "any": Q(news_at__isnull=False)
    | Q(state="valid")
    | ((Q(acknowledged_at=None) | Q(assessed_at=None)) & ~Q(state="closed")),
}
NEEDS = tuple(_NEEDS)
PAGE = 50


class Filters(TypedDict, total=False):
    """All may be left out. `sort`: one of SORTS, with a leading minus for the other way round."""

    search: str
    state: str
    source: str
    kind: str
    need: str
    sort: str
    after: tuple[str, str] | None
    limit: int


def reports(subject: Subject, **filters: Unpack[Filters]) -> ReportPage:
    """The reports the subject may see. Raises UNKNOWN_FILTER."""
    if not permits.may(subject, "intake.read"):
        return ReportPage((), 0, None)
    limit = min(filters.get("limit") or PAGE, 5000)
    found = _filtered(subject, filters)
    column, is_descending = _sorting(filters.get("sort") or "-received")
    ordered = _after(found, column, is_descending=is_descending, after=filters.get("after"))
    rows = list(ordered[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    following = (_value(rows[-1], column), rows[-1].public_id) if more and rows else None
    return ReportPage(_rows(subject, rows), found.count(), following)


def reports_of_case(subject: Subject, case_id: str) -> tuple[ReportRow, ...]:
    """The reports a case comes from, as far as the subject may see them. Raises NOTHING_HERE."""
    case = find(subject, Case, case_id)
    permits.require(subject, "intake.read")
    found = Report.objects.filter(scope_id__in=permits.scopes(subject), links__case=case)
    return _rows(subject, list(found.order_by("received_at", "pk")))


def _filtered(subject: Subject, filters: Filters) -> QuerySet[Report]:
    found = Report.objects.filter(scope_id__in=permits.scopes(subject))
    known: Mapping[str, tuple[str, ...]] = {
        "state": states.STATES,
        "source": states.SOURCES,
        "kind": states.KINDS,
    }
    for name, allowed in known.items():
        value = str(filters.get(name) or "")
        if value:
            found = found.filter(**{name: _one_of(name, value, allowed)})
    need = filters.get("need") or ""
    if need:
        found = found.filter(_NEEDS[_one_of("need", need, NEEDS)])
    for word in (filters.get("search") or "").split():
        anywhere = [Q(**{f"{column}__icontains": word}) for column in _SEARCHED]
        found = found.filter(reduce(operator.or_, anywhere, Q(public_id=ids.folded(word))))
    return found


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise UNKNOWN_FILTER(name=name, value=value, known=", ".join(allowed)).at(name)
    return value


def _sorting(sort: str) -> tuple[str, bool]:
    name = sort.removeprefix("-")
    return _COLUMNS[_one_of("sort", name, SORTS)], sort.startswith("-")


def _after(
    found: QuerySet[Report], column: str, *, is_descending: bool, after: tuple[str, str] | None
) -> QuerySet[Report]:
    sign, side = ("-", "lt") if is_descending else ("", "gt")
    if after is not None:
        value = datetime.fromisoformat(after[0]) if column == "received_at" else after[0]
        beyond = Q(**{f"{column}__{side}": value})
        found = found.filter(beyond | Q(**{column: value, f"public_id__{side}": after[1]}))
    return found.order_by(f"{sign}{column}", f"{sign}public_id")


def _value(report: Report, column: str) -> str:
    value = getattr(report, column)
    return value.isoformat() if isinstance(value, datetime) else str(value)
