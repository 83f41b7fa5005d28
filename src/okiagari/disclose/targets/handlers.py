"""The jobs of targets and of the archive. They talk to other machines or read much: a loop of their own runs
them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from okiagari.disclose.archive import recording
from okiagari.disclose.targets import delivering, queueing
from okiagari.plumbing import jobs


@jobs.handles(queueing.KIND, is_beside=True)
def deliver(payload: Mapping[str, Any]) -> None:
    delivering.run(str(payload["target"]))


@jobs.handles("disclose.tend_targets", every_seconds=300, is_beside=True)
def tend_targets(payload: Mapping[str, Any]) -> None:
    """A target that is new gets what is public; what was given up is taken up again."""
    queueing.tend()


@jobs.handles("disclose.tidy_archive", every_seconds=86_400, is_beside=True)
def tidy_archive(payload: Mapping[str, Any]) -> None:
    """Remove bytes that a kill left and no row speaks of."""
    recording.collect_orphans(Path(settings.ENVIRONMENT.site_dir))
