"""Decisions by a named person from which the law counts: is our product really attacked, is this severe?

A proof of concept is not an attack, an attack elsewhere is not one on our product, and an entry in a list of
exploited vulnerabilities is only the first of the three facts: none of them starts a clock of the CRA.
"""

from collections.abc import Mapping
from datetime import datetime

from okiagari.problems import Kind, define, gettext_noop

ATTACK = "our_product_attacked"
NOT_OUR_PRODUCT = define(
    "cases.not_our_product",
    Kind.CONFLICT,
    gettext_noop("Only an attack on our own product can be confirmed as one."),
    gettext_noop(
        "Attacks elsewhere, a public exploit and a proof of concept are other facts. Note that our product is"
        " attacked, with its own evidence."
    ),
)
NAMED_PERSON = define(
    "cases.named_person",
    Kind.DENIED,
    gettext_noop("This is decided by a person with a name."),
    gettext_noop("Sign in with an account of your own; a program does not decide it."),
)
VERDICT_REASON = define(
    "cases.verdict_reason",
    Kind.INVALID,
    gettext_noop("Why is the evidence reliable, or why not?"),
    gettext_noop("Say what was examined, by whom, and what it shows; a proof of concept is not enough."),
)
AWARE_WHEN = define(
    "cases.aware_when",
    Kind.INVALID,
    gettext_noop("We cannot have been aware of it then."),
    gettext_noop("Give the instant from which we knew: not before it happened, and not in the future."),
)
VERDICTS: Mapping[str, str] = {
    "reliable": gettext_noop("the evidence is reliable"),
    "unreliable": gettext_noop("the evidence is not reliable"),
}
SEVERITY: Mapping[str, str] = {
    "severe": gettext_noop("a severe incident of a product"),
    "not_severe": gettext_noop("no severe incident of a product"),
}


def check_verdict(kind: str, reason: str) -> None:
    """Raises NOT_OUR_PRODUCT, VERDICT_REASON."""
    if kind != ATTACK:
        raise NOT_OUR_PRODUCT()
    check_reasoned(reason)


def check_reasoned(reason: str) -> None:
    """Raises VERDICT_REASON."""
    if not reason.strip():
        raise VERDICT_REASON().at("reason")


def check_named(person_id: int | None) -> None:
    """Raises NAMED_PERSON."""
    if person_id is None:
        raise NAMED_PERSON()


def check_aware(aware_at: datetime, since: datetime | None, now: datetime) -> None:
    """Raises AWARE_WHEN."""
    if aware_at > now or (since is not None and aware_at < since):
        raise AWARE_WHEN().at("aware_at")
