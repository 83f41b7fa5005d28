"""Clocks of a case, or of every case the subject is in."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from okiagari.cases import rules
from okiagari.cases.clockbook import Book, book
from okiagari.cases.models import Obligation
from okiagari.cases.reading import part_keys, readable
from okiagari.cases.values import ClockView, Correction
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock

_LAST = datetime.max.replace(tzinfo=UTC)


def clocks(
    subject: Subject,
    case_id: str | None = None,
    *,
    is_running: bool | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
    rule: str = "",
    limit: int | None = None,
) -> tuple[ClockView, ...]:
    """Clocks by due time, waiting ones after them: of one case, or of all the subject is inside of.

    `since`, `until`: only those due from and by then. `rule`: only of this one. `limit`: only so many, the
    soonest.
    """
    rows = Obligation.objects.filter(scope_id__in=permits.scopes(subject))
    if case_id is not None:
        rows = rows.filter(case=readable(subject, case_id, "cases.inside"))
    elif not permits.may(subject, "cases.inside"):
        return ()
    if is_running is not None:
        running = rows.filter(met_at=None, waived_reason="")
        rows = running if is_running else rows.exclude(pk__in=running)
    if rule:
        rows = rows.filter(rule=rule)
    if until is not None:
        rows = rows.filter(Q(extended_to__lte=until) | Q(extended_to=None, due_at__lte=until))
    if since is not None:
        rows = rows.filter(Q(extended_to__gte=since) | Q(extended_to=None, due_at__gte=since))
    soonest = rows.select_related("case").order_by(
        Coalesce("extended_to", "due_at").asc(nulls_last=True), "pk"
    )
    views = _views(list(soonest[:limit]))
    return tuple(sorted(views, key=lambda view: view.due or _LAST))


def _views(rows: list[Obligation]) -> list[ClockView]:
    if not rows:
        return []
    now, known = clock.now(), book()
    parts = part_keys((row.scope_id, row.case.scope_id) for row in rows)
    return [_clock(row, now, known, parts.get(row.scope_id, "")) for row in rows]


def _clock(row: Obligation, now: datetime, known: Book, part: str) -> ClockView:
    rule = known.shown(row.rule)
    due_at = row.extended_to or row.due_at
    stands = rules.standing(rule, due_at, now, met_at=row.met_at, waived=row.waived_reason)
    extension, proof = row.extension or {}, row.proof or {}
    return ClockView(
        id=row.public_id,
        case_id=row.case.public_id,
        case_title=row.case.title,
        rule=row.rule,
        label=row.label,
        title=rule.title,
        source=rule.source,
        anchor_at=row.anchor_at,
        anchor_source=row.anchor_source,
        due=due_at,
        first_due=row.due_at if row.extended_to else None,
        agreed_with=str(extension.get("agreed_with", "")),
        extension_reason=str(extension.get("reason", "")),
        met_at=row.met_at,
        met_by=row.met_by,
        waived_reason=row.waived_reason,
        state=stands.state,
        waits_for=stands.waits_for,
        is_movable=rule.is_movable,
        zone=rule.zone or settings.TIME_ZONE,
        to=rule.to,
        stage=rule.stage,
        is_guide=rule.is_guide,
        anchor=rule.anchor,
        anchor_evidence=row.anchor_evidence,
        corrections=tuple(_correction(each) for each in row.corrections or ()),
        proof_kind=str(proof.get("kind", "")),
        proof=str(proof.get("ref", "")),
        waived_at=row.waived_at,
        is_case_open=row.case.closed_at is None,
        part=part,
    )


def _correction(kept: Mapping[str, str | None]) -> Correction:
    due = kept.get("due_before")
    return Correction(
        before=datetime.fromisoformat(kept["before"] or ""),
        due_before=datetime.fromisoformat(due) if due else None,
        at=datetime.fromisoformat(kept["at"] or ""),
        by=kept["by"] or "",
        reason=kept["reason"] or "",
    )
