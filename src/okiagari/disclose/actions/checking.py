"""Having every format read back, what is out looked at, download links asked. No advisory changes by it."""

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, sealing
from okiagari.disclose.consistency import checks, downloads, out
from okiagari.disclose.models import Advisory


def check_consistency(subject: Subject, advisory_id: str) -> None:
    """Of what would go out now; of a big document it takes seconds, so it is no part of a page."""
    permits.require(subject, "cases.inside")
    checks.ensure(access.seen(subject, advisory_id))


def ask_links(subject: Subject, advisory_id: str) -> None:
    """Ask the download links of what would go out now, soon, in the background. Raises SWITCHED_OFF."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    if not downloads.is_on():
        raise downloads.SWITCHED_OFF()
    downloads.queue(row.pk)


def ask_links_now(advisory: int) -> None:
    """The job: one link after the other."""
    row = Advisory.objects.filter(pk=advisory).first()
    if row is not None:
        downloads.ask(downloads.links([sealing.now(row).whole]))


def check_site(subject: Subject, *, links: bool = False) -> None:
    """Look at what is really out: every byte, every format; `links`: ask the download links, too. Raises
    NOTHING_OUT, SWITCHED_OFF."""
    permits.require(subject, "site.archive")
    out.check(subject, asks_links=links)
