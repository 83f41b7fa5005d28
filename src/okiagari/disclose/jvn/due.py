"""What JPCERT/CC has not been told of a case. Asked at every step of a case, so it must be cheap.

In: a case and what was told last. Out: its `Outstanding`, a projection. The stance is drawn anew only when
the ledger has a line that may have changed it, or something was published, written for JVN or told.
"""

import hashlib

from okiagari.cases.models import Case
from okiagari.disclose.comparing import SILENT
from okiagari.disclose.jvn import report, rules, wording
from okiagari.disclose.jvn.drawing import draw
from okiagari.disclose.jvn.models import Outstanding, StatusReport, VendorStatement
from okiagari.disclose.models import Publication
from okiagari.plumbing import ledger
from okiagari.remedy.models import Measure


def outstanding(case: Case, last: StatusReport | None) -> Outstanding:
    """What is outstanding now, kept for the next time it is asked."""
    facts = fingerprint(case, last)
    known = Outstanding.objects.filter(case=case).first()
    if known is not None and known.facts == facts:
        return known
    found = {"facts": facts, **_found(case, last)}
    row, _ = Outstanding.objects.update_or_create(case=case, defaults=found)
    return row


def moved() -> tuple[int, ...]:
    """Open cases whose stance was last compared with other facts: the catalogue changes without them."""
    rows = Outstanding.objects.filter(case__closed_at=None).select_related("case").order_by("pk")
    return tuple(
        row.case_id for row in rows if row.facts != fingerprint(row.case, report.newest(row.case.public_id))
    )


def fingerprint(case: Case, last: StatusReport | None) -> str:
    """The same while nothing happened that could change what a report says."""
    sharing = Measure.objects.filter(vulnerabilities__case=case).exclude(case=case).order_by("case_id")
    numbers = dict.fromkeys([case.public_id, *sharing.values_list("case__public_id", flat=True)])
    streams = [("catalog", "all"), *(("case", number) for number in numbers)]
    statement = VendorStatement.objects.filter(case=case).values_list("at", flat=True).first()
    out = Publication.objects.filter(advisory__cases__case=case, state="published")
    parts = [
        case.pk,
        last.public_id if last else "",
        statement.isoformat() if statement else "",
        *out.order_by("pk").values_list("pk", "advisory__withdrawn_at"),
        ledger.newest(streams, ignoring=SILENT),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _found(case: Case, last: StatusReport | None) -> dict[str, object]:
    """Draw the stance and compare: what costs something."""
    before = report.stance_of(last) if last else None
    now = draw(case.public_id, is_lean=True).stance
    is_owed = rules.is_owed(before, now)
    what = wording.owed(rules.differences(before, now), is_first=before is None)
    return {"is_owed": is_owed, "what": what}
