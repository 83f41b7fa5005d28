"""The public door: what comes in is kept first, whole, and becomes exactly one report."""

import hashlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from okiagari.desk.subjects import PUBLIC
from okiagari.intake import actions, queries
from okiagari.intake.models import Attachment, Report, Spooled, SpooledFile
from okiagari.intake.rules import limits
from okiagari.plumbing import files, jobs
from okiagari.plumbing.models import Job, Line
from okiagari.problems import Problem
from tests import factories
from tests.intake.made import FORM, part

Spooler = Callable[..., actions.Receipt]


def test_the_spool_alone_keeps_the_report_until_the_job_comes(house: factories.House) -> None:
    receipt = actions.spool(PUBLIC, FORM, [part()])
    assert not Report.objects.exists()
    assert Spooled.objects.get(number=receipt.number).body["problem"] == FORM["problem"]
    jobs.run_due()
    report = queries.report(house.member, receipt.number)
    assert (report.text, report.source, report.state) == (FORM["problem"], "form", "received")
    assert [each.name for each in report.attachments] == ["notes.txt"]


def test_it_is_absorbed_at_once_when_the_transaction_ends(
    house: factories.House, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        receipt = actions.spool(PUBLIC, FORM)
    assert queries.report(house.member, receipt.number).title.startswith("WAN側から")


def test_a_stumble_at_once_leaves_it_to_the_job_and_the_reporter_sees_nothing(
    house: factories.House, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okiagari.intake.actions import filing

    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("the disk of the case tables is full")

    with monkeypatch.context() as broken:
        broken.setattr(filing, "file_report", stumble)
        with django_capture_on_commit_callbacks(execute=True):
            receipt = actions.spool(PUBLIC, FORM)
    assert not Report.objects.exists()
    status = queries.status(PUBLIC, receipt.secret)
    assert status is not None
    assert (status.number, status.stage, status.problem) == (receipt.number, "received", FORM["problem"])
    jobs.run_due()
    assert Report.objects.get().public_id == receipt.number


def test_absorbing_twice_does_nothing(spooled: Spooler) -> None:
    receipt = spooled(part())
    lines = Line.objects.count()
    assert not actions.absorb(receipt.number)
    assert actions.absorb_left() == 0
    assert (Report.objects.count(), Attachment.objects.count(), Line.objects.count()) == (1, 1, lines)


def test_nothing_personal_stays_in_the_spool(spooled: Spooler) -> None:
    number = spooled(part()).number
    assert Spooled.objects.get(number=number).body == {}
    assert not SpooledFile.objects.exists()


def test_the_secret_is_nowhere_but_in_the_receipt(spooled: Spooler) -> None:
    receipt = spooled()
    row = Spooled.objects.get()
    assert len(receipt.secret) == 43
    assert receipt.secret not in f"{row.receipt_hash}{row.body}{row.number}{Report.objects.get().__dict__}"
    assert receipt.secret not in str(list(Job.objects.values()))


def test_the_same_form_sent_twice_is_one_report_with_one_receipt(house: factories.House) -> None:
    first = actions.spool(PUBLIC, FORM, [part()], once="token")
    assert actions.spool(PUBLIC, FORM, [part()], once="token") == first
    assert (Spooled.objects.count(), SpooledFile.objects.count()) == (1, 1)


def test_a_corrected_form_is_not_lost_behind_the_first(house: factories.House) -> None:
    first = actions.spool(PUBLIC, FORM, once="token")
    second = actions.spool(PUBLIC, {**FORM, "effect": "もう一つ書き忘れました。"}, once="token")
    assert second.number != first.number


def test_two_forms_that_say_the_same_are_two_reports(house: factories.House) -> None:
    assert actions.spool(PUBLIC, FORM).secret != actions.spool(PUBLIC, FORM).secret


def test_too_many_files_are_refused_before_one_is_read(house: factories.House) -> None:
    def unread() -> Any:
        raise AssertionError("read")
        yield b""

    parts = [actions.UploadedPart("a", "", unread()) for _ in range(limits.MAX_FILES + 1)]
    with pytest.raises(Problem, match="too_many_files"):
        actions.spool(PUBLIC, FORM, parts)


def test_a_file_over_the_limit_is_refused_and_nothing_stays(
    house: factories.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1024 * 1024)
    with pytest.raises(Problem, match=r"“big.bin” is larger than 1 MB"):
        actions.spool(PUBLIC, FORM, [part("big.bin", b"x" * (1024 * 1024 + 1))])
    assert not Spooled.objects.exists()
    assert not list(files.folder().glob("incoming-*"))


def test_a_file_is_kept_by_its_content(spooled: Spooler, house: factories.House) -> None:
    number = spooled(part(content=b"evidence")).number
    view = queries.report(house.member, number).attachments[0]
    assert (view.sha256, view.size) == (hashlib.sha256(b"evidence").hexdigest(), 8)
    assert queries.attachment(house.member, number, view.id).content == b"evidence"


def test_a_desk_and_the_door_never_give_the_same_number(house: factories.House) -> None:
    number = actions.receive(house.member, source="own", title="x", text="y")
    assert Spooled.objects.get(number=number).absorbed_at is not None
    assert Report.objects.get().public_id == number


def test_a_further_message_reaches_the_report_and_asks_to_be_read(
    spooled: Spooler, house: factories.House
) -> None:
    receipt = spooled()
    actions.add_message(PUBLIC, receipt.secret, {"message": "手順を添付します。"}, [part("steps.pdf")])
    actions.absorb_left()
    report = queries.report(house.member, receipt.number)
    assert report.has_news
    assert [(each.direction, str(each.text)) for each in report.messages] == [("in", "手順を添付します。")]
    assert [each.name for each in report.attachments] == ["steps.pdf"]


def test_a_message_may_overtake_its_report(house: factories.House) -> None:
    receipt = actions.spool(PUBLIC, FORM)
    actions.add_message(PUBLIC, receipt.secret, {"message": "追伸"})
    number = Spooled.objects.get(kind="message").number
    assert actions.absorb(number)
    assert [str(each.text) for each in queries.report(house.member, receipt.number).messages] == ["追伸"]


def test_a_wrong_receipt_takes_nothing(house: factories.House) -> None:
    with pytest.raises(Problem, match="no_such_receipt"):
        actions.add_message(PUBLIC, "x" * 43, {"message": "hello"})
    assert queries.status(PUBLIC, "x" * 43) is None


def test_one_transaction_that_fails_takes_all_of_it_back(house: factories.House) -> None:
    with transaction.atomic():
        actions.spool(PUBLIC, FORM)
        transaction.set_rollback(True)
    assert not Spooled.objects.exists()
    assert not Job.objects.filter(kind="intake.absorb").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_who_absorb_at_the_same_time_make_one_report(transactional_db: None) -> None:
    factories.house()
    with transaction.atomic():
        receipt = actions.spool(PUBLIC, FORM)
        transaction.get_connection().run_on_commit.clear()  # only the racing workers absorb
    gate, done = threading.Barrier(6), []

    def work() -> None:
        gate.wait()
        try:
            done.append(actions.absorb(receipt.number))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 5 + [True]
    assert Report.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_by_two_clicks_at_once_is_one_report(transactional_db: None) -> None:
    factories.house()
    gate, receipts = threading.Barrier(4), []

    def send() -> None:
        gate.wait()
        try:
            receipts.append(actions.spool(PUBLIC, FORM, once="token"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 4
    assert len(set(receipts)) == 1
    assert Report.objects.count() == 1
