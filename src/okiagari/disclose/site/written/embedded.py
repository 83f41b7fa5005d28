"""The inside of the page: a fragment for any frame, and whole pages in the frame of the maker's house.

In: an entry, and the maker's template with a place for the advisory. Out: HTML. Addresses are whole, as
nobody knows where a fragment will stand. The template is the maker's own and is not looked over.
"""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import escape

from okiagari.disclose import problems
from okiagari.disclose.site import pages, pictures, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import Link
from okiagari.disclose.site.pages import Addresses
from okiagari.standards.localtext import LANGUAGES

PLACE, TITLE, LANGUAGE = "{{ advisory }}", "{{ title }}", "{{ language }}"


def templates(folder: Path) -> dict[str, str]:
    """The frames that lie in the data folder, by language: ``house.ja.html``, or ``house.html`` for all."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for name in (f"house.{language}.html", "house.html"):
            place = folder / name
            if language not in found and place.is_file():
                found[language] = place.read_text("utf-8", errors="replace")
    return found


def fragment(entry: Entry, site: Site, language: str) -> str:
    """What stands between the frame's head and foot, with a heading of its own."""
    with saying.speaking(language):
        folder = f"{site.url}/{language}"
        addresses = Addresses(
            style="",
            index=f"{folder}/index.html",
            feed=f"{folder}/feed.xml",
            document=f"{site.url}/{entry.document(language)}",
            others=(),
            models=f"{folder}/models/",
            pictures=f"{site.url}/{pictures.FOLDER}/",
        )
        values = pages.context(entry, site, language, addresses)
        newer = values["superseded"]
        if isinstance(newer, Link):
            values["superseded"] = Link(newer.url.replace("..", site.url, 1), newer.text)
        inside = render_to_string("disclose/site/advisory_body.html", values)
        return f'<article class="advisory" lang="{language}">\n{inside}</article>\n'


def page(template: str, entry: Entry, language: str, inside: str) -> str:
    """The fragment in the frame of the house. Raises BROKEN_TREE where the template has no place for it."""
    if template.count(PLACE) != 1:
        raise problems.BROKEN_TREE(place=f"house.{language}.html", why=f"{PLACE} × {template.count(PLACE)}")
    title = escape(saying.in_language(entry.content.words.title, language))
    before, after = template.split(PLACE)
    framed = [part.replace(TITLE, title).replace(LANGUAGE, language) for part in (before, after)]
    return inside.join(framed)
