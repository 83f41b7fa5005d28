"""Whether a decision also says something of a release that came after it, or lapses there with a reason.

In: what a cell says, the order of the line with the newcomer on it, the components of its releases, the
components the vulnerability lies in. Out: the decision carries over (and what it says of the newcomer),
or it lapses and somebody must say. It never guesses: what the list of components does not hold is
"not on the list", and a range that ends at the newest release says nothing of the next one.
It is compared with the release before it that somebody can run: what is only planned, or was withdrawn,
proves nothing of what comes after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okiagari.catalog.rules import Change, Span, changes_at, held_at
from okiagari.problems import gettext_noop
from okiagari.standards.firmware_order import Form, Line, Range, State

CARRIED, LAPSED = "carried", "lapsed"
OUT = frozenset({State.IN_TEST, State.PUBLIC})
REASONS: Mapping[str, str] = {
    "in_range": gettext_noop("%(text)s lies in the affected versions"),
    "outside_range": gettext_noop("%(text)s lies outside the affected versions"),
    "beyond_range": gettext_noop("%(text)s came after the versions that were looked at"),
    "end_not_listed": gettext_noop("the affected versions name a release that is not on the line"),
    "fixed_since": gettext_noop("fixed since %(fixed_in)s"),
    "component_back": gettext_noop(
        "%(component)s %(versions)s is in %(text)s again, as in the affected %(other)s"
    ),
    "still_absent": gettext_noop("the component is still not on the list"),
    "component_added": gettext_noop("%(text)s brings %(component)s, which was not in the product before"),
    "component_changed": gettext_noop("%(component)s changed from %(before)s to %(after)s"),
    "component_gone": gettext_noop("%(component)s is no longer in %(text)s"),
    "components_unchanged": gettext_noop("no component changed"),
    "components_changed": gettext_noop(
        "components changed (%(component)s), and it is not written down which one the vulnerability lies in"
    ),
    "before_it_lapsed": gettext_noop("nobody has said yet of the release before it, %(before)s"),
    "same_line": gettext_noop("decided of %(mate)s, which runs the same firmware line"),
    "mates_differ": gettext_noop("the products on its firmware line were decided differently"),
}


@dataclass(frozen=True)
class Said:
    """What a cell says: affected, not_affected or fixed, on its line. `fixed_in`: text of the release."""

    state: str
    range: Range | None = None
    justification: str = ""
    fixed_in: str = ""


@dataclass(frozen=True)
class Fate:
    """What becomes of a decision at the newcomer. `state`: what it says there, "" where it lapses."""

    outcome: str
    code: str
    state: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_lapse(self) -> bool:
        return self.outcome == LAPSED


@dataclass(frozen=True)
class Shelf:
    """A line with what its releases hold. `located`: the components the vulnerability lies in, folded."""

    line: Line
    spans: Sequence[Span] = ()
    located: frozenset[str] = frozenset()

    def place(self, text: str) -> int:
        return self.line.position(text)

    def before(self, place: int) -> int | None:
        """The place of the newest release older than this one that is in test or public."""
        return next((other for other in range(place - 1, -1, -1) if self.is_out(other)), None)

    def is_out(self, place: int) -> bool:
        return self.line.releases[place].state in OUT


def fate(said: Said, shelf: Shelf, text: str, *, lapsed_before: bool = False) -> Fate | None:
    """What becomes of the decision at the release `text`; None where it says nothing of versions yet.

    `lapsed_before`: it has lapsed at the release before this one, and nobody has said anything since.
    """
    place = shelf.place(text)
    if said.state == "fixed" and said.fixed_in:
        found = _fixed(said, shelf, text, place)
    elif said.state == "affected" and said.range is not None and said.range.is_known:
        found = _affected(said.range, shelf, text, place)
    elif said.state == "not_affected":
        found = _not_affected(said, shelf, text, place)
    else:
        return None
    if lapsed_before and not found.is_lapse and found.code not in {"in_range", "component_gone"}:
        before = shelf.before(place)
        return Fate(LAPSED, "before_it_lapsed", facts={"text": text, "before": _text_at(shelf, before)})
    return found


def _text_at(shelf: Shelf, place: int | None) -> str:
    return "" if place is None else shelf.line.releases[place].text


def _affected(versions: Range, shelf: Shelf, text: str, place: int) -> Fate:
    if any(shelf.line.resolve(end) is None for end in versions.ends):
        return Fate(LAPSED, "end_not_listed", facts={"text": text})
    if shelf.line.contains(versions, text):
        return Fate(CARRIED, "in_range", "affected", {"text": text})
    inside = [shelf.place(each.text) for each in shelf.line.releases_in(versions)]
    last = max(inside, default=-1)
    is_newer = place > last
    looked_further = versions.form is Form.BEFORE or any(
        last < other < place and shelf.is_out(other) for other in range(len(shelf.line.releases))
    )
    if is_newer and not looked_further:
        return Fate(LAPSED, "beyond_range", facts={"text": text})
    if is_newer and (back := _back(shelf, inside, place)):
        return Fate(LAPSED, "component_back", facts={"text": text, **back})
    return Fate(CARRIED, "outside_range", "not_affected", {"text": text})


def _fixed(said: Said, shelf: Shelf, text: str, place: int) -> Fate:
    fixed = shelf.line.resolve(said.fixed_in)
    if fixed is None:
        return Fate(LAPSED, "end_not_listed", facts={"text": text})
    if place < shelf.place(fixed.text):
        versions = said.range if said.range and said.range.is_known else Range.before(fixed.text)
        return _affected(versions, shelf, text, place)
    inside = _inside(said.range, shelf, fixed.text)
    if back := _back(shelf, inside, place):
        return Fate(LAPSED, "component_back", facts={"text": text, **back})
    return Fate(CARRIED, "fixed_since", "fixed", {"text": text, "fixed_in": fixed.text})


def _inside(versions: Range | None, shelf: Shelf, fixed_in: str) -> list[int]:
    known = versions if versions and versions.is_known and not shelf.line.problems(versions) else None
    found = shelf.line.releases_in(known or Range.before(fixed_in))
    return [shelf.place(each.text) for each in found]


def _back(shelf: Shelf, affected: Sequence[int], place: int) -> Mapping[str, str]:
    """A located component that has the same version here as in an affected release, and not just before."""
    earlier = shelf.before(place)
    now, before = held_at(shelf.spans, place), {} if earlier is None else held_at(shelf.spans, earlier)
    for name in sorted(shelf.located):
        versions = set(now.get(name, ())) - set(before.get(name, ())) - {"?"}
        for other in affected:
            shared = versions & set(held_at(shelf.spans, other).get(name, ()))
            if shared:
                return {
                    "component": name,
                    "versions": ", ".join(sorted(shared)),
                    "other": _text_at(shelf, other),
                }
    return {}


def _not_affected(said: Said, shelf: Shelf, text: str, place: int) -> Fate:
    before = shelf.before(place)
    if before is None:
        return Fate(LAPSED, "beyond_range", facts={"text": text})
    changes = changes_at(shelf.spans, before, place)
    if shelf.located:
        mine = [change for change in changes if change.name in shelf.located]
        return _located(said, mine, text)
    telling = [each for each in changes if each.is_added] if _is_absent(said) else list(changes)
    if telling:
        names = ", ".join(change.name for change in telling)
        return Fate(LAPSED, "components_changed", facts={"text": text, "component": names})
    return Fate(CARRIED, "components_unchanged", "not_affected", {"text": text})


def _is_absent(said: Said) -> bool:
    return said.justification == "component_not_present"


def _located(said: Said, changes: Sequence[Change], text: str) -> Fate:
    """Decided by the components the vulnerability lies in."""
    for change in changes:
        facts = {"text": text, "component": change.name, "before": change.before, "after": change.after}
        if change.is_added:
            return Fate(LAPSED, "component_added", facts=facts)
        if not change.is_removed:
            return Fate(LAPSED, "component_changed", facts=facts)
    if changes:
        return Fate(CARRIED, "component_gone", "not_affected", {"text": text, "component": changes[0].name})
    code = "still_absent" if _is_absent(said) else "components_unchanged"
    return Fate(CARRIED, code, "not_affected", {"text": text})


def joined(mates: Sequence[tuple[str, Said]]) -> Fate | None:
    """What holds for a product that joins the line of others, by what stands of them: (target, said)."""
    decided = [
        (target, said) for target, said in mates if said.state in {"affected", "not_affected", "fixed"}
    ]
    if not decided:
        return None
    first, said = decided[0]
    if len(decided) < len(mates) or any(other != said for _, other in decided):
        return Fate(LAPSED, "mates_differ", facts={"mate": first})
    return Fate(CARRIED, "same_line", said.state, {"mate": first})
