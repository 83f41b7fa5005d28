"""The published case of 2015 with a fleet of its own, and the clock at the day of publication."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okiagari.catalog import actions as catalog
from okiagari.disclose import actions as disclose
from okiagari.fleet.stores import Store
from okiagari.plumbing import clock
from tests.disclose.conftest import site
from tests.disclose.story import Story, begun
from tests.support.field import a_field

__all__ = ["site"]

PUBLISHED = datetime(2015, 8, 18, 3, 0, tzinfo=UTC)


def days(count: float) -> datetime:
    """So many days after the publication."""
    return PUBLISHED + timedelta(days=count)


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Store]:
    with a_field(tmp_path) as store:
        yield store


@pytest.fixture
def drafted(db: None, site: Path, field: Store) -> Story:
    """Everything decided and written, nothing published."""
    with clock.at(days(-30)):
        story = begun()
        for model, units in (("WN-G54/R2", 100), ("NP-BBRS", 50)):
            catalog.put_shipped(story.member, model, date="2009", units=units, assumed=True)
    return story


@pytest.fixture
def published(drafted: Story) -> Story:
    with clock.at(PUBLISHED):
        drafted.approved()
        disclose.publish(drafted.member, drafted.advisory)
    return drafted
