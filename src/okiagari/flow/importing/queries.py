"""What people read of documents: the list, one with what it says, what would become of it. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.flow.importing import frame, knowing, matching, own, proposing, shelf
from okiagari.flow.importing.matching import Known, Match
from okiagari.flow.importing.proposing import Cell, Source
from okiagari.flow.models import ForeignDocument
from okiagari.plumbing import files
from okiagari.standards.advisory import Advisory

__all__ = [
    "DocumentRow",
    "DocumentView",
    "LeftLine",
    "Reading",
    "document",
    "documents",
    "original",
    "reading",
]

SORTS: Mapping[str, Any] = {
    "read": F("read_at"),
    "title": F("title"),
    "publisher": F("publisher"),
    "id": F("tracking_id"),
    "state": F("state"),
}


@dataclass(frozen=True)
class DocumentRow:
    """One document in the list. `left`: lines nobody has looked at."""

    id: str
    title: str
    name: str
    format: str
    publisher: str
    tracking_id: str
    language: str
    state: str
    journey: str
    read_at: datetime
    left: int
    report: str
    case: str
    advisory: str


@dataclass(frozen=True)
class LeftLine:
    """One thing that was not understood or has no place. `number` counts from 1; `why` is a marked text."""

    number: int
    location: str
    text: str
    why: str
    parameters: Mapping[str, str]
    seen_by: str
    seen_at: str


@dataclass(frozen=True)
class DocumentView:
    """One document. `faults` is None where it was too large to be judged.

    `joins`: the draft that another language of it became.
    """

    row: DocumentRow
    version: int
    sha256: str
    size: int
    tlp: str
    read_by: str
    lines: tuple[LeftLine, ...]
    left_off: int
    faults: tuple[tuple[str, str], ...] | None
    joins: str


@dataclass(frozen=True)
class Reading:
    """What a document says, what its products may be, and what would become of it.

    `options`: the catalogue's targets to choose from; `components`: the same for a supplier's products;
    `cells`: the grid as it would be decided; `tracking_id`: that of a draft.
    """

    said: Advisory
    matches: tuple[Match, ...]
    components: tuple[Match, ...]
    catalogue: tuple[Known, ...]
    cells: tuple[Cell, ...]
    tracking_id: str

    def at(self, target: str, flaw: int) -> Cell | None:
        return next((each for each in self.cells if (each.target, each.flaw) == (target, flaw)), None)


_ROWS = ForeignDocument.objects.select_related("report", "case", "advisory", "read_by", "blob")


def _visible(subject: Subject) -> "QuerySet[ForeignDocument]":
    permits.require(subject, "flow.documents")
    return _ROWS.filter(scope_id__in=permits.scopes(subject))


def documents(
    subject: Subject, *, state: str = "", sort: str = "-read", offset: int = 0, limit: int = 100
) -> tuple[tuple[DocumentRow, ...], int]:
    """One page of the documents the subject may know of, and how many there are."""
    found = _visible(subject)
    found = found.filter(state=state) if state else found.exclude(state="dropped")
    column = SORTS.get(sort.removeprefix("-"), SORTS["read"])
    ordered = found.order_by(column.desc() if sort.startswith("-") else column.asc(), "-pk")
    return tuple(_row(subject, each) for each in ordered[offset : offset + limit]), found.count()


def document(subject: Subject, document_id: str) -> DocumentView:
    """Raises NOTHING_HERE."""
    row = _seen(subject, document_id)
    lines = tuple(
        LeftLine(number, each["location"], each["text"], each["why"], each["parameters"], *_ticked(each))
        for number, each in enumerate(row.unread, 1)
    )
    return DocumentView(
        row=_row(subject, row),
        version=row.version,
        sha256=row.blob.sha256,
        size=row.blob.size,
        tlp=row.tlp,
        read_by=row.read_by.username if row.read_by else "",
        lines=lines,
        left_off=row.left_off,
        faults=None if row.faults is None else tuple((place, text) for place, text in row.faults),
        joins=(knowing.same_id(subject, row) or "") if row.state == "read" else "",
    )


def _ticked(line: Mapping[str, Any]) -> tuple[str, str]:
    return str(line["seen_by"]), str(line["seen_at"])


def _seen(subject: Subject, document_id: str) -> ForeignDocument:
    row = frame.seen(subject, "flow.documents", document_id)
    permits.require(subject, "flow.documents", row.scope_id)
    return _ROWS.get(pk=row.pk)


def _row(subject: Subject, row: ForeignDocument) -> DocumentRow:
    """What it became is named only where the subject may see it: each has a scope of its own."""
    may = permits.may_see
    draft = row.advisory
    has_draft = draft is not None and access.visible(subject).filter(pk=draft.pk).exists()
    return DocumentRow(
        id=row.public_id,
        title=row.title or row.name,
        name=row.name,
        format=row.format,
        publisher=row.publisher,
        tracking_id=row.tracking_id,
        language=row.language,
        state=row.state,
        journey=row.journey,
        read_at=row.read_at,
        left=sum(not each["seen_at"] for each in row.unread),
        report=row.report.public_id if row.report and may(subject, row.report.scope_id) else "",
        case=row.case.public_id if row.case and may(subject, row.case.scope_id) else "",
        advisory=str(draft.public_id) if draft is not None and has_draft else "",
    )


def reading(
    subject: Subject, document_id: str, *, matches: Mapping[str, Sequence[str]] | None = None
) -> Reading:
    """What it says, and what would become of it with these matches (the sure ones, if none are given)."""
    row = _seen(subject, document_id)
    permits.require(subject, "catalog.read")
    said = frame.found_in(row).advisory
    known = shelf.known(subject)
    found = matching.matches(said.products, known)
    chosen = own.chosen_of(said, known, matches)
    targets = {target for each in chosen.values() for target in each}
    source = Source(said.publisher, said.tracking_id, said.language or "en")
    places = shelf.places(targets)
    real = {product: [each for each in wanted if each in places] for product, wanted in chosen.items()}
    return Reading(
        said,
        found,
        matching.components(said.products, shelf.components(subject)),
        known,
        proposing.cells(said.flaws, real, known, places, source),
        own.document_id_of(said),
    )


def original(subject: Subject, document_id: str) -> tuple[str, str, bytes]:
    """Name, type and the very bytes of the file. Raises NOTHING_HERE."""
    row = _seen(subject, document_id)
    kind = "application/xml" if row.format == "VULDEF" else "application/json"
    return row.name, kind, files.read(row.blob.sha256)


def of(subject: Subject, *, report: str = "", case: str = "", advisory: str = "") -> tuple[DocumentRow, ...]:
    """The documents that became this report, case or advisory."""
    if not permits.may(subject, "flow.documents"):
        return ()
    wanted = {"report__public_id": report, "case__public_id": case, "advisory__public_id": advisory}
    rows = _visible(subject).filter(**{name: value for name, value in wanted.items() if value})
    return tuple(_row(subject, each) for each in rows.order_by("pk"))
