"""An imported document: what it says and what was not understood of it, for those who may see it."""

from okiagari.flow.indexing.words import joined
from okiagari.flow.models import ForeignDocument
from okiagari.plumbing.search import Document
from okiagari.standards.localtext import LocalText


def documents(row: ForeignDocument) -> tuple[Document, ...]:
    """The one of this document; nothing of one that was set aside."""
    if row.state == "dropped":
        return ()
    words = joined(
        row.public_id,
        row.tracking_id,
        row.publisher,
        row.name,
        row.words,
        [each["text"] for each in row.unread],
    )
    title = LocalText({row.language or "en": row.title or row.name}, row.language or "en")
    return (Document(title, words, "flow.documents", row.read_at, (row.scope_id,)),)
