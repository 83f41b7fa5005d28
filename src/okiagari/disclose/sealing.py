"""Seals: what an advisory says now, and whether that is still what somebody approved."""

from dataclasses import dataclass

from okiagari.disclose import gather, problems
from okiagari.disclose.models import Advisory, Approval, Publication, Snapshot
from okiagari.disclose.rules import content as values
from okiagari.disclose.rules.approval import Sealed, why_asked_again
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site.version import renderer
from okiagari.plumbing.readings import shared


@dataclass(frozen=True)
class Now:
    """The content as it would go out now, the whole draft, and the seal an approval would bind to."""

    content: Content
    whole: Content
    seal: Sealed


def now(advisory: Advisory) -> Now:
    last = last_published(advisory)
    languages = last.snapshot.content.get("languages", ()) if last else ()
    drawn = gather.draw(advisory, languages)
    seal = Sealed(values.sha256(drawn.content), renderer())
    return Now(drawn.content, drawn.whole, seal)


@shared
def last_published(advisory: Advisory) -> Publication | None:
    out = advisory.publications.filter(state="published").select_related("snapshot")
    return out.order_by("-number").first()


def last_snapshot(advisory: Advisory) -> Snapshot | None:
    """What was submitted last."""
    return advisory.snapshots.order_by("-made_at", "-pk").first()


def approval_of(snapshot: Snapshot | None) -> Approval | None:
    """The approval of what was submitted last, unless it was sent back after."""
    if snapshot is None:
        return None
    newest = snapshot.approvals.select_related("by").order_by("-at", "-pk").first()
    return newest if newest is not None and newest.verdict == "approved" else None


def seal_of(snapshot: Snapshot) -> Sealed:
    return Sealed(snapshot.sha256, snapshot.renderer)


def check(seen: Sealed, now: Sealed) -> None:
    """Raises ASKS_AGAIN, RENDERER_CHANGED where what was seen is not what would go out now."""
    why = why_asked_again(seen, now)
    if why:
        raise (problems.ASKS_AGAIN if why == "content" else problems.RENDERER_CHANGED)()
