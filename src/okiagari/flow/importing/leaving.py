"""What of a document was not understood, or has no place here: kept with its place, words and why. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from okiagari.flow.importing.attacking import Told
from okiagari.flow.importing.proposing import Cell
from okiagari.problems import Problem, gettext_noop
from okiagari.standards.advisory import Advisory, Flaw, Statement
from okiagari.standards.documents import Unread

NOT_UNDERSTOOD = gettext_noop("This part was not understood.")
NO_PLACE = gettext_noop("There is no place for this here.")
NOT_OURS = gettext_noop("The product is none of the catalogue that was chosen.")
NO_EDITION = gettext_noop("This line of the revision history does not go on counting.")
CHECK_ATTACK = gettext_noop("Only what somebody says it to be is noted of this, since it may start clocks.")
NOTED = gettext_noop("It is noted as a fact of the vulnerability.")
VERSIONS_OPEN = gettext_noop("The grid could not take this as it stands: %(why)s")
WITH_SEVERAL = gettext_noop("The document does not say for which of its vulnerabilities this holds.")
ONE_LANGUAGE = gettext_noop(
    "Nothing of the draft answers to this; it waits to be written beside its first language."
)
OTHER_NAME = gettext_noop("The draft thanks nobody of this name; it may be somebody it names otherwise.")
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


def called(flaw: Flaw, number: int) -> str:
    """What the vulnerability is called here; `number` counts from 0."""
    return flaw.cve or flaw.jvn or str(number + 1)


def of_statement(advisory: Advisory, told: Told) -> Left:
    """One statement of attacks, until it is noted."""
    return Left(f"{called(advisory.flaws[told.flaw], told.flaw)}: {told.what}", told.text, CHECK_ATTACK)


def of_everybody(advisory: Advisory, statements: Iterable[Told]) -> Iterator[Left]:
    """What has no place, or waits for somebody's word, whoever's advisory it is."""
    for heading, text in advisory.notes:
        yield Left(f"note: {heading}", text, NO_PLACE)
    for product in advisory.products:
        for kind, text in product.others:
            yield Left(f"product: {product.key}: {kind}", text, NO_PLACE)
    for number, flaw in enumerate(advisory.flaws):
        yield from _of_flaw(flaw, called(flaw, number))
    for each in statements:
        yield of_statement(advisory, each)
    if len(advisory.flaws) > 1 and advisory.category == "VULDEF":
        names = ", ".join(each.cve for each in advisory.flaws)
        yield Left("Affected, Impact, Solution", names, WITH_SEVERAL)


def _of_flaw(flaw: Flaw, name: str) -> Iterator[Left]:
    for system, text in flaw.ids:
        yield Left(f"{name}: id ({system})", text, NO_PLACE)
    for heading, text in flaw.notes:
        yield Left(f"{name}: {heading}", text, NO_PLACE)
    if flaw.discovered_at:
        yield Left(f"{name}: discovery", flaw.discovered_at.isoformat(), NO_PLACE)


def of_own(advisory: Advisory, chosen: Iterable[str], cells: Iterable[Cell]) -> Iterator[Left]:
    """What an advisory of the maker's own says beside: other products, cells that stay open."""
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
