"""Which ids an edition cites, and of which vulnerabilities."""

from collections.abc import Iterator
from datetime import datetime

from okiagari.cases.models import Vulnerability
from okiagari.disclose.models import Advisory, CveId, Publication
from okiagari.disclose.rules import content
from okiagari.plumbing import clock


def numbers(edition: Publication) -> tuple[str, ...]:
    """The ids the edition cites, each once, in its order."""
    return tuple(dict.fromkeys(number for _, number in _cited(edition)))


def rows(edition: Publication) -> tuple[CveId, ...]:
    """A row for each id the edition cites, made where there is none; since when it is cited is kept once."""
    found: dict[str, CveId] = {}
    for public_id, number in _cited(edition):
        if number not in found:
            found[number] = _row(public_id, number, edition.published_at)
    return tuple(found.values())


def _cited(edition: Publication) -> Iterator[tuple[str, str]]:
    for flaw in content.read(edition.snapshot.content).vulnerabilities:
        if flaw.cve:
            yield flaw.id, flaw.cve


def _row(vulnerability_id: str, number: str, since: datetime | None) -> CveId:
    flaw = Vulnerability.objects.get(public_id=vulnerability_id)
    row, _ = CveId.objects.get_or_create(
        vulnerability=flaw, number=number, defaults={"made_at": clock.now(), "cited_at": since}
    )
    if row.cited_at is None:
        row.cited_at = since
        row.save(update_fields=["cited_at"])
    return row


def newest(advisory: Advisory) -> Publication | None:
    """The last edition that is out, unless it says that the advisory is withdrawn."""
    out = advisory.publications.filter(state="published").select_related("snapshot", "advisory")
    last = out.order_by("-number").first()
    return None if last is None or last.is_withdrawal else last
