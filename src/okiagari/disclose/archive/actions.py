"""What one does with the archive: prove it, and remove what need not be kept any longer, saying why."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import outgoing
from okiagari.disclose.archive import blobs, problems, verifying
from okiagari.disclose.archive.models import PrunedContent, PublishedFile
from okiagari.disclose.archive.recording import STREAM, state
from okiagari.disclose.archive.verifying import Verdict
from okiagari.disclose.site import tree
from okiagari.disclose.site.writer import Writer
from okiagari.plumbing import clock, ledger

YOUNGEST = timedelta(days=365)


def verify(subject: Subject, progress: Callable[[int, int], None] = verifying.nobody_looks) -> Verdict:
    """Check every byte and every row, once what a kill left open is settled."""
    permits.require(subject, "site.archive")
    site = Path(settings.ENVIRONMENT.site_dir)
    with tree.alone(site):
        outgoing.settle(site, Writer())
    return verifying.verify(site, progress)


def prune(subject: Subject, *, before: datetime, reason: str) -> int:
    """Remove the bytes of what was replaced before a day. Rows, hashes and times stay, and say when, by whom
    and why. Returns how many contents were removed. Raises WHY_PRUNE, TOO_YOUNG."""
    permits.require(subject, "site.prune")
    if not reason.strip():
        raise problems.WHY_PRUNE().at("reason")
    if before > clock.now() - YOUNGEST:
        raise problems.TOO_YOUNG().at("before")
    gone = sorted(_replaced(before))
    with ledger.action():
        PrunedContent.objects.bulk_create(
            PrunedContent(sha256=each, at=clock.now(), by_id=subject.person_id, reason=reason.strip())
            for each in gone
        )
        facts = {"before": before, "count": len(gone), "reason": reason.strip()}
        ledger.append(STREAM, subject=subject, verb="disclose.pruned", facts=facts)
    blobs.remove(gone)
    return len(gone)


def _replaced(before: datetime) -> set[str]:
    """Contents that no address has said since, and that were not removed already."""
    kept = set(state().values())
    for changes in _by_path().values():
        pairs = pairwise(changes)
        kept.update(sha256 for (sha256, _), (_, until) in pairs if until >= before)
    known = set(PublishedFile.objects.exclude(sha256="").values_list("sha256", flat=True))
    return known - kept - set(PrunedContent.objects.values_list("sha256", flat=True))


def _by_path() -> dict[str, list[tuple[str, datetime]]]:
    found: dict[str, list[tuple[str, datetime]]] = {}
    rows = PublishedFile.objects.filter(tree__state="out").order_by("tree_id")
    for path, sha256, at in rows.values_list("path", "sha256", "tree__at").iterator():
        found.setdefault(path, []).append((sha256, at))
    return found
