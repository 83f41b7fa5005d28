"""What every way to a target takes and gives. No Django in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from okiagari.disclose.targets.problems import DIFFERS_THERE

KEPT = 3
"""Trees that stay at a target that keeps trees."""


@dataclass(frozen=True)
class Outgoing:
    """A published tree. `files`: path -> sha256. `ever`: every path that ever was the site's."""

    name: str
    folder: Path
    files: Mapping[str, str]
    ever: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True)
class Sent:
    """What went over: files that were not there, their bytes, what was removed."""

    files: int
    bytes: int
    removed: int = 0


@dataclass(frozen=True)
class Differences:
    """What a target shows beside what it should."""

    missing: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.missing, *self.different, *self.extra)

    def none_left(self) -> None:
        """Raises DIFFERS_THERE."""
        if self.all:
            raise DIFFERS_THERE(count=len(self.all), path=self.all[0])


def differences(wanted: Mapping[str, str], held: Mapping[str, str]) -> Differences:
    """Both: path -> sha256."""
    return Differences(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        different=tuple(sorted(path for path in wanted if held.get(path, wanted[path]) != wanted[path])),
        extra=tuple(sorted(held.keys() - wanted.keys())),
    )


class Way(Protocol):
    """How a tree gets to one target. Both raise the problems of `problems`."""

    def send(self, tree: Outgoing) -> Sent:
        """Bring the target to exactly this tree, whatever an earlier run left there, and see that it is."""
        ...

    def compare(self, tree: Outgoing) -> Differences:
        """What the target shows now, beside this tree. Changes nothing."""
        ...
