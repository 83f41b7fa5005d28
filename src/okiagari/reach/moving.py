"""The watch over a fix, when cases are joined. See `cases.moving`.

That somebody ended the watch over one case says nothing of the products of another: unless it was ended
over both, it goes on for the joined one.
"""

from okiagari.cases.models import Case
from okiagari.cases.moving import Record
from okiagari.plumbing import clock
from okiagari.reach.models import Settlement


def absorb(source: Case, target: Case) -> Record:
    """What was said of the source stays with it as history."""
    if Settlement.objects.filter(case=source, withdrawn_at=None).exists():
        return {"resumed": []}
    rows = Settlement.objects.filter(case=target, withdrawn_at=None)
    resumed = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(withdrawn_at=clock.now())
    return {"resumed": resumed}


def give_back(source: Case, target: Case, record: Record) -> None:
    Settlement.objects.filter(pk__in=record["resumed"], case=target).update(withdrawn_at=None)
