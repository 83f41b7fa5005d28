"""Which components a release holds, and what changed from the release before it.

In: spans (a component's version with the places of its first and last release on the line), places
counting from the oldest. Out: what is held at a place, and what came, went or changed there. A list
that says nothing of a component proves nothing: "absent" always means "not on the list".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """One version of a component. `first`, `last`: places on the line, None for open ends."""

    name: str
    version: str = ""
    first: int | None = None
    last: int | None = None

    def holds(self, place: int) -> bool:
        return (self.first is None or self.first <= place) and (self.last is None or place <= self.last)


@dataclass(frozen=True)
class Change:
    """A component that differs between two releases; "" where absent, "?" where its version is not known."""

    name: str
    before: str
    after: str

    @property
    def is_added(self) -> bool:
        return not self.before

    @property
    def is_removed(self) -> bool:
        return not self.after


def held_at(spans: Iterable[Span], place: int) -> Mapping[str, tuple[str, ...]]:
    """The versions of each component in one release, by folded name. An unknown version reads "?"."""
    found: dict[str, set[str]] = {}
    for span in spans:
        if span.holds(place):
            found.setdefault(span.name, set()).add(span.version or "?")
    return {name: tuple(sorted(versions)) for name, versions in found.items()}


def changes_at(spans: Iterable[Span], before: int, after: int) -> tuple[Change, ...]:
    """What differs between the releases at two places, by name."""
    known = tuple(spans)
    old, new = held_at(known, before), held_at(known, after)
    return tuple(
        Change(name, ", ".join(old.get(name, ())), ", ".join(new.get(name, ())))
        for name in sorted({*old, *new})
        if old.get(name, ()) != new.get(name, ())
    )
