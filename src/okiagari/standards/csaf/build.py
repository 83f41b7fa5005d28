"""From the maker's values to a CSAF 2.0 document (OASIS CSAF 2.0, section 3.2).

In: a `Document`. Out: its JSON value, the same for the same input, and what it could not carry. It
never adds what it was not given, and does not judge: ask `check.validate` before publishing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from . import parts
from .model import Document, Note, Publisher, Tracking
from .parts import Json, Loss, instant, pruned
from .terms import NoteCategory, Tlp
from .tree import product_names, product_tree
from .vulnerability import Renderer

_TLP_LABELS: Mapping[Tlp, str] = {
    Tlp.CLEAR: "WHITE",
    Tlp.GREEN: "GREEN",
    Tlp.AMBER: "AMBER",
    Tlp.AMBER_STRICT: "RED",
    Tlp.RED: "RED",
}
_TLP_URL = "https://www.first.org/tlp/"
_STATUS = {"ja": "状況", "en": "Status"}


@dataclass(frozen=True)
class Built:
    """The document as a JSON value, and what is not in it as it was given."""

    document: Json
    losses: tuple[Loss, ...]


def build(document: Document) -> Built:
    """Render a document. Raises cwe.UNKNOWN_CWE, ids.NOT_A_CWE; ValueError for a time without zone."""
    losses: list[Loss] = []
    names = product_names(document.products, document.language)
    renderer = Renderer(document.language, names, losses)
    made = pruned(
        document=_header(document, losses),
        product_tree=product_tree(document.products, document.language),
        vulnerabilities=[
            renderer.render(item, f"/vulnerabilities/{index}")
            for index, item in enumerate(document.vulnerabilities)
        ],
    )
    return Built(made, tuple(losses))


def _header(document: Document, losses: list[Loss]) -> Json:
    if document.tlp is Tlp.AMBER_STRICT:
        losses.append(Loss("/document/distribution/tlp/label", parts.AMBER_STRICT))
    thanks = parts.acknowledgments(document.acknowledgments, "/document/acknowledgments", losses)
    return pruned(
        acknowledgments=thanks,
        aggregate_severity=pruned(text=document.aggregate_severity),
        category=document.profile.value,
        csaf_version="2.0",
        distribution=pruned(
            text=document.distribution_text,
            tlp={"label": _TLP_LABELS[document.tlp], "url": _TLP_URL},
        ),
        lang=document.language,
        notes=[*_standing(document, losses), *parts.notes(document.notes)],
        publisher=publisher(document.publisher),
        references=[*parts.references(document.references), *_successors(document)],
        source_lang=document.source_language,
        title=document.title,
        tracking=tracking(document.tracking),
    )


def _standing(document: Document, losses: list[Loss]) -> list[Json]:
    """2.0 has no profile for a document that is withdrawn: a note says it, the rest stays."""
    if document.withdrawal is None:
        return []
    losses.append(Loss("/document/category", parts.WITHDRAWN))
    title = _STATUS["ja" if document.language.lower().startswith("ja") else "en"]
    return parts.notes([Note(NoteCategory.GENERAL, document.withdrawal.reason, title)])


def _successors(document: Document) -> list[Json]:
    return parts.references(document.withdrawal.successors) if document.withdrawal else []


def publisher(given: Publisher) -> Json:
    return pruned(
        category=given.category.value,
        contact_details=given.contact_details,
        issuing_authority=given.issuing_authority,
        name=given.name,
        namespace=parts.uri(given.namespace),
    )


def tracking(given: Tracking) -> Json:
    """Version and current date are those of the newest revision: the last one given."""
    first, newest = given.revisions[0], given.revisions[-1]
    generator = given.generator
    return pruned(
        aliases=parts.unique(given.aliases),
        current_release_date=instant(newest.date),
        generator=generator
        and pruned(
            date=instant(generator.date),
            engine=pruned(name=generator.name, version=generator.version),
        ),
        id=given.id,
        initial_release_date=instant(given.initial_release_date or first.date),
        revision_history=[
            {"date": instant(item.date), "number": item.number, "summary": item.summary}
            for item in given.revisions
        ],
        status=given.status.value,
        version=newest.number,
    )
