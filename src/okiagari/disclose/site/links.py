"""Links of an advisory: its public ids at those who gave them, what people added, files for programs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import saying
from okiagari.disclose.site.made import Made
from okiagari.problems import Problem
from okiagari.standards import ids


@dataclass(frozen=True)
class Link:
    url: str
    text: str


def identifier_links(content: Content, language: str) -> tuple[Link, ...]:
    """JVN, JVN iPedia and CVE pages of its vulnerabilities, each once."""
    texts = [text for flaw in content.vulnerabilities for text in (flaw.jvn, flaw.jvndb, flaw.cve) if text]
    found = []
    for text in dict.fromkeys(texts):
        try:
            known = ids.parse(text)
        except Problem:
            continue
        found.append(Link(known.url(language), known.text))
    return tuple(found)


def reference_links(content: Content, language: str) -> tuple[Link, ...]:
    """What people added. An address that is not one of a web page is left out."""
    return tuple(
        Link(url, saying.in_language(each.title, language) or url)
        for each in content.references
        if (url := saying.web(each.url))
    )


def format_links(made: Iterable[Made], address: str, language: str) -> list[Link]:
    """The files for programs; `address` has ``{format}`` or ``{path}`` in it."""
    return [
        Link(address.format(format=each.format, path=each.path), gettext(each.label))
        for each in made
        if each.language in {"", language}
    ]
