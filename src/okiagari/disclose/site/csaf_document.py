"""The CSAF document of an advisory in one language: the same facts as the page (2.0, draft of 2.1).

A device is hardware with firmware `installed_on` it, so that "before 1.03" and "1.03" are two products
of the tree. No vulnerability makes an informational advisory; one that affects nothing makes a VEX. What a
version cannot carry (a stop-use request, in 2.0 a planned fix) goes into the text of the nearest category,
as `standards.csaf` does it.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, pgettext

from okiagari import __version__
from okiagari.disclose.rules.content import Content, Product
from okiagari.disclose.rules.progress import progress
from okiagari.disclose.site import csaf_flaws, headline, saying
from okiagari.disclose.site.csaf_products import Shelf
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.links import identifier_links, reference_links
from okiagari.standards import csaf
from okiagari.standards.csaf import model
from okiagari.standards.csaf.terms import NoteCategory, Profile, Status


def document_bytes(entry: Entry, site: Site, language: str) -> bytes:
    return csaf.to_bytes(document(entry, site, language).document)


def document(entry: Entry, site: Site, language: str, *, version: str = "2.0") -> csaf.Built:
    """The document and what it could not carry. Raises UNKNOWN_CWE."""
    with saying.speaking(language):
        said = described(entry, site, language, version)
        return csaf.build(said) if version == "2.0" else csaf.build_2_1(said)


def described(entry: Entry, site: Site, language: str, version: str) -> model.Document:
    """What the document says; within `saying.speaking`."""
    content = entry.content
    shelf = Shelf(entry, site, language)
    flaws = csaf_flaws.vulnerabilities(content, shelf, language) if content.products else ()
    if not flaws:
        for product in content.products:
            shelf.whole(product.key)
    is_translation = language != entry.primary
    return model.Document(
        profile=_profile(content, flaws),
        title=saying.in_language(content.words.title, language),
        language=language,
        source_language=entry.primary if is_translation else "",
        publisher=_publisher(content, site, language),
        tracking=_tracking(entry, language),
        aggregate_severity=saying.severity_word(saying.severity(content)) if flaws else "",
        notes=(
            *_standing_notes(entry, site, language),
            *_notes(content, language),
            *(() if flaws else _support_notes(content, language)),
            *(() if flaws else _measure_notes(entry, language)),
            *_version_notes(content, shelf, language),
        ),
        references=tuple(_references(entry, site, language, version)),
        acknowledgments=tuple(
            model.Acknowledgment(has_consent=True, names=(name,)) for name in content.credits
        ),
        products=shelf.products(),
        vulnerabilities=flaws,
        withdrawal=_withdrawal(entry, site),
    )


def _profile(content: Content, flaws: Sequence[model.Vulnerability]) -> Profile:
    """What kind of document it is. Without a product it cannot say of whom a flaw is: it informs."""
    if content.kind in {"incident", "alert"}:
        return Profile.INCIDENT_RESPONSE
    if not flaws:
        return Profile.INFORMATIONAL
    return Profile.VEX if all(_spares(each) for each in flaws) else Profile.ADVISORY


def _spares(flaw: model.Vulnerability) -> bool:
    """Does it affect nothing, each product for a reason, under an id others know? Then it is a VEX (4.5)."""
    status = flaw.status
    if status.known_affected or status.fixed or not status.known_not_affected:
        return False
    reasoned = {each for flag in flaw.flags for each in flag.product_ids}
    return bool(flaw.cve or flaw.ids) and reasoned >= set(status.known_not_affected)


def _withdrawal(entry: Entry, site: Site) -> model.Withdrawal | None:
    if not entry.is_withdrawn:
        return None
    last = entry.editions[-1]
    by = gettext("It is superseded by %(advisory)s.") % {"advisory": last.superseded_by}
    said = gettext("This advisory was withdrawn.")
    successors = tuple(
        model.Reference(f"{site.url}/{path}", gettext("The advisory that takes its place"))
        for path in dict(last.superseded_pages).values()
    )
    return model.Withdrawal(f"{said} {by}" if last.superseded_by else said, successors)


def _publisher(content: Content, site: Site, language: str) -> model.Publisher:
    return model.Publisher(
        name=saying.in_language(site.publisher.name, language) or gettext("The maker"),
        namespace=saying.web(site.publisher.website) or site.url,
        contact_details=saying.in_language(content.words.contact, language),
    )


def _tracking(entry: Entry, language: str) -> model.Tracking:
    content = entry.content
    is_open = not progress(content).is_settled or content.phase not in {"", "resolved"}
    revisions = tuple(
        model.Revision(each.called, each.at, saying.in_language(each.summary, language) or "-")
        for each in entry.editions
    )
    return model.Tracking(
        id=entry.document_id(language),
        status=Status.INTERIM if is_open and not entry.is_withdrawn else Status.FINAL,
        revisions=revisions,
        generator=model.Generator("Okiagari", __version__, entry.last_at),
    )


def _standing_notes(entry: Entry, site: Site, language: str) -> Iterator[model.Note]:
    """How far it has come: CSAF does not know a notice that is over."""
    if entry.is_withdrawn:
        return
    planned = headline.next_update(entry.content, site, language)
    promise = gettext("Next update planned: %(date)s") % {"date": planned} if planned else ""
    text = " ".join(part for part in (headline.status(entry, language), promise) if part)
    if text:
        yield model.Note(NoteCategory.GENERAL, text, gettext("Status"))


def _notes(content: Content, language: str) -> Iterator[model.Note]:
    words = content.words
    is_about_flaws = bool(content.vulnerabilities)
    problem = gettext("What the problem is") if is_about_flaws else pgettext("advisory", "Details")
    for category, title, texts in (
        (NoteCategory.SUMMARY, gettext("Summary"), words.summary),
        (NoteCategory.DESCRIPTION, problem, words.description),
        (NoteCategory.DETAILS, gettext("What can happen"), words.impact),
        (NoteCategory.GENERAL, gettext("Advice"), words.advice),
    ):
        text = saying.exact(texts, language)
        if text:
            yield model.Note(category, text, title)


def _support_notes(content: Content, language: str) -> Iterator[model.Note]:
    """How long each product of a notice is supported."""
    labels = {
        "end_of_sales": gettext("End of sales"),
        "end_of_security_support": gettext("End of security support"),
        "end_of_life": gettext("End of all support"),
    }
    for product in content.products:
        lines = [
            f"{label}: {saying.date(product.support[kind], language)}"
            for kind, label in labels.items()
            if product.support.get(kind)
        ]
        if lines:
            yield model.Note(NoteCategory.DETAILS, "\n".join(lines), saying.model(product))


def _measure_notes(entry: Entry, language: str) -> Iterator[model.Note]:
    """What owners should do where no vulnerability carries it: one note for those who are asked the same."""
    asked: dict[str, list[Product]] = {}
    for standing in entry.standings:
        if standing.is_concerned:
            text = "\n\n".join(each.details for each in csaf_flaws.of_notice(standing, language))
            asked.setdefault(text, []).append(standing.product)
    for text, products in asked.items():
        if text:
            named = gettext(", ").join(dict.fromkeys(saying.model(each) for each in products))
            title = f"{gettext('What to do now')}{gettext(': ')}{named}"
            ids = tuple(each.key for each in products)
            yield model.Note(NoteCategory.GENERAL, text, title, product_ids=ids)


def _version_notes(content: Content, shelf: Shelf, language: str) -> Iterator[model.Note]:
    """What is said of single versions, with the products that run them; tied to those of the tree."""
    known = {each.id for each in shelf.products()}
    for note in content.version_notes:
        text = saying.exact(note.text, language)
        models = saying.models_on(content, note.line)
        if text:
            named = gettext(", ").join(models)
            title = gettext("About version %(version)s of %(models)s")
            ids = (f"{each.key} {note.release}" for each in content.products if each.line == note.line)
            yield model.Note(
                NoteCategory.DETAILS,
                text,
                title % {"version": note.release, "models": named},
                product_ids=tuple(each for each in ids if each in known),
            )


def _references(entry: Entry, site: Site, language: str, version: str) -> Iterator[model.Reference]:
    """The document itself, its page, the same in other languages, and what people added."""
    content = entry.content
    here = f"{site.url}/{entry.document(language, version)}"
    yield model.Reference(here, gettext("This document"), is_self=True)
    yield model.Reference(f"{site.url}/{entry.page(language)}", gettext("This advisory as a page"))
    words = {"ja": gettext("This document in Japanese"), "en": gettext("This document in English")}
    for other in content.languages:
        if other != language:
            yield model.Reference(f"{site.url}/{entry.document(other, version)}", words.get(other, other))
    for link in (*identifier_links(content, language), *reference_links(content, language)):
        yield model.Reference(link.url, link.text)
