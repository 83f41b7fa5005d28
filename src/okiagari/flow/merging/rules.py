"""What two cases must fulfil to be joined, and what may be said about it. Pure: values in, problems out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okiagari.problems import Kind, define, gettext_noop
from okiagari.triage.rules.joining import KEEP, SIDES

REASON_NEEDED = define(
    "flow.reason_needed",
    Kind.INVALID,
    gettext_noop("There is no reason."),
    gettext_noop("One sentence that somebody will still understand in three years."),
)
SAME_CASE = define(
    "flow.same_case",
    Kind.INVALID,
    gettext_noop("A case cannot be merged into itself."),
    gettext_noop("Choose another case."),
)
NOT_A_PAIR = define(
    "flow.not_a_pair",
    Kind.INVALID,
    gettext_noop("“%(pair)s” does not name one vulnerability of each case."),
    gettext_noop(
        "Name first the vulnerability of the merged case, then the one it is the same as; each once."
    ),
)
OTHER_NUMBERS = define(
    "flow.other_numbers",
    Kind.CONFLICT,
    gettext_noop("%(mine)s and %(theirs)s are two CVE numbers, so these are not the same flaw."),
    gettext_noop("Move it as a further vulnerability, or correct the number first."),
)
SAME_NUMBER = define(
    "flow.same_number",
    Kind.CONFLICT,
    gettext_noop("Both cases have a vulnerability with the number %(number)s."),
    gettext_noop("Say that it is the same flaw, or correct one of the numbers first."),
)
CONTRADICTION = define(
    "flow.contradiction",
    Kind.CONFLICT,
    gettext_noop("%(count)s decisions of the two cases contradict each other, first on %(target)s."),
    gettext_noop("Choose for each which one holds, or that it is to be decided anew."),
)
NO_SUCH_CHOICE = define(
    "flow.no_such_choice",
    Kind.INVALID,
    gettext_noop("“%(choice)s” does not say which decision holds."),
    gettext_noop("The choices are: %(known)s."),
)
NOBODY_TO_LET_IN = define(
    "flow.nobody_to_let_in",
    Kind.INVALID,
    gettext_noop("“%(who)s” is not somebody of the merged case who is not in the other."),
    gettext_noop("Those who can come along: %(known)s."),
)
NO_SUCH_DECIDER = define(
    "flow.no_such_decider",
    Kind.INVALID,
    gettext_noop("“%(person)s” cannot decide here."),
    gettext_noop("Name the account of somebody who is in the case that stays."),
)
NOTHING_CHOSEN = define(
    "flow.nothing_chosen",
    Kind.INVALID,
    gettext_noop("Nothing is chosen for the new case."),
    gettext_noop("Choose at least a vulnerability, a report or something else that goes there."),
)
NOT_MERGED = define(
    "flow.not_merged",
    Kind.CONFLICT,
    gettext_noop("This case is not merged into another."),
    gettext_noop("Load the page again: somebody may have undone it already."),
)
MOVED_SINCE = define(
    "flow.moved_since",
    Kind.CONFLICT,
    gettext_noop("The joined case was merged or split again since."),
    gettext_noop("Undo the later step first, or split off what belongs apart."),
)


@dataclass(frozen=True)
class Flaw:
    """A standing vulnerability as far as joining looks at it."""

    key: int
    id: str
    cve: str = ""


def check_reason(reason: str) -> str:
    """The reason, tidied. Raises REASON_NEEDED."""
    if not reason.strip():
        raise REASON_NEEDED().at("reason")
    return reason.strip()


def pairs(mine: Sequence[Flaw], theirs: Sequence[Flaw], same: Sequence[Sequence[str]]) -> dict[int, int]:
    """Which flaw of the one case is which of the other. Raises NOT_A_PAIR, OTHER_NUMBERS, SAME_NUMBER."""
    here, there = {each.id: each for each in mine}, {each.id: each for each in theirs}
    found: dict[int, int] = {}
    for pair in same:
        named = [each.strip().upper() for each in pair]
        one = here.get(named[0]) if len(named) == 2 else None
        other = there.get(named[1]) if len(named) == 2 else None
        if one is None or other is None or one.key in found or other.key in found.values():
            raise NOT_A_PAIR(pair=" = ".join(pair)).at("same")
        if one.cve and other.cve and one.cve != other.cve:
            raise OTHER_NUMBERS(mine=one.cve, theirs=other.cve).at("same")
        found[one.key] = other.key
    _check_numbers(mine, theirs, found)
    return found


def _check_numbers(mine: Sequence[Flaw], theirs: Sequence[Flaw], found: Mapping[int, int]) -> None:
    taken = {each.cve for each in theirs if each.cve}
    for each in mine:
        if each.cve in taken and each.key not in found:
            raise SAME_NUMBER(number=each.cve).at("same")


def choices(
    cells: Sequence[tuple[str, str]], keep: str, decisions: Sequence[Sequence[str]]
) -> dict[tuple[str, str], str]:
    """What holds in each contradicting cell (target, vulnerability). Raises NO_SUCH_CHOICE, CONTRADICTION."""
    if keep and keep not in KEEP:
        raise NO_SUCH_CHOICE(choice=keep, known=", ".join(KEEP)).at("keep")
    chosen = dict.fromkeys(cells, SIDES[keep]) if keep else {}
    for each in decisions:
        if len(each) != 3 or each[2] not in KEEP:
            raise NO_SUCH_CHOICE(choice=" ".join(each), known=", ".join(KEEP)).at("decisions")
        chosen[each[0], each[1].strip().upper()] = SIDES[each[2]]
    left = [each for each in cells if each not in chosen]
    if left:
        raise CONTRADICTION(count=len(left), target=left[0][0]).at("decisions")
    return chosen
