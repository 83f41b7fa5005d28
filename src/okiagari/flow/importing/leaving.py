"""What of a document was not understood, or has no place here: kept with its place, words and why. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from okiagari.flow.importing.proposing import Cell
from okiagari.problems import Problem, gettext_noop
from okiagari.standards.advisory import Advisory, Flaw, Statement
from okiagari.standards.documents import Unread

NOT_UNDERSTOOD = gettext_noop("This part was not understood.")
NO_PLACE = gettext_noop("There is no place for this here.")
NOT_OURS = gettext_noop("The product is none of the catalogue that was chosen.")
NO_EDITION = gettext_noop("This line of the revision history does not go on counting.")
CHECK_ATTACK = gettext_noop("What is said of attacks is noted by a person, as it may start clocks.")
VERSIONS_OPEN = gettext_noop("The grid could not take this as it stands: %(why)s")
WITH_SEVERAL = gettext_noop("The document does not say for which of its vulnerabilities this holds.")
ONE_LANGUAGE = gettext_noop("The draft has this in its first language; the second waits to be written.")
FIRST_DATE = gettext_noop("The first edition is told with the date of the initial release, which is earlier.")
CASE_CLOSED = gettext_noop("The case is closed, so its vulnerabilities are not written on.")
CUT = gettext_noop("The text is longer than a report holds; all of it is in the file.")
MOST, LONGEST = 500, 2_000
"""How many lines are kept, and how much of each: the file itself has all of it."""


@dataclass(frozen=True)
class Left:
    """`location`: a JSON pointer or path, or whose it is in words; `why`: a marked text."""

    location: str
    text: str
    why: str
    parameters: dict[str, str] = field(default_factory=dict)


def kept(found: Iterable[Left]) -> tuple[list[dict[str, object]], int]:
    """As they are stored, each once, and how many more there were."""
    lines = list({(each.location, each.text, each.why): each for each in found}.values())
    stored: list[dict[str, object]] = [
        {
            "location": each.location[:LONGEST],
            "text": each.text[:LONGEST],
            "why": each.why,
            "parameters": each.parameters,
            "seen_by": "",
            "seen_at": "",
        }
        for each in lines[:MOST]
    ]
    return stored, max(0, len(lines) - MOST)


def of_reader(unread: Iterable[Unread]) -> Iterator[Left]:
    return (Left(each.location, each.text, NOT_UNDERSTOOD) for each in unread)


def of_everybody(advisory: Advisory) -> Iterator[Left]:
    """What has no place whoever's advisory it is."""
    for heading, text in advisory.notes:
        yield Left(f"note: {heading}", text, NO_PLACE)
    for number, flaw in enumerate(advisory.flaws, 1):
        yield from _of_flaw(flaw, flaw.cve or flaw.jvn or str(number))
    if len(advisory.flaws) > 1 and advisory.category == "VULDEF":
        names = ", ".join(each.cve for each in advisory.flaws)
        yield Left("Affected, Impact, Solution", names, WITH_SEVERAL)


def _of_flaw(flaw: Flaw, name: str) -> Iterator[Left]:
    for system, text in flaw.ids:
        yield Left(f"{name}: id ({system})", text, NO_PLACE)
    for heading, text in flaw.notes:
        yield Left(f"{name}: {heading}", text, NO_PLACE)
    for text in flaw.exploits:
        yield Left(f"{name}: exploit", text, CHECK_ATTACK)
    if flaw.attacked:
        at, known = flaw.attacked
        yield Left(f"{name}: first attack", f"{at.isoformat()} ({known.isoformat()})", CHECK_ATTACK)
    if flaw.discovered_at:
        yield Left(f"{name}: discovery", flaw.discovered_at.isoformat(), NO_PLACE)


def of_own(advisory: Advisory, chosen: Iterable[str], cells: Iterable[Cell]) -> Iterator[Left]:
    """What an advisory of the maker's own says beside: thanks, other products, cells that stay open."""
    for name in advisory.credits:
        yield Left("acknowledgments", name, NO_PLACE)
    ours = set(chosen)
    for product in advisory.products:
        if product.key not in ours:
            said = sorted(
                {
                    f"{flaw.cve or flaw.title}: {said.state.value} {_versions(said)}".strip()
                    for flaw in advisory.flaws
                    for said in flaw.statements
                    if said.product == product.key
                }
            )
            yield Left(f"product: {product.key}", "; ".join(said) or product.name, NOT_OURS)
    for cell in cells:
        if cell.change is None or cell.why:
            why = cell.why.message if isinstance(cell.why, Problem) else cell.why
            flaw = advisory.flaws[cell.flaw]
            location = f"{cell.target} × {flaw.cve or flaw.title or cell.flaw + 1}"
            yield Left(location, cell.stated, VERSIONS_OPEN, {"why": why})


def _versions(said: Statement) -> str:
    return said.text or (said.versions.words("en") if said.versions else "")
