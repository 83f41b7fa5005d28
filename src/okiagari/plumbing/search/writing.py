"""Keeping the index true: the documents of one thing are put whole; only what differs is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from okiagari.engines import grams
from okiagari.plumbing.models import SearchDoc, SearchScope
from okiagari.standards.localtext import LocalText

LONGEST_TEXT = 100_000
MOST_TOKENS = 60_000
_FIELDS = ("title", "text", "verb", "at", "scope_key", "is_of_several")


@dataclass(frozen=True)
class Document:
    """Something to be found. `scopes`: all of them must be open to the reader; none means everybody's.

    `verb`: what one must be allowed to do to read it. `part` keeps several documents of one thing apart, such
    as what people outside may read and what they may not.
    """

    title: LocalText
    text: str
    verb: str
    at: datetime
    scopes: tuple[int, ...] = ()
    part: str = ""


def put(kind: str, key: str, documents: Sequence[Document]) -> int:
    """Make these the documents of one thing. Returns how many had to be written or taken away."""
    return put_many(kind, {key: documents})


def put_many(kind: str, things: Mapping[str, Sequence[Document]], *, below: str | None = None) -> int:
    """The same for many things. `below`: other keys that begin so are taken out, with "" all of them."""
    rows = SearchDoc.objects.filter(kind=kind)
    rows = rows.filter(key__in=list(things)) if below is None else rows.filter(key__startswith=below)
    before = {(row.key, row.part): row for row in rows}
    prefetch_related_objects([row for row in before.values() if row.is_of_several], "more")
    made: list[SearchDoc] = []
    changed = 0
    for key, documents in things.items():
        for document in documents:
            row = before.pop((key, document.part), None)
            if row is None:
                row = _filled(SearchDoc(kind=kind, key=key, part=document.part), document)
                made.append(row)
                changed += 1
                if row.is_of_several:
                    made.pop().save()
                    _open_with(row, document)
            elif _differs(row, document):
                _filled(row, document).save()
                _open_with(row, document)
                changed += 1
    SearchDoc.objects.bulk_create(made, batch_size=200)
    SearchDoc.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    return changed + len(before)


def _said(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "text": document.text.strip()[:LONGEST_TEXT],
        "verb": document.verb,
        "at": document.at,
        "scope_key": document.scopes[0] if document.scopes else None,
        "is_of_several": len(document.scopes) > 1,
    }


def _differs(row: SearchDoc, document: Document) -> bool:
    more = sorted(each.scope_key for each in row.more.all()) if row.is_of_several else []
    said = _said(document)
    return more != sorted(document.scopes[1:]) or any(getattr(row, name) != said[name] for name in _FIELDS)


def _filled(row: SearchDoc, document: Document) -> SearchDoc:
    for name, value in _said(document).items():
        setattr(row, name, value)
    words = grams.words("\n".join((*document.title.texts.values(), row.text)))
    row.grams = " ".join(words[:MOST_TOKENS])
    return row


def _open_with(row: SearchDoc, document: Document) -> None:
    SearchScope.objects.filter(doc=row).delete()
    SearchScope.objects.bulk_create(SearchScope(doc=row, scope_key=each) for each in document.scopes[1:])


def forget_others(kind: str, keys: Iterable[str]) -> int:
    """Take out everything of a kind that is none of these. Returns how many documents went."""
    known = set(keys)
    rows = SearchDoc.objects.filter(kind=kind).values_list("pk", "key")
    gone = [pk for pk, key in rows if key not in known]
    SearchDoc.objects.filter(pk__in=gone).delete()
    return len(gone)
