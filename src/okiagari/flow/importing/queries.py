"""What people read of documents: the list, one with what it says, what would become of it. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from okiagari.catalog.marks import marks
from okiagari.desk import permits
from okiagari.desk.models import Scope
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.flow.importing import attacking, frame, knowing, matching, own, proposing, shelf
from okiagari.flow.importing.attacking import Told
from okiagari.flow.importing.matching import Known, Match
from okiagari.flow.importing.proposing import Cell, Source
from okiagari.flow.models import ForeignDocument
from okiagari.plumbing import clock, files
from okiagari.standards.advisory import Advisory

__all__ = [
    "DocumentPage",
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
class DocumentPage:
    items: tuple[DocumentRow, ...]
    total: int
    offset: int
    limit: int


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
    may_import: bool


@dataclass(frozen=True)
class Reading:
    """What a document says, what its products may be, and what would become of it.

    `options`: the catalogue's targets to choose from; `components`: the same for a supplier's products;
    `cells`: the grid as it would be decided; `tracking_id`: that of a draft; `statements`: what it says of
    attacks, and which kind of fact that would be noted as.
    """

    said: Advisory
    matches: tuple[Match, ...]
    components: tuple[Match, ...]
    catalogue: tuple[Known, ...]
    cells: tuple[Cell, ...]
    tracking_id: str
    statements: tuple[Told, ...]

    def at(self, target: str, flaw: int) -> Cell | None:
        return next((each for each in self.cells if (each.target, each.flaw) == (target, flaw)), None)


_ROWS = ForeignDocument.objects.select_related("report", "case", "advisory", "read_by", "blob")


def _visible(subject: Subject) -> "QuerySet[ForeignDocument]":
    permits.require(subject, "flow.documents")
    return _ROWS.filter(scope_id__in=permits.scopes(subject))


def documents(
    subject: Subject,
    *,
    state: str = "",
    text: str = "",
    sort: str = "-read",
    offset: int = 0,
    limit: int = 100,
) -> DocumentPage:
    """One page of the documents the subject may know of. `text`: in title, publisher or id."""
    found = _visible(subject)
    found = found.filter(state=state) if state else found.exclude(state="dropped")
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(publisher__icontains=text) | Q(tracking_id__icontains=text)
        )
    column = SORTS.get(sort.removeprefix("-"), SORTS["read"])
    ordered = found.order_by(column.desc() if sort.startswith("-") else column.asc(), "-pk")
    rows = list(ordered.defer("unread", "faults")[offset : offset + limit])
    mine = _seeing(subject, rows)
    return DocumentPage(tuple(_row(each, mine) for each in rows), found.count(), offset, limit)


def document(subject: Subject, document_id: str) -> DocumentView:
    """Raises NOTHING_HERE."""
    return _view(subject, _seen(subject, document_id))


def _view(subject: Subject, row: ForeignDocument) -> DocumentView:
    lines = tuple(
        LeftLine(number, each["location"], each["text"], each["why"], each["parameters"], *_ticked(each))
        for number, each in enumerate(row.unread, 1)
    )
    return DocumentView(
        row=_row(row, _seeing(subject, [row])),
        version=row.version,
        sha256=row.blob.sha256,
        size=row.blob.size,
        tlp=row.tlp,
        read_by=row.read_by.username if row.read_by else "",
        lines=lines,
        left_off=row.left_off,
        faults=None if row.faults is None else tuple((place, text) for place, text in row.faults),
        joins=(knowing.same_id(subject, row) or "") if row.state == "read" else "",
        may_import=permits.may(subject, "flow.import_document", row.scope_id),
    )


def _ticked(line: Mapping[str, Any]) -> tuple[str, str]:
    return str(line["seen_by"]), str(line["seen_at"])


def _seen(subject: Subject, document_id: str) -> ForeignDocument:
    row = frame.seen(subject, "flow.documents", document_id)
    permits.require(subject, "flow.documents", row.scope_id)
    return _ROWS.get(pk=row.pk)


@dataclass(frozen=True)
class _Seeing:
    """What of the things documents became the subject may see: each has a scope of its own."""

    scopes: frozenset[int]
    drafts: frozenset[int]


def _seeing(subject: Subject, rows: Sequence[ForeignDocument]) -> _Seeing:
    things = [thing for row in rows for thing in (row.report, row.case) if thing is not None]
    asked = {thing.scope_id for thing in things}
    open_ = Scope.objects.filter(pk__in=asked).filter(pk__in=permits.scopes(subject))
    mine = open_.values_list("pk", flat=True) if asked else ()
    keys = {row.advisory.pk for row in rows if row.advisory is not None}
    drafts = access.visible(subject).filter(pk__in=keys).values_list("pk", flat=True) if keys else ()
    return _Seeing(frozenset(mine), frozenset(drafts))


def _row(row: ForeignDocument, mine: _Seeing) -> DocumentRow:
    report, case, draft = row.report, row.case, row.advisory
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
        left=row.waiting,
        report=report.public_id if report and report.scope_id in mine.scopes else "",
        case=case.public_id if case and case.scope_id in mine.scopes else "",
        advisory=str(draft.public_id) if draft and draft.pk in mine.drafts else "",
    )


def reading(
    subject: Subject, document_id: str, *, matches: Mapping[str, Sequence[str]] | None = None
) -> Reading:
    """What it says, and what would become of it with these matches (the sure ones, if none are given)."""
    row = _seen(subject, document_id)
    permits.require(subject, "catalog.read")
    said = frame.found_in(row).advisory
    known = shelf.known(subject)
    found = matching.matches(said.products, known, marks(subject))
    chosen = own.chosen_of(said, found, matches)
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
        attacking.told(said, clock.now()),
    )


def original(subject: Subject, document_id: str) -> tuple[str, str, bytes]:
    """Name, type and the very bytes of the file. Raises NOTHING_HERE."""
    row = _seen(subject, document_id)
    kind = "application/xml" if row.format == "VULDEF" else "application/json"
    return row.name, kind, files.read(row.blob.sha256)


def of(subject: Subject, *, report: str = "", advisory: str = "") -> tuple[DocumentView, ...]:
    """The documents that became this report or advisory, with what was not understood of them."""
    if not permits.may(subject, "flow.documents"):
        return ()
    wanted = {"report__public_id": report, "advisory__public_id": advisory}
    rows = _visible(subject).filter(**{name: value for name, value in wanted.items() if value})
    return tuple(_view(subject, each) for each in rows.order_by("pk"))
