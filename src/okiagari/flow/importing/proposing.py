"""What the grid would say after taking in an advisory of the maker's own. Pure.

In: what the document says of each product and vulnerability, which targets the products are, and the order of
their lines. Out: one change per cell, checked as a person's would be, and in words what could not be said so.
A version the line does not know leaves the versions open and the words in the note; it guesses none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from okiagari.flow.importing.matching import Known, named
from okiagari.problems import Problem, gettext_noop
from okiagari.standards.advisory import Flaw, State, Statement
from okiagari.standards.firmware_order import Form, Range
from okiagari.standards.localtext import LocalText
from okiagari.triage.rules.cells import CellChange, Place, checked

CONTRADICTION = gettext_noop("it is said to be affected and not affected")
SEVERAL_RANGES = gettext_noop("several ranges of versions")
TWICE = gettext_noop("the document speaks of this vulnerability twice")
NO_REASON = gettext_noop("not affected without one of the known justifications")


@dataclass(frozen=True)
class Cell:
    """A proposal for one target and the vulnerability at `flaw`. `change` is None where it stays undecided.

    `stated`: the versions as the document has them; `why`: why they are not in the cell, a marked text, or
    the problem that a person would be told.
    """

    target: str
    flaw: int
    change: CellChange | None
    stated: str = ""
    why: str | Problem = ""


@dataclass(frozen=True)
class Source:
    """Whose word it is: for the verification of a fix, and the note beside versions that fit no line."""

    publisher: str
    tracking_id: str
    language: str


def cells(
    flaws: Sequence[Flaw],
    chosen: Mapping[str, Sequence[str]],
    catalogue: Sequence[Known],
    places: Mapping[str, Place],
    source: Source,
) -> tuple[Cell, ...]:
    """The grid, by vulnerability and target. `chosen`: product of the document -> targets."""
    return tuple(
        _cell(Cell(target, number, None), flaw, said, places[target], source)
        for number, flaw in enumerate(flaws)
        for target, said in _by_target(flaw.statements, chosen, catalogue).items()
    )


def _by_target(
    statements: Iterable[Statement], chosen: Mapping[str, Sequence[str]], catalogue: Sequence[Known]
) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for said in statements:
        targets: Sequence[str] = chosen.get(said.product, ())
        revision = said.versions.low if said.is_bare and said.versions else ""
        ours = named(targets, catalogue, revision) if revision else ()
        for target in ours or targets:
            found.setdefault(target, []).append(replace(said, versions=None) if ours else said)
    return found


def _cell(cell: Cell, flaw: Flaw, said: Sequence[Statement], place: Place, source: Source) -> Cell:
    stated = "; ".join(dict.fromkeys(filter(None, (_words(each, source.language) for each in said))))
    cell = replace(cell, stated=stated)
    states = {each.state for each in said}
    if State.NOT_AFFECTED in states and states & {State.AFFECTED, State.FIXED}:
        return replace(cell, why=CONTRADICTION)
    if states & {State.AFFECTED, State.FIXED}:
        return _concerned(cell, flaw, said, place, source)
    if State.NOT_AFFECTED in states:
        reason = next((each.justification for each in said if each.justification), "")
        change = CellChange("not_affected", justification=reason)
        return _tried(replace(cell, change=change), place) or replace(cell, why=NO_REASON)
    return replace(cell, change=CellChange("investigating"))


def _concerned(cell: Cell, flaw: Flaw, said: Sequence[Statement], place: Place, source: Source) -> Cell:
    """Fixed where the line has the release; else affected; else affected in versions that stay open."""
    affected = [each for each in said if each.state is State.AFFECTED]
    ranges = list(dict.fromkeys(_range(each, place) for each in affected))
    condition = next((each.condition for each in affected if each.condition), "")
    never = next(
        (m.text for m in flaw.measures if m.kind == "no_fix_planned" and _is_for(m.products, said)), ""
    )
    words = _said_in(condition, source.language)
    versions = ranges[0] if len(ranges) == 1 else None
    tries = [
        CellChange(
            "fixed",
            range=versions if versions and versions.is_known else None,
            condition=words,
            fixed_in=(place.line_key, each.versions.low),
            verification=_verified(each.versions.low, source),
        )
        for each in said
        if each.state is State.FIXED and each.versions and each.versions.form is Form.EXACTLY
    ]
    cannot = _said_in(never, source.language)
    open_ = CellChange("affected", range=Range.unknown(), condition=words, cannot_fix=cannot)
    if versions is not None:
        tries.append(replace(open_, range=versions))
    why: str | Problem = SEVERAL_RANGES if len(ranges) > 1 else ""
    for change in tries:
        try:
            checked(change, [place])
        except Problem as problem:
            why = why or problem
            continue
        is_whole = not (change.state == "affected" and any(each.state is State.FIXED for each in said))
        return replace(cell, change=change, why="" if is_whole else why)
    note = _said_in(cell.stated, source.language)
    return replace(cell, change=replace(open_, note=note), why=why)


def _tried(cell: Cell, place: Place) -> Cell | None:
    assert cell.change is not None
    try:
        checked(cell.change, [place])
    except Problem:
        return None
    return cell


def _range(said: Statement, place: Place) -> Range:
    """A statement without versions is about all of them; words that are no range leave them open."""
    if said.versions is not None:
        return said.versions
    return Range.unknown() if said.text else Range.all()


def _is_for(products: Sequence[str], said: Sequence[Statement]) -> bool:
    return not products or any(each.product in products for each in said)


def _said_in(text: str, language: str) -> LocalText:
    return LocalText({language: text}, language) if text else LocalText()


def _verified(release: str, source: Source) -> dict[str, str]:
    return {"who": source.publisher or "-", "on": release, "how": source.tracking_id or "-"}


def _words(said: Statement, language: str) -> str:
    versions = said.text or (said.versions.words(language) if said.versions else "")
    return versions and (f"→ {versions}" if said.state is State.FIXED else versions)


def once(found: Iterable[Cell], numbers: Sequence[str]) -> tuple[Cell, ...]:
    """One decision per cell of the case, the first: a document may speak of a vulnerability twice."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for each in found:
        key = (each.target, numbers[each.flaw])
        is_second = each.change is not None and key in seen
        kept.append(replace(each, change=None, why=TWICE) if is_second else each)
        seen |= {key} if each.change is not None else set()
    return tuple(kept)
