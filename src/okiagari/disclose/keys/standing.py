"""How the published tree stands as a provider: what is missing, what runs out soon.

Pure: values in, notes out.

A note says what to do; `is_urgent` ones stop a publication or make clients turn away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from okiagari.disclose.keys.ring import Ring
from okiagari.problems import gettext_noop

KEY_DAYS = 60
TEXT_DAYS = 45

PLAIN = gettext_noop(
    "What is published is not signed: it is that of a CSAF provider, not of a trusted one."
    " “okiagari keys create” makes a key."
)
KEY_SOON = gettext_noop(
    "The signing key expires on %(day)s, in %(days)s days."
    " Put a new one in its place with “okiagari keys rotate”."
)
KEY_OVER = gettext_noop(
    "The signing key expired on %(day)s: nothing can be published."
    " Put a new one in its place with “okiagari keys rotate”."
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


def _runs_out(what: str, at: datetime, now: datetime, words: tuple[str, str, int]) -> Iterator[Note]:
    soon, over, days = words
    day = f"{at:%Y-%m-%d}"
    if at <= now:
        yield Note(f"{what}_over", over, {"day": day}, is_urgent=True)
    elif at - now < timedelta(days=days):
        yield Note(f"{what}_soon", soon, {"day": day, "days": (at - now).days})
