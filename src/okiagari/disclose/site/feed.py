"""The Atom feed of one language: every advisory published in it, the newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext

from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.lines import Lines
from okiagari.standards import atom

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed_bytes(entries: Sequence[Entry], lines: Sequence[Lines], site: Site, language: str) -> bytes:
    """`lines`: those of the entries, in their order."""
    with saying.speaking(language):
        name = saying.in_language(site.publisher.name, language)
        feed = atom.Feed(
            id=f"{site.url}/{language}/",
            title=" ".join(part for part in (name, gettext("Security advisories")) if part),
            url=f"{site.url}/{language}/feed.xml",
            site=f"{site.url}/{language}/index.html",
            author=atom.Person(name or gettext("The maker"), uri=saying.web(site.publisher.website)),
            updated=NEVER,
            entries=tuple(
                _entry(entry, said.models, site, language)
                for entry, said in zip(entries, lines, strict=True)
                if language in entry.content.languages
            ),
            language=language,
            generator="Okiagari",
        )
        return atom.to_bytes(feed)


def _entry(entry: Entry, models: tuple[str, ...], site: Site, language: str) -> atom.Entry:
    content = entry.content
    return atom.Entry(
        id=f"{site.url}/{entry.page(language)}",
        title=saying.in_language(content.words.title, language),
        url=f"{site.url}/{entry.page(language)}",
        updated=entry.last_at,
        published=entry.first_at,
        summary=saying.in_language(content.words.summary, language),
        categories=models,
        language=language,
    )
