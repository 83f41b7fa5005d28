"""Papers for the house beside an advisory, for whoever inside may see its cases."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, publisher, sealing
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules import content
from okiagari.disclose.rules.content import Content
from okiagari.disclose.sheets import KINDS, About, Section
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.plumbing import clock


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
    out_at: datetime | None
    address: str
    sections: tuple[Section, ...]


def sheet(subject: Subject, advisory_id: str, *, kind: str, language: str) -> SheetView:
    """A briefing or a press sheet, from what was approved last; before that from the draft, saying so."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    if kind not in KINDS or language not in row.languages:
        raise permits.NOTHING_HERE()
    source, said, seal = _said(row)
    waiting = row.publications.filter(state="scheduled").first()
    out_at = waiting.planned_at if waiting else None
    is_public = source == "published"
    about = About(_entry(row, said, out_at), publisher.site(), language, is_public, out_at)
    with saying.speaking(language):
        made = KINDS[kind](about)
    return SheetView(
        kind, language, made.title, source, seal, is_public, out_at, about.address, made.sections
    )


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
    known = [each for each in publisher.entries() if each.content.tracking_id == row.tracking_id]
    if known:
        return Entry(said, known[0].editions)
    return Entry(said, (Edition(1, out_at or clock.now(), {}, tuple(said.languages)),))
