"""What the account at CVE Services holds, asked now: the quota, and how each id stands there and here."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose.models import CveId
from okiagari.engines.cve_services.values import Quota

from . import connecting


@dataclass(frozen=True)
class HeldView:
    """`state`: at CVE Services; `known`: here, "" nothing. `case_id`: where the subject may see it."""

    number: str
    state: str
    user: str
    reserved_at: datetime | None
    known: str = ""
    case_id: str = ""
    vulnerability: str = ""


def quota(subject: Subject) -> Quota:
    """How many ids may still be reserved. Raises NOT_SET_UP and what the services refuse."""
    permits.require(subject, "disclose.cve")
    with connecting.services() as client:
        return client.quota()


def held(subject: Subject, *, year: int | None = None, state: str = "") -> tuple[HeldView, ...]:
    """The ids of the maker. Of which case one is, only those learn who may see the case."""
    permits.require(subject, "disclose.cve")
    with connecting.services() as client:
        listed = list(client.ids(year=year, state=state.upper()))
    mine = CveId.objects.filter(
        number__in=[each.cve for each in listed],
        vulnerability__case__scope_id__in=permits.scopes(subject),
    )
    known = {row.number: row for row in mine.select_related("vulnerability__case").order_by("pk")}
    views = []
    for each in listed:
        view = HeldView(each.cve, each.state.lower(), each.user, each.reserved_at)
        row = known.get(each.cve)
        if row is not None:
            flaw = row.vulnerability
            view = HeldView(
                each.cve,
                each.state.lower(),
                each.user,
                each.reserved_at,
                known=row.state,
                case_id=flaw.case.public_id,
                vulnerability=flaw.public_id,
            )
        views.append(view)
    return tuple(views)
