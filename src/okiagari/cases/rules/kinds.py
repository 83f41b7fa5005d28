"""The three kinds of incident, and which teams answer for them. A case may carry several, and change."""

from collections.abc import Iterable, Mapping, Sequence

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

TITLE_NEEDED = define(
    "cases.title_needed",
    Kind.INVALID,
    gettext_noop("A case needs a title."),
    gettext_noop("One line that people of the case recognise it by, in Japanese or English."),
)
KIND_UNKNOWN = define(
    "cases.kind_unknown",
    Kind.INVALID,
    gettext_noop("“%(kind)s” is not a kind of case."),
    gettext_noop("The kinds are: %(known)s."),
)
KIND_NEEDED = define(
    "cases.kind_needed",
    Kind.INVALID,
    gettext_noop("A case has at least one kind."),
    gettext_noop("The kind decides which team answers: product, service or infrastructure."),
)
REASON_NEEDED = define(
    "cases.reason_needed",
    Kind.INVALID,
    gettext_noop("This needs a reason."),
    gettext_noop("One sentence is enough; it stays in the timeline."),
)
CLOSED = define(
    "cases.closed",
    Kind.CONFLICT,
    gettext_noop("This case is closed."),
    gettext_noop("Reopen it first, with a reason."),
)
MERGED = define(
    "cases.merged",
    Kind.CONFLICT,
    gettext_noop("This case was merged into another one."),
    gettext_noop("Go on there, or undo the merge with a reason."),
)
NOT_CLOSED = define(
    "cases.not_closed",
    Kind.CONFLICT,
    gettext_noop("This case is open."),
    gettext_noop("There is nothing to reopen."),
)

_TEAMS: Mapping[str, tuple[str, ...]] = {
    "product": ("psirt",),
    "service": ("psirt", "csirt"),
    "infrastructure": ("csirt",),
}
KINDS = tuple(_TEAMS)


def check_title(title: LocalText) -> None:
    """Raises TITLE_NEEDED."""
    if not title:
        raise TITLE_NEEDED().at("title")


def check_kinds(kinds: Sequence[str], before: Sequence[str] = (), reason: str = "") -> tuple[str, ...]:
    """The kinds in their order, each once. A change needs a reason. Raises KIND_NEEDED, KIND_UNKNOWN."""
    for kind in kinds:
        if kind not in _TEAMS:
            raise KIND_UNKNOWN(kind=kind, known=", ".join(KINDS)).at("kinds")
    chosen = tuple(kind for kind in KINDS if kind in kinds)
    if not chosen:
        raise KIND_NEEDED().at("kinds")
    if before and set(chosen) != set(before) and not reason.strip():
        raise REASON_NEEDED().at("reason")
    return chosen


def team_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds of teams that answer for a case of these kinds."""
    wanted = {team for kind in kinds for team in _TEAMS[kind]}
    return tuple(sorted(wanted))
