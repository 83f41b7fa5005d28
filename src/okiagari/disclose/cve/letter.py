"""The letter that asks JPCERT/CC for CVE ids: of a case, before anything is drafted, or of an advisory.

Enters: a case or an advisory. Leaves: text in Japanese and English, ready to be copied, with when it is
planned to be public. It sends nothing, and never says who reported.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.cases import queries as cases
from okiagari.cases.models import Case
from okiagari.cases.reading import readable
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose.jvn import gate
from okiagari.disclose.jvn.drawing import draw
from okiagari.disclose.models import Advisory, Channel, Publication
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.formats.cve_request import Asked, request_text
from okiagari.standards.localtext import LANGUAGES


@dataclass(frozen=True)
class LetterView:
    """`texts` by language; empty where every vulnerability has its id. `planned`: as the letter says it."""

    case_id: str
    texts: Mapping[str, str]
    planned: datetime | None


def of_case(subject: Subject, case_id: str) -> LetterView:
    """For the vulnerabilities of a case that have no id, from its grid as it stands. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    material, at = draw(row.public_id), planned([row])
    flaws = material.content.vulnerabilities
    is_public = bool(material.said)
    number = material.reference or str(row.public_id)
    asked = Asked(number, None if is_public else at, is_public=is_public)
    texts = {each: request_text(material.content, material.site, each, asked) for each in LANGUAGES}
    is_lacking = any(not each.cve for each in flaws)
    return LetterView(row.public_id, texts if is_lacking else {}, at)


def of_advisory(row: Advisory, entry: Entry, site: Site, language: str) -> str:
    """The same from the words of an advisory, with the page it will have."""
    is_public = row.state in {"published", "withdrawn"}
    at = entry.first_at if is_public else planned(_cases(row))
    page = f"{site.url}/{entry.page(language)}"
    asked = Asked(entry.content.tracking_id, at, page, is_public=is_public)
    return request_text(entry.content, site, language, asked)


def planned(rows: Iterable[Case]) -> datetime | None:
    """When our own page is scheduled, else JVN, else as agreed with JPCERT/CC, else the embargo's end."""
    known = list(rows)
    own = Publication.objects.filter(advisory__cases__case__in=known, state="scheduled")
    jvn = Channel.objects.filter(advisory__cases__case__in=known, channel="jvn", dropped_at=None)
    for times in (own, jvn.filter(planned_at__isnull=False, confirmed_at=None)):
        first = times.order_by("planned_at").values_list("planned_at", flat=True).first()
        if first is not None:
            return first
    agreed = [at for row in known if (at := gate.publication_due(row.pk))]
    embargoes = (cases.case(SYSTEM, str(row.public_id)).embargo for row in known)
    ends = [each.until for each in embargoes if each and each.holds and each.until]
    return min(agreed or ends, default=None)


def _cases(row: Advisory) -> list[Case]:
    return [link.case for link in row.cases.select_related("case").order_by("pk")]
