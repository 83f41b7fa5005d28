"""The small pieces every part of a CSAF document is made of (OASIS CSAF 2.0, section 3.1).

In: model values. Out: JSON values with keys in alphabetical order, which is the order of the schema
(6.2.13), and nothing empty. It never checks: an impossible value comes out as given.
"""

from collections.abc import Iterable

from okiagari.problems import gettext_noop
from okiagari.standards.documents import Json, Loss, instant, pruned, unique, uri
from okiagari.standards.partialdate import PartialDate

from .model import Acknowledgment, Flag, Helper, Note, Reference, Threat

__all__ = ["Json", "Loss", "instant", "pruned", "unique", "uri"]

WITHHELD = gettext_noop("A credit is left out: there is no consent to it.")
NO_CVSS4 = gettext_noop("The CVSS 4.0 score %(vector)s is left out: CSAF 2.0 knows 2.0 and 3.x only.")
SCORE_TWICE = gettext_noop(
    "The score %(vector)s is left out for %(products)s, which have another of that kind."
)
FIX_PLANNED = gettext_noop(
    "A planned fix has no category in CSAF 2.0; its date is in the text of “none_available”."
)
STOP_USE = gettext_noop(
    "A request to stop using has no category in CSAF 2.0; it is the text of “no_fix_planned”."
)
AMBER_STRICT = gettext_noop("TLP:AMBER+STRICT does not exist in CSAF 2.0; the document says TLP:RED.")
SCORE_SOURCE = gettext_noop("CSAF 2.0 does not say who scored: %(source)s is left out beside %(vector)s.")
EXPLOITATION = gettext_noop(
    "CSAF 2.0 has no place for the first known attack; its date is in the text of “exploit_status”."
)
WITHDRAWN = gettext_noop("CSAF 2.0 has no category for a withdrawn document; a note says it.")
CVE_TWICE = gettext_noop("The id %(text)s is left out: a vulnerability carries one CVE id.")

# CSAF 2.1
STOP_USE_2_1 = gettext_noop(
    "A request to stop using has no category in CSAF 2.1; it is the text of “no_fix_planned”."
)
BESIDE_A_FIX = gettext_noop(
    "CSAF 2.1 refuses “%(category)s” beside another measure; for %(products)s it is “mitigation”."
)
NOT_FOR_STATUS = gettext_noop(
    "The remediation is left out for %(products)s: CSAF 2.1 refuses “%(category)s” for their status."
)
CONTACT = gettext_noop(
    "The drafts of CSAF 2.1 write the contact differently; it is in a note, which all of them know."
)
LIKE_2_0 = gettext_noop(
    "CSAF 2.1 asks an advisory for an id, affected products and what each fix replaces; "
    "the document says “csaf_deprecated_security_advisory”."
)
NOT_IN_VEX = gettext_noop("The status “%(group)s” is left out: CSAF 2.1 refuses it in a VEX.")
DATE_AFTER = gettext_noop("The date %(date)s is left out: it is after the document or contradicts another.")
INITIAL_DATE = gettext_noop("CSAF 2.1 takes the date of the first version for that of the first release.")
BARE = gettext_noop("CSAF 2.1 leaves a withdrawn document without products and vulnerabilities.")

_PARTS_OF_MONTH = {"early": "上旬", "mid": "中旬", "late": "下旬"}
_PARTS_OF_YEAR = {"early": "前半", "mid": "半ば", "late": "後半"}


def notes(items: Iterable[Note], *, version: str = "2.0") -> list[Json]:
    """2.1 ties a note to products."""
    return [
        pruned(
            audience=note.audience,
            category=note.category.value,
            product_ids=unique(note.product_ids) if version == "2.1" else None,
            text=note.text,
            title=note.title,
        )
        for note in items
    ]


def references(items: Iterable[Reference]) -> list[Json]:
    return [
        pruned(category="self" if item.is_self else "external", summary=item.summary, url=uri(item.url))
        for item in items
    ]


def acknowledgments(items: Iterable[Acknowledgment], location: str, losses: list[Loss]) -> list[Json]:
    """Only those who consented; the loss does not say who did not."""
    thanked = [item for item in items if item.has_consent]
    losses.extend(Loss(location, WITHHELD) for item in items if not item.has_consent)
    made = (
        pruned(
            names=list(item.names),
            organization=item.organization,
            summary=item.summary,
            urls=[uri(url) for url in item.urls],
        )
        for item in thanked
    )
    return [item for item in made if item]


def threats(items: Iterable[Threat]) -> list[Json]:
    return [
        pruned(
            category=item.category.value,
            date=instant(item.date),
            details=item.details,
            product_ids=unique(item.product_ids),
        )
        for item in items
    ]


def flags(items: Iterable[Flag]) -> list[Json]:
    return [
        pruned(date=instant(item.date), label=item.label.value, product_ids=unique(item.product_ids))
        for item in items
    ]


def helper(item: Helper | None, *, version: str = "2.0") -> Json:
    """2.1 allows several package URLs, in a list of another name."""
    if item is None:
        return {}
    purl: object = [item.purl] if version == "2.1" and item.purl else item.purl
    return pruned(
        cpe=item.cpe,
        hashes=[
            {
                "file_hashes": [{"algorithm": name, "value": value} for name, value in entry.hashes],
                "filename": entry.filename,
            }
            for entry in item.files
        ],
        model_numbers=unique(item.model_numbers),
        sbom_urls=[uri(url) for url in item.sbom_urls],
        serial_numbers=unique(item.serial_numbers),
        skus=unique(item.skus),
        x_generic_uris=[{"namespace": uri(space), "uri": uri(name)} for space, name in item.uris],
        **{"purls" if version == "2.1" else "purl": purl},
    )


def date_words(day: PartialDate, language: str) -> str:
    """A date as far as it is known, for people; "" if unknown."""
    if not language.lower().startswith("ja") or day.year is None:
        return str(day)
    words = f"{day.year}年"
    if day.month is None:
        return words + _PARTS_OF_YEAR.get(day.part, "")
    words += f"{day.month}月"
    return words + (f"{day.day}日" if day.day else _PARTS_OF_MONTH.get(day.part, ""))
