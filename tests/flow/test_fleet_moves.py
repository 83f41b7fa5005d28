"""What the fleet learns moves a case's position within seconds, once for many imports."""

import io
from datetime import timedelta
from unittest.mock import patch

import pytest

from okiagari.fleet import actions as fleet
from okiagari.flow import advance
from okiagari.flow.models import Position
from okiagari.plumbing import clock, jobs
from okiagari.plumbing.models import Job
from tests.disclose.story import Story
from tests.reach.conftest import PUBLISHED, drafted, field, published, site

__all__ = ["drafted", "field", "published", "site"]

pytestmark = pytest.mark.django_db


def bring(story: Story, first: int, count: int) -> None:
    rows = "".join(f"U{number},WN-G54/R2,1.03,2015-08-18\n" for number in range(first, first + count))
    file = io.BytesIO(f"unit,product,version,at\n{rows}".encode())
    fleet.import_observations(story.member, file, name="seen.csv", source="log")


def watched() -> str:
    """The case as one whose reach grows, until it is looked at again."""
    computed: str = Position.objects.get().step
    Position.objects.update(step="reach")
    return computed


def test_an_import_moves_the_position_in_seconds_and_once(published: Story) -> None:
    with clock.at(PUBLISHED + timedelta(hours=1)):
        jobs.ensure_periodic()
        jobs.run_due()
        computed = watched()
        bring(published, 0, 20)
        bring(published, 20, 20)
        assert Job.objects.filter(kind="flow.reach", done_at=None).count() == 1
        jobs.run_due()
        assert Position.objects.get().step == "reach"
    with (
        clock.at(PUBLISHED + timedelta(hours=1, seconds=6)),
        patch.object(advance, "recompute", wraps=advance.recompute) as recomputed,
    ):
        jobs.run_due()
        assert (recomputed.call_count, Position.objects.get().step) == (1, computed)
    with clock.at(PUBLISHED + timedelta(hours=1, seconds=20)):
        watched()
        bring(published, 40, 20)
    with clock.at(PUBLISHED + timedelta(hours=1, seconds=30)):
        jobs.run_due()
        assert Position.objects.get().step == computed
