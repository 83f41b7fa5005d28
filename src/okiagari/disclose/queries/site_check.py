"""What the last look at what is really out found, and what download links answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, published, publisher, sealing
from okiagari.disclose.consistency import downloads, out
from okiagari.disclose.consistency.downloads import Asked
from okiagari.disclose.consistency.out import OfAdvisory
from okiagari.disclose.consistency.report import FieldGaps, Noted
from okiagari.disclose.models import SiteCheck
from okiagari.disclose.naming import Name, name_of
from okiagari.disclose.site import tree
from okiagari.problems import gettext_noop

DIFFERS = gettext_noop(
    "What is out differs from what was approved (%(count)s). The page “What is really out” names each file."
)
WRONG_LINK = gettext_noop(
    "Customers cannot get a fix: a download link of what is published does not answer with the file whose"
    " checksum we name: %(url)s%(more)s"
)


@dataclass(frozen=True)
class SiteCheckView:
    """`is_old`: the tree changed since. `noted`: single files; `lives`: ends of support that files of
    the whole site say otherwise; `advisories`: those that differ.

    `links`: every download link of what is out with its last answer; `may_ask`: whether we ask.
    """

    at: datetime | None = None
    by: Name | None = None
    is_fine: bool = False
    is_old: bool = False
    files: int = 0
    checked: int = 0
    noted: tuple[Noted, ...] = ()
    lives: tuple[FieldGaps, ...] = ()
    advisories: tuple[OfAdvisory, ...] = ()
    links: tuple[Asked, ...] = ()
    may_ask: bool = False

    @property
    def wrong_links(self) -> int:
        return sum(each.is_wrong for each in self.links)


@dataclass(frozen=True)
class SiteNote:
    """For the desk: something is out that should not be so. `text` is a marked sentence."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)


def site_check(subject: Subject) -> SiteCheckView:
    """Nothing of it is secret: it speaks of what is public."""
    permits.require(subject, "site.archive")
    entries = [each for each in published.entries(("published",)) if not each.is_withdrawn]
    links = downloads.answers(downloads.links(each.content for each in entries))
    row = out.newest()
    if row is None:
        return SiteCheckView(links=links, may_ask=downloads.is_on())
    known = out.read(row)
    public = tree.current(publisher.site_folder())
    return SiteCheckView(
        at=row.at,
        by=name_of(_who(row)),
        is_fine=row.is_fine,
        is_old=public is None or public.folder.name != row.tree,
        files=known.files,
        checked=len(known.advisories),
        noted=tuple(known.noted),
        lives=tuple(known.lives),
        advisories=tuple(each for each in known.advisories if each.count),
        links=links,
        may_ask=downloads.is_on(),
    )


def _who(row: SiteCheck) -> Person | None:
    return Person.objects.filter(pk=row.by_id).first() if row.by_id else None


def site_notes(subject: Subject) -> tuple[SiteNote, ...]:
    """What the desk says where the last look found something; nothing where all is well."""
    if not permits.may(subject, "site.archive"):
        return ()
    row = out.newest()
    if row is None:
        return ()
    found = out.read(row)
    notes = []
    if not row.is_fine:
        notes.append(SiteNote(DIFFERS, {"count": found.count}))
    if found.wrong_links:
        more = len(found.wrong_links) - 1
        told = {"url": found.wrong_links[0], "more": f" (+{more})" if more else ""}
        notes.append(SiteNote(WRONG_LINK, told))
    return tuple(notes)


def links_of(subject: Subject, advisory_id: str) -> tuple[Asked, ...]:
    """The download links of what would go out now, each with its last answer."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    return downloads.answers(downloads.links([sealing.now(row).whole]))


def asks_links(subject: Subject) -> bool:
    """May this installation ask download links?"""
    permits.require(subject, "cases.inside")
    return downloads.is_on()
