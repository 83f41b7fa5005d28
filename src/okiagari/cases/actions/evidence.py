"""Files and notes kept with a case. The bytes are stored before the case is locked; nothing is ever run."""

import unicodedata

from okiagari.cases.actions.frame import changing_any, write_line
from okiagari.cases.models import Case, Evidence
from okiagari.desk import permits
from okiagari.desk.aggregates import find
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, files
from okiagari.plumbing.models import Blob
from okiagari.problems import Kind, define, gettext_noop

LIMIT = 25 * 1024 * 1024
NOTHING_TO_KEEP = define(
    "cases.nothing_to_keep",
    Kind.INVALID,
    gettext_noop("There is nothing to keep."),
    gettext_noop("Choose a file, or write a note."),
)


def add_evidence(
    subject: Subject, case_id: str, *, name: str, content: bytes | None, note: str = "", part: str = ""
) -> str:
    """Keep a file, a note or both. Returns its number. Raises NOTHING_TO_KEEP, files.TOO_LARGE."""
    seen = find(subject, Case, case_id)
    permits.require(subject, "cases.evidence", seen.scope_id)
    if not content and not note.strip():
        raise NOTHING_TO_KEEP().at("content")
    blob = files.store((content,), limit=LIMIT) if content else None
    return _put(subject, case_id, blob, (name, note), part)


def keep_file(subject: Subject, case_id: str, *, name: str, blob: Blob, note: str = "") -> str:
    """The same for a file whose bytes are stored already."""
    return _put(subject, case_id, blob, (name, note), "")


def _put(subject: Subject, case_id: str, blob: Blob | None, said: tuple[str, str], part: str) -> str:
    name, note = said
    with changing_any(subject, "cases.evidence", case_id, part=part) as case:
        row = Evidence.objects.create(
            case=case,
            scope_id=case.here_scope_id,
            blob=blob,
            name=file_name(name) or "note",
            note=note.strip(),
            at=clock.now(),
            by_id=subject.person_id,
        )
        write_line(
            case,
            subject,
            "evidence_added",
            evidence=row.public_id,
            name=row.name,
            note=row.note,
            sha256=blob.sha256 if blob else None,
            size=blob.size if blob else None,
        )
    return row.public_id


def file_name(name: str) -> str:
    """The last part of a name, without what a terminal or a header would trip over."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()[:200]
