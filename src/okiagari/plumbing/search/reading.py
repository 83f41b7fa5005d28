"""Finding documents, within the reach of who asks: of everything else nothing is counted, ordered or cut off.

The newest `MOST` documents that answer are looked at and counted (a word that more of them hold is no
question, and the result says so). Of these, the things whose title answers come first, then the newest.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from okiagari.engines import grams
from okiagari.plumbing.models import SearchDoc, SearchScope
from okiagari.plumbing.search import dialects
from okiagari.standards.localtext import LocalText

MOST = 500
PARTS = ("release",)
"""Kinds that are many to one thing which is found itself: a product before its twenty releases."""
MOST_TITLES = 120
SNIPPET = 160
BEFORE = 40


@dataclass(frozen=True)
class Reach:
    """How far a reader sees: a condition on a column that names a scope, and what they are allowed to do."""

    opens: Callable[[str], Q]
    verbs: frozenset[str]


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `snippet`: pieces of its text, and whether each is what was asked for."""

    kind: str
    key: str
    title: LocalText
    at: datetime
    snippet: tuple[tuple[str, bool], ...]
    title_spots: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Result:
    """`counts`: things by kind; `has_more`: there are more than were looked at."""

    hits: tuple[Hit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    has_more: bool = False


def found(
    text: str,
    reach: Reach,
    *,
    kinds: Sequence[str] = (),
    language: str = "en",
    limit: int = 20,
    is_typing: bool = False,
) -> Result:
    """What holds every word of the text, as far as the reader may see it. `kinds` narrows the hits only."""
    query = grams.parse(text, is_typing=is_typing)
    if not query:
        return Result()
    rows = _newest(_within(reach), query)
    counts = Counter(kind for kind, _ in {(kind, key) for _, kind, key, _ in rows})
    chosen = _newest(_within(reach).filter(kind__in=list(kinds)), query) if kinds else rows
    best = _best(chosen, query)[:limit]
    docs = SearchDoc.objects.defer("grams").in_bulk(best)
    hits = tuple(_hit(docs[pk], query, language) for pk in best if pk in docs)
    return Result(hits, dict(counts), has_more=len(rows) == MOST)


def _within(reach: Reach) -> "QuerySet[SearchDoc]":
    """The documents of this reach: the only ones that anything is ever asked of."""
    mine = Q(scope_key=None) | reach.opens("scope_key")
    closed = SearchScope.objects.filter(~reach.opens("scope_key"), doc=OuterRef("pk"))
    visible = SearchDoc.objects.filter(mine, verb__in=sorted(reach.verbs))
    return visible.filter(Q(is_of_several=False) | ~Exists(closed))


def _newest(rows: "QuerySet[SearchDoc]", query: grams.Query) -> list[tuple[int, str, str, datetime]]:
    matching = dialects.matching(connection.vendor, rows, query)
    found = list(matching.values_list("pk", "kind", "key", "at")[:MOST])
    return sorted(found, key=lambda row: (row[3], row[0]), reverse=True)


def _best(rows: list[tuple[int, str, str, datetime]], query: grams.Query) -> list[int]:
    """One document for each thing: titles that answer first, parts of a thing after things; then as they
    came in."""
    first: dict[tuple[str, str], int] = {}
    for pk, kind, key, _ in rows:
        first.setdefault((kind, key), pk)
    parts = {pk for (kind, _), pk in first.items() if kind in PARTS}
    order = list(first.values())
    titles = SearchDoc.objects.filter(pk__in=order[:MOST_TITLES]).values_list("pk", "key", "title")
    answering = {
        pk
        for pk, key, title in titles
        if grams.holds(grams.words("\n".join((key, *title.texts.values()))), query)
    }
    return sorted(order, key=lambda pk: (pk not in answering, pk in parts))


def _hit(row: SearchDoc, query: grams.Query, language: str) -> Hit:
    title_spots = grams.spots(row.title.best(language), query)
    return Hit(row.kind, row.key, row.title, row.at, snippet(row.text, query), title_spots)


def snippet(text: str, query: grams.Query) -> tuple[tuple[str, bool], ...]:
    """A stretch of the text around the first place that answers, in plain pieces: escape them."""
    flat = " ".join(text.split())
    spots = grams.spots(flat, query)
    begin = max(0, spots[0][0] - BEFORE) if spots else 0
    end = min(len(flat), begin + SNIPPET)
    pieces = [("…", False)] if begin else []
    at = begin
    for start, stop in spots:
        if stop > end:
            break
        pieces += [(flat[at:start], False), (flat[start:stop], True)]
        at = stop
    pieces.append((flat[at:end] + ("…" if end < len(flat) else ""), False))
    return tuple(piece for piece in pieces if piece[0])
