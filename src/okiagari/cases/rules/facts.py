"""Facts of a vulnerability: known in public, exploit out, attacks. Each with its time and evidence.

A fact under embargo changes nothing by itself. It asks the team for a decision, due in hours: the
closer to our own users, the fewer.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from okiagari.problems import Kind, define, gettext_noop

FACT_UNKNOWN = define(
    "cases.fact_unknown",
    Kind.INVALID,
    gettext_noop("“%(kind)s” is not a kind of fact."),
    gettext_noop("The kinds are: %(known)s."),
)
EVIDENCE_NEEDED = define(
    "cases.evidence_needed",
    Kind.INVALID,
    gettext_noop("A fact needs its evidence."),
    gettext_noop("An address, a log, who saw it: whatever lets somebody else check it."),
)
NOT_YET = define(
    "cases.not_yet",
    Kind.INVALID,
    gettext_noop("This lies in the future."),
    gettext_noop("Record it when it has happened."),
)
KNOWN_BEFORE = define(
    "cases.known_before",
    Kind.INVALID,
    gettext_noop("It cannot have been known before it happened."),
    gettext_noop("Say since when it is known, or leave that empty: then it is known since now."),
)

_HOURS: Mapping[str, int] = {
    "public_elsewhere": 24,
    "exploit_public": 8,
    "exploited_somewhere": 8,
    "affects_us": 8,
    "our_product_attacked": 4,
}
KINDS = tuple(_HOURS)
DECISIONS: Mapping[str, str] = {
    "public_elsewhere": gettext_noop("Decide what follows from the publication elsewhere"),
    "exploit_public": gettext_noop("Decide what follows from the public exploit"),
    "exploited_somewhere": gettext_noop("Decide what follows from the attacks seen elsewhere"),
    "affects_us": gettext_noop("Decide what follows from the attacks that also concern us"),
    "our_product_attacked": gettext_noop("Decide what follows from the attacks on our product"),
}
DECISION = "decision"


def check_fact(kind: str, at: datetime, evidence: str, now: datetime) -> None:
    """Raises FACT_UNKNOWN, EVIDENCE_NEEDED, NOT_YET."""
    if kind not in _HOURS:
        raise FACT_UNKNOWN(kind=kind, known=", ".join(KINDS)).at("kind")
    if not evidence.strip():
        raise EVIDENCE_NEEDED().at("evidence")
    if at > now:
        raise NOT_YET().at("at")


def check_known(at: datetime, known_at: datetime | None, now: datetime) -> None:
    """Raises KNOWN_BEFORE, NOT_YET."""
    if known_at is not None and known_at < at:
        raise KNOWN_BEFORE().at("known_at")
    if known_at is not None and known_at > now:
        raise NOT_YET().at("known_at")


def decision_due(kind: str, noted_at: datetime) -> datetime:
    """Until when the team decides what follows from the fact."""
    return noted_at + timedelta(hours=_HOURS[kind])


def decision_key(kind: str) -> str:
    """The key of the task that asks for the decision."""
    return f"{DECISION}:{kind}"
