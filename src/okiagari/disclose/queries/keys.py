"""The keys that sign what is published, for those who look after them. Nothing secret is in these values."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import publisher
from okiagari.disclose.keys import installed, standing
from okiagari.disclose.keys.ring import UNLISTED, Kept
from okiagari.disclose.keys.standing import KEY_DAYS, Note
from okiagari.disclose.site import tree
from okiagari.disclose.site.provider import key_path
from okiagari.plumbing import clock


@dataclass(frozen=True)
class KeyView:
    """One key. `state`: signs, listed, unlisted; `held`: here, elsewhere; `made_at`: since when it is known
    here; `rested_at`: since when it signs no more; `ends`: "", soon, over; `signatures`: that hold in what is
    published; `address`: where everybody finds the public key."""

    fingerprint: str
    user_id: str
    state: str
    held: str
    made_at: datetime
    rested_at: datetime | None
    expires: datetime | None
    ends: str
    signatures: int
    address: str


@dataclass(frozen=True)
class KeysView:
    """`step`: what to do next; `notes`: what is missing or runs out; `can_make`: a passphrase is set;
    `can_bring`: that, or a command that signs with a key held elsewhere."""

    keys: tuple[KeyView, ...]
    signing: str
    step: Note
    notes: tuple[Note, ...]
    can_make: bool
    can_bring: bool
    name: str


def keys(subject: Subject) -> KeysView:
    """The ring, the newest first; the one that signs before all. Raises LOST."""
    permits.require(subject, "keys.read")
    ring, means = installed.holder().folder.read(), installed.means()
    signatures = _signatures()
    views = [_view(each, signatures[each.fingerprint]) for each in reversed(ring.keys)]
    return KeysView(
        tuple(sorted(views, key=lambda view: view.state != "signs")),
        ring.signing.fingerprint if ring.signing else "",
        standing.step(ring, means, clock.now()),
        installed.notes(),
        means.has_passphrase,
        means.has_passphrase or means.has_command,
        installed.name_of(publisher.site()),
    )


def public_key(subject: Subject, fingerprint: str) -> bytes:
    """The public key, armored. Raises NO_SUCH_KEY."""
    permits.require(subject, "keys.read")
    folder = installed.holder().folder
    return folder.public(folder.read().find(fingerprint).fingerprint).armored


def key_notes(subject: Subject) -> tuple[Note, ...]:
    """What the desk says of keys and security.txt: to those who keep them everything, to others who may look
    only what holds publications back."""
    if permits.may(subject, "keys.keep"):
        return installed.notes()
    if permits.may(subject, "keys.read"):
        return tuple(each for each in installed.notes() if each.is_urgent)
    return ()


def _signatures() -> Counter[str]:
    """By fingerprint: how many signatures of what is published it made."""
    known = tree.current(publisher.site_folder())
    files = known.manifest.files.values() if known else ()
    return Counter(each.key.split(":")[1] for each in files if each.key.startswith("by:"))


def _view(kept: Kept, signatures: int) -> KeyView:
    ends, now = "", clock.now()
    if kept.expires is not None and kept.expires <= now:
        ends = "over"
    elif kept.expires is not None and kept.expires - now < timedelta(days=KEY_DAYS):
        ends = "soon"
    is_shown = kept.state != UNLISTED and publisher.has_tree()
    return KeyView(
        kept.fingerprint,
        kept.user_id,
        kept.state,
        kept.held,
        kept.made_at,
        kept.rested_at,
        kept.expires,
        ends,
        signatures,
        f"{publisher.site().url}/{key_path(kept.fingerprint)}" if is_shown else "",
    )
