"""What the Judgement tab shows: who judged what, and the questions with the score building up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from okiagari.cases.values import CaseView
from okiagari.desk.subjects import Role, Subject
from okiagari.triage.queries import CriteriaView, JudgementView
from okiagari.triage.rules.criteria import Criteria, Question
from okiagari.triage.rules.judging import Proposal, propose
from okiagari.triage.rules.levels import STAGE_WORDS, Stage
from okiagari.web.frame.charts import Part, ScoreChart, Svg, Threshold, score
from okiagari.web.triage.words import best, level_words


@dataclass(frozen=True)
class Option:
    key: str
    text: str
    is_chosen: bool
    hint: str = ""


@dataclass(frozen=True)
class Asked:
    """One question of the form."""

    key: str
    text: str
    hint: str
    points: str
    options: tuple[Option, ...]
    is_wrong: bool = False


@dataclass(frozen=True)
class ScorePanel:
    """The score so far: the drawing, the total, the level proposed once every question is answered."""

    chart: Svg
    total: int
    most: int
    proposed: str
    open_questions: int
    calls_executives: bool
    rows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Said:
    """One judgement for its column: heading, the level, and each answer in words."""

    view: JudgementView
    heading: str
    about: str
    answers: tuple[tuple[str, str, int], ...]


def stages(subject: Subject, rights: frozenset[str], found: Sequence[JudgementView]) -> tuple[str, ...]:
    """The judgements the reader may give now, the most fitting first."""
    may = []
    if "triage.judge_executive" in rights and any(
        each.stage == Stage.FINAL and each.stands for each in found
    ):
        may.append(Stage.EXECUTIVE)
    if "triage.judge_final" in rights:
        may.append(Stage.FINAL)
    if "triage.judge_first" in rights and teams(subject, found):
        may.append(Stage.FIRST)
    return tuple(str(stage) for stage in may)


def begun(stage: str, found: Sequence[JudgementView]) -> JudgementView | None:
    """What the form begins with: executives go on from the final judgement."""
    if stage != Stage.EXECUTIVE:
        return None
    return next((each for each in found if each.stage == Stage.FINAL and each.stands), None)


def teams(subject: Subject, found: Sequence[JudgementView]) -> tuple[tuple[str, str], ...]:
    """The teams asked for which the reader may answer."""
    asked = {
        each.team: best(each.team_name) or each.team
        for each in found
        if each.stage == Stage.FIRST and (subject.has_role(Role.MEMBER) or each.team in subject.teams)
    }
    return tuple(asked.items())


def preferred(subject: Subject, offered: Sequence[str], found: Sequence[JudgementView]) -> str:
    """The stage the form opens with: one's own open question, else the first on offer."""
    mine = any(
        each.stage == Stage.FIRST and each.state in {"asked", "lapsed"} and each.team in subject.teams
        for each in found
    )
    if mine and Stage.FIRST in offered:
        return Stage.FIRST
    return offered[0] if offered else ""


def options(words: Mapping[str, str], codes: Sequence[str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(code, gettext(words[code]), code == chosen) for code in codes)


def stage_options(codes: Sequence[str], chosen: str) -> tuple[Option, ...]:
    return options(STAGE_WORDS, codes, chosen)


def level_options(chosen: str) -> tuple[Option, ...]:
    """As proposed, or one of the four."""
    as_proposed = Option("", gettext("As proposed"), not chosen)
    return (as_proposed, *(Option(code, word, code == chosen) for code, word in level_words().items()))


def asked(
    criteria: Criteria, answers: Mapping[str, str], *, wrong: frozenset[str] = frozenset()
) -> tuple[Asked, ...]:
    return tuple(_asked(question, answers.get(question.key, ""), wrong) for question in criteria.questions)


def _asked(question: Question, chosen: str, wrong: frozenset[str]) -> Asked:
    answer = question.answer(chosen)
    return Asked(
        key=question.key,
        text=best(question.text),
        hint=best(question.hint),
        points=f"+{answer.points}" if answer else "",
        options=tuple(
            Option(each.key, best(each.text), each.key == chosen, f"+{each.points}")
            for each in question.answers
        ),
        is_wrong=question.key in wrong,
    )


def panel(criteria: Criteria, answers: Mapping[str, str]) -> ScorePanel:
    proposal = propose(criteria, answers)
    return ScorePanel(
        chart=score(_chart(criteria, proposal)),
        total=proposal.score,
        most=criteria.most,
        proposed=proposal.level if proposal.is_complete else "",
        open_questions=sum(part.answer is None for part in proposal.parts),
        calls_executives=proposal.score >= criteria.executive,
        rows=_rows(proposal),
    )


def _chart(criteria: Criteria, proposal: Proposal) -> ScoreChart:
    words = level_words()
    lines = [Threshold(words[level], start) for level, start in criteria.lines if start]
    if criteria.executive not in {line.at for line in lines}:
        lines.append(Threshold(gettext("Executives"), criteria.executive))
    else:
        lines = [
            Threshold(gettext("%(level)s, executives") % {"level": line.name}, line.at)
            if line.at == criteria.executive
            else line
            for line in lines
        ]
    return ScoreChart(
        title=gettext("Points of the answers, with the line of each level"),
        maximum=criteria.most,
        parts=tuple(Part(best(part.question.text), part.points) for part in proposal.parts),
        thresholds=tuple(lines),
    )


def _rows(proposal: Proposal) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (best(part.question.text), best(part.answer.text), part.points)
        for part in proposal.parts
        if part.answer
    )


def targets_words(targets: Sequence[str]) -> str:
    """Three by name, the others counted."""
    named = gettext(", ").join(targets[:3])
    if len(targets) > 3:
        named = gettext("%(names)s and %(count)d more") % {"names": named, "count": len(targets) - 3}
    return named


def said(view: JudgementView) -> Said:
    heading = gettext(STAGE_WORDS[Stage(view.stage)])
    if view.team:
        heading = gettext("%(stage)s, %(team)s") % {"stage": heading, "team": best(view.team_name)}
    about = " · ".join(part for part in (best(view.vulnerability_title), targets_words(view.targets)) if part)
    answers = tuple(
        (best(part.question.text), best(part.answer.text), part.points) for part in view.parts if part.answer
    )
    return Said(view, heading, about, answers)


def columns(found: Sequence[JudgementView]) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    """One column a stage: what counts or is awaited first, what was replaced or opened again folded below."""
    made = []
    for stage in Stage:
        of_stage = [each for each in found if each.stage == stage]
        if of_stage:
            made.append((stage.value, tuple(said(each) for each in reversed(of_stage))))
    return tuple(made)


def is_current(view: JudgementView) -> bool:
    return view.stands or view.state in {"asked", "lapsed"}


def criteria_note(view: CriteriaView) -> str:
    if not view.version:
        return gettext("the shipped criteria")
    return gettext("version %(version)s of the criteria") % {"version": view.version}


def flaw_choices(case: CaseView) -> tuple[tuple[str, str], ...]:
    return tuple((flaw.id, best(flaw.title)) for flaw in case.vulnerabilities if not flaw.is_withdrawn)
