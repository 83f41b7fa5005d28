"""May it be said yet? Asked when a publication is planned, and again when its time has come."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.cases.queries import EmbargoView
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import problems
from okiagari.disclose.models import Advisory
from okiagari.problems import gettext_noop

OPEN_END = gettext_noop("an end that is not agreed yet")


def check(advisory: Advisory, at: datetime) -> None:
    """Raise UNDER_EMBARGO where a case of the advisory will still be under embargo at this instant."""
    for case_id in advisory.cases.order_by("pk").values_list("case__public_id", flat=True):
        agreed = cases.case(SYSTEM, case_id).embargo
        if agreed is None or not agreed.holds:
            continue
        if agreed.until is None or at < agreed.until:
            raise problems.UNDER_EMBARGO(case=case_id, until=_said(agreed)).at("reason")


def _said(agreed: EmbargoView) -> str:
    if agreed.until is None:
        return gettext(OPEN_END)
    return f"{agreed.until.astimezone(ZoneInfo(agreed.zone)):%Y-%m-%d %H:%M %Z}"
