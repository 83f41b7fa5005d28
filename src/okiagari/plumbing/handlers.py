"""Periodic work of the plumbing: anchors over the ledger, orphaned files, old answers and sessions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from okiagari.plumbing import anchors, clock, files, jobs
from okiagari.plumbing.models import Answered, Job, Knock
from okiagari.plumbing.search import dialects

KEEP_ANSWERS = timedelta(days=2)
KEEP_JOBS = timedelta(days=30)


@jobs.handles("plumbing.anchor", every_seconds=300)
def anchor(payload: Mapping[str, Any]) -> None:
    """Anchor what moved: a tail cut off later than five minutes ago shows."""
    anchors.anchor()


@jobs.handles("plumbing.tidy", every_seconds=86_400)
def tidy(payload: Mapping[str, Any]) -> None:
    """Remove what nobody needs any more."""
    files.collect_orphans()
    Knock.objects.filter(ends_at__lt=clock.now()).delete()
    Answered.objects.filter(at__lt=clock.now() - KEEP_ANSWERS).delete()
    Job.objects.filter(done_at__lt=clock.now() - KEEP_JOBS, every_seconds=None).delete()
    call_command("clearsessions")


@jobs.handles("plumbing.merge_index")
def merge_index(payload: Mapping[str, Any]) -> None:
    """After an erasure: write the index anew, so that its old pages hold nothing of what was erased."""
    dialects.merge()
