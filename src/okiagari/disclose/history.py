"""Editions that went out before the advisory came here, as they were told: the next one goes on counting.

In: advisories and publications. Out: their editions, the oldest first, and what the editions that follow are
called. Earlier ones have no snapshot: what they said is in the file they were read from.
"""

from collections.abc import Iterable

from okiagari.disclose.models import Advisory, EarlierEdition
from okiagari.disclose.rules import history
from okiagari.disclose.site.entries import Edition

AT_ONCE = 500
"""Of more advisories than this all earlier editions are read: a list of ids has an end in every database."""


class Before:
    """The earlier editions of some advisories, read once."""

    def __init__(self, advisories: Iterable[int]) -> None:
        self._rows: dict[int, list[EarlierEdition]] = {}
        wanted = set(advisories)
        found = EarlierEdition.objects.all()
        if len(wanted) <= AT_ONCE:
            found = found.filter(advisory_id__in=wanted)
        for row in found.order_by("advisory_id", "position"):
            self._rows.setdefault(row.advisory_id, []).append(row)

    def editions(self, advisory_id: int) -> tuple[Edition, ...]:
        """As the site tells them."""
        return tuple(
            Edition(
                number=row.position,
                at=row.at,
                summary=dict(row.summary.texts),
                languages=tuple(row.languages),
                label=row.number,
            )
            for row in self._rows.get(advisory_id, ())
        )

    def label(self, advisory_id: int, number: int) -> str:
        """What an edition that follows is called; "" where it is just its number."""
        rows = self._rows.get(advisory_id)
        return history.label([row.number for row in rows], number) if rows else ""


def count(advisory: Advisory) -> int:
    """How many editions went before the first one from here."""
    return advisory.earlier.count()
