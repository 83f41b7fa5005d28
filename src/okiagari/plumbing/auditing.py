"""The ledger as an auditor reads it: who did what when, by which door. Never the facts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from okiagari.plumbing.models import Anchor, Line, Stream


@dataclass(frozen=True)
class StreamView:
    kind: str
    key: str
    length: int
    first_at: datetime
    last_at: datetime
    is_anchored: bool


@dataclass(frozen=True)
class LineView:
    seq: int
    at: datetime
    subject_kind: str
    subject_key: str
    door: str
    verb: str
    hash: str
    is_erased: bool


@dataclass(frozen=True)
class Figures:
    """How much the ledger holds and up to when it is anchored."""

    streams: int
    lines: int
    anchors: int
    anchored_at: datetime | None


def figures() -> Figures:
    last = Anchor.objects.order_by("-number").first()
    return Figures(
        streams=Stream.objects.count(),
        lines=Line.objects.count(),
        anchors=last.number if last else 0,
        anchored_at=last.at if last else None,
    )


def streams(*, kind: str = "", offset: int = 0, limit: int = 50) -> tuple[StreamView, ...]:
    """Streams, the one that moved last first."""
    found = Stream.objects.filter(length__gt=0)
    if kind:
        found = found.filter(kind=kind)
    rows = found.annotate(first_at=Min("lines__at"), last_at=Max("lines__at")).order_by("-last_at", "pk")
    return tuple(
        StreamView(row.kind, row.key, row.length, row.first_at, row.last_at, row.anchored == row.length)
        for row in rows[offset : offset + limit]
    )


def lines(kind: str, key: str, *, limit: int = 2000) -> tuple[LineView, ...]:
    """The lines of one stream, oldest first; empty for a stream that is not there."""
    rows = Line.objects.filter(stream__kind=kind, stream__key=key).select_related("payload").order_by("seq")
    return tuple(
        LineView(
            seq=row.seq,
            at=row.at,
            subject_kind=row.subject_kind,
            subject_key=row.subject_key,
            door=row.door,
            verb=row.verb,
            hash=row.hash,
            is_erased=row.payload.erased_at is not None,
        )
        for row in rows[:limit]
    )
