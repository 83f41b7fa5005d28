"""The advisory to be sent and embedded: a letter, Markdown, the inside of the page for the maker's frame.

In: an entry and the site. Out: files of each language, drawn from what the page is drawn from.
"""

from collections.abc import Iterator

from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.made import Made
from okiagari.problems import gettext_noop

from . import embedded, letter, markdown
from .embedded import templates

TEXT, FRAGMENT = gettext_noop("Plain text"), gettext_noop("HTML fragment")
TYPES = {"mail": "text/plain", "markdown": "text/markdown", "fragment": "text/html"}
"""Media types by format."""


def documents(entry: Entry, site: Site) -> Iterator[Made]:
    for language in entry.content.languages:
        base = f"{language}/{entry.name}"
        yield Made("mail", TEXT, f"{base}.txt", letter.text(entry, site, language).encode(), language)
        marked = markdown.text(entry, site, language).encode()
        yield Made("markdown", "Markdown", f"{base}.md", marked, language)
        inside = embedded.fragment(entry, site, language)
        path = f"{language}/fragments/{entry.name}.html"
        yield Made("fragment", FRAGMENT, path, inside.encode(), language)


def framed(entry: Entry, site: Site) -> Iterator[tuple[str, bytes]]:
    """The page in the frame of the maker's house, in each language that has one."""
    for language in entry.content.languages:
        if language in site.house:
            inside = embedded.fragment(entry, site, language)
            page = embedded.page(site.house[language], entry, language, inside)
            yield f"{language}/house/{entry.name}.html", page.encode()


__all__ = ["TYPES", "documents", "framed", "templates"]
