"""Who is thanked: reporters who consented, by the name they gave for it, and whom somebody wrote down."""

import unicodedata
from collections.abc import Iterable

from okiagari.desk.subjects import SYSTEM
from okiagari.intake import queries as intake


def names(case_ids: Iterable[str], written: Iterable[str] = ()) -> list[str]:
    """Each once, in the order of their reports, however they wrote themselves; those of duplicates as well.
    Then those that are `written` on the advisory.

    No report's number or contact leaves this room.
    """
    found: list[str] = []
    for case_id in case_ids:
        for report in intake.reports_of_case(SYSTEM, case_id):
            if report.verdict in ("", "duplicate"):
                found += _name(report.id)
    first: dict[str, str] = {}
    for each in (*found, *written):
        first.setdefault(" ".join(unicodedata.normalize("NFKC", each).casefold().split()), each)
    return list(first.values())


def _name(report_id: str) -> list[str]:
    who = intake.identity(SYSTEM, report_id)
    return [who.credit_name] if who and who.consents_to_credit and who.credit_name else []
