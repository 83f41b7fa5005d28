"""From a CSAF document of somebody else, 2.0 or 2.1, to values: a supplier's, or one's own of years ago.

In: a JSON value from anywhere. Out: what it says in the values of `model` (products as `reading_tree` has
them) and, for everything that was not understood, the place and the words as they stood. Scores are computed
anew from their vectors, groups of products are written out. It does not judge: ask `check.judge`. It never
guesses, and never adds what was not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.documents import Reading, Unread

from . import reading_flaws
from .model import Acknowledgment, Generator, Note, Publisher, Reference, Revision, Tracking, Vulnerability
from .reading_parts import acknowledgments, chosen, notes, references
from .reading_tree import Joined, Named, Tree, tree
from .terms import PublisherCategory, Status, Tlp

__all__ = ["NOT_CSAF", "TOO_MUCH", "Document", "Joined", "Named", "Read", "Tree", "looks_like", "read"]

NOT_CSAF = define(
    "csaf.not_csaf",
    Kind.INVALID,
    gettext_noop("This is not a CSAF document of version 2.0 or 2.1."),
    gettext_noop("Save the JSON file as its publisher offers it, and read that."),
)
TOO_MUCH = reading_flaws.TOO_MUCH
_TLP = {"WHITE": Tlp.CLEAR, **{each.value: each for each in Tlp}}


@dataclass(frozen=True)
class Document:
    """What a document says. `category`: its profile as written; `tlp`: None where it says none of ours."""

    version: str
    category: str
    title: str
    language: str
    source_language: str
    publisher: Publisher
    tracking: Tracking
    tlp: Tlp | None
    distribution_text: str
    aggregate_severity: str
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    acknowledgments: tuple[Acknowledgment, ...]
    products: tuple[Named | Joined, ...]
    vulnerabilities: tuple[Vulnerability, ...]


@dataclass(frozen=True)
class Read:
    """What a document says, and what was not understood."""

    document: Document
    unread: tuple[Unread, ...]


def looks_like(value: Mapping[str, object]) -> bool:
    """Does it say of itself that it is CSAF?"""
    header = value.get("document")
    return isinstance(header, Mapping) and "csaf_version" in header


def read(value: Mapping[str, object]) -> Read:
    """Read a document. Raises NOT_CSAF, and TOO_MUCH where its groups of products multiply beyond sense."""
    header = value.get("document")
    if not isinstance(header, Mapping) or header.get("csaf_version") not in ("2.0", "2.1"):
        raise NOT_CSAF()
    unread: list[Unread] = []
    whole = Reading(value, "", unread)
    whole.text("$schema")
    known = tree(whole.part("product_tree"), unread)
    flaws = reading_flaws.flaws(whole.parts("vulnerabilities"), known)
    document = _document(whole.part("document"), known, flaws)
    whole.done()
    return Read(document, tuple(unread))


def _document(header: Reading, known: Tree, flaws: tuple[Vulnerability, ...]) -> Document:
    distribution = header.part("distribution")
    severity = header.part("aggregate_severity")
    made = Document(
        version=header.text("csaf_version"),
        category=header.text("category"),
        title=header.text("title"),
        language=header.text("lang"),
        source_language=header.text("source_lang"),
        publisher=_publisher(header.part("publisher")),
        tracking=_tracking(header.part("tracking")),
        tlp=_tlp(distribution),
        distribution_text=distribution.text("text"),
        aggregate_severity=severity.text("text"),
        notes=notes(header),
        references=references(header),
        acknowledgments=acknowledgments(header),
        products=known.products,
        vulnerabilities=flaws,
    )
    for each in (distribution, severity, header):
        each.done()
    return made


def _tlp(distribution: Reading) -> Tlp | None:
    label = distribution.part("tlp")
    found = _TLP.get(str(label.raw("label")))
    label.drop(*(("label", "url") if found else ()))
    label.done()
    return found


def _publisher(reading: Reading) -> Publisher:
    made = Publisher(
        name=reading.text("name"),
        namespace=reading.text("namespace"),
        category=PublisherCategory(chosen(reading, "category", PublisherCategory) or PublisherCategory.OTHER),
        contact_details=reading.text("contact_details"),
        issuing_authority=reading.text("issuing_authority"),
    )
    reading.done()
    return made


def _tracking(reading: Reading) -> Tracking:
    """The revisions oldest first; the version and the dates are left unread where they contradict them."""
    found = sorted(_revisions(reading), key=lambda each: each.date)
    newest = found[-1] if found else None
    if newest is not None and reading.raw("version") == newest.number:
        reading.drop("version")
    current = reading.moment("current_release_date")
    if current is not None and (newest is None or current != newest.date):
        reading.put("current_release_date", current.isoformat())
    initial = reading.moment("initial_release_date")
    made = Tracking(
        id=reading.text("id"),
        status=Status(chosen(reading, "status", Status) or Status.FINAL),
        revisions=tuple(found),
        initial_release_date=None if found and initial == found[0].date else initial,
        generator=_generator(reading),
        aliases=reading.texts("aliases"),
    )
    reading.done()
    return made


def _revisions(reading: Reading) -> list[Revision]:
    found = []
    for each in reading.parts("revision_history"):
        date = each.moment("date")
        if date is not None:
            found.append(Revision(each.text("number"), date, each.text("summary")))
        each.done()
    return found


def _generator(reading: Reading) -> Generator | None:
    if not isinstance(reading.raw("generator"), dict):
        return None
    whole = reading.part("generator")
    engine = whole.part("engine")
    made = Generator(engine.text("name"), engine.text("version"), whole.moment("date"))
    engine.done()
    whole.done()
    return made
