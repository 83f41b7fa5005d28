"""What an address said at a time, and everything that ever went out. All of it was public once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose.archive import blobs, problems, rules
from okiagari.disclose.archive.models import PrunedContent, PublishedFile, PublishedTree


@dataclass(frozen=True)
class SaidView:
    """What one address said from `since` until `until` (None: still). `brought_by`, `replaced_by`: the
    editions that came with the trees; none where a tree was made anew. `is_end`: what came after is nothing
    at all. `pruned_at`: its bytes were removed."""

    path: str
    sha256: str
    size: int
    since: datetime
    until: datetime | None
    brought_by: tuple[str, ...]
    replaced_by: tuple[str, ...]
    is_end: bool
    pruned_at: datetime | None = None
    pruned_because: str = ""


@dataclass(frozen=True)
class TreeView:
    """One time the site changed."""

    name: str
    at: datetime
    brought: tuple[str, ...]
    files: int
    changed: int
    root: str


@dataclass(frozen=True)
class Archived:
    items: tuple[SaidView, ...]
    total: int


def said_at(subject: Subject, address: str, at: datetime | None = None) -> SaidView:
    """What an address of the site, or a path in it, said at a time; without one, says now. Raises
    NEVER_OUT."""
    for each in history(subject, address):
        if at is None or each.since <= at:
            if each.until is None or (at is not None and at < each.until):
                return each
            break
    raise problems.NEVER_OUT().at("address")


def history(subject: Subject, address: str) -> tuple[SaidView, ...]:
    """Everything an address ever said, the newest first."""
    permits.require(subject, "site.archive")
    path = rules.path_of(address, settings.ENVIRONMENT.site_url)
    rows = _rows().filter(path=path).exclude(sha256="").order_by("-tree_id")
    return _views(rows)


def archived(
    subject: Subject, *, text: str = "", at: datetime | None = None, offset: int = 0, limit: int = 100
) -> Archived:
    """Every address that said something at a time, or says it now, by path."""
    permits.require(subject, "site.archive")
    changes = PublishedFile.objects.filter(tree__state="out")
    if at is not None:
        changes = changes.filter(tree__at__lte=at)
    newest = changes.filter(path=OuterRef("path")).order_by("-tree_id").values("pk")[:1]
    rows = _rows().filter(pk=Subquery(newest)).exclude(sha256="")
    if text.strip():
        rows = rows.filter(path__contains=text.strip())
    found = rows.order_by("path")
    return Archived(_views(found[offset : offset + limit]), found.count())


def trees(subject: Subject, *, offset: int = 0, limit: int = 50) -> tuple[TreeView, ...]:
    """Every time the site changed, the newest first."""
    permits.require(subject, "site.archive")
    rows = PublishedTree.objects.filter(state="out").order_by("-pk")[offset : offset + limit]
    counts = _counts(rows)
    return tuple(
        TreeView(each.name, each.at, tuple(each.brought or ()), each.files, counts.get(each.pk, 0), each.root)
        for each in rows
    )


def bytes_of(subject: Subject, sha256: str) -> Path:
    """The file that holds what went out. Raises NEVER_OUT, PRUNED, LOST."""
    permits.require(subject, "site.archive")
    if not PublishedFile.objects.filter(sha256=sha256, tree__state="out").exclude(sha256="").exists():
        raise problems.NEVER_OUT()
    gone = PrunedContent.objects.filter(sha256=sha256).first()
    if gone is not None:
        raise problems.PRUNED(day=f"{gone.at:%Y-%m-%d}", reason=gone.reason)
    place = blobs.path_of(sha256)
    if not place.is_file() or blobs.digest(place) != sha256:
        raise problems.LOST()
    return place


def _rows() -> "QuerySet[PublishedFile]":
    later = PublishedFile.objects.filter(
        path=OuterRef("path"), tree_id__gt=OuterRef("tree_id"), tree__state="out"
    ).order_by("tree_id")
    rows = PublishedFile.objects.filter(tree__state="out").select_related("tree")
    return rows.annotate(
        next_tree=Subquery(later.values("tree_id")[:1]), next_sha=Subquery(later.values("sha256")[:1])
    )


def _counts(rows: Iterable[PublishedTree]) -> Mapping[int, int]:
    asked = PublishedFile.objects.filter(tree__in=[each.pk for each in rows])
    return dict(asked.values_list("tree_id").annotate(count=Count("pk")))


def _views(rows: "QuerySet[PublishedFile]") -> tuple[SaidView, ...]:
    found = list(rows)
    later = {each.pk: getattr(each, "next_tree", None) for each in found}
    after = PublishedTree.objects.in_bulk([each for each in later.values() if each])
    gone = {
        each.sha256: each for each in PrunedContent.objects.filter(sha256__in=[row.sha256 for row in found])
    }
    return tuple(_view(each, after.get(later[each.pk] or 0), gone.get(each.sha256)) for each in found)


def _view(row: PublishedFile, after: PublishedTree | None, gone: PrunedContent | None) -> SaidView:
    return SaidView(
        path=row.path,
        sha256=row.sha256,
        size=row.size,
        since=row.tree.at,
        until=after.at if after else None,
        brought_by=tuple(row.tree.brought or ()),
        replaced_by=tuple(after.brought or ()) if after else (),
        is_end=after is not None and not getattr(row, "next_sha", ""),
        pruned_at=gone.at if gone else None,
        pruned_because=gone.reason if gone else "",
    )
