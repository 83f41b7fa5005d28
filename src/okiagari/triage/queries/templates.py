"""The saved search rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Template


@dataclass(frozen=True)
class TemplateView:
    """A search rule kept under a key."""

    key: str
    version: int
    name: LocalText
    note: LocalText
    rule: Mapping[str, object]
    saved_at: datetime
    by: LocalText


def templates(subject: Subject) -> tuple[TemplateView, ...]:
    """The saved rules, by key."""
    permits.require(subject, "triage.rules")
    rows = Template.objects.filter(retired_at__isnull=True).select_related("by").order_by("key")
    return tuple(
        TemplateView(
            key=row.key,
            version=row.version,
            name=row.name,
            note=row.note,
            rule=dict(row.rule),
            saved_at=row.saved_at,
            by=row.by.name if row.by else LocalText(),
        )
        for row in rows
    )
