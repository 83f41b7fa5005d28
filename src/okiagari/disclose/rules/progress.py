"""How far an advisory has come: what is decided, what is still looked into, what waits for its fix.

In: a content. Out: counts and the stage, which the page says in its headline and the gate in its words.
A product is settled when its owner can be told the last word: update, replace, stop using it, nothing to
do; or a workaround with no fix to come.
"""

from dataclasses import dataclass
from enum import StrEnum

from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import Action, Standing, standings


class Stage(StrEnum):
    """Where the loop stands, as the page says it."""

    INVESTIGATING = "investigating"
    WORKAROUND = "workaround"
    PARTIAL = "partial"
    DONE = "done"
    NOT_AFFECTED = "not_affected"
    NOTHING = ""


@dataclass(frozen=True)
class Progress:
    """Counts of products. `open` are those whose last word is still to come."""

    stage: Stage
    total: int
    checking: tuple[str, ...]
    waiting: tuple[str, ...]
    affected: int
    updated: int

    @property
    def decided(self) -> int:
        return self.total - len(self.checking)

    @property
    def open(self) -> int:
        return len(self.checking) + len(self.waiting)

    @property
    def is_settled(self) -> bool:
        return not self.open


def progress(content: Content) -> Progress:
    """Over every product of the content; empty where it is about none."""
    found = standings(content)
    checking = tuple(each.product.key for each in found if each.is_checking)
    waiting = tuple(each.product.key for each in found if not each.is_checking and is_waiting(each))
    concerned = [each for each in found if each.is_concerned]
    updated = sum(each.action in {Action.UPDATE, Action.STOP_USE, Action.REPLACE} for each in concerned)
    known = _Known(len(found), bool(checking), bool(waiting), len(concerned), updated)
    return Progress(_stage(known), len(found), checking, waiting, len(concerned), updated)


def is_waiting(standing: Standing) -> bool:
    """Is something still to come for this product?"""
    if standing.action is Action.WAIT:
        return True
    if standing.action is Action.WORKAROUND:
        return bool(standing.planned)
    return standing.action is Action.UPDATE and standing.is_partial


@dataclass(frozen=True)
class _Known:
    total: int
    is_checking: bool
    is_waiting: bool
    concerned: int
    updated: int


def _stage(known: _Known) -> Stage:
    if not known.total:
        return Stage.NOTHING
    if known.is_checking:
        return Stage.INVESTIGATING
    if not known.concerned:
        return Stage.NOT_AFFECTED
    if not known.is_waiting:
        return Stage.DONE
    return Stage.PARTIAL if known.updated else Stage.WORKAROUND
