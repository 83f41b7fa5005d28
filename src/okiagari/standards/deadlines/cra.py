"""Regulation (EU) 2024/2847 (CRA), article 14: must this be reported, and to the CSIRT of which country?

In: when the maker became aware, the countries each product is sold in, the maker's seats in the Union.
Out: whether reporting applies and why not, and the seat whose Member State receives it (article 14(7)).
Reporting applies since 2026-09-11, also to products placed on the market before and to those past their
support (article 69(3)). A product whose countries nobody has recorded counts as sold in the Union: a
report too many is cheaper than one too few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from okiagari.problems import gettext_noop

from .spans import UNION

REPORTING_SINCE = date(2026, 9, 11)
UNION_MEMBERS = frozenset(
    ("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT",
     "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE")
)  # fmt: skip
_WHOLE_UNION = frozenset({"EU", "EL"})
BASES: Mapping[str, str] = {
    "establishment": gettext_noop("our main establishment in the EU"),
    "representative": gettext_noop("the authorised representative for most of our products"),
    "importer": gettext_noop("the importer who places most of our products on the market"),
    "distributor": gettext_noop("the distributor who makes most of our products available"),
    "users": gettext_noop("the country of most of our users"),
}
"""The order of article 14(7): the first of them that there is decides."""

TOO_EARLY = gettext_noop("Reporting under the CRA applies since %(since)s; we were aware before.")
NOT_SOLD = gettext_noop("None of the products concerned is sold in the EU: %(products)s.")
NO_PRODUCT = gettext_noop("No product of ours is concerned.")
SOLD = gettext_noop("Sold in the EU: %(products)s.")
UNRECORDED = gettext_noop(
    "Nobody has recorded where these are sold, so they count as sold in the EU: %(products)s."
)
NAMED = 5


@dataclass(frozen=True)
class Sold:
    """A product and the countries it is sold in (ISO 3166-1 alpha-2; "EU" for all of the Union)."""

    model: str
    countries: Sequence[str] = ()


@dataclass(frozen=True)
class Applicability:
    """`reason` is a marked template, said with `parameters`."""

    applies: bool
    reason: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seat:
    """Somebody through whom the maker is present in the Union, or where its users are (`BASES`)."""

    basis: str
    country: str
    name: str = ""


def in_the_union(countries: Iterable[str]) -> bool:
    return any(code.upper() in UNION_MEMBERS | _WHOLE_UNION for code in countries)


def reporting(aware_at: datetime, sold: Sequence[Sold]) -> Applicability:
    """Must the maker report what it became aware of at this instant? `sold`: the products concerned."""
    since = min(datetime(2026, 9, 11, tzinfo=zone).astimezone(UTC) for zone in UNION)
    if aware_at < since:
        return Applicability(
            applies=False, reason=TOO_EARLY, parameters={"since": REPORTING_SINCE.isoformat()}
        )
    if not sold:
        return Applicability(applies=False, reason=NO_PRODUCT)
    inside = [each.model for each in sold if in_the_union(each.countries)]
    if inside:
        return Applicability(applies=True, reason=SOLD, parameters={"products": _listed(inside)})
    unknown = [each.model for each in sold if not each.countries]
    if unknown:
        return Applicability(applies=True, reason=UNRECORDED, parameters={"products": _listed(unknown)})
    return Applicability(
        applies=False, reason=NOT_SOLD, parameters={"products": _listed([each.model for each in sold])}
    )


def _listed(models: Sequence[str]) -> str:
    named = sorted(set(models))
    return ", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else "")


def receiving_seat(seats: Iterable[Seat]) -> Seat | None:
    """The seat whose Member State receives the report; None while none is recorded."""
    known = {seat.basis: seat for seat in seats if in_the_union((seat.country,)) and seat.country != "EU"}
    return next((known[basis] for basis in BASES if basis in known), None)
