"""What the parts of a page are fed with. Frozen, plain, already in the reader's language.

In: words and instants a view took from queries. Out: values the templates of this room render.
They hold no models, no requests, and decide nothing but how far a clock has run.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(hours=4)


class Tone(StrEnum):
    """How a state looks. The word beside it says what it is."""

    PLAIN = ""
    OK = "ok"
    WAIT = "wait"
    NOW = "now"
    BAD = "bad"
    OFF = "off"


@dataclass(frozen=True)
class Step:
    """One dot of the row. ``state``: done, here, ahead or skipped."""

    name: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Clock:
    """A deadline: from ``anchor`` to ``due``; ``first_due`` if it was extended; ``done`` once met."""

    name: str
    anchor: datetime
    due: datetime
    anchor_name: str = ""
    first_due: datetime | None = None
    done: datetime | None = None
    is_stopped: bool = False
    href: str = ""

    def state(self, now: datetime) -> str:
        """met, missed, stopped, late, soon or running."""
        if self.done is not None:
            return "met" if self.done <= self.due else "missed"
        if self.is_stopped:
            return "stopped"
        if now > self.due:
            return "late"
        return "soon" if self.due - now <= SOON else "running"

    def share(self, instant: datetime) -> float:
        """Where the instant lies between anchor and due, 0 to 1."""
        whole = (self.due - self.anchor).total_seconds()
        if whole <= 0:
            return 1.0
        return min(1.0, max(0.0, (instant - self.anchor).total_seconds() / whole))


@dataclass(frozen=True)
class Who:
    """A person or a team."""

    name: str
    is_team: bool = False
    href: str = ""
    note: str = ""

    @property
    def initials(self) -> str:
        words = self.name.split()
        if words and words[0].isascii():
            return "".join(word[0] for word in words[:2]).upper()
        return self.name[:1]


@dataclass(frozen=True)
class Tab:
    name: str
    href: str
    is_here: bool = False
    count: int = 0


@dataclass(frozen=True)
class LogLine:
    """One line of a timeline: when, who, what, from which door; ``is_turn`` for a change of step."""

    at: datetime
    who: Who
    what: str
    door: str = ""
    reason: str = ""
    is_turn: bool = False


@dataclass(frozen=True)
class Empty:
    """An empty place: what it is for, and the next step."""

    title: str
    text: str = ""
    action: str = ""
    href: str = ""


@dataclass(frozen=True)
class Pages:
    """Neighbours of a page of a list, by signed cursor; ``sentence`` says what is shown."""

    sentence: str = ""
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of the grid. ``state``: undecided, investigating, affected, not-affected or fixed."""

    state: str
    word: str = ""
    note: str = ""
    is_inherited: bool = False


@dataclass(frozen=True)
class Embargo:
    """The case is not public yet; ``until`` is agreed or still open."""

    until: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class RailItem:
    key: str
    name: str
    href: str
    count: int = 0
    is_here: bool = False
    go: str = ""
    """The letter that leads here after g."""


@dataclass(frozen=True)
class Frame:
    """What surrounds a page: where one can go, what waits there, who is looking, in which light."""

    rail: tuple[RailItem, ...] = ()
    person: Who | None = None
    theme: str = ""
