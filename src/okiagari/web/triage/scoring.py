"""Scores in words, and the calculators: CVSS 3.1 and 4.0 metric by metric, the supplier tree of SSVC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from okiagari.cases.values import CaseView, VulnerabilityView
from okiagari.problems import Problem
from okiagari.standards import cvss, ssvc
from okiagari.triage.queries import ScoreView
from okiagari.triage.rules.scoring import SOURCES
from okiagari.web.triage.judging import Option

CALCULATED = ("3.1", "4.0")


@dataclass(frozen=True)
class Spoken:
    """One metric or decision point read aloud."""

    name: str
    label: str
    meaning: str


@dataclass(frozen=True)
class ShownScore:
    """A score with what its vector says. `severity` is for the mark; SSVC has a priority instead."""

    view: ScoreView
    system: str
    source: str
    priority: str
    words: tuple[Spoken, ...]


@dataclass(frozen=True)
class ScorePanelOf:
    flaw: VulnerabilityView
    scores: tuple[ShownScore, ...]


@dataclass(frozen=True)
class Choice:
    """One metric of a calculator."""

    code: str
    name: str
    options: tuple[Option, ...]
    is_wrong: bool = False


@dataclass(frozen=True)
class Stretch:
    """The metrics of one group; all but the base ones are folded away."""

    name: str
    metrics: tuple[Choice, ...]
    is_open: bool


def score_panels(case: CaseView, found: Sequence[ScoreView]) -> tuple[ScorePanelOf, ...]:
    """The scores of each vulnerability of the case."""
    return tuple(
        ScorePanelOf(flaw, tuple(shown(each) for each in found if each.vulnerability == flaw.id))
        for flaw in case.vulnerabilities
        if not flaw.is_withdrawn
    )


def shown(view: ScoreView) -> ShownScore:
    source = gettext(SOURCES[view.source])
    if view.system == "ssvc":
        decision = ssvc.parse(view.vector)
        priority = gettext(ssvc.PRIORITY_WORDS[decision.priority])
        return ShownScore(view, "SSVC", source, priority, _points_aloud(decision))
    score = cvss.parse(view.vector, view.version)
    return ShownScore(view, f"CVSS {view.version}", source, "", aloud(score))


def aloud(score: cvss.Score) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(gettext(word.name), gettext(word.label), gettext(word.meaning)) for word in score.words
    )


def _points_aloud(decision: ssvc.Decision) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(gettext(word.name), gettext(word.label), gettext(word.meaning)) for word in decision.words
    )


def group_words() -> dict[cvss.Group, str]:
    return {
        cvss.Group.BASE: gettext("Base metrics"),
        cvss.Group.TEMPORAL: gettext("Temporal metrics"),
        cvss.Group.THREAT: gettext("Threat metrics"),
        cvss.Group.ENVIRONMENTAL: gettext("Environmental metrics"),
        cvss.Group.SUPPLEMENTAL: gettext("Supplemental metrics"),
    }


def stretches(version: str, values: Mapping[str, str]) -> tuple[Stretch, ...]:
    """The calculator's form, by group, in the order of the vector."""
    words = group_words()
    found = cvss.metrics(cvss.Version(version))
    groups = dict.fromkeys(metric.group for metric in found)
    return tuple(
        Stretch(
            words[group],
            tuple(_choice(metric, values) for metric in found if metric.group == group),
            group is cvss.Group.BASE
            or any(values.get(m.code, m.undefined) != m.undefined for m in found if m.group == group),
        )
        for group in groups
    )


def _choice(metric: cvss.Metric, values: Mapping[str, str]) -> Choice:
    chosen = values.get(metric.code) or metric.undefined
    return Choice(
        metric.code,
        gettext(metric.name),
        tuple(
            Option(value.code, gettext(value.name), value.code == chosen, gettext(value.meaning))
            for value in metric.values
        ),
    )


def tree(values: Mapping[str, str]) -> tuple[Choice, ...]:
    """The decision points of the supplier tree."""
    return tuple(
        Choice(
            point.key,
            f"{gettext(point.name)} {gettext(point.question)}",
            tuple(
                Option(
                    value.key, gettext(value.name), values.get(point.key) == value.key, gettext(value.meaning)
                )
                for value in point.values
            ),
        )
        for point in ssvc.POINTS
    )


def composed(version: str, values: Mapping[str, str]) -> cvss.Score | None:
    """The score of the values so far; None while one is missing."""
    try:
        return cvss.compose(version, values)
    except Problem:
        return None


def decided(values: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Priority, its word and its meaning; None while a decision point is open."""
    try:
        decision = ssvc.decide(values)
    except Problem:
        return None
    priority = decision.priority
    words = gettext(ssvc.PRIORITY_WORDS[priority]), gettext(ssvc.PRIORITY_MEANINGS[priority])
    return (priority.value, *words)
