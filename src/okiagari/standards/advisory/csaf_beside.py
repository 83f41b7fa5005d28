"""What a CSAF document says beside what an advisory has a field for: kept as notes, with what each is.

In: a document, or one of its vulnerabilities. Out: (what it is, the words). Dates of single threats and
flags, names of weaknesses and the tool that wrote the file say nothing new and are left out.
"""

from collections.abc import Callable, Iterator

from okiagari.standards.csaf import model as csaf
from okiagari.standards.csaf.reading import Document

NAMES = "{} ({})"


def thanked(document: Document) -> Iterator[str]:
    """Each name with its organization, or the organization alone."""
    for each in _thanks(document):
        of = each.organization
        if each.names:
            yield from (NAMES.format(name, of) if of else name for name in each.names)
        elif of:
            yield of


def of_document(document: Document) -> Iterator[tuple[str, str]]:
    for each in _thanks(document):
        words = " ".join(filter(None, (each.summary, *each.urls)))
        if words:
            yield "acknowledgment", " ".join((*each.names, each.organization, words)).strip()
    yield from (("alias", each) for each in document.tracking.aliases)
    if document.distribution_text:
        yield "distribution", document.distribution_text
    if document.publisher.issuing_authority:
        yield "issuing authority", document.publisher.issuing_authority


def references(document: Document) -> tuple[tuple[str, str], ...]:
    """Address and summary, each address once: those of the document, then those of its vulnerabilities."""
    every = [*document.references, *(one for each in document.vulnerabilities for one in each.references)]
    found: dict[str, str] = {}
    for each in every:
        if not each.is_self:
            found.setdefault(each.url, each.summary)
    return tuple(found.items())


def of_flaw(flaw: csaf.Vulnerability, called: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """`called`: what a product id means, in words."""
    if flaw.status.recommended:
        yield "recommended", ", ".join(dict.fromkeys(map(called, flaw.status.recommended)))
    for measure in flaw.remediations:
        if measure.entitlements:
            yield f"{measure.kind.value}: entitlements", "\n".join(measure.entitlements)
        if measure.restart and measure.restart != "none":
            yield f"{measure.kind.value}: restart", measure.restart
    for attack in flaw.exploitations[1:]:
        yield "further attack", f"{attack.at.isoformat()} ({attack.known_at.isoformat()})"


def _thanks(document: Document) -> list[csaf.Acknowledgment]:
    of_flaws = (one for each in document.vulnerabilities for one in each.acknowledgments)
    return [*document.acknowledgments, *of_flaws]
