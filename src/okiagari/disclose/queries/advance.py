"""The copy of a document before it is public, for whoever may see the draft."""

from dataclasses import dataclass

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, problems, publisher, upcoming
from okiagari.disclose import advance as copies
from okiagari.standards import csaf
from okiagari.standards.csaf.terms import Tlp

LABELS = tuple(each.value for each in copies.LABELS)
PUBLIC = frozenset({"published", "withdrawn"})


@dataclass(frozen=True)
class AdvanceCopy:
    """`name`: of the file, as its id wants it."""

    name: str
    content: bytes


def advance_copy(
    subject: Subject, advisory_id: str, *, language: str, tlp: str = LABELS[0], version: str = "2.0"
) -> AdvanceCopy:
    """What would go out next, as a draft under a label of the Traffic Light Protocol.

    Raises NO_SUCH_TLP, NOTHING_TO_COME; NOTHING_HERE for a language or version it does not come in.
    """
    permits.require(subject, "cases.inside")
    row, site = access.seen(subject, advisory_id), publisher.site()
    if language not in row.languages or version not in ("2.0", *(["2.1"] if site.has_csaf_2_1 else ())):
        raise permits.NOTHING_HERE()
    if tlp not in LABELS:
        raise problems.NO_SUCH_TLP(tlp=tlp, allowed=", ".join(LABELS)).at("tlp")
    if row.state in PUBLIC:
        raise problems.NOTHING_TO_COME(advisory=row.tracking_id)
    entry = upcoming.entry(row, language)
    built = copies.document(entry, site, language, Tlp(tlp), version=version)
    return AdvanceCopy(csaf.file_name(entry.document_id(language)), csaf.to_bytes(built.document))
