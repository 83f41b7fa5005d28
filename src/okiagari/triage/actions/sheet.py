"""The grid's own version: checked before its rows or cells change, counted up after."""

from collections.abc import Iterator
from contextlib import contextmanager

from okiagari.cases.models import Case
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import Subject
from okiagari.triage.actions.common import changing_open
from okiagari.triage.models import Sheet


@contextmanager
def turning(
    subject: Subject, verb: str, case_id: str, *, version: int | None = None
) -> Iterator[tuple[Case, Sheet]]:
    """Lock the case and its grid. The sheet already has the version that this change makes. Raises STALE."""
    with changing_open(subject, verb, case_id) as case:
        sheet, _ = Sheet.objects.select_for_update().get_or_create(
            case=case, defaults={"scope_id": case.scope_id}
        )
        if version is not None and sheet.version != version:
            raise STALE()
        sheet.version += 1
        yield case, sheet
        sheet.save()
