"""The check of what would go out now, made once for each content and kept as a projection.

In: an advisory. Out: its `Report`. A document of a few products is checked while somebody waits; a big one by
a job, or when somebody asks. Nothing here decides: `actions.approving` does.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from okiagari.disclose import publisher, upcoming
from okiagari.disclose.consistency import checking, files, report
from okiagari.disclose.consistency.report import Report
from okiagari.disclose.models import Advisory, ConsistencyCheck
from okiagari.disclose.rules.content import canonical
from okiagari.disclose.site import pictures, tree
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.naming import slug
from okiagari.disclose.site.version import renderer
from okiagari.plumbing import clock, jobs
from okiagari.standards.localtext import LANGUAGES

JOB = "disclose.consistency"
SMALL = 100
"""So many cells of products and vulnerabilities are checked while somebody waits for a page."""


@dataclass(frozen=True)
class Checked:
    """A report and when it was made."""

    report: Report
    at: datetime


def kept(row: Advisory) -> Checked | None:
    """The report on what would go out now, where it was made before."""
    return _kept(row, seal(upcoming.entry(row), publisher.site()))


def peek(row: Advisory) -> Checked | None:
    """The same for a reader, who never writes: made on the spot where the document is small."""
    entry, site = upcoming.entry(row), publisher.site()
    found = _kept(row, seal(entry, site))
    if found is None and is_small(entry):
        return Checked(_made(entry, site), clock.now())
    return found


def ensure(row: Advisory) -> Checked:
    """Make and keep it, unless it is there."""
    entry, site = upcoming.entry(row), publisher.site()
    known = seal(entry, site)
    found = _kept(row, known)
    if found is not None:
        return found
    made = Checked(_made(entry, site), clock.now())
    values = {"seal": known, "at": made.at, "result": report.builtins(made.report)}
    ConsistencyCheck.objects.update_or_create(advisory=row, defaults=values)
    return made


def queue(row: Advisory) -> None:
    """Have it made soon; within the transaction of who asks."""
    jobs.enqueue(JOB, {"advisory": row.pk}, key=f"{JOB}:{row.pk}")


def run(advisory: int) -> None:
    row = Advisory.objects.filter(pk=advisory).first()
    if row is not None:
        ensure(row)


def is_small(entry: Entry) -> bool:
    return len(entry.content.products) * max(1, len(entry.content.vulnerabilities)) <= SMALL


def seal(entry: Entry, site: Site) -> str:
    """The same while nothing changed that a file is made from; the time of an edition to come is none."""
    parts = [
        canonical(entry.content).decode(),
        renderer(),
        site.url,
        site.zone,
        str(site.has_csaf_2_1),
        *site.cve_org,
        site.cve_format,
        *(f"{each.number} {each.is_withdrawal}" for each in entry.editions),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _kept(row: Advisory, known: str) -> Checked | None:
    found = ConsistencyCheck.objects.filter(advisory=row, seal=known).first()
    return Checked(report.read(found.result), found.at) if found else None


def _made(entry: Entry, site: Site) -> Report:
    made = files.finished(entry, site)
    names = {each.path for each in made} | set(_beside(entry, site))
    return checking.check(entry, site, made, names)


def _beside(entry: Entry, site: Site) -> Iterator[str]:
    """Paths that are in every tree, and in the one that is public now."""
    public = tree.current(publisher.site_folder())
    yield from public.manifest.files if public else ()
    yield from ("public.css", "check.js", "index.html", "models/index.json", "openeox/index.json")
    yield from pictures.wanted([entry], site)
    for language in LANGUAGES:
        yield from (
            f"{language}/{name}" for name in ("index.html", "feed.xml", "support.html", "support.ics")
        )
        yield f"{language}/models/index.html"
        for product in entry.content.products:
            yield f"{language}/models/{slug(product.model)}.html"
