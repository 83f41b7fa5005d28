"""The editor's facts: what would go out now, what is missing, what changed since the last publication."""

from dataclasses import dataclass

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, publisher, sealing
from okiagari.disclose.models import Snapshot
from okiagari.disclose.rules import changes, content, items
from okiagari.disclose.rules.approval import why_asked_again
from okiagari.disclose.rules.changes import Change
from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.items import Item
from okiagari.disclose.rules.standing import Standing, standings
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class SnapshotView:
    """What would go out now. `approved`: whether exactly this, shown so, was approved."""

    sha256: str
    renderer: str
    languages: tuple[str, ...]
    content: Content
    is_submitted: bool
    is_approved: bool
    why_void: str


@dataclass(frozen=True)
class MissingItem:
    """One thing the advisory does not say yet. `label` is a marked text."""

    code: str
    label: str
    is_required: bool
    language: str
    of: str
    place: str


@dataclass(frozen=True)
class Desk:
    """Everything beside the words: facts, items, changes, the seal. `later`: languages that are not ready.

    `proposed`: the line of the revision history, if nobody writes another.
    """

    now: SnapshotView
    whole: Content
    standings: tuple[Standing, ...]
    items: tuple[Item, ...]
    later: tuple[str, ...]
    changes: tuple[Change, ...]
    proposed: LocalText

    @property
    def missing(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_missing)


def snapshot_now(subject: Subject, advisory_id: str) -> SnapshotView:
    """What would go out now, with its hash: that is what an approval names."""
    return desk(subject, advisory_id).now


def missing_items(subject: Subject, advisory_id: str) -> tuple[MissingItem, ...]:
    """What it does not say yet, required things first."""
    lacking = sorted(desk(subject, advisory_id).missing, key=lambda item: not item.is_required)
    return tuple(
        MissingItem(each.code, each.label, each.is_required, each.language, each.of, each.place)
        for each in lacking
    )


def desk(subject: Subject, advisory_id: str) -> Desk:
    """What the editor shows, drawn once."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    now = sealing.now(row)
    last = sealing.last_published(row)
    before = content.read(last.snapshot.content) if last else None
    return Desk(
        now=_seal(row.state, now, sealing.last_snapshot(row)),
        whole=now.whole,
        standings=standings(now.whole),
        items=items.items(now.whole),
        later=tuple(each for each in now.whole.languages if each not in now.content.languages),
        changes=changes.changes(before, now.content),
        proposed=publisher.next_summary(row, now.content),
    )


def _seal(state: str, now: sealing.Now, submitted: Snapshot | None) -> SnapshotView:
    why = "" if submitted is None else why_asked_again(sealing.seal_of(submitted), now.seal)
    is_same = submitted is not None and not why
    return SnapshotView(
        sha256=now.seal.sha256,
        renderer=now.seal.renderer,
        languages=tuple(now.content.languages),
        content=now.content,
        is_submitted=state == "submitted" and is_same,
        is_approved=state == "approved" and is_same,
        why_void=why if state in {"submitted", "approved"} else "",
    )
