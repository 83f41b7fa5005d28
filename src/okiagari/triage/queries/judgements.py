"""Judgements of a case, all of them, and the level they give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.cases.reading import readable
from okiagari.cases.values import Name
from okiagari.desk.models import Team
from okiagari.desk.subjects import Subject
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Judgement
from okiagari.triage.queries.grid import grid
from okiagari.triage.queries.values import Grid
from okiagari.triage.reading import as_given, plain, rows_of
from okiagari.triage.rules import standing
from okiagari.triage.rules.criteria import Criteria, read
from okiagari.triage.rules.judging import Part, propose
from okiagari.triage.rules.levels import Stage


@dataclass(frozen=True)
class JudgementView:
    """One judgement, asked for or given. `stands`: it is one of those that count now.

    `parts` pairs each question of its criteria with the answer given.
    """

    id: str
    stage: str
    team: str
    team_name: LocalText
    vulnerability: str
    vulnerability_title: LocalText
    targets: tuple[str, ...]
    criteria: str
    criteria_version: int
    asked_at: datetime
    due_at: datetime | None
    lapsed_at: datetime | None
    answers: Mapping[str, str]
    parts: tuple[Part, ...]
    score: int | None
    proposed: str
    level: str
    reason: str
    assumed_use: LocalText
    given_at: datetime | None
    given_by: LocalText
    reopened_at: datetime | None
    reopened_by: LocalText
    reopened_reason: str
    needs_executives: bool
    stands: bool

    @property
    def state(self) -> str:
        """reopened, given, lapsed or asked."""
        if self.reopened_at:
            return "reopened"
        if self.given_at:
            return "given"
        return "lapsed" if self.lapsed_at else "asked"

    @property
    def deviates(self) -> bool:
        return bool(self.level) and self.level != self.proposed


def judgements(subject: Subject, case_id: str) -> tuple[JudgementView, ...]:
    """Every judgement of the case, oldest first."""
    case = readable(subject, case_id, "cases.inside")
    rows = list(rows_of(case))
    read_criteria = {row.criteria_id: read(row.criteria.content) for row in rows}
    views = [as_given(row, read_criteria[row.criteria_id]) for row in rows]
    held = {each.id for stage in Stage for each in standing.standing(views, stage)}
    return tuple(
        _view(row, read_criteria[row.criteria_id], each, held) for row, each in zip(rows, views, strict=True)
    )


def level(subject: Subject, case_id: str) -> str:
    """low, medium, high or severe by the final and executives' judgements; "" before there is one."""
    case = readable(subject, case_id, "cases.inside")
    return standing.level(plain(case)) or ""


def levels(subject: Subject, case_id: str) -> Mapping[tuple[str, str], str]:
    """The severity of each (target, vulnerability) of the grid, where it was judged."""
    return levels_of(subject, grid(subject, case_id))


def levels_of(subject: Subject, view: Grid) -> Mapping[tuple[str, str], str]:
    """The same, for a grid that was read already."""
    case = readable(subject, view.case_id, "cases.inside")
    keys = [row.target.key for row in view.rows]
    found = standing.levels(plain(case), keys, [column.id for column in view.columns])
    return {place: str(each) for place, each in found.items()}


def development_teams(subject: Subject, case_id: str) -> tuple[Name, ...]:
    """The teams that can be asked for a first judgement."""
    readable(subject, case_id, "cases.inside")
    return tuple(
        Name("team", team.key, team.name) for team in Team.objects.filter(kind="development").order_by("key")
    )


def _view(row: Judgement, criteria: Criteria, given: standing.Given, held: set[str]) -> JudgementView:
    return JudgementView(
        id=row.public_id,
        stage=row.stage,
        team=given.team,
        team_name=row.team.name if row.team else LocalText(),
        vulnerability=given.about,
        vulnerability_title=row.vulnerability.title if row.vulnerability else LocalText(),
        targets=tuple(sorted(given.targets)),
        criteria=row.criteria.key,
        criteria_version=row.criteria.version,
        asked_at=row.asked_at,
        due_at=row.due_at,
        lapsed_at=row.lapsed_at,
        answers=dict(row.answers),
        parts=propose(criteria, row.answers).parts if row.given_at else (),
        score=row.score,
        proposed=row.proposed,
        level=row.level,
        reason=row.reason,
        assumed_use=row.assumed_use,
        given_at=row.given_at,
        given_by=row.given_by.name if row.given_by else LocalText(),
        reopened_at=row.reopened_at,
        reopened_by=row.reopened_by.name if row.reopened_by else LocalText(),
        reopened_reason=row.reopened_reason,
        needs_executives=given.needs_executives,
        stands=given.id in held,
    )
