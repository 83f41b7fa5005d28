"""Files and notes kept with a case."""

from okiagari.cases.models import Evidence
from okiagari.cases.reading import part_keys, person_name, readable
from okiagari.cases.values import EvidenceFile, EvidenceView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import files, ids


def evidence(subject: Subject, case_id: str) -> tuple[EvidenceView, ...]:
    """What is kept with the case, newest first. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    seen = Evidence.objects.filter(case=row, scope_id__in=permits.scopes(subject))
    rows = seen.select_related("blob", "by").order_by("-at", "-pk")
    parts = part_keys((each.scope_id, row.scope_id) for each in rows)
    return tuple(
        EvidenceView(
            id=each.public_id,
            name=each.name,
            note=each.note,
            at=each.at,
            by=person_name(each.by),
            sha256=each.blob.sha256 if each.blob else "",
            size=each.blob.size if each.blob else 0,
            part=parts.get(each.scope_id, ""),
        )
        for each in rows
    )


def evidence_file(subject: Subject, evidence_id: str) -> EvidenceFile:
    """The bytes of one file, for a download. Raises NOTHING_HERE."""
    rows = Evidence.objects.exclude(blob=None).select_related("blob")
    row = rows.filter(public_id=ids.folded(evidence_id), scope_id__in=permits.scopes(subject)).first()
    if row is None or row.blob is None or not permits.may(subject, "cases.inside"):
        raise permits.NOTHING_HERE()
    return EvidenceFile(row.name, files.read(row.blob.sha256))
