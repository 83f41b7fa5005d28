"""What is out, as the site says it: of each advisory the newest edition, and all that went before.

In: rows of publications. Out: entries. A thousand snapshots are read for every publication, so they go from
the text in the database straight to values, and older editions are read only as far as their languages.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from okiagari.disclose import history
from okiagari.disclose.models import Publication
from okiagari.disclose.rules import content
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.standards.csaf import file_name

OUT = ("publishing", "published")


class _Languages(msgspec.Struct, frozen=True):
    """All that is read of an older edition."""

    languages: list[str] = []


def entries(states: tuple[str, ...] = OUT, *, advisory: int | None = None) -> list[Entry]:
    """Everything the site says, or what it says in one advisory."""
    found = Publication.objects.filter(state__in=states)
    if advisory is not None:
        found = found.filter(advisory=advisory)
    grouped: dict[int, list[Any]] = {}
    for row in _rows(found):
        grouped.setdefault(row.advisory_id, []).append(row)
    said = {key: content.read(group[-1].text) for key, group in grouped.items()}
    languages = {each.tracking_id: each.languages for each in said.values()}
    before = history.Before(grouped)
    return [
        Entry(said[key], (*before.editions(key), *_editions(group, before, languages)))
        for key, group in grouped.items()
    ]


def editions_of(advisory: int) -> tuple[tuple[Edition, ...], tuple[Edition, ...]]:
    """Of one advisory: what went out before it came here, and every time it went out from here."""
    rows = list(_rows(Publication.objects.filter(state__in=OUT, advisory=advisory)))
    named = {row.superseded_by for row in rows if row.superseded_by}
    after = _rows(Publication.objects.filter(state__in=OUT, advisory__tracking_id__in=named)) if named else ()
    languages = {row.advisory__tracking_id: _languages(row) for row in after}
    before = history.Before([advisory])
    return before.editions(advisory), tuple(_editions(rows, before, languages))


def _rows(found: QuerySet[Publication]) -> Iterator[Any]:
    text = Cast("snapshot__content", TextField())
    edition = ("number", "published_at", "summary", "is_withdrawal", "superseded_by")
    rows = found.order_by("advisory_id", "number").annotate(text=text)
    return rows.values_list("advisory_id", "advisory__tracking_id", *edition, "text", named=True).iterator()


def _languages(row: Any) -> list[str]:
    return msgspec.json.decode(row.text, type=_Languages).languages


def _editions(
    rows: list[Any], before: history.Before, languages: Mapping[str, list[str]]
) -> Iterator[Edition]:
    """`languages`: of the newest edition of whatever may take an advisory's place."""
    for row in rows:
        successor = row.superseded_by if row.superseded_by in languages else ""
        yield Edition(
            number=row.number,
            at=row.published_at,
            summary=dict(row.summary.texts),
            languages=tuple(_languages(row)),
            is_withdrawal=row.is_withdrawal,
            superseded_by=successor,
            superseded_pages=_pages(successor, languages[successor]) if successor else (),
            label=before.label(row.advisory_id, row.number),
        )


def _pages(tracking_id: str, languages: list[str]) -> tuple[tuple[str, str], ...]:
    name = file_name(tracking_id).removesuffix(".json")
    return tuple((language, f"{language}/{name}.html") for language in languages)
