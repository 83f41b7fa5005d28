"""Which other documents of the same advisory the subject knows of."""

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.flow.models import ForeignDocument
from okiagari.standards.localtext import LANGUAGES


def bare_id(tracking_id: str) -> str:
    """The id of the advisory without the language that tells a translation apart (EX-1-en)."""
    head, dash, tail = tracking_id.rpartition("-")
    return head if dash and tail in LANGUAGES else tracking_id


def same_id(subject: Subject, row: ForeignDocument) -> str | None:
    """The draft that another document of the same advisory became, if the subject may see it."""
    wanted = bare_id(row.tracking_id)
    if not wanted:
        return None
    rows = ForeignDocument.objects.filter(
        tracking_id__startswith=wanted, advisory__isnull=False, scope_id__in=permits.scopes(subject)
    ).exclude(pk=row.pk)
    found = [each.advisory_id or 0 for each in rows.order_by("pk") if bare_id(each.tracking_id) == wanted]
    seen = access.visible(subject).filter(pk__in=found).order_by("pk").first()
    return str(seen.public_id) if seen is not None else None
