"""Papers for the house beside an advisory: for those who may see its cases, from the draft on; once it is
public also for the rest of the house, who answer for it: drawn from what is public, and with no date ahead.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, publisher, sealing
from okiagari.disclose.models import Advisory, Publication
from okiagari.disclose.published import editions_of
from okiagari.disclose.rules import content
from okiagari.disclose.rules.content import Content
from okiagari.disclose.sheets import KINDS, About, Section
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.plumbing import clock, ids
from okiagari.standards.localtext import LocalText

VERBS = {"briefing": "disclose.briefing", "press": "disclose.press"}
"""What it takes to read one beside an advisory whose cases one is not in."""


@dataclass(frozen=True)
class SheetView:
    """`source`: published, approved or draft: which snapshot it is drawn from; `seal`: its hash.

    `is_public` tells whether anything may be said outside. `address` is that of the public page.
    """

    kind: str
    language: str
    title: str
    source: str
    seal: str
    is_public: bool
    is_withdrawn: bool
    out_at: datetime | None
    address: str
    sections: tuple[Section, ...]
    advisory: "AboutView"
    is_inside: bool


@dataclass(frozen=True)
class AboutView:
    """The advisory a sheet is about. `kinds`: the sheets that this reader may open."""

    id: str
    tracking_id: str
    title: LocalText
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    published_at: datetime | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Sheets:
    """One page of what is public, with its papers."""

    items: tuple[AboutView, ...]
    total: int


def sheets(subject: Subject, *, offset: int = 0, limit: int = 50, text: str = "") -> Sheets:
    """The papers beside everything that is public, what went out last first. `text`: a word the page says."""
    permits.require(subject, "disclose.briefing")
    found, wanted = _out(), text.strip()
    if wanted:
        found = found.filter(Q(said__icontains=wanted) | Q(tracking_id__icontains=wanted))
    rows = found.order_by("-last_at", "-pk")[offset : offset + limit]
    return Sheets(tuple(_about(subject, each) for each in rows), found.count())


def sheet(subject: Subject, advisory_id: str, *, kind: str, language: str) -> SheetView:
    """A briefing or a press sheet, from what was approved last; before that from the draft, saying so."""
    row, is_inside = _found(subject, advisory_id, kind)
    source, said, seal = _said(row)
    if kind not in KINDS or language not in _languages(row, said, is_inside=is_inside):
        raise permits.NOTHING_HERE()
    waiting = row.publications.filter(state="scheduled").first() if is_inside else None
    out_at = waiting.planned_at if waiting else None
    is_public = source == "published"
    about = About(_entry(row, said, out_at), publisher.site(), language, is_public, out_at)
    with saying.speaking(language):
        made = KINDS[kind](about)
    return SheetView(
        kind,
        language,
        made.title,
        source,
        seal,
        is_public,
        about.is_withdrawn,
        out_at,
        about.address,
        made.sections,
        AboutView(
            str(row.public_id),
            row.tracking_id,
            LocalText(said.words.title),
            _languages(row, said, is_inside=is_inside),
            _kinds(subject, is_inside=is_inside),
        ),
        is_inside,
    )


def _found(subject: Subject, advisory_id: str, kind: str) -> tuple[Advisory, bool]:
    """The advisory, and whether its reader is in its cases. What is not public, nobody else learns of."""
    if permits.may(subject, "cases.inside"):
        inside = access.visible(subject).filter(public_id=ids.folded(advisory_id)).first()
        if inside is not None:
            return inside, True
    permits.require(subject, VERBS.get(kind, "disclose.briefing"))
    row: Advisory | None = _out().filter(public_id=ids.folded(advisory_id)).first()
    if row is None:
        raise permits.NOTHING_HERE()
    return row, False


def _out() -> "QuerySet[Any]":
    """Whatever is public, with the time and the words of its last edition: never those of a draft."""
    editions = Publication.objects.filter(advisory=OuterRef("pk"), state="published")
    last = editions.order_by("-number")
    return Advisory.objects.filter(Exists(editions)).annotate(
        last_at=Subquery(last.values("published_at")[:1]),
        said=Subquery(last.values(words=Cast("snapshot__content", TextField()))[:1]),
        is_gone=Subquery(last.values("is_withdrawal")[:1]),
    )


def _about(subject: Subject, row: Any) -> AboutView:
    said = content.read(row.said)
    kinds = _kinds(subject, is_inside=False)
    title = LocalText(said.words.title)
    return AboutView(
        str(row.public_id), row.tracking_id, title, tuple(said.languages), kinds, row.last_at, row.is_gone
    )


def _kinds(subject: Subject, *, is_inside: bool) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if is_inside or permits.may(subject, VERBS[kind]))


def _languages(row: Advisory, said: Content, *, is_inside: bool) -> tuple[str, ...]:
    """To others the languages of the draft would tell that one is being written."""
    return tuple(row.languages if is_inside else said.languages)


def _said(row: Advisory) -> tuple[str, Content, str]:
    """What may be relied on: what is public, else what was approved, else the draft."""
    last = sealing.last_published(row)
    if last is not None:
        return "published", content.read(last.snapshot.content), last.snapshot.sha256
    snapshot = sealing.last_snapshot(row)
    if snapshot is not None and sealing.approval_of(snapshot) is not None:
        return "approved", content.read(snapshot.content), snapshot.sha256
    now = sealing.now(row)
    return "draft", now.whole, now.seal.sha256


def _entry(row: Advisory, said: Content, out_at: datetime | None) -> Entry:
    before, out = editions_of(row.pk)
    first = Edition(len(before) + 1, out_at or clock.now(), {}, tuple(said.languages))
    return Entry(said, (*before, *(out or (first,))))
