"""Of which case a line speaks: its own stream, or that of one of its parts."""

from okiagari.cases.models import Part
from okiagari.plumbing.ledger import Entry


def case_of(entry: Entry) -> str:
    """The number of the case, "" for a line that is of none."""
    if entry.stream_kind == "case":
        return entry.stream_key
    if entry.stream_kind == "part":
        found = Part.objects.filter(public_id=entry.stream_key).values_list("case__public_id", flat=True)
        return str(found.first() or "")
    return ""
