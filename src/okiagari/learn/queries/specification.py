"""The product security specification: what counts now, and how each item came to say it."""

from dataclasses import dataclass, field
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.learn import shipped
from okiagari.learn.models import SpecVersion
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class SpecVersionView:
    """One version of an item. Version 0 is the one that comes along. `promise`, `case_id` and `lesson` are
    empty for those who may not see the case that led to it."""

    version: int
    title: LocalText
    text: LocalText
    references: tuple[str, ...]
    is_in_force: bool
    reason: str
    at: datetime | None
    by: LocalText
    promise: str = ""
    case_id: str = ""
    lesson: LocalText = field(default_factory=LocalText)


@dataclass(frozen=True)
class SpecItemView:
    """An item and its versions, the newest first."""

    key: str
    versions: tuple[SpecVersionView, ...]

    @property
    def now(self) -> SpecVersionView:
        return self.versions[0]

    @property
    def is_in_force(self) -> bool:
        return self.now.is_in_force


def specification(subject: Subject) -> tuple[SpecItemView, ...]:
    """Every item, those that come along first; withdrawn ones at the end."""
    permits.require(subject, "cases.inside")
    found: dict[str, list[SpecVersionView]] = {each.key: [] for each in shipped.items()}
    visible = set(permits.scopes(subject))
    rows = SpecVersion.objects.select_related("item", "by", "because__lesson__case").order_by(
        "item_id", "-version"
    )
    for row in rows:
        found.setdefault(row.item.key, []).append(_view(row, visible))
    items = (SpecItemView(key, (*versions, *_shipped(key))) for key, versions in found.items())
    return tuple(sorted(items, key=lambda item: not item.is_in_force))


def spec_item(subject: Subject, key: str) -> SpecItemView:
    """One item. Raises NOTHING_HERE."""
    found = next((each for each in specification(subject) if each.key == key), None)
    if found is None:
        raise permits.NOTHING_HERE()
    return found


def _shipped(key: str) -> tuple[SpecVersionView, ...]:
    given = shipped.item(key)
    if given is None:
        return ()
    first = SpecVersionView(
        version=0,
        title=given.title,
        text=given.text,
        references=given.references,
        is_in_force=True,
        reason="",
        at=None,
        by=LocalText(),
    )
    return (first,)


def _view(row: SpecVersion, visible: set[int]) -> SpecVersionView:
    promise = row.because if row.because and row.because.scope_id in visible else None
    return SpecVersionView(
        version=row.version,
        title=row.title,
        text=row.text,
        references=tuple(row.references),
        is_in_force=row.is_in_force,
        reason=row.reason,
        at=row.at,
        by=row.by.name if row.by else LocalText(),
        promise=promise.public_id if promise else "",
        case_id=promise.lesson.case.public_id if promise else "",
        lesson=promise.lesson.text if promise else LocalText(),
    )
