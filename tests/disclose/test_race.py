"""Two app processes, one publication: it goes out once."""

import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher, queries
from okiagari.disclose.models import Publication
from okiagari.plumbing import jobs, ledger
from okiagari.problems import Problem
from tests.disclose.story import Story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def together(*deeds: "object") -> list[BaseException]:
    """Run these at the same instant, each with a connection of its own."""
    gate = threading.Barrier(len(deeds))
    raised: list[BaseException] = []

    def run(deed: "object") -> None:
        gate.wait()
        try:
            deed()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - handed on to the test
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def scheduled(story: Story) -> int:
    story.approved()
    with transaction.atomic():
        disclose.publish(story.member, story.advisory)
    return Publication.objects.get().pk


def published(story: Story) -> int:
    lines = ledger.entries([("advisory", story.advisory)])
    return sum(line.verb == "disclose.published" for line in lines)


def test_two_workers_that_hold_the_same_job_publish_once(story: Story, site: Path) -> None:
    number = scheduled(story)
    assert together(lambda: publisher.run(number), lambda: publisher.run(number)) == []
    assert published(story) == 1
    assert [each.number for each in queries.publications(story.member, story.advisory)] == [1]
    assert len(list((site / "trees").glob("*/"))) == 1


def test_two_workers_that_ask_for_work_publish_once(story: Story, site: Path) -> None:
    scheduled(story)
    assert together(lambda: jobs.run_one("a"), lambda: jobs.run_one("b")) == []
    assert published(story) == 1


def test_two_people_who_press_publish_publish_once(story: Story, site: Path) -> None:
    story.approved()

    def press() -> None:
        disclose.publish(story.member, story.advisory)

    raised = together(press, press)
    assert len(raised) == 1
    assert isinstance(raised[0], Problem)
    assert published(story) == 1


def test_cancelling_and_publishing_at_once_ends_in_one_of_them(story: Story, site: Path) -> None:
    number = scheduled(story)
    together(
        lambda: publisher.run(number),
        lambda: disclose.cancel_publication(story.member, story.advisory, reason="x"),
    )
    state = Publication.objects.get().state
    assert state in {"published", "cancelled"}
    assert (site / "current").exists() == (state == "published")
