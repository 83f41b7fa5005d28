"""Scores that stand beside the judgements of a case."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.reading import readable
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Score


@dataclass(frozen=True)
class ScoreView:
    """One score. `system`: cvss or ssvc; `severity`: none to critical, only of CVSS.

    `targets`: the products it holds for; none is all of them.
    """

    id: str
    vulnerability: str
    system: str
    version: str
    vector: str
    value: str
    severity: str
    source: str
    at: datetime
    by: LocalText
    targets: tuple[str, ...] = ()


def scores(subject: Subject, case_id: str, *, vulnerability: str | None = None) -> tuple[ScoreView, ...]:
    """The scores in force, by vulnerability, system, version and source."""
    case = readable(subject, case_id, "cases.inside")
    rows = (
        Score.objects.filter(
            vulnerability__case=case, scope_id__in=permits.scopes(subject), replaced_at__isnull=True
        )
        .select_related("vulnerability", "by")
        .prefetch_related("targets")
        .order_by("vulnerability__position", "vulnerability_id", "system", "-version", "source")
    )
    views = tuple(_view(row) for row in rows)
    return tuple(view for view in views if vulnerability in {None, view.vulnerability})


def _view(row: Score) -> ScoreView:
    return ScoreView(
        id=row.public_id,
        vulnerability=row.vulnerability.public_id,
        system=row.system,
        version=row.version,
        vector=row.vector,
        value=row.value,
        severity=row.severity,
        source=row.source,
        at=row.at,
        by=row.by.name if row.by else LocalText(),
        targets=tuple(sorted(target.key for target in row.targets.all())),
    )
