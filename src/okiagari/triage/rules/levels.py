"""The four levels of a judgement, its three stages, and their words."""

from collections.abc import Mapping
from enum import StrEnum

from okiagari.problems import gettext_noop


class Level(StrEnum):
    """From harmless to worst."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    SEVERE = "severe"

    @property
    def rank(self) -> int:
        return LEVELS.index(self)


LEVELS = tuple(Level)

LEVEL_WORDS: Mapping[str, str] = {
    Level.LOW: gettext_noop("low"),
    Level.MEDIUM: gettext_noop("medium"),
    Level.HIGH: gettext_noop("high"),
    Level.SEVERE: gettext_noop("severe"),
}


class Stage(StrEnum):
    """Who judges: a development team first, the product security team, the executives."""

    FIRST = "first"
    FINAL = "final"
    EXECUTIVE = "executive"


STAGE_WORDS: Mapping[str, str] = {
    Stage.FIRST: gettext_noop("First judgement"),
    Stage.FINAL: gettext_noop("Final judgement"),
    Stage.EXECUTIVE: gettext_noop("Executives' judgement"),
}


def highest(levels: "list[Level]") -> Level | None:
    """The worst of some levels; None of none."""
    return max(levels, key=lambda level: level.rank, default=None)
