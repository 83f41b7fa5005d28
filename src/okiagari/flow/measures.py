"""When a corrective or mitigating measure was available to users: ready, and told to them."""

from datetime import datetime

from okiagari.cases.models import Case
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import Publication
from okiagari.remedy import queries as remedy

CORRECTIVE = frozenset({"fix", "workaround"})


def available_since(case: Case, vulnerability: str = "") -> datetime | None:
    """The first publication since which a fix or a workaround is there, for this vulnerability or for any."""
    ready = [
        measure.ready_at
        for measure in remedy.measures(SYSTEM, case.public_id)
        if measure.kind in CORRECTIVE and measure.state in ("ready", "ended") and measure.ready_at
        if not vulnerability or not measure.vulnerabilities or vulnerability in measure.vulnerabilities
    ]
    told = Publication.objects.filter(advisory__cases__case=case, state="published")
    first = told.order_by("published_at").values_list("published_at", flat=True).first()
    if not ready or first is None:
        return None
    return max(min(ready), first)


def available(case: Case) -> bool:
    return available_since(case) is not None
