"""Who may approve, and what an approval is worth.

In: names and hashes. Out: yes or no. An approval is bound to one content and one renderer: another
word, another fact or an upgrade in between asks again. Whoever wrote or submitted never approves, and
nobody approves for them: what counts is the person, and from whom the power comes.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Sealed:
    """What an approver saw: the content's hash and the renderer that showed it."""

    sha256: str
    renderer: str


@dataclass(frozen=True)
class Power:
    """Who acts, whether the power to approve is their own, and who else lent theirs (a deputy's)."""

    person: str
    is_own: bool
    lent_by: frozenset[str] = frozenset()


def may_approve(power: Power, authors: Collection[str]) -> bool:
    """Not an author, and not only on the word of one."""
    if power.person in authors:
        return False
    return power.is_own or bool(power.lent_by - frozenset(authors))


def why_asked_again(approved: Sealed, now: Sealed) -> str:
    """content, renderer or "" where the approval still holds."""
    if approved.sha256 != now.sha256:
        return "content"
    return "renderer" if approved.renderer != now.renderer else ""
