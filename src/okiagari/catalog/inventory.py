"""The inventory of our own systems and services: who runs each, what reaches it, what it holds, whom to call.

Enters: what the team writes down. Leaves: rows for its page, and keys by which an incident names a system. It
tells an attacker where to go, so it is read by the team and not by everybody inside.
"""

from dataclasses import dataclass

from okiagari.catalog.models import SystemEntry
from okiagari.catalog.rules import SYSTEM_KINDS, folded_words
from okiagari.catalog.viewing import PRODUCTS
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class SystemEntryView:
    """One system or service of ours. `exposure`: internet, partners, internal, isolated, "" not said."""

    key: str
    slug: str
    version: int
    kind: str
    names: LocalText
    team: str
    team_name: LocalText
    operator: str
    exposure: str
    data_held: LocalText
    holds_personal_data: bool
    recovery_contact: str
    is_retired: bool

    @property
    def gaps(self) -> tuple[str, ...]:
        """What nobody has written down, and somebody will ask for at night."""
        return tuple(
            name
            for name, value in (
                ("team", self.team or self.operator),
                ("exposure", self.exposure),
                ("data_held", self.data_held),
                ("recovery_contact", self.recovery_contact),
            )
            if not value
        )


def systems(
    subject: Subject, *, search: str = "", exposure: str = "", include_retired: bool = False
) -> tuple[SystemEntryView, ...]:
    """Our systems and services by key, in a constant number of queries."""
    permits.require(subject, "catalog.inventory")
    found = PRODUCTS.filter(kind__in=SYSTEM_KINDS).order_by("model")
    for word in folded_words([search]).split():
        found = found.filter(search_text__contains=word)
    if exposure:
        found = found.filter(system__exposure=exposure)
    if not include_retired:
        found = found.filter(retired_at__isnull=True)
    rows = list(found)
    entries = {row.product_id: row for row in SystemEntry.objects.filter(product__in=rows)}
    nothing = SystemEntry()
    return tuple(
        SystemEntryView(
            key=row.model,
            slug=row.slug,
            version=row.version,
            kind=row.kind,
            names=row.names,
            team=row.team.key if row.team else "",
            team_name=row.team.name if row.team else LocalText(),
            operator=(entry := entries.get(row.pk, nothing)).operator,
            exposure=entry.exposure,
            data_held=entry.data_held,
            holds_personal_data=entry.holds_personal_data,
            recovery_contact=entry.recovery_contact,
            is_retired=row.retired_at is not None,
        )
        for row in rows
    )


def system(subject: Subject, key: str) -> SystemEntryView:
    """One of them by its key or slug. Raises NOTHING_HERE."""
    for each in systems(subject, include_retired=True):
        if key in (each.key, each.slug):
            return each
    raise permits.NOTHING_HERE()
