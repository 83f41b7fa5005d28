"""Nouns of remedy: the measures of a case, and what is lacking."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.remedy import rules
from okiagari.remedy.models import Measure
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage import queries as triage


@dataclass(frozen=True)
class MeasureView:
    """One measure. `release` is (line, text); no vulnerability means all of the case."""

    id: str
    case_id: str
    kind: str
    state: str
    text: LocalText
    targets: tuple[str, ...]
    vulnerabilities: tuple[str, ...]
    release: tuple[str, str] | None
    successor: str
    planned: PartialDate
    reason: str
    made_at: datetime
    made_by: LocalText
    ready_at: datetime | None
    approved_by: LocalText
    expires_at: datetime | None
    ended_at: datetime | None

    @property
    def is_alive(self) -> bool:
        return self.state in rules.ALIVE

    def have(self) -> rules.Have:
        return rules.Have(
            kind=rules.Kind(self.kind),
            state=self.state,
            targets=frozenset(self.targets),
            vulnerabilities=frozenset(self.vulnerabilities),
            is_approved=bool(self.approved_by),
            expires_at=self.expires_at,
        )


@dataclass(frozen=True)
class Gaps:
    """What the measures of a case lack. `concerns` is False while nothing is affected."""

    concerns: bool
    plan: tuple[rules.Gap, ...]
    ready: tuple[rules.Gap, ...]


def measures(subject: Subject, case_id: str) -> tuple[MeasureView, ...]:
    """Every measure of the case, the newest first; withdrawn ones too."""
    permits.require(subject, "cases.inside")
    case = find(subject, Case, case_id)
    rows = (
        Measure.objects.filter(case=case, scope_id__in=permits.scopes(subject))
        .select_related("case", "release__line", "successor", "made_by", "approved_by")
        .prefetch_related("targets", "vulnerabilities")
        .order_by("-made_at", "-pk")
    )
    return tuple(_view(row) for row in rows)


def _view(row: Measure) -> MeasureView:
    return MeasureView(
        id=row.public_id,
        case_id=row.case.public_id,
        kind=row.kind,
        state=row.state,
        text=row.text,
        targets=tuple(sorted(target.key for target in row.targets.all())),
        vulnerabilities=tuple(sorted(flaw.public_id for flaw in row.vulnerabilities.all())),
        release=(row.release.line.key, row.release.text) if row.release else None,
        successor=row.successor.model if row.successor else "",
        planned=row.planned,
        reason=row.reason,
        made_at=row.made_at,
        made_by=row.made_by.name if row.made_by else LocalText(),
        ready_at=row.ready_at,
        approved_by=row.approved_by.name if row.approved_by else LocalText(),
        expires_at=row.expires_at,
        ended_at=row.ended_at,
    )


def cells(subject: Subject, case_id: str) -> tuple[rules.Cell, ...]:
    """The grid as the rules of this room see it."""
    grid = triage.grid(subject, case_id)
    return tuple(
        rules.Cell(target, flaw, cell.state, not cell.cannot_fix, cell.fixed_in is not None)
        for (target, flaw), cell in grid.cells.items()
    )


def gaps(subject: Subject, case_id: str) -> Gaps:
    """What is not planned, and what is not ready."""
    found, now = cells(subject, case_id), clock.now()
    have = [measure.have() for measure in measures(subject, case_id)]
    return Gaps(
        concerns=any(cell.state in {"affected", "fixed"} for cell in found),
        plan=rules.plan_gaps(found, have, now),
        ready=rules.ready_gaps(found, have, now),
    )


def gaps_of(subject: Subject, case_pk: int) -> Gaps:
    """The same for the gates, which know the case by its key inside the house."""
    permits.require(subject, "cases.inside")
    public_id = Case.objects.filter(scope_id__in=permits.scopes(subject)).get(pk=case_pk).public_id
    return gaps(subject, public_id)
