"""Which rows of a grid share code: by firmware line, by family, by a component, or put together by hand.

In: members with what they share. Out: groups of two and more. It never puts a member into two groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_WAY = define(
    "triage.no_such_way",
    Kind.INVALID,
    gettext_noop("Rows cannot be grouped by “%(by)s”."),
    gettext_noop("They can be grouped by: %(allowed)s."),
)
WAYS = {
    "line": gettext_noop("firmware line"),
    "family": gettext_noop("family"),
    "component": gettext_noop("component"),
    "hand": gettext_noop("by hand"),
}


@dataclass(frozen=True)
class Member:
    """A row: its target, firmware line, family, and the components of its line by folded name."""

    target: str
    line: str = ""
    family: str = ""
    components: frozenset[str] = frozenset()


def way_named(by: str) -> str:
    """Raises NO_SUCH_WAY."""
    if by not in WAYS:
        raise NO_SUCH_WAY(by=by, allowed=", ".join(WAYS)).at("by")
    return by


def key(by: str, value: str) -> str:
    """The name of a group within its case: ``line:wn-g54-r2``."""
    return f"{by}:{value}"


def shared(by: str, value: str, members: Sequence[Member]) -> dict[str, list[str]]:
    """The targets of each group, by what they share; `value` asks for one. One member alone is no group."""
    found: dict[str, list[str]] = {}
    for member in members:
        for each in _values(by, member):
            if each and value in ("", each):
                found.setdefault(each, []).append(member.target)
                break
    return {name: targets for name, targets in sorted(found.items()) if len(targets) > 1 or value}


def _values(by: str, member: Member) -> Sequence[str]:
    if by == "component":
        return sorted(member.components)
    return [member.line if by == "line" else member.family]
