"""Where each product stands and the one thing its owner should do now.

In: a content. Out: one `Standing` per product, the most urgent first. Stop use goes before everything;
an update before a workaround; "not yet" (wait) is not "never" (stop use).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from okiagari.disclose.rules.content import Content, Measure, Product, Release, Status, Successor
from okiagari.standards.firmware_order import Range


class Action(StrEnum):
    """What the owner of a product should do now."""

    STOP_USE = "stop_use"
    UPDATE = "update"
    REPLACE = "replace"
    WORKAROUND = "workaround"
    WAIT = "wait"
    CHECKING = "checking"
    NOTHING = "nothing"


URGENCY = tuple(Action)
CONCERNED = frozenset({"affected", "fixed"})


@dataclass(frozen=True)
class Standing:
    """One product: what it is, which versions, what to do. `undecided`: vulnerabilities still looked into."""

    product: Product
    action: Action
    statuses: tuple[Status, ...]
    ranges: tuple[Range, ...]
    release: Release | None
    measures: tuple[Measure, ...]
    successor: Successor | None
    undecided: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.kind == kind)

    @property
    def is_concerned(self) -> bool:
        return self.action not in {Action.NOTHING, Action.CHECKING}

    @property
    def is_checking(self) -> bool:
        """Is some vulnerability still looked into, whatever is known of the others?"""
        return self.action is Action.CHECKING or bool(self.undecided)

    @property
    def is_partial(self) -> bool:
        """Told to update, and yet some vulnerability that concerns it is not fixed by any release."""
        return self.action is Action.UPDATE and bool(self.unfixed)

    @property
    def unfixed(self) -> tuple[Status, ...]:
        """What concerns it and is fixed by no release: neither in the grid nor by a fix that is ready."""
        covered = {
            flaw
            for measure in self.of_kind("fix")
            if measure.release
            for flaw in measure.vulnerabilities or [each.vulnerability for each in self.statuses]
        }
        return tuple(
            each
            for each in self.statuses
            if each.state in CONCERNED and not each.fixed_in and each.vulnerability not in covered
        )

    @property
    def planned(self) -> tuple[Status, ...]:
        """What is said of a fix to come."""
        return tuple(each for each in self.statuses if each.planned or each.planned_wording)


def standings(content: Content) -> tuple[Standing, ...]:
    """Every product of the content, the most urgent action first, then in the order of the content.

    Each format of an advisory asks this of the same content, so the last answers are kept.
    """
    return _standings(_This(content))


class _This:
    """A content as itself: no two are taken for the same because they say the same."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.content is self.content

    def __hash__(self) -> int:
        return id(self.content)


@lru_cache(maxsize=8)
def _standings(this: _This) -> tuple[Standing, ...]:
    content = this.content
    said: dict[str, list[Status]] = {}
    for each in content.statuses:
        said.setdefault(each.product, []).append(each)
    found = [_standing(content, product, tuple(said.get(product.key, ()))) for product in content.products]
    return tuple(sorted(found, key=lambda each: URGENCY.index(each.action)))


def _standing(content: Content, product: Product, statuses: tuple[Status, ...]) -> Standing:
    measures = tuple(each for each in content.measures if product.key in each.products)
    release = _release(content, product, statuses, measures)
    action = _action(content, statuses, measures, release)
    return Standing(
        product=product,
        action=action,
        statuses=statuses,
        ranges=tuple(
            dict.fromkeys(each.versions for each in statuses if each.state in CONCERNED and each.versions)
        ),
        release=release,
        measures=measures,
        successor=_successor(content, measures),
        undecided=_undecided(content, statuses),
    )


def _undecided(content: Content, statuses: tuple[Status, ...]) -> tuple[str, ...]:
    decided = {each.vulnerability for each in statuses if each.state != "investigating"}
    return tuple(each.id for each in content.vulnerabilities if each.id not in decided)


def _release(
    content: Content, product: Product, statuses: tuple[Status, ...], measures: tuple[Measure, ...]
) -> Release | None:
    """The newest release anybody is told to install on this product."""
    named = {(product.line, each.fixed_in) for each in statuses if each.fixed_in}
    named |= {(each.line, each.release) for each in measures if each.kind == "fix" and each.release}
    offered = [release for release in content.releases if (release.line, release.text) in named]
    return max(offered, key=lambda release: release.position, default=None)


def _action(
    content: Content, statuses: tuple[Status, ...], measures: tuple[Measure, ...], release: Release | None
) -> Action:
    kinds = {measure.kind for measure in measures}
    is_warned_of = not content.vulnerabilities and bool(measures)
    if not is_warned_of and not any(each.state in CONCERNED for each in statuses):
        decided = {each.vulnerability for each in statuses if each.state == "not_affected"}
        every = {each.id for each in content.vulnerabilities}
        return Action.NOTHING if decided >= every and (every or not statuses) else Action.CHECKING
    if "stop_use" in kinds:
        return Action.STOP_USE
    if release is not None:
        return Action.UPDATE
    if "replace" in kinds:
        return Action.REPLACE
    return Action.WORKAROUND if "workaround" in kinds else Action.WAIT


def _successor(content: Content, measures: tuple[Measure, ...]) -> Successor | None:
    named = [measure.successor for measure in measures if measure.successor]
    return next((each for each in content.successors if each.model in named), None)
