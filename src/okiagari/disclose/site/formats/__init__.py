"""Every format of an advisory beside its page and its CSAF 2.0 document: CSAF 2.1 where it is switched on,
VEX, CVE records, VULDEF, OpenEoX; for people text, Markdown and a fragment of the page.

In: an entry and the site. Out: files with what each could not carry and what holds it back. Each says what
the page says, drawn from the same snapshot. A withdrawn advisory has none for programs but CSAF, which can
say so.
"""

from collections.abc import Iterator

from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import written
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.made import Made

from . import csaf_2_1, cve_records, lifecycle, vendor_status, vex_documents

PAGE, JVN, CVE_REQUEST = "page", "jvn", "cve-request"
"""What is for people: the page, and the texts that go to JPCERT/CC."""


def media_type(name: str) -> str:
    """Of one format of an advisory, by its name."""
    if name == PAGE:
        return "text/html"
    if name in {JVN, CVE_REQUEST}:
        return "text/plain"
    if name in written.TYPES:
        return written.TYPES[name]
    return "application/xml" if name == "vuldef" else "application/json"


def made(entry: Entry, site: Site) -> tuple[Made, ...]:
    """Every file of one advisory, those that are held back included."""
    draft = csaf_2_1.documents(entry, site) if site.has_csaf_2_1 else ()
    beside = () if entry.is_withdrawn else _made(entry, site)
    return (*draft, *beside, *written.documents(entry, site))


def published(entry: Entry, site: Site) -> tuple[Made, ...]:
    """The files that go out with it."""
    return tuple(each for each in made(entry, site) if not each.problems)


def _made(entry: Entry, site: Site) -> Iterator[Made]:
    content = entry.content
    if has_statements(content):
        yield from vex_documents.documents(entry, site)
        yield from cve_records.records(entry, site)
    for language in content.languages:
        if content.vulnerabilities:
            yield vendor_status.document(entry, site, language)


def has_statements(content: Content) -> bool:
    """Is there a product and a vulnerability to say something of?"""
    return bool(content.products and content.vulnerabilities)


__all__ = [
    "CVE_REQUEST",
    "Made",
    "has_statements",
    "lifecycle",
    "made",
    "media_type",
    "published",
]
