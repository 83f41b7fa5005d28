"""What the public would see: the page, the CSAF document, the text for JVN, before anybody does."""

from collections.abc import Mapping
from dataclasses import dataclass

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, publisher, sealing
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import csaf_document, jvn, pages
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.disclose.site.pages import Addresses
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.standards import csaf
from okiagari.standards.localtext import LocalText

FORMATS = ("page", "csaf", "jvn")


@dataclass(frozen=True)
class FindingView:
    """Something a validator says of the document; `is_error` ones stop a publication."""

    test: str
    location: str
    message: str
    is_error: bool


def preview(
    subject: Subject,
    advisory_id: str,
    *,
    language: str,
    format: str = "page",  # noqa: A002 - the word of the API
    addresses: Addresses | None = None,
    typed: Mapping[str, LocalText] | None = None,
) -> str:
    """As it would be published now, as the next edition, in a language it is written in.

    `typed`: words to show instead of those that are kept, while somebody writes them.
    """
    permits.require(subject, "cases.inside")
    if format not in FORMATS or language not in (row := access.seen(subject, advisory_id)).languages:
        raise permits.NOTHING_HERE()
    for name, text in (typed or {}).items():
        setattr(row, name, text)
    entry, site = _entry(row, language), publisher.site()
    if format == "csaf":
        return csaf.to_bytes(csaf_document.document(entry, site, language).document).decode()
    if format == "jvn":
        return jvn.text(entry, site, language)
    here = addresses or Addresses("public.css", "index.html", "feed.xml", "document.json", ())
    return pages.page(entry, site, language, here)


def _entry(row: Advisory, language: str) -> Entry:
    """What would go out now; a language that is not ready yet is shown as far as it is written."""
    now = sealing.now(row)
    said: Content = now.content if language in now.content.languages else now.whole
    earlier = [each for each in publisher.entries() if each.content.tracking_id == row.tracking_id]
    editions = earlier[0].editions if earlier else ()
    at = clock.now()
    waiting = row.publications.filter(state="scheduled").first()
    if waiting is not None:
        at = waiting.planned_at
    number = editions[-1].number + 1 if editions else 1
    summary = publisher.next_summary(row, said)
    next_one = Edition(number, at, dict(summary.texts), tuple(said.languages))
    if row.state in {"published", "withdrawn"} and editions:
        return Entry(said, editions)
    return Entry(said, (*editions, next_one))


def document_findings(subject: Subject, advisory_id: str, *, language: str) -> tuple[FindingView, ...]:
    """What the validator says of the CSAF document as it would go out now."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    try:
        built = csaf_document.document(_entry(row, language), publisher.site(), language)
    except Problem as problem:
        return (FindingView(problem.code, "", problem.message, is_error=True),)
    return tuple(
        FindingView(each.test, each.location, each.message, each.severity is csaf.Severity.ERROR)
        for each in csaf.validate(built.document)
    )
