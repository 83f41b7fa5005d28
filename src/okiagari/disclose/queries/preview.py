"""What the public would see, before anybody does: the page, every format, the texts for JPCERT/CC."""

from collections.abc import Mapping
from dataclasses import dataclass

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, publisher, upcoming
from okiagari.disclose.cve import letter
from okiagari.disclose.site import csaf_document, jvn, pages
from okiagari.disclose.site import formats as further
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.formats import Made
from okiagari.disclose.site.pages import Addresses
from okiagari.problems import Problem
from okiagari.standards import csaf
from okiagari.standards.documents import to_bytes
from okiagari.standards.localtext import LocalText

FORMATS = ("page", "csaf", "jvn")
"""What an editor looks at most. Further formats are named by `formats`."""


@dataclass(frozen=True)
class Said:
    """A message id with its parameters."""

    text: str
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class FormatView:
    """One file of an advisory in one format, as it would go out now.

    `format` names it for the preview; `path` is where it lies in the tree. `losses`: what it cannot carry as
    it is; `left_out`: facts of the advisory it has no place for, as marked texts;
    `problems`: what holds it back (the advisory goes out all the same).
    """

    format: str
    label: str
    language: str
    path: str
    losses: tuple[Said, ...]
    problems: tuple[Said, ...]
    left_out: tuple[str, ...] = ()

    @property
    def goes_out(self) -> bool:
        return not self.problems


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
    row = access.seen(subject, advisory_id)
    if language not in row.languages:
        raise permits.NOTHING_HERE()
    for name, text in (typed or {}).items():
        setattr(row, name, text)
    entry, site = upcoming.entry(row, language), publisher.site()
    if format == "page":
        here = addresses or Addresses("public.css", "index.html", "feed.xml", "document.json", ())
        linked = (*further.published(entry, site), *further.lifecycle.index([entry], site))
        return pages.page(entry, site, language, here, linked)
    if format == "csaf":
        return to_bytes(csaf_document.document(entry, site, language).document).decode()
    if format == "jvn":
        return jvn.text(entry, site, language)
    if format == further.CVE_REQUEST:
        return letter.of_advisory(row, entry, site, language)
    for each in _made(entry, site):
        if each.format == format and each.language in {"", language} and each.content:
            return each.content.decode()
    raise permits.NOTHING_HERE()


def _made(entry: Entry, site: Site) -> tuple[Made, ...]:
    """Everything beside page and CSAF: of the advisory, and of the life of its products."""
    lives = (*further.lifecycle.documents([entry], site), *further.lifecycle.index([entry], site))
    return (*further.made(entry, site), *lives)


def formats(subject: Subject, advisory_id: str) -> tuple[FormatView, ...]:
    """Every file that programs read, as it would go out now, in every language that is ready."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    entry, site = upcoming.entry(row, ""), publisher.site()
    found = [_csaf(entry, site, language) for language in entry.content.languages]
    for each in _made(entry, site):
        losses = tuple(Said(loss.message, loss.parameters) for loss in each.losses)
        held = tuple(Said(problem.definition.message, problem.parameters) for problem in each.problems)
        view = FormatView(each.format, each.label, each.language, each.path, losses, held, each.left_out)
        found.append(view)
    return tuple(found)


def _csaf(entry: Entry, site: Site, language: str) -> FormatView:
    path = entry.document(language)
    try:
        built = csaf_document.document(entry, site, language)
    except Problem as problem:
        held = (Said(problem.definition.message, problem.parameters),)
        return FormatView("csaf", "CSAF 2.0", language, path, (), held)
    losses = tuple(Said(loss.message, loss.parameters) for loss in built.losses)
    return FormatView("csaf", "CSAF 2.0", language, path, losses, ())


def document_findings(subject: Subject, advisory_id: str, *, language: str) -> tuple[FindingView, ...]:
    """What the validator says of the CSAF document as it would go out now."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    try:
        built = csaf_document.document(upcoming.entry(row, language), publisher.site(), language)
    except Problem as problem:
        return (FindingView(problem.code, "", problem.message, is_error=True),)
    return tuple(
        FindingView(each.test, each.location, each.message, each.severity is csaf.Severity.ERROR)
        for each in csaf.validate(built.document)
    )
