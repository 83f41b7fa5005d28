"""Asking for judgements, giving them, and opening one again when its assumption breaks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk import people, scopes
from okiagari.desk.models import Team
from okiagari.desk.permits import NOTHING_HERE, Level
from okiagari.desk.permits import scopes as scopes_of
from okiagari.desk.subjects import Role, Subject
from okiagari.plumbing import clock, ids, jobs
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText
from okiagari.triage.actions.common import changing_open, targets_named, vulnerability_of, write
from okiagari.triage.actions.criteria import in_force
from okiagari.triage.models import Judgement
from okiagari.triage.rules import judging as rules
from okiagari.triage.rules.criteria import read
from okiagari.triage.rules.levels import Stage

FOR_FIRST = gettext_noop("asked for a first judgement")
FOR_EXECUTIVES = gettext_noop("the judgement reached the executives' line")
NO_TEAM = define(
    "triage.no_team",
    Kind.INVALID,
    gettext_noop("It is not said which team judges."),
    gettext_noop("Name the development team; you may judge for your own teams."),
)
OTHER_TEAM = define(
    "triage.other_team",
    Kind.DENIED,
    gettext_noop("You do not belong to the team “%(team)s”, whose judgement this is."),
    gettext_noop("Ask somebody of that team, or judge for one of yours."),
)
DUE_PAST = define(
    "triage.due_past",
    Kind.INVALID,
    gettext_noop("The due time has already passed."),
    gettext_noop("Give the team a time that lies ahead."),
)
WHY_REOPEN = define(
    "triage.reopening_needs_reason",
    Kind.INVALID,
    gettext_noop("The judgement is opened again without a reason."),
    gettext_noop("Say which assumption no longer holds."),
)
NOT_GIVEN = define(
    "triage.not_given",
    Kind.CONFLICT,
    gettext_noop("This judgement has not been given, or has been opened again already."),
    gettext_noop("Load the page again to see where it stands."),
)
FINAL_FIRST = define(
    "triage.final_first",
    Kind.CONFLICT,
    gettext_noop("The executives judge together with the final judgement, and there is none yet."),
    gettext_noop("Give the final judgement first."),
)
VERBS = {
    Stage.FIRST: "triage.judge_first",
    Stage.FINAL: "triage.judge_final",
    Stage.EXECUTIVE: "triage.judge_executive",
}


def ask_first(
    subject: Subject, case_id: str, *, teams: Sequence[str], due_at: datetime, version: int | None = None
) -> None:
    """Ask development teams for a first judgement. Where none comes in time, the final one goes ahead."""
    if not teams:
        raise NO_TEAM().at("teams")
    if due_at <= clock.now():
        raise DUE_PAST().at("due_at")
    with changing_open(subject, "triage.judge_final", case_id, version=version) as case:
        asked = [people.team_named(key) for key in dict.fromkeys(teams)]
        for team in asked:
            ask = _asked(case, team, due_at)
            scopes.admit(case.scope_id, team.principal_id, Level.SEE, FOR_FIRST)
            payload = {"judgement": ask.public_id}
            jobs.enqueue("triage.first_judgement_due", payload, run_at=due_at, key=job_key(ask))
        names = [team.name.to_json() for team in asked]
        facts = {"teams": [team.key for team in asked], "team_name": names, "due": due_at}
        write(subject, case, "triage.asked_first", facts)


def job_key(ask: Judgement) -> str:
    return f"triage.first:{ask.public_id}"


def _open_ask(case: Case, team: Team) -> Judgement | None:
    asks = Judgement.objects.filter(case=case, team=team, stage=Stage.FIRST, given_at__isnull=True)
    return asks.filter(reopened_at__isnull=True).order_by("-asked_at", "-pk").first()


def _asked(case: Case, team: Team, due_at: datetime | None) -> Judgement:
    ask = _open_ask(case, team) or Judgement(case=case, scope_id=case.scope_id, stage=Stage.FIRST, team=team)
    ask.criteria, ask.asked_at, ask.due_at, ask.lapsed_at = in_force(), clock.now(), due_at, None
    ask.save()
    return ask


def judge(
    subject: Subject,
    case_id: str,
    *,
    stage: str,
    answers: Mapping[str, str],
    level: str = "",
    reason: str = "",
    assumed_use: LocalText | None = None,
    team: str | None = None,
    vulnerability: str | None = None,
    target: str | None = None,
    targets: Sequence[str] = (),
    version: int | None = None,
) -> str:
    """Give a judgement. No level means as proposed; another one needs a reason. Returns its id.

    `targets`: the products it is about, where the severity differs (`target`: one of them); none is all.
    """
    step = rules.stage_named(stage)
    about = targets_named([*targets, *([target] if target else [])])
    with changing_open(subject, VERBS[step], case_id, version=version) as case:
        row = _row(subject, case, step, team)
        row.criteria = in_force()
        criteria = read(row.criteria.content)
        proposal = rules.judged(criteria, answers)
        row.level = rules.settled(proposal.level, level, reason)
        row.answers, row.score, row.proposed = dict(answers), proposal.score, proposal.level
        row.reason, row.assumed_use = reason.strip(), assumed_use or LocalText()
        row.vulnerability = vulnerability_of(case, vulnerability)
        row.given_at, row.given_by_id = clock.now(), subject.person_id
        row.save()
        row.targets.set(about)
        if step is Stage.FIRST:
            jobs.cancel(job_key(row))
        called = step is Stage.FINAL and rules.needs_executives(criteria, proposal, row.level)
        if called:
            scopes.admit_teams(case.scope_id, ("executives",), Level.SEE, FOR_EXECUTIVES)
        write(subject, case, f"triage.judged_{step}", _facts(row, called=called))
    return row.public_id


def _row(subject: Subject, case: Case, step: Stage, team: str | None) -> Judgement:
    """The row to fill in: the open question to the team, or a new one."""
    asker = Judgement(case=case, scope_id=case.scope_id, stage=step, asked_at=clock.now())
    if step is Stage.EXECUTIVE and not _stands(case, Stage.FINAL):
        raise FINAL_FIRST()
    if step is not Stage.FIRST:
        return asker
    asker.team = people.team_named(team) if team else _own_team(subject, case)
    if not (subject.is_system or subject.has_role(Role.MEMBER) or asker.team.key in subject.teams):
        raise OTHER_TEAM(team=asker.team.key)
    return _open_ask(case, asker.team) or asker


def _own_team(subject: Subject, case: Case) -> Team:
    """The one team of the subject that was asked, or the only development team it is in."""
    mine = Team.objects.filter(key__in=subject.teams)
    asked = Judgement.objects.filter(case=case, stage=Stage.FIRST, team__in=mine).values("team")
    for found in (mine.filter(pk__in=asked), mine.filter(kind="development")):
        if found.count() == 1:
            return found[0]
    raise NO_TEAM().at("team")


def _stands(case: Case, stage: Stage) -> bool:
    given = Judgement.objects.filter(case=case, stage=stage, given_at__isnull=False)
    return given.filter(reopened_at__isnull=True).exists()


def _team_facts(team: Team | None) -> dict[str, object]:
    return {"team": team.key, "team_name": team.name.to_json()} if team else {}


def _facts(row: Judgement, *, called: bool) -> dict[str, object]:
    return {
        "judgement": row.public_id,
        **_team_facts(row.team),
        "level": str(row.level),
        "proposed": str(row.proposed),
        "score": row.score,
        "reason": row.reason,
        "criteria": f"{row.criteria.key} {row.criteria.version}",
        "vulnerability": row.vulnerability.public_id if row.vulnerability else "",
        "targets": sorted(row.targets.values_list("key", flat=True)),
        "executives": called,
    }


def reopen_judgement(subject: Subject, judgement_id: str, *, reason: str) -> None:
    """Open a given judgement again: its assumption no longer holds. It is kept, and no longer counts."""
    if not reason.strip():
        raise WHY_REOPEN().at("reason")
    seen = Judgement.objects.filter(
        public_id=ids.folded(judgement_id), scope_id__in=scopes_of(subject)
    ).first()
    if seen is None:
        raise NOTHING_HERE()
    with changing_open(subject, "triage.judge_final", seen.case.public_id) as case:
        row = Judgement.objects.select_related("team").get(pk=seen.pk)
        if row.given_at is None or row.reopened_at is not None:
            raise NOT_GIVEN()
        row.reopened_at, row.reopened_by_id = clock.now(), subject.person_id
        row.reopened_reason = reason.strip()
        row.save()
        if row.stage == Stage.FIRST and row.team:
            _asked(case, row.team, None)
        facts = {"judgement": row.public_id, "stage": row.stage, "reason": row.reopened_reason}
        write(subject, case, "triage.judgement_reopened", facts | _team_facts(row.team))
