"""After a whole case, from first report to last lesson, a rebuild from the facts gives the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from okiagari.desk.models import Team
from okiagari.flow import advance
from okiagari.flow.models import Position, Wait
from okiagari.plumbing import clock
from tests.support.positions import projection
from tests.support.stories import a_world, played

NOW = datetime(2015, 6, 22, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def story(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The case of 2015, from first report to last lesson; everything is rolled back after this module."""
    folder: Path = tmp_path_factory.mktemp("story")
    with django_db_blocker.unblock(), transaction.atomic(), a_world(folder):
        played()
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_after_the_replay_a_rebuild_makes_the_same_from_the_facts(story: None) -> None:
    from okiagari.flow.telling import sentences

    assert sentences()
    with clock.at(Position.objects.get().changed_at):
        before = projection()
        assert advance.rebuild() == 1
        assert projection() == before


@pytest.mark.django_db
def test_a_rebuild_from_nothing_makes_the_same_but_for_since_when_things_wait(story: None) -> None:
    with clock.at(Position.objects.get().changed_at):
        before = projection()
        Wait.objects.all().delete()
        Position.objects.all().delete()
        advance.rebuild()
        after = projection()
    for row in (*before["waits"], *after["waits"]):
        del row["since"]
    assert after == before


@pytest.mark.django_db
def test_a_rebuild_mends_what_somebody_broke(story: None) -> None:
    with clock.at(Position.objects.get().changed_at):
        right = projection()
        Position.objects.update(step="received", missing=[], level="severe", due_at=NOW)
        extra = Position.objects.get()
        Wait.objects.create(
            scope_id=extra.scope_id,
            stream_kind="report",
            stream_key="REP-15-GHOST",
            principal=Team.objects.get(key="psirt").principal,
            code="report",
            text="x",
            since=NOW,
        )
        advance.rebuild()
        assert projection() == right
