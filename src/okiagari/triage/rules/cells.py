"""What a cell of the grid may say, and what each state needs.

In: a change as a person made it, and what is known of the row's target (its line, what was decided
before). Out: the settled content, or every mistake. An affected cell needs its versions, a not
affected one its justification (the flag labels of CSAF 2.0, section 3.2.3.5), a fixed one the release
of the target's own line and who verified it. It never guesses a version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from okiagari.problems import Kind, Problem, define, gettext_noop, several
from okiagari.standards.firmware_order import Form, Line, Range, State
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

NO_SUCH_STATE = define(
    "triage.no_such_state",
    Kind.INVALID,
    gettext_noop("“%(state)s” is not a state of a cell."),
    gettext_noop("The states are: %(allowed)s."),
)
RANGE_NEEDED = define(
    "triage.range_needed",
    Kind.INVALID,
    gettext_noop("Affected, but in which versions?"),
    gettext_noop("Give the affected versions; “all versions” is an answer, and so is “under investigation”."),
)
JUSTIFICATION_NEEDED = define(
    "triage.justification_needed",
    Kind.INVALID,
    gettext_noop("Not affected, but why not?"),
    gettext_noop("Choose one of: %(allowed)s."),
)
FIXED_IN_NEEDED = define(
    "triage.fixed_in_needed",
    Kind.INVALID,
    gettext_noop("%(target)s: the release that fixes it is not named."),
    gettext_noop("Name a release of the firmware line %(line)s."),
)
OTHER_LINE = define(
    "triage.release_of_another_line",
    Kind.INVALID,
    gettext_noop("%(target)s: release %(release)s lies on the line %(given)s, the target on %(line)s."),
    gettext_noop("Decide the targets of each firmware line apart, with a release of their own line."),
)
WITHDRAWN = define(
    "triage.release_withdrawn",
    Kind.INVALID,
    gettext_noop("%(target)s: release %(release)s was withdrawn, so nobody gets the fix from it."),
    gettext_noop("Name the release that replaced it."),
)
STILL_AFFECTED = define(
    "triage.fix_is_affected",
    Kind.INVALID,
    gettext_noop("%(target)s: release %(release)s is itself one of the affected versions."),
    gettext_noop("Correct the affected versions or the release that fixes them."),
)
VERIFICATION_NEEDED = define(
    "triage.verification_needed",
    Kind.INVALID,
    gettext_noop("Fixed, but the verification lacks: %(lacks)s."),
    gettext_noop("Say who verified the fix, on what, and how."),
)
DOES_NOT_BELONG = define(
    "triage.does_not_belong",
    Kind.INVALID,
    gettext_noop("“%(field)s” says nothing of a cell that is %(state)s."),
    gettext_noop("Leave it empty, or choose another state."),
)
NEVER_AND_SOON = define(
    "triage.never_and_soon",
    Kind.INVALID,
    gettext_noop("A fix is called impossible and planned at once."),
    gettext_noop("“Not yet” is a planned date; “never” is the reason why it cannot be fixed. Keep one."),
)
PLAN_NEEDED = define(
    "triage.plan_needed",
    Kind.INVALID,
    gettext_noop("How sure the plan is, or its public wording, is given without a planned date."),
    gettext_noop("Add the date, as far as it is known: 2016-12, late 2016-12."),
)
NO_SUCH_CONFIDENCE = define(
    "triage.no_such_confidence",
    Kind.INVALID,
    gettext_noop("“%(given)s” does not say how sure a planned date is."),
    gettext_noop("Use one of: %(allowed)s."),
)
TAKING_BACK_NEEDS_REASON = define(
    "triage.taking_back_needs_reason",
    Kind.INVALID,
    gettext_noop("A decision is taken back without a reason."),
    gettext_noop("Say why it is undecided again."),
)
NOT_ON_LINE = define(
    "triage.version_not_on_line",
    Kind.INVALID,
    gettext_noop("%(target)s: “%(text)s” is not a release of its firmware line %(line)s."),
    gettext_noop("Its releases are: %(known)s. Add a missing one to the line, at its place."),
)


class CellState(StrEnum):
    UNDECIDED = "undecided"
    INVESTIGATING = "investigating"
    AFFECTED = "affected"
    NOT_AFFECTED = "not_affected"
    FIXED = "fixed"


STATE_WORDS: Mapping[str, str] = {
    CellState.UNDECIDED: gettext_noop("undecided"),
    CellState.INVESTIGATING: gettext_noop("investigating"),
    CellState.AFFECTED: gettext_noop("affected"),
    CellState.NOT_AFFECTED: gettext_noop("not affected"),
    CellState.FIXED: gettext_noop("fixed"),
}

JUSTIFICATIONS: Mapping[str, str] = {
    "component_not_present": gettext_noop("The component is not in the product"),
    "vulnerable_code_not_present": gettext_noop("The vulnerable code is not in the product"),
    "vulnerable_code_not_in_execute_path": gettext_noop("The vulnerable code is never run"),
    "vulnerable_code_cannot_be_controlled_by_adversary": gettext_noop("An attacker cannot control the code"),
    "inline_mitigations_already_exist": gettext_noop("Built-in protections already prevent the attack"),
}

CONFIDENCE: Mapping[str, str] = {
    "firm": gettext_noop("firm"),
    "likely": gettext_noop("likely"),
    "aim": gettext_noop("an aim"),
}

VERIFICATION: Mapping[str, str] = {
    "who": gettext_noop("who"),
    "on": gettext_noop("on what"),
    "how": gettext_noop("how"),
}

_BELONGS: Mapping[CellState, frozenset[str]] = {
    CellState.UNDECIDED: frozenset(),
    CellState.INVESTIGATING: frozenset({"note"}),
    CellState.AFFECTED: frozenset(
        {
            "range",
            "condition",
            "note",
            "planned",
            "planned_confidence",
            "planned_wording",
            "cannot_fix",
        }
    ),
    CellState.NOT_AFFECTED: frozenset({"justification", "note"}),
    CellState.FIXED: frozenset({"range", "condition", "note", "fixed_in", "verification"}),
}
FIELDS = tuple(sorted(frozenset().union(*_BELONGS.values())))


@dataclass(frozen=True)
class CellChange:
    """What a person says of a cell. `fixed_in` is (key of the line, text of the release)."""

    state: str
    range: Range | None = None
    condition: LocalText = field(default_factory=LocalText)
    justification: str = ""
    note: LocalText = field(default_factory=LocalText)
    fixed_in: tuple[str, str] | None = None
    verification: Mapping[str, str] = field(default_factory=dict)
    planned: PartialDate = field(default_factory=PartialDate)
    planned_confidence: str = ""
    planned_wording: LocalText = field(default_factory=LocalText)
    cannot_fix: LocalText = field(default_factory=LocalText)

    def kept(self) -> "CellChange":
        """Without what does not belong to the state: for forms, which send every field they show."""
        belongs = _BELONGS[CellState(self.state)] if self.state in set(CellState) else frozenset(FIELDS)
        empty = CellChange(self.state)
        return replace(self, **{name: getattr(empty, name) for name in FIELDS if name not in belongs})


@dataclass(frozen=True)
class Place:
    """What is known of the row: its target, the key and order of its line ("" and None without one)."""

    target: str
    line_key: str = ""
    line: Line | None = None

    @property
    def has_releases(self) -> bool:
        return self.line is not None and bool(self.line.releases)


def mistakes(change: CellChange, reason: str = "") -> Iterator[Problem]:
    """What is wrong with the change whatever the target."""
    if change.state not in set(CellState):
        yield NO_SUCH_STATE(state=change.state, allowed=", ".join(CellState)).at("state")
        return
    state = CellState(change.state)
    for name in FIELDS:
        if getattr(change, name) and name not in _BELONGS[state]:
            yield DOES_NOT_BELONG(field=name, state=state.value).at(name)
    if state is CellState.UNDECIDED and not reason.strip():
        yield TAKING_BACK_NEEDS_REASON().at("reason")
    if state is CellState.AFFECTED:
        yield from _plan_mistakes(change)
    if state is CellState.NOT_AFFECTED and change.justification not in JUSTIFICATIONS:
        yield JUSTIFICATION_NEEDED(allowed=", ".join(JUSTIFICATIONS)).at("justification")
    lacks = [name for name in VERIFICATION if not str(change.verification.get(name, "")).strip()]
    if state is CellState.FIXED and lacks:
        yield VERIFICATION_NEEDED(lacks=", ".join(lacks)).at("verification")


def _plan_mistakes(change: CellChange) -> Iterator[Problem]:
    if change.planned and change.cannot_fix:
        yield NEVER_AND_SOON().at("cannot_fix")
    if (change.planned_confidence or change.planned_wording) and not change.planned:
        yield PLAN_NEEDED().at("planned")
    if change.planned_confidence and change.planned_confidence not in CONFIDENCE:
        allowed = ", ".join(CONFIDENCE)
        yield NO_SUCH_CONFIDENCE(given=change.planned_confidence, allowed=allowed).at("planned_confidence")


def mistakes_at(change: CellChange, place: Place) -> Iterator[Problem]:
    """What is wrong with the change for this target; `mistakes` has found nothing."""
    state = CellState(change.state)
    if state is CellState.AFFECTED and change.range is None and place.line_key:
        yield RANGE_NEEDED().at("range")
    if state in {CellState.AFFECTED, CellState.FIXED} and change.range is not None and place.has_releases:
        yield from _range_mistakes(change.range, place)
    if state is CellState.FIXED:
        yield from _fix_mistakes(change, place)


def _range_mistakes(versions: Range, place: Place) -> Iterator[Problem]:
    assert place.line is not None
    known = ", ".join(release.text for release in place.line.releases)
    unlisted = [text for text in versions.ends if place.line.resolve(text) is None]
    for text in unlisted:
        yield NOT_ON_LINE(target=place.target, text=text, line=place.line_key, known=known).at("range")
    if not unlisted:
        for problem in place.line.problems(versions):
            yield problem.at("range")


def _fix_mistakes(change: CellChange, place: Place) -> Iterator[Problem]:
    if change.fixed_in is None:
        if place.has_releases:
            yield FIXED_IN_NEEDED(target=place.target, line=place.line_key).at("fixed_in")
        return
    line_key, text = change.fixed_in
    if line_key != place.line_key:
        given, line = line_key or "–", place.line_key or "–"
        yield OTHER_LINE(target=place.target, release=text, given=given, line=line).at("fixed_in")
        return
    release = place.line.resolve(text) if place.line else None
    if release is None:
        known = ", ".join(each.text for each in place.line.releases) if place.line else ""
        yield NOT_ON_LINE(target=place.target, text=text, line=line_key, known=known).at("fixed_in")
    elif release.state is State.WITHDRAWN:
        yield WITHDRAWN(target=place.target, release=release.text).at("fixed_in")
    elif _covers(place, change.range, release.text):
        yield STILL_AFFECTED(target=place.target, release=release.text).at("range")


def _covers(place: Place, versions: Range | None, text: str) -> bool:
    if place.line is None or versions is None or not versions.is_known or place.line.problems(versions):
        return False
    return place.line.contains(versions, text)


def settled(change: CellChange, place: Place, before: Range | None = None) -> CellChange:
    """The content as it is kept: versions in the maker's own texts, those of a fixed cell filled in.

    A fixed cell keeps the affected versions decided `before` where they leave out the fix, else
    everything older than the fix. What has no firmware line, a service or a system, is affected as a whole.
    """
    versions, fixed_in = change.range, change.fixed_in
    if change.state == CellState.AFFECTED and versions is None and not place.line_key:
        versions = Range(Form.ALL)
    if fixed_in and place.line:
        release = place.line.resolve(fixed_in[1])
        fixed_in = (fixed_in[0], release.text if release else fixed_in[1])
    if change.state == CellState.FIXED and versions is None and fixed_in:
        usable = before is not None and before.is_known and not _covers(place, before, fixed_in[1])
        versions = before if usable else Range.before(fixed_in[1])
    if versions is not None and place.line:
        versions = place.line.canonical(versions)
    return replace(change, range=versions, fixed_in=fixed_in)


def checked(change: CellChange, places: "list[Place]", reason: str = "") -> None:
    """Raise what is wrong, for all targets at once: one problem, or SEVERAL."""
    found = list(mistakes(change, reason))
    if not found:
        found = [problem for place in places for problem in mistakes_at(change, place)]
    if found:
        raise found[0] if len(found) == 1 else several(found)
