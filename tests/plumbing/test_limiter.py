"""All processes count together; who was refused costs nothing more; nothing says who it was."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okiagari.plumbing import clock, limiter
from okiagari.plumbing.handlers import tidy
from okiagari.plumbing.models import Knock
from okiagari.problems import Problem

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def take(who: str = "203.0.113.7") -> None:
    limiter.take("test", who, limit=3, seconds=3600)


def test_another_process_goes_on_counting() -> None:
    with clock.at(NOON):
        for _ in range(3):
            take()
            cache.clear()  # as a process that has seen nothing yet
        with pytest.raises(Problem) as raised:
            take()
        assert (raised.value.code, raised.value.parameters) == ("limiter.too_often", {"minutes": 60})
        take("203.0.113.8")
    with clock.at(NOON + timedelta(hours=1)):
        take()


def test_a_flood_costs_the_database_no_more_than_the_limit() -> None:
    with clock.at(NOON):
        for _ in range(3):
            take()
        with CaptureQueriesContext(connection) as captured:
            for _ in range(20):
                with pytest.raises(Problem):
                    take()
    assert len(captured) == 1
    assert Knock.objects.get().count == 4


def test_the_address_is_not_kept_and_a_window_that_is_over_is_forgotten() -> None:
    with clock.at(NOON):
        take()
        assert "203.0.113" not in Knock.objects.get().key
    with clock.at(NOON + timedelta(minutes=59)):
        tidy({})
        assert Knock.objects.exists()
    with clock.at(NOON + timedelta(hours=2)):
        tidy({})
        assert not Knock.objects.exists()
