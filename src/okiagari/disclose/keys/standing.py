"""How the published tree stands as a provider: what is missing, what runs out soon, what to do next.

Pure: values in, notes out.

A note says what to do; `is_urgent` ones stop a publication or make clients turn away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from okiagari.disclose.keys.ring import ELSEWHERE, HERE, Ring
from okiagari.problems import gettext_noop

KEY_DAYS = 60
TEXT_DAYS = 45

PLAIN = gettext_noop(
    "What is published is not signed: it is that of a CSAF provider, not of a trusted one."
    " Make a key on the page “Signing keys” or with “okiagari keys create”."
)
KEY_SOON = gettext_noop(
    "The signing key expires on %(day)s, in %(days)s days."
    " Put a new one in its place on the page “Signing keys” or with “okiagari keys rotate”."
)
KEY_OVER = gettext_noop(
    "The signing key expired on %(day)s: nothing can be published."
    " Put a new one in its place on the page “Signing keys” or with “okiagari keys rotate”."
)
TEXT_MISSING = gettext_noop(
    "There is no security.txt: the maker has no contact address. Enter it, then run “okiagari site refresh”."
)
TEXT_SOON = gettext_noop(
    "security.txt expires on %(day)s, in %(days)s days."
    " See that its contact is right, then run “okiagari site refresh”."
)
TEXT_OVER = gettext_noop(
    "security.txt expired on %(day)s. See that its contact is right, then run “okiagari site refresh”."
)


@dataclass(frozen=True)
class Note:
    """`text`: a message id; doors translate it with the parameters."""

    code: str
    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    is_urgent: bool = False

    @property
    def words(self) -> str:
        return self.text % self.parameters


def notes(ring: Ring, *, has_tree: bool, text_expires: datetime | None, now: datetime) -> Iterator[Note]:
    """`text_expires`: when the security.txt of the public tree runs out, None where there is none."""
    signing = ring.signing
    if signing is None:
        yield Note("plain", PLAIN)
    elif signing.expires is not None:
        yield from _runs_out("key", signing.expires, now, (KEY_SOON, KEY_OVER, KEY_DAYS))
    if has_tree and text_expires is None:
        yield Note("text_missing", TEXT_MISSING)
    elif text_expires is not None:
        yield from _runs_out("text", text_expires, now, (TEXT_SOON, TEXT_OVER, TEXT_DAYS))


SET_PASSPHRASE = gettext_noop(
    "Set OKIAGARI_KEY_PASSPHRASE_FILE to a file with a passphrase of 12 characters or more, and start anew."
    " Then the key is made here. For a key held elsewhere set OKIAGARI_SIGN_COMMAND, then bring it here."
)
MAKE = gettext_noop("Make the key. Everything that is published is signed with it at once.")
OPEN = gettext_noop(
    "This process cannot sign: set OKIAGARI_KEY_PASSPHRASE_FILE to the passphrase the key was made with,"
    " and start anew. Until then nothing can be published."
)
COMMAND = gettext_noop(
    "The key is held elsewhere and nothing signs with it: set OKIAGARI_SIGN_COMMAND, and start anew."
    " Until then nothing can be published."
)
ROTATE = gettext_noop(
    "Put a new key in its place now. Saved documents can still be checked: the old one stays listed."
)
BRING = gettext_noop(
    "Make a new key where this one is held, or give this one another end, and bring its public part."
)
WAIT = gettext_noop("Nothing to do until %(day)s. From then on, put a new key in its place.")
ENDLESS = gettext_noop(
    "Nothing to do. The key has no end: put a new one in its place when somebody leaves who could use it."
)


@dataclass(frozen=True)
class Means:
    """What this process can sign with. `opens`: its passphrase opens the key that signs."""

    has_passphrase: bool
    has_command: bool
    opens: bool = False


def step(ring: Ring, means: Means, now: datetime) -> Note:
    """The one thing to do next; its code names a deed that can be done here: make, rotate, or none."""
    signing = ring.signing
    if signing is None:
        return Note("make", MAKE) if means.has_passphrase else Note("prepare", SET_PASSPHRASE)
    if signing.held == ELSEWHERE and not means.has_command:
        return Note("prepare", COMMAND, is_urgent=True)
    is_due = signing.expires is not None and signing.expires - now < timedelta(days=KEY_DAYS)
    if signing.held == ELSEWHERE and is_due:
        return Note("bring", BRING)
    if signing.held == HERE and not means.opens:
        return Note("prepare", OPEN, is_urgent=True)
    if is_due:
        return Note("rotate", ROTATE)
    if signing.expires is None:
        return Note("wait", ENDLESS)
    return Note("wait", WAIT, {"day": f"{signing.expires - timedelta(days=KEY_DAYS):%Y-%m-%d}"})


def _runs_out(what: str, at: datetime, now: datetime, words: tuple[str, str, int]) -> Iterator[Note]:
    soon, over, days = words
    day = f"{at:%Y-%m-%d}"
    if at <= now:
        yield Note(f"{what}_over", over, {"day": day}, is_urgent=True)
    elif at - now < timedelta(days=days):
        yield Note(f"{what}_soon", soon, {"day": day, "days": (at - now).days})
