"""The written criteria: questions, answers with points, the lines where one level ends and the next begins.

In: content as a file or the API brings it. Out: a frozen `Criteria`, or every mistake with its place.
A score is the sum of the points of the answers given; there is no other arithmetic, so that a
judgement can be checked with pencil and paper.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import msgspec

from okiagari.problems import Kind, Problem, define, gettext_noop, several
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.triage.rules.levels import Level

WRONG_SHAPE = define(
    "triage.criteria_wrong_shape",
    Kind.INVALID,
    gettext_noop("The criteria cannot be read at %(place)s: %(why)s."),
    gettext_noop("Compare with the criteria that are in force; the API hands them out in the same form."),
)
NO_WORDS = define(
    "triage.criteria_no_words",
    Kind.INVALID,
    gettext_noop("%(place)s has no words in “%(language)s”."),
    gettext_noop("Judges read the criteria in their own language: write every text in ja and en."),
)
SAID_TWICE = define(
    "triage.criteria_key_twice",
    Kind.INVALID,
    gettext_noop("The key “%(key)s” stands more than once in %(place)s."),
    gettext_noop("Judgements are kept by these keys, so each may stand only once."),
)
TOO_FEW = define(
    "triage.criteria_too_few",
    Kind.INVALID,
    gettext_noop("%(place)s has %(count)s entries, which decides nothing."),
    gettext_noop("Write at least one question, and at least two answers to each."),
)
LINES_CROSSED = define(
    "triage.criteria_lines_crossed",
    Kind.INVALID,
    gettext_noop("The line of “%(upper)s” (%(above)s) must lie above that of “%(lower)s” (%(below)s)."),
    gettext_noop("Let the lines rise from medium over high to severe, starting above 0."),
)
OUT_OF_REACH = define(
    "triage.criteria_out_of_reach",
    Kind.INVALID,
    gettext_noop("Nobody can reach the line of “%(line)s” (%(at)s): all answers together give %(most)s."),
    gettext_noop("Lower the line, or give the answers more points."),
)

NO_REASON = define(
    "triage.review_no_reason",
    Kind.INVALID,
    gettext_noop("A review says why the criteria stay as they are."),
    gettext_noop("Say in one sentence what was looked at: recent cases, deviations, new kinds of attack."),
)
REVIEW_IN_THE_PAST = define(
    "triage.review_in_the_past",
    Kind.INVALID,
    gettext_noop("The next review (%(date)s) lies in the past."),
    gettext_noop("Name a date to come, or leave it empty for the usual time."),
)
REVIEW_WITHIN_DAYS = 30
"""So long before its date a review waits on the team's desk."""

Key = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_-]{0,39}$")]
Points = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class _AnswerIn(msgspec.Struct, forbid_unknown_fields=True):
    key: Key
    text: dict[str, str]
    points: Points


class _QuestionIn(msgspec.Struct, forbid_unknown_fields=True):
    key: Key
    text: dict[str, str]
    answers: list[_AnswerIn]
    hint: dict[str, str] = {}


class _ThresholdsIn(msgspec.Struct, forbid_unknown_fields=True):
    medium: Points
    high: Points
    severe: Points
    executive: Points


class _CriteriaIn(msgspec.Struct, forbid_unknown_fields=True):
    title: dict[str, str]
    questions: list[_QuestionIn]
    thresholds: _ThresholdsIn
    note: dict[str, str] = {}
    assumed: bool = False
    review_after_months: Annotated[int, msgspec.Meta(ge=1, le=60)] = 12


@dataclass(frozen=True)
class Answer:
    key: str
    text: LocalText
    points: int


@dataclass(frozen=True)
class Question:
    key: str
    text: LocalText
    hint: LocalText
    answers: tuple[Answer, ...]

    @property
    def most(self) -> int:
        """The points of the worst answer: how much this question weighs."""
        return max(answer.points for answer in self.answers)

    def answer(self, key: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True)
class Criteria:
    """Points from `medium` on are medium, and so on; from `executive` on the executives take part.

    `assumed`: a starting point that nobody in the company has adopted as its own yet.
    """

    title: LocalText
    note: LocalText
    questions: tuple[Question, ...]
    medium: int
    high: int
    severe: int
    executive: int
    assumed: bool = False
    review_after_months: int = 12

    @property
    def most(self) -> int:
        return sum(question.most for question in self.questions)

    @property
    def lines(self) -> tuple[tuple[Level, int], ...]:
        """Where each level begins."""
        return (
            (Level.LOW, 0),
            (Level.MEDIUM, self.medium),
            (Level.HIGH, self.high),
            (Level.SEVERE, self.severe),
        )

    def level_at(self, points: int) -> Level:
        """The level of a score: the last line it has reached."""
        return [level for level, start in self.lines if points >= start][-1]

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)


def read(content: object) -> Criteria:
    """Check and read criteria. Raises one of this module's problems, or SEVERAL."""
    try:
        given = msgspec.convert(content, _CriteriaIn)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `")
        raise WRONG_SHAPE(place=place.rstrip("`") or "$", why=why) from None
    mistakes = list(_mistakes(given))
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else several(mistakes)
    return Criteria(
        title=LocalText(given.title),
        note=LocalText(given.note),
        questions=tuple(_question(each) for each in given.questions),
        medium=given.thresholds.medium,
        high=given.thresholds.high,
        severe=given.thresholds.severe,
        executive=given.thresholds.executive,
        assumed=given.assumed,
        review_after_months=given.review_after_months,
    )


def _question(given: _QuestionIn) -> Question:
    answers = tuple(Answer(each.key, LocalText(each.text), each.points) for each in given.answers)
    return Question(given.key, LocalText(given.text), LocalText(given.hint), answers)


def _mistakes(given: _CriteriaIn) -> Iterator[Problem]:
    yield from _wordless("title", given.title)
    yield from _counted("questions", [each.key for each in given.questions], least=1)
    for question in given.questions:
        place = f"questions.{question.key}"
        yield from _wordless(f"{place}.text", question.text)
        yield from _counted(f"{place}.answers", [each.key for each in question.answers], least=2)
        for answer in question.answers:
            yield from _wordless(f"{place}.answers.{answer.key}.text", answer.text)
    yield from _crossed(given)


def _wordless(place: str, text: Mapping[str, str]) -> Iterator[Problem]:
    for language in LANGUAGES:
        if not text.get(language, "").strip():
            yield NO_WORDS(place=place, language=language).at(place)


def _counted(place: str, keys: list[str], *, least: int) -> Iterator[Problem]:
    if len(keys) < least:
        yield TOO_FEW(place=place, count=len(keys)).at(place)
    for key, count in Counter(keys).items():
        if count > 1:
            yield SAID_TWICE(key=key, place=place).at(f"{place}.{key}")


def _crossed(given: _CriteriaIn) -> Iterator[Problem]:
    lines = given.thresholds
    rising = (("low", 0), ("medium", lines.medium), ("high", lines.high), ("severe", lines.severe))
    for (lower, below), (upper, above) in pairwise(rising):
        if above <= below:
            yield LINES_CROSSED(upper=upper, above=above, lower=lower, below=below).at(f"thresholds.{upper}")
    most = sum(max((each.points for each in question.answers), default=0) for question in given.questions)
    for line, at in (("severe", lines.severe), ("executive", lines.executive)):
        if at > most:
            yield OUT_OF_REACH(line=line, at=at, most=most).at(f"thresholds.{line}")


def to_json(criteria: Criteria) -> dict[str, object]:
    """The content that `read` reads."""
    return {
        "title": dict(criteria.title.texts),
        "note": dict(criteria.note.texts),
        "assumed": criteria.assumed,
        "review_after_months": criteria.review_after_months,
        "thresholds": {
            "medium": criteria.medium,
            "high": criteria.high,
            "severe": criteria.severe,
            "executive": criteria.executive,
        },
        "questions": [
            {
                "key": question.key,
                "text": dict(question.text.texts),
                "hint": dict(question.hint.texts),
                "answers": [
                    {"key": answer.key, "text": dict(answer.text.texts), "points": answer.points}
                    for answer in question.answers
                ],
            }
            for question in criteria.questions
        ],
    }
