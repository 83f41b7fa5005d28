"""Undo of a merge: the merged case opens again with what came from it, as long as nothing was moved since."""

from django.db.models import Q

from okiagari.cases import moving as cases
from okiagari.cases.models import Case
from okiagari.desk.aggregates import find_for
from okiagari.desk.subjects import Subject
from okiagari.disclose import moving as disclose
from okiagari.flow.importing import moving as documents
from okiagari.flow.merging import frame, rules
from okiagari.flow.models import Transfer
from okiagari.intake import moving as intake
from okiagari.learn import moving as learn
from okiagari.plumbing import clock
from okiagari.reach import moving as reach
from okiagari.remedy import moving as remedy
from okiagari.triage import moving as triage

ROOMS = {
    "disclose": disclose,
    "remedy": remedy,
    "cases": cases,
    "triage": triage,
    "intake": intake,
    "reach": reach,
    "learn": learn,
    "documents": documents,
}


def undo_merge(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> str:
    """Take a merged case out again. What was added to the joined case since stays there.

    Raises REASON_NEEDED, NOT_MERGED, MOVED_SINCE, CLOSED. Returns the number of the case that opens again.
    """
    why = rules.check_reason(reason)
    seen = find_for(subject, "flow.merge", Case, case_id)
    if seen.merged_into is None:
        raise rules.NOT_MERGED()
    joined = (seen.merged_into.public_id, None)
    with frame.both(subject, "flow.merge", (case_id, version), joined) as (source, target):
        last = _last(source, target)
        frame.check_open(target)
        for room, moving in ROOMS.items():
            moving.give_back(source, target, last.record[room])
        source.closed_at, source.merged_into = None, None
        last.undone_at, last.undone_reason = clock.now(), why
        last.save()
        frame.write(subject, source, "merge_undone", target, reason=why)
        frame.write(subject, target, "merge_given_back", source, reason=why)
        frame.reindex(source, target)
    return source.public_id


def _last(source: Case, target: Case) -> Transfer:
    """The merge, if it is the last that moved anything from or to either. Raises NOT_MERGED, MOVED_SINCE."""
    if source.merged_into_id != target.pk:
        raise rules.NOT_MERGED()
    involved = Q(source__in=(source, target)) | Q(target__in=(source, target))
    last = Transfer.objects.filter(involved, undone_at=None).order_by("-pk").first()
    if last is None or (last.kind, last.source_id, last.target_id) != ("merge", source.pk, target.pk):
        raise rules.MOVED_SINCE()
    return last
