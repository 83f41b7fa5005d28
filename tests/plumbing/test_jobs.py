"""Jobs: rows of the action's own transaction, run once, taken up again after a death, given up at last."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from okiagari.desk.subjects import SYSTEM
from okiagari.plumbing import clock, handlers, jobs, ledger
from okiagari.plumbing.models import Answered, Job
from tests.support.failing import a_failing_action

NOON = datetime(2015, 8, 18, 12, tzinfo=UTC)
Register = Callable[..., list[Any]]


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "okiagari.jobs")


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Registers a handler for the length of a test; returns the payloads it was given."""
    monkeypatch.setattr(jobs, "_handlers", dict(jobs._handlers))
    monkeypatch.setattr(jobs, "_periodic", {})

    def register(
        kind: str, work: Callable[[], object] = lambda: None, *, every: int | None = None
    ) -> list[Any]:
        ran: list[Any] = []

        @jobs.handles(kind, every_seconds=every)
        def handle(payload: Any) -> None:
            ran.append(payload)
            work()

        return ran

    return register


def fail() -> None:
    raise ZeroDivisionError("as it was told to")


@pytest.mark.django_db
def test_a_job_runs_once_and_not_before_its_time(handler: Register) -> None:
    ran = handler("thing.do")
    with clock.at(NOON):
        jobs.enqueue("thing.do", {"case": "OKI-15-AAAAA"}, run_at=NOON + timedelta(hours=1))
        assert jobs.run_due() == 0
    with clock.at(NOON + timedelta(hours=1)):
        assert jobs.run_due() == 1
        assert jobs.run_due() == 0
    assert ran == [{"case": "OKI-15-AAAAA"}]


@pytest.mark.django_db
def test_a_job_is_written_in_the_transaction_of_its_action_and_gone_with_it(handler: Register) -> None:
    ran = handler("thing.do")
    with a_failing_action():
        ledger.append(("thing", "T-1"), subject=SYSTEM, verb="thing.done", facts={})
        jobs.enqueue("thing.do", {})
    assert jobs.run_due() == 0
    assert ran == []


@pytest.mark.django_db
def test_the_earliest_due_goes_first(handler: Register) -> None:
    ran = handler("thing.do")
    for hour in (3, 1, 2):
        jobs.enqueue("thing.do", {"hour": hour}, run_at=NOON + timedelta(hours=hour))
    jobs.run_due()
    assert [payload["hour"] for payload in ran] == [1, 2, 3]


@pytest.mark.django_db
def test_a_key_makes_a_job_exist_once_and_moves_it(handler: Register) -> None:
    ran = handler("thing.do")
    with clock.at(NOON):
        jobs.enqueue("thing.do", {"at": "old"}, run_at=NOON, key="the one")
        jobs.enqueue("thing.do", {"at": "new"}, run_at=NOON + timedelta(days=1), key="the one")
        assert jobs.run_due() == 0
    with clock.at(NOON + timedelta(days=1)):
        assert jobs.run_due() == 1
    assert ran == [{"at": "new"}]


@pytest.mark.django_db
def test_a_job_taken_back_does_not_run(handler: Register) -> None:
    ran = handler("thing.do")
    jobs.enqueue("thing.do", {}, key="the one")
    assert jobs.cancel("the one")
    assert not jobs.cancel("the one"), "there is nothing left to take back"
    assert jobs.run_due() == 0
    assert ran == []


@pytest.mark.django_db
def test_a_job_moved_while_it_runs_runs_again_at_the_new_time(handler: Register) -> None:
    later = NOON + timedelta(days=7)

    def move() -> None:
        if len(ran) == 1:
            jobs.enqueue("thing.do", {"run": 2}, run_at=later, key="the one")

    ran = handler("thing.do", move)
    with clock.at(NOON):
        jobs.enqueue("thing.do", {"run": 1}, run_at=NOON, key="the one")
        assert jobs.run_due() == 1
    with clock.at(later):
        assert jobs.run_due() == 1
    assert ran == [{"run": 1}, {"run": 2}]


@pytest.mark.django_db
def test_a_job_moved_to_this_very_instant_while_it_runs_is_not_lost(handler: Register) -> None:
    def again() -> None:
        if len(ran) == 1:
            jobs.enqueue("thing.do", {}, run_at=NOON, key="the one")

    ran = handler("thing.do", again)
    with clock.at(NOON):
        jobs.enqueue("thing.do", {}, run_at=NOON, key="the one")
        jobs.run_due()
    assert len(ran) == 2


@pytest.mark.django_db
def test_a_job_that_was_moved_and_then_failed_keeps_its_new_time(handler: Register) -> None:
    """A publication moved to next week must not run in two seconds because the old run stumbled."""
    later = NOON + timedelta(days=7)

    def move_and_fail() -> None:
        jobs.enqueue("thing.do", {}, run_at=later, key="the one")
        fail()

    handler("thing.do", move_and_fail)
    with clock.at(NOON):
        jobs.enqueue("thing.do", {}, run_at=NOON, key="the one")
        jobs.run_due()
    job = Job.objects.get()
    assert (job.run_at, job.lease_until, job.attempts) == (later, None, 0)


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_each_time_and_given_up_after_eight(handler: Register) -> None:
    ran = handler("thing.do", fail)
    with clock.at(NOON):
        jobs.enqueue("thing.do", {})
    at, waits = NOON, []
    while Job.objects.get().failed_at is None:
        with clock.at(at):
            assert jobs.run_due() == 1
        job = Job.objects.get()
        waits.append((job.run_at - at).total_seconds())
        at = job.run_at
        assert len(waits) < 20
    assert len(ran) == jobs.ATTEMPTS == 8
    assert waits[:7] == [2, 4, 8, 16, 32, 64, 128]
    assert "as it was told to" in Job.objects.get().error
    with clock.at(at + timedelta(days=365)):
        assert jobs.run_due() == 0


@pytest.mark.django_db
def test_a_job_nobody_can_handle_is_an_error_and_not_an_end(handler: Register) -> None:
    ran = handler("thing.do")
    with clock.at(NOON):
        jobs.enqueue("thing.unheard_of", {})
        jobs.enqueue("thing.do", {})
        assert jobs.run_due() == 2
    assert len(ran) == 1
    assert "thing.unheard_of" in Job.objects.get(kind="thing.unheard_of").error


@pytest.mark.django_db
def test_a_killed_workers_job_is_taken_up_when_its_lease_is_over(handler: Register) -> None:
    ran = handler("thing.do")
    with clock.at(NOON):
        jobs.enqueue("thing.do", {})
        killed = jobs.claim("worker that is killed")
        assert killed is not None
        assert not jobs.run_one("another"), "it is leased"
    with clock.at(NOON + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.run_one("another")
    assert len(ran) == 1


@pytest.mark.django_db
def test_a_slow_worker_that_lost_its_lease_does_not_finish_the_job_of_the_next(handler: Register) -> None:
    handler("thing.do")
    with clock.at(NOON):
        jobs.enqueue("thing.do", {})
        slow = jobs.claim("slow")
    with clock.at(NOON + jobs.LEASE + timedelta(seconds=1)):
        taken = jobs.claim("next")
    assert slow is not None
    assert taken is not None
    jobs._finish(slow)
    job = Job.objects.get()
    assert (job.done_at, job.lease_by) == (None, "next")
    assert job.lease_until is not None


@pytest.mark.django_db
def test_a_job_that_ends_every_worker_is_given_up_too(handler: Register) -> None:
    handler("thing.do")
    at = NOON
    with clock.at(at):
        jobs.enqueue("thing.do", {})
    for number in range(jobs.ATTEMPTS):
        with clock.at(at):
            assert jobs.claim(f"worker {number}") is not None
        at += jobs.LEASE + timedelta(seconds=1)
    with clock.at(at):
        assert jobs.claim("one more") is None
    assert Job.objects.get().failed_at == at


@pytest.mark.django_db
def test_a_periodic_job_comes_back_by_itself_and_exists_once(handler: Register) -> None:
    ran = handler("thing.every", every=300)
    with clock.at(NOON):
        jobs.ensure_periodic()
        jobs.ensure_periodic()
        assert jobs.run_due() == 1
    with clock.at(NOON + timedelta(seconds=299)):
        assert jobs.run_due() == 0
    with clock.at(NOON + timedelta(seconds=300)):
        assert jobs.run_due() == 1
    assert len(ran) == 2


@pytest.mark.django_db
def test_a_periodic_job_never_gives_up(handler: Register) -> None:
    ran = handler("thing.every", fail, every=60)
    at = NOON
    with clock.at(at):
        jobs.ensure_periodic()
    for _ in range(jobs.ATTEMPTS + 2):
        with clock.at(at):
            jobs.run_due()
        at += timedelta(hours=1)
    assert len(ran) == jobs.ATTEMPTS + 2
    assert Job.objects.get().failed_at is None


@pytest.mark.django_db
def test_another_interval_reaches_the_row_that_is_there(handler: Register) -> None:
    handler("thing.every", every=300)
    jobs.ensure_periodic()
    handler("thing.every", every=60)
    jobs.ensure_periodic()
    assert Job.objects.get().every_seconds == 60


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_each_job_runs_once(handler: Register) -> None:
    ran = handler("thing.do")
    for number in range(20):
        jobs.enqueue("thing.do", {"number": number})
    start = threading.Barrier(2)

    def work(name: str) -> None:
        start.wait()
        try:
            while jobs.run_one(name):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(payload["number"] for payload in ran) == list(range(20))
    assert not Job.objects.filter(done_at=None).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_passes_by_a_job_that_another_is_just_taking(handler: Register) -> None:
    from django.db import transaction

    handler("thing.do")
    jobs.enqueue("thing.do", {"number": 1})
    jobs.enqueue("thing.do", {"number": 2})
    taken: list[Any] = []

    def other() -> None:
        try:
            job = jobs.claim("two")
            taken.append(job.payload if job else None)
        finally:
            connection.close()

    with transaction.atomic():
        first = jobs.claim("one")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(30)
    assert first is not None
    assert (first.payload, taken) == ({"number": 1}, [{"number": 2}])


@pytest.mark.django_db(transaction=True)
def test_the_loop_works_until_it_is_told_to_stop(handler: Register) -> None:
    stop = threading.Event()
    ran = handler("thing.do", stop.set)
    jobs.enqueue("thing.do", {})
    worker = threading.Thread(target=_loop, args=(stop,))
    worker.start()
    worker.join(30)
    stop.set()
    assert len(ran) == 1


def _loop(stop: threading.Event) -> None:
    try:
        jobs.work(stop, pause_seconds=0.01)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_loop_survives_a_database_that_is_away_for_a_moment(
    handler: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    calls: list[int] = []

    def away() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("no database yet")
        stop.set()

    monkeypatch.setattr(jobs, "ensure_periodic", away)
    worker = threading.Thread(target=_loop, args=(stop,))
    worker.start()
    worker.join(30)
    stop.set()
    assert len(calls) == 2


@pytest.mark.django_db
def test_tidying_up_removes_only_what_is_old() -> None:
    with clock.at(NOON):
        for key in ("old", "new"):
            Answered.objects.create(
                subject_key="person:a",
                key=key,
                request_digest="",
                at=NOON if key == "new" else NOON - timedelta(days=3),
            )
        Job.objects.create(kind="thing.do", run_at=NOON, done_at=NOON - timedelta(days=31))
        Job.objects.create(kind="thing.do", run_at=NOON, done_at=NOON - timedelta(days=1))
        Job.objects.create(kind="thing.do", run_at=NOON - timedelta(days=365))
        handlers.tidy({})
    assert list(Answered.objects.values_list("key", flat=True)) == ["new"]
    assert Job.objects.count() == 2
