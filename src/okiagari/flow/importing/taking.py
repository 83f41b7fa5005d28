"""Reading a document in, setting one aside, ticking off what was not understood."""

from collections.abc import Iterator, Sequence

from okiagari.desk import permits, scopes
from okiagari.desk.aggregates import changing
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.flow.importing import attacking, frame, leaving, problems
from okiagari.flow.models import ForeignDocument
from okiagari.intake.rules.limits import MAX_FILE_BYTES
from okiagari.intake.rules.submission import file_name
from okiagari.plumbing import clock, files, ledger
from okiagari.problems import gettext_noop
from okiagari.standards import advisory
from okiagari.standards.advisory import Advisory, Found

FOR_READING = gettext_noop("read the document")
FOR_TEAM = gettext_noop("takes in what suppliers publish")
ONLY_NAMED = frozenset({"AMBER+STRICT", "RED"})
"""What these labels of TLP mark goes to whoever brought it, and on by their decision."""
MOST_WORDS = 50_000
"""How many characters of what a document says it is looked for by."""


def read_document(subject: Subject, *, name: str, content: bytes) -> str:
    """Read a file and keep it. Returns the number of the document; nothing is made of it yet.

    Raises ALREADY_HERE where the subject can see this very file, and what `advisory.read` raises.
    """
    permits.require(subject, "flow.read_document")
    found = advisory.read(content)
    blob = files.store((content,), limit=MAX_FILE_BYTES)
    with ledger.action():
        same = ForeignDocument.objects.filter(
            blob=blob, scope_id__in=permits.scopes(subject), state__in=("read", "taken")
        ).first()
        if same is not None:
            raise problems.ALREADY_HERE(document=same.public_id, title=same.title).at("file")
        row = ForeignDocument(blob=blob, name=file_name(name), read_at=clock.now())
        row.read_by_id = subject.person_id
        _describe(row, found)
        scope = scopes.opened("document")
        if subject.person_id is not None:
            reader = scopes.principal_of("person", subject.key)
            scopes.admit(scope.pk, reader.pk, Level.LEAD, FOR_READING)
        if row.tlp not in ONLY_NAMED:
            scopes.admit_teams(scope.pk, ("psirt",), Level.LEAD, FOR_TEAM)
        row.scope = scope
        row.save(force_insert=True)
        sizes = {"sha256": blob.sha256, "size": blob.size, "unread": len(row.unread) + row.left_off}
        frame.line(subject, row, "document_read", ("document", row.public_id), **sizes)
    return row.public_id


def _describe(row: ForeignDocument, found: Found) -> None:
    said = found.advisory
    row.format = found.format.value
    row.tracking_id, row.publisher, row.title = said.tracking_id[:120], said.publisher[:300], said.title[:300]
    row.language, row.tlp = said.language[:8], said.tlp
    row.words = "\n".join(_words(said))[:MOST_WORDS]
    statements = attacking.told(said, clock.now())
    row.unread, row.left_off = leaving.kept(
        [*leaving.of_reader(found.unread), *leaving.of_everybody(said, statements)]
    )
    row.waiting = len(row.unread)
    judged = None if found.faults is None else found.faults[: leaving.MOST]
    cut = leaving.LONGEST
    row.faults = None if judged is None else [[each.location[:cut], each.message[:cut]] for each in judged]


def _words(said: Advisory) -> Iterator[str]:
    """What it is looked for by: numbers, products and texts."""
    for flaw in said.flaws:
        yield from (flaw.cve, flaw.jvn, flaw.jvndb, flaw.title, *(text for _, text in flaw.ids))
    for product in said.products:
        yield from (product.name, *product.models)
    yield from said.words.values()
    for flaw in said.flaws:
        yield from (*flaw.description.values(), *flaw.impact.values())


def drop_document(subject: Subject, document_id: str, *, reason: str, version: int | None = None) -> None:
    """Set a document aside that nothing is made of. Raises ALREADY_TAKEN, DROPPED, DROP_REASON."""
    with changing(subject, "flow.import_document", ForeignDocument, document_id, version=version) as row:
        if not reason.strip():
            raise problems.DROP_REASON().at("reason")
        if row.state == "taken":
            raise problems.ALREADY_TAKEN(document=row.public_id, became=frame.became(row))
        if row.state == "dropped":
            raise problems.DROPPED(document=row.public_id)
        row.state = "dropped"
        stream = ("document", row.public_id)
        frame.line(subject, row, "document_dropped", stream, reason=reason.strip())


def look_at(
    subject: Subject,
    document_id: str,
    *,
    items: Sequence[int],
    is_seen: bool = True,
    version: int | None = None,
) -> int:
    """Tick lines of what was not understood (from 1), or take the tick back. Returns how many are left."""
    with changing(subject, "flow.import_document", ForeignDocument, document_id, version=version) as row:
        lines = [dict(each) for each in row.unread]
        for item in items:
            if not 1 <= item <= len(lines):
                raise problems.NO_SUCH_ITEM(item=item).at("items")
            by, at = (subject.key, clock.now().isoformat()) if is_seen else ("", "")
            lines[item - 1] |= {"seen_by": by, "seen_at": at}
        row.unread = lines
        left = row.waiting = sum(not each["seen_at"] for each in lines)
        verb = "document_looked_at" if is_seen else "document_unlooked"
        frame.line(subject, row, verb, ("document", row.public_id), count=len(set(items)), left=left)
    return left
