"""From the maker's values to a document of CSAF 2.1, the draft (OASIS CSAF 2.1, section 3.2).

In: the same `Document` that `build` renders as 2.0. Out: its JSON value, and what it could not carry. The
document keeps to what the drafts have in common (August and October 2026), so each accepts it. Like
`build` it does not judge: ask `check.validate` before publishing.
"""

from okiagari.standards.firmware_order import Form

from . import parts
from .build import Built, publisher, tracking
from .model import Document, Hardware, Installation, Note, Product, Software, Vulnerability
from .parts import Json, Loss, instant, pruned
from .terms import NoteCategory, Profile, Status
from .tree import product_names, product_tree
from .vulnerability_2_1 import Renderer21

SCHEMA = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"
_TLP_URL = "https://www.first.org/tlp/"
_DEPRECATED = "csaf_deprecated_security_advisory"
_FIRST = frozenset({"1", "1.0.0"})
_CONTACT = {"ja": "お問い合わせ先", "en": "Contact"}
_WITHDRAWN = {"ja": "取り下げの理由", "en": "Reasoning for Withdrawal"}
_SUPERSEDED = {"ja": "差し替えの理由", "en": "Reasoning for Supersession"}
_SUCCESSOR = {"ja": "差し替え後の文書", "en": "Superseding Document"}


def build_2_1(document: Document) -> Built:
    """Render a document. Raises cwe.UNKNOWN_CWE, ids.NOT_A_CWE; ValueError for a time without zone."""
    losses: list[Loss] = []
    is_bare = document.withdrawal is not None and len(document.tracking.revisions) > 1
    if is_bare and (document.products or document.vulnerabilities):
        losses.append(Loss("", parts.BARE))
    header = _header(document, losses, is_bare=is_bare)
    if is_bare:
        return Built({"$schema": SCHEMA, "document": header}, tuple(losses))
    names = product_names(document.products, document.language)
    renderer = Renderer21(document, names, losses)
    made = pruned(
        document=header,
        product_tree=product_tree(document.products, document.language, version="2.1"),
        vulnerabilities=[
            renderer.render(item, f"/vulnerabilities/{index}")
            for index, item in enumerate(document.vulnerabilities)
        ],
    )
    return Built({"$schema": SCHEMA, **made}, tuple(losses))


def _header(document: Document, losses: list[Loss], *, is_bare: bool) -> Json:
    thanks = parts.acknowledgments(document.acknowledgments, "/document/acknowledgments", losses)
    speech = "ja" if document.language.lower().startswith("ja") else "en"
    return pruned(
        acknowledgments=thanks,
        aggregate_severity=pruned(text="" if is_bare else document.aggregate_severity),
        category=_category(document, losses, is_bare=is_bare),
        csaf_version="2.1",
        distribution=pruned(
            text=document.distribution_text, tlp={"label": document.tlp.value, "url": _TLP_URL}
        ),
        lang=document.language,
        notes=[
            *_reasons(document, speech),
            *parts.notes(document.notes, version="2.1"),
            *_contact(document, speech, losses),
        ],
        publisher={
            name: value for name, value in publisher(document.publisher).items() if name != "contact_details"
        },
        references=[*parts.references(document.references), *_successors(document, speech)],
        source_lang=document.source_language,
        title=document.title,
        tracking=_tracking(document, losses),
    )


def _category(document: Document, losses: list[Loss], *, is_bare: bool) -> str:
    """An advisory that 2.1 asks more of than it says falls back to the profile 2.0 had (6.1.27)."""
    if is_bare and document.withdrawal is not None:
        return "csaf_superseded" if document.withdrawal.successors else "csaf_withdrawn"
    if document.profile is Profile.ADVISORY and not is_advisory(document):
        losses.append(Loss("/document/category", parts.LIKE_2_0))
        return _DEPRECATED
    return document.profile.value


def is_advisory(document: Document) -> bool:
    """Has each vulnerability an id, affected products, for each fix what it replaces (6.1.27.8, 12, 13)?"""
    known = {each.id: each for each in document.products}
    return all(
        (bool(flaw.cve) or bool(flaw.ids))
        and bool(flaw.status.known_affected)
        and all(_replaces_something(each, flaw, known) for each in flaw.status.fixed)
        for flaw in document.vulnerabilities
    )


def _replaces_something(product_id: str, flaw: Vulnerability, known: dict[str, Product]) -> bool:
    """Is another version of the same product, on the same hardware, in another group of the status?"""
    status = flaw.status
    others = {
        each for name, ids in vars(status).items() if name != "fixed" for each in ids if each != product_id
    }
    place = _place(product_id, known)
    return place is not None and any(_place(each, known) == place for each in others)


def _place(product_id: str, known: dict[str, Product]) -> tuple[str, ...] | None:
    """The branch below which versions of a product stand, and the hardware; None where it has no version."""
    product = known.get(product_id)
    if isinstance(product, Installation):
        software = _place(product.software_id, known)
        return (*software, product.hardware_id) if software is not None else None
    if isinstance(product, Software) and product.versions.form is not Form.UNKNOWN:
        return (product.vendor, product.family, product.product)
    if isinstance(product, Hardware) and product.revision:
        return (product.vendor, product.family, product.product)
    return None


def _reasons(document: Document, speech: str) -> list[Json]:
    if document.withdrawal is None:
        return []
    titles = _SUPERSEDED if document.withdrawal.successors else _WITHDRAWN
    return parts.notes([Note(NoteCategory.DESCRIPTION, document.withdrawal.reason, titles[speech])])


def _successors(document: Document, speech: str) -> list[Json]:
    """6.1.27.19 wants the summary of each to begin with these words."""
    if document.withdrawal is None:
        return []
    return [
        {**each, "summary": f"{_SUCCESSOR[speech]}: {each['summary']}"}
        for each in parts.references(document.withdrawal.successors)
    ]


def _contact(document: Document, speech: str, losses: list[Loss]) -> list[Json]:
    """`contact_details` in August, an object `contact` in October: a note is the same in both."""
    if not document.publisher.contact_details:
        return []
    losses.append(Loss("/document/publisher", parts.CONTACT))
    return parts.notes([Note(NoteCategory.GENERAL, document.publisher.contact_details, _CONTACT[speech])])


def _tracking(document: Document, losses: list[Loss]) -> Json:
    """A document for the public was first released when its version 1 was (6.1.66)."""
    made = tracking(document.tracking)
    first = next((each for each in document.tracking.revisions if each.number in _FIRST), None)
    if first is None or document.tracking.status is Status.DRAFT:
        return made
    date = instant(first.date)
    if made["initial_release_date"] != date:
        losses.append(Loss("/document/tracking/initial_release_date", parts.INITIAL_DATE))
        made["initial_release_date"] = date
    return made
