"""Judging by the criteria: the score proposes a level, a person decides, a deviation needs a reason.

In: criteria, answers, the level a person chose. Out: a proposal and a settled level, or a problem.
It never lowers or raises a level by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okiagari.problems import Kind, Problem, define, gettext_noop, several
from okiagari.triage.rules.criteria import Answer, Criteria, Question
from okiagari.triage.rules.levels import LEVELS, Level, Stage

NO_SUCH_QUESTION = define(
    "triage.no_such_question",
    Kind.INVALID,
    gettext_noop("The criteria do not ask “%(question)s”."),
    gettext_noop("They ask: %(allowed)s."),
)
NO_SUCH_ANSWER = define(
    "triage.no_such_answer",
    Kind.INVALID,
    gettext_noop("“%(answer)s” is not an answer to “%(question)s”."),
    gettext_noop("The answers are: %(allowed)s."),
)
NOT_ANSWERED = define(
    "triage.not_answered",
    Kind.INVALID,
    gettext_noop("The question “%(text)s” has no answer."),
    gettext_noop("Choose the answer that fits the assumed use; where you are unsure, take the worse one."),
)
NO_SUCH_LEVEL = define(
    "triage.no_such_level",
    Kind.INVALID,
    gettext_noop("There is no level “%(level)s”."),
    gettext_noop("The levels are: %(allowed)s."),
)
REASON_NEEDED = define(
    "triage.deviation_needs_reason",
    Kind.INVALID,
    gettext_noop("The decision differs from the proposal and gives no reason."),
    gettext_noop("Say why you decide otherwise, or keep the proposed level."),
)
NO_SUCH_STAGE = define(
    "triage.no_such_stage",
    Kind.INVALID,
    gettext_noop("There is no judgement called “%(stage)s”."),
    gettext_noop("The judgements are: %(allowed)s."),
)


@dataclass(frozen=True)
class Part:
    """What one question adds to the score; no answer yet adds nothing."""

    question: Question
    answer: Answer | None

    @property
    def points(self) -> int:
        return self.answer.points if self.answer else 0


@dataclass(frozen=True)
class Proposal:
    """A score with its parts. `level` is proposed only when every question has its answer."""

    parts: tuple[Part, ...]
    score: int
    level: Level
    is_complete: bool


def propose(criteria: Criteria, answers: Mapping[str, str]) -> Proposal:
    """Add up the answers given so far; unknown ones count as not given. For a form that is being filled."""
    parts = tuple(
        Part(question, question.answer(answers.get(question.key, ""))) for question in criteria.questions
    )
    score = sum(part.points for part in parts)
    return Proposal(parts, score, criteria.level_at(score), all(part.answer for part in parts))


def judged(criteria: Criteria, answers: Mapping[str, str]) -> Proposal:
    """The proposal of complete answers. Raises NO_SUCH_QUESTION, NO_SUCH_ANSWER, NOT_ANSWERED, SEVERAL."""
    mistakes = list(_mistakes(criteria, answers))
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else several(mistakes)
    return propose(criteria, answers)


def _mistakes(criteria: Criteria, answers: Mapping[str, str]) -> Iterator[Problem]:
    known = ", ".join(question.key for question in criteria.questions)
    for key in answers:
        if criteria.question(key) is None:
            yield NO_SUCH_QUESTION(question=key, allowed=known).at(f"answers.{key}")
    for question in criteria.questions:
        given = answers.get(question.key, "")
        place = f"answers.{question.key}"
        if not given:
            yield NOT_ANSWERED(text=question.text).at(place)
        elif question.answer(given) is None:
            allowed = ", ".join(answer.key for answer in question.answers)
            yield NO_SUCH_ANSWER(answer=given, question=question.key, allowed=allowed).at(place)


def settled(proposed: Level, level: str, reason: str) -> Level:
    """The level that holds: the one chosen, or the proposed one. Raises NO_SUCH_LEVEL, REASON_NEEDED."""
    if not level:
        return proposed
    if level not in set(LEVELS):
        raise NO_SUCH_LEVEL(level=level, allowed=", ".join(LEVELS)).at("level")
    if level != proposed and not reason.strip():
        raise REASON_NEEDED().at("reason")
    return Level(level)


def needs_executives(criteria: Criteria, proposal: Proposal, level: Level) -> bool:
    """Whether executives take part: the points reach their line, or a person puts it at severe.

    Deciding lower than proposed does not keep it from them.
    """
    return proposal.score >= criteria.executive or (level is Level.SEVERE and level != proposal.level)


def stage_named(stage: str) -> Stage:
    """Raises NO_SUCH_STAGE."""
    if stage not in set(Stage):
        raise NO_SUCH_STAGE(stage=stage, allowed=", ".join(Stage)).at("stage")
    return Stage(stage)
