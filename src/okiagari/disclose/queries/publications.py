"""What went out, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import access
from okiagari.disclose.models import Advisory, Publication
from okiagari.disclose.naming import Name, name_of
from okiagari.disclose.rules import content
from okiagari.disclose.rules.standing import standings
from okiagari.disclose.targets import reach
from okiagari.disclose.targets.reach import Reach
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class PublicationView:
    """One edition, published or on its way. `files`: (path in the tree, sha256). `readers_at`: since when
    readers have it: the switch, or its arrival at every public target; `not_yet_at`: the public targets it is
    not at."""

    number: int
    state: str
    planned_at: datetime
    published_at: datetime | None
    summary: LocalText
    languages: tuple[str, ...]
    snapshot: str
    renderer: str
    by: Name | None
    reason: str
    error: str
    is_withdrawal: bool
    files: tuple[tuple[str, str], ...]
    readers_at: datetime | None
    not_yet_at: tuple[str, ...]


@dataclass(frozen=True)
class PublishedView:
    """An advisory as the public knows it. `fixed`: product key -> (line, release) it is told to install."""

    tracking_id: str
    advisory_id: str
    number: int
    first_published_at: datetime
    published_at: datetime
    title: LocalText
    cases: tuple[str, ...]
    products: tuple[str, ...]
    concerned: tuple[str, ...]
    fixed: Mapping[str, tuple[str, str]]
    is_withdrawn: bool


def publications(subject: Subject, advisory_id: str) -> tuple[PublicationView, ...]:
    """Every publication of one advisory, the newest first; cancelled and failed ones too."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    found = row.publications.select_related("snapshot", "by").order_by("-pk")
    reached = reach.of(row.tracking_id, [each.number for each in found if each.number])
    return tuple(_view(each, reached.get(each.number or 0)) for each in found)


def _view(row: Publication, reached: Reach | None) -> PublicationView:
    return PublicationView(
        number=row.number or 0,
        state=row.state,
        planned_at=row.planned_at,
        published_at=row.published_at,
        summary=row.summary,
        languages=tuple(row.snapshot.content["languages"]),
        snapshot=row.snapshot.sha256,
        renderer=row.snapshot.renderer,
        by=name_of(row.by),
        reason=row.reason,
        error=row.error,
        is_withdrawal=row.is_withdrawal,
        files=tuple((each["path"], each["sha256"]) for each in row.files or ()),
        readers_at=reached.at if reached else row.published_at,
        not_yet_at=reached.missing if reached else (),
    )


def published(subject: Subject = SYSTEM) -> tuple[PublishedView, ...]:
    """Every published advisory of which the subject may see the cases, the newest edition first."""
    permits.require(subject, "cases.inside")
    rows = (
        Publication.objects.filter(state="published", advisory__in=access.visible(subject))
        .select_related("advisory", "snapshot")
        .order_by("advisory_id", "number")
    )
    groups: dict[int, list[Publication]] = {}
    for row in rows:
        groups.setdefault(row.advisory_id, []).append(row)
    views = [_published(group[0].advisory, group) for group in groups.values()]
    return tuple(sorted(views, key=lambda view: view.published_at, reverse=True))


def _published(advisory: Advisory, editions: list[Publication]) -> PublishedView:
    first, last = editions[0], editions[-1]
    assert first.published_at is not None
    assert last.published_at is not None
    said = content.read(last.snapshot.content)
    found = standings(said)
    return PublishedView(
        tracking_id=advisory.tracking_id,
        advisory_id=advisory.public_id,
        number=last.number or 0,
        first_published_at=first.published_at,
        published_at=last.published_at,
        title=LocalText(said.words.title),
        cases=tuple(advisory.cases.order_by("pk").values_list("case__public_id", flat=True)),
        products=tuple(each.product.key for each in found),
        concerned=tuple(each.product.key for each in found if each.is_concerned),
        fixed={each.product.key: (each.release.line, each.release.text) for each in found if each.release},
        is_withdrawn=last.is_withdrawal,
    )
