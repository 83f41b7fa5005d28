"""The list of advisories, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, sealing
from okiagari.disclose.actions.approving import authors, power_of
from okiagari.disclose.models import Advisory, Approval, Publication
from okiagari.disclose.naming import Name, name_of
from okiagari.disclose.queries.values import AdvisoryView, ApprovalView, ScheduledView
from okiagari.disclose.rules.approval import may_approve
from okiagari.disclose.rules.content import WORDS
from okiagari.standards.localtext import LocalText

STATES = ("draft", "submitted", "approved", "published", "withdrawn")
SORTS = {
    "made": "made_at",
    "published": "last_at",
    "title": "title",
    "state": "state",
    "edition": "last_number",
    "number": "tracking_id",
}
VERBS = ("disclose.draft", "disclose.review", "disclose.approve", "disclose.publish")


@dataclass(frozen=True)
class AdvisoryRow:
    """One line of a list."""

    id: str
    tracking_id: str
    title: LocalText
    kind: str
    state: str
    languages: tuple[str, ...]
    cases: tuple[str, ...]
    number: int
    published_at: datetime | None
    scheduled_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True)
class Listing:
    """One page of a list, and how many there are in each state."""

    items: tuple[AdvisoryRow, ...]
    total: int
    offset: int
    limit: int
    by_state: tuple[tuple[str, int], ...]


def advisories(subject: Subject, *, offset: int = 0, limit: int = 50, **filters: Any) -> Listing:
    """Advisories the subject may see, what needs work first. Filters: state, kind, text, case, sort."""
    permits.require(subject, "cases.inside")
    visible = access.visible(subject)
    found = _filtered(visible, filters)
    rows = _annotated(found).order_by(*_order(str(filters.get("sort") or "-made")))
    return Listing(
        items=tuple(_row(each) for each in rows[offset : offset + limit]),
        total=found.count(),
        offset=offset,
        limit=limit,
        by_state=state_counts(subject) if filters.get("is_counted", True) else (),
    )


def state_counts(subject: Subject) -> tuple[tuple[str, int], ...]:
    """How many the subject may see in each state."""
    permits.require(subject, "cases.inside")
    counts = dict(access.visible(subject).order_by().values_list("state").annotate(Count("pk")))
    return tuple((state, counts.get(state, 0)) for state in STATES)


def _order(sort: str) -> tuple[Any, ...]:
    """By one column, upwards or (with a minus) downwards; what has no value stands last either way."""
    column = F(SORTS.get(sort.removeprefix("-"), "made_at"))
    is_down = sort.startswith("-")
    return (column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True)), "-pk"


def _filtered(found: "QuerySet[Advisory]", filters: dict[str, Any]) -> "QuerySet[Advisory]":
    if filters.get("state") in STATES:
        found = found.filter(state=filters["state"])
    if filters.get("kind"):
        found = found.filter(kind=filters["kind"])
    if filters.get("case"):
        found = found.filter(cases__case__public_id=filters["case"])
    text = str(filters.get("text") or "").strip()
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(tracking_id__icontains=text) | Q(public_id__icontains=text)
        )
    return found


def _annotated(found: "QuerySet[Advisory]") -> "QuerySet[Any]":
    mine = Publication.objects.filter(advisory=OuterRef("pk"))
    out = mine.filter(state="published").order_by("-number")
    waiting = mine.filter(state="scheduled").order_by("-pk")
    return found.annotate(
        last_number=Subquery(out.values("number")[:1]),
        last_at=Subquery(out.values("published_at")[:1]),
        waits_until=Subquery(waiting.values("planned_at")[:1]),
    ).prefetch_related("cases__case")


def _row(row: Any) -> AdvisoryRow:
    return AdvisoryRow(
        id=row.public_id,
        tracking_id=row.tracking_id,
        title=row.title,
        kind=row.kind,
        state=row.state,
        languages=tuple(row.languages),
        cases=tuple(sorted(link.case.public_id for link in row.cases.all())),
        number=row.last_number or 0,
        published_at=row.last_at,
        scheduled_at=row.waits_until,
        changed_at=row.submitted_at or row.made_at,
    )


def advisories_of_case(subject: Subject, case_id: str) -> tuple[AdvisoryRow, ...]:
    """Those of one case which the subject may see. Raises NOTHING_HERE for the case itself."""
    permits.require(subject, "cases.inside")
    case = find(subject, Case, case_id)
    found = _annotated(access.visible(subject).filter(cases__case=case)).order_by("-made_at", "-pk")
    return tuple(_row(each) for each in found)


def advisory(subject: Subject, advisory_id: str) -> AdvisoryView:
    """One advisory as it is worked on. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    last = sealing.last_published(row)
    waiting = row.publications.filter(state="scheduled").select_related("by").first()
    wrote = Person.objects.filter(username__in=authors(row)).order_by("username")
    return AdvisoryView(
        id=row.public_id,
        version=row.version,
        tracking_id=row.tracking_id,
        kind=row.kind,
        state=row.state,
        title=row.title,
        words={name: getattr(row, name) for name in WORDS},
        references=tuple((each["url"], LocalText.from_json(each["title"])) for each in row.references or ()),
        thanked=tuple(row.thanked),
        languages=tuple(row.languages),
        cases=tuple(row.cases.order_by("pk").values_list("case__public_id", flat=True)),
        vulnerabilities=tuple(
            row.vulnerabilities.order_by("position").values_list("vulnerability__public_id", flat=True)
        ),
        made_at=row.made_at,
        made_by=name_of(row.made_by),
        submitted_at=row.submitted_at,
        submitted_by=name_of(row.submitted_by),
        authors=tuple(Name(each.username, each.name) for each in wrote),
        approvals=_approvals(row),
        scheduled=_scheduled(waiting),
        number=last.number or 0 if last else 0,
        published_at=last.published_at if last else None,
        published_languages=tuple(last.snapshot.content["languages"]) if last else (),
        withdrawn_at=row.withdrawn_at,
        phase=row.phase,
        next_update=row.next_update,
        publishes_on_approval=row.publishes_on_approval,
        may=_may(subject, row, is_waiting=waiting is not None),
    )


def _scheduled(waiting: Publication | None) -> ScheduledView | None:
    if waiting is None:
        return None
    return ScheduledView(waiting.planned_at, name_of(waiting.by), waiting.warned_at is not None)


def _approvals(row: Advisory) -> tuple[ApprovalView, ...]:
    snapshots = row.snapshots.prefetch_related(
        Prefetch("approvals", queryset=Approval.objects.select_related("by"))
    )
    given = [
        ApprovalView(
            verdict=each.verdict,
            by=Name(each.by.username, each.by.name),
            at=each.at,
            note=each.note,
            snapshot=snapshot.sha256,
            renderer=snapshot.renderer,
        )
        for snapshot in snapshots
        for each in snapshot.approvals.all()
    ]
    return tuple(sorted(given, key=lambda view: view.at, reverse=True))


def _may(subject: Subject, row: Advisory, *, is_waiting: bool) -> frozenset[str]:
    """write, submit, approve, send_back, publish, cancel, withdraw: what the page offers."""
    if row.withdrawn_at is not None:
        return frozenset()
    verbs = {verb for verb in VERBS if access.may(subject, verb, row)}
    found = set()
    if "disclose.draft" in verbs and not is_waiting:
        found |= {"write", *(("submit",) if row.state == "draft" else ())}
    if "disclose.review" in verbs and row.state in {"submitted", "approved"} and not is_waiting:
        found.add("send_back")
    if "disclose.approve" in verbs and row.state == "submitted":
        found |= {"approve"} if may_approve(power_of(subject), authors(row)) else {"is_author"}
    if "disclose.publish" in verbs:
        if is_waiting:
            found.add("cancel")
        else:
            found |= {"withdraw", *(("publish",) if row.state == "approved" else ())}
    return frozenset(found)
