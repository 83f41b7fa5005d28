"""The lists of advisories, one per language, and the page that asks for the language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site


@dataclass(frozen=True)
class Line:
    """One advisory of a list. `language` is another one where it is not published in that of the list."""

    href: str
    title: str
    language: str
    severity: str
    severity_word: str
    models: tuple[str, ...]
    ids: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    is_updated: bool
    is_withdrawn: bool


def line_html(entry: Entry, site: Site, language: str) -> str:
    """The line of one advisory in the list of this language."""
    with saying.speaking(language):
        values = {"line": _line(entry, site, language), "language": language}
        return render_to_string("disclose/site/listing_line.html", values).strip()


def listing_bytes(lines: Sequence[str], site: Site, language: str) -> bytes:
    """All advisories, the newest first, with the models: the browser's own search finds a device.

    `lines`: as `line_html` made them.
    """
    with saying.speaking(language):
        values = {
            "language": language,
            "publisher": saying.in_language(site.publisher.name, language),
            "publisher_href": saying.web(site.publisher.website),
            "lines": lines,
        }
        return render_to_string("disclose/site/listing.html", values).encode()


def _line(entry: Entry, site: Site, language: str) -> Line:
    content = entry.content
    shown = language if language in content.languages else entry.primary
    severity = saying.severity(content)
    flaws = content.vulnerabilities
    return Line(
        href=f"../{entry.page(shown)}",
        title=saying.in_language(content.words.title, shown),
        language=shown,
        severity=severity,
        severity_word=saying.severity_word(severity) if severity else "",
        models=tuple(
            dict.fromkeys(saying.model(each.product) for each in entry.standings if each.is_concerned)
        ),
        ids=tuple(dict.fromkeys(text for flaw in flaws for text in (flaw.jvn, flaw.cve) if text)),
        first_at=site.local(entry.first_at),
        last_at=site.local(entry.last_at),
        is_updated=len(entry.editions) > 1,
        is_withdrawn=entry.is_withdrawn,
    )


def chooser_bytes(site: Site) -> bytes:
    """Two links: no script guesses what somebody reads."""
    names = [(language, site.publisher.name.get(language, "")) for language in ("ja", "en")]
    return render_to_string("disclose/site/chooser.html", {"names": names}).encode()
