"""The channels beside the maker's own page, and what one published there means.

In: values and instants. Out: the order of a plan, whether somebody spoke too early. JVN and CVE publish on
their own clock, days or months after us; nothing waits for them but their confirmation. What is public
elsewhere before our own page is a fact that asks for a decision, whoever was at fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from okiagari.problems import gettext_noop


class Channel(StrEnum):
    JVN = "jvn"
    CVE = "cve"
    IN_PRODUCT = "in_product"
    DEALERS = "dealers"
    PRESS = "press"
    MAILING_LIST = "mailing_list"
    OTHER = "other"


OWN_SITE = "own_site"
CHANNELS = tuple(Channel)
NAMES: Mapping[str, str] = {
    OWN_SITE: gettext_noop("Own site"),
    Channel.JVN: "JVN",
    Channel.CVE: gettext_noop("CVE record"),
    Channel.IN_PRODUCT: gettext_noop("Notice in the product"),
    Channel.DEALERS: gettext_noop("Dealers and partners"),
    Channel.PRESS: gettext_noop("Press release"),
    Channel.MAILING_LIST: gettext_noop("Mailing list"),
    Channel.OTHER: gettext_noop("Other channel"),
}
PUBLIC = frozenset(CHANNELS) - {Channel.DEALERS}
"""Where anybody can read it. Dealers may be told before, when that was agreed."""
REFERENCED = frozenset({Channel.JVN, Channel.CVE})
"""Whose addresses join the references of the next edition."""
NEEDS_ADDRESS = REFERENCED


@dataclass(frozen=True)
class Spoken:
    """What was agreed of a channel and when it was out; `own_at`: when our own page first was."""

    channel: str
    planned_at: datetime | None
    confirmed_at: datetime
    own_at: datetime | None


def is_early(said: Spoken) -> bool:
    """Was it out before our own page, or, where not everybody can read it, before the time agreed?"""
    if said.own_at is not None and said.confirmed_at >= said.own_at:
        return False
    if said.channel in PUBLIC:
        return True
    return said.planned_at is not None and said.confirmed_at < said.planned_at


def is_before_us(channel: str, planned_at: datetime | None, own_at: datetime | None) -> bool:
    """Is it planned for a time at which our own page is not out yet?"""
    if channel not in PUBLIC or planned_at is None:
        return False
    return own_at is not None and planned_at < own_at
