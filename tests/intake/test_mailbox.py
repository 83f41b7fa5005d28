"""The mailbox is read over IMAP: each mail once, marked or moved only after it was taken."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from okiagari.intake import mailbox, queries
from okiagari.intake.actions import mailing
from okiagari.intake.models import Incoming
from okiagari.plumbing import jobs
from tests import factories
from tests.factories import House
from tests.intake.test_mail import mail
from tests.support import certificate
from tests.support.mail import Mailbox, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return factories.house()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


def titles(house: House) -> list[str]:
    return sorted(row.title for row in queries.reports(house.member).rows)


def test_new_mail_is_taken_once_and_marked(box: Mailbox, house: House) -> None:
    for subject in ("one", "two"):
        box.put(mail(Subject=subject))
    assert mailbox.poll(box.address()) == 2
    assert titles(house) == ["one", "two"]
    assert (box.lie_in("INBOX"), box.lie_in("INBOX", "UNSEEN")) == (2, 0)
    assert mailbox.poll(box.address()) == 0
    assert len(titles(house)) == 2


def test_mail_is_moved_where_the_address_says(box: Mailbox, house: House) -> None:
    box.folder("Done")
    box.put(mail(Subject="one"))
    mailbox.poll(box.address(options="done=Done"))
    assert (box.lie_in("INBOX"), box.lie_in("Done")) == (0, 1)


def test_a_crash_before_the_mark_takes_it_again_which_does_nothing(
    box: Mailbox, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.put(mail(Subject="one"))

    def fail(*_: object) -> None:
        raise OSError("the line broke")

    with monkeypatch.context() as patch:
        patch.setattr(mailbox, "_done", fail)
        with pytest.raises(OSError, match="the line broke"):
            mailbox.poll(box.address())
    assert box.lie_in("INBOX", "UNSEEN") == 1
    mailbox.poll(box.address())
    assert titles(house) == ["one"]


def test_what_could_not_be_absorbed_at_once_is_tried_again(
    box: Mailbox, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "okiagari.intake")
    box.put(mail(Subject="one"))

    def fail(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(mailing, "_absorbed", fail)
        mailbox.poll(box.address())
    assert titles(house) == []
    assert Incoming.objects.get().raw is not None
    jobs.run_due()
    assert titles(house) == ["one"]


def test_a_mail_that_is_too_large_stays_and_somebody_looks(box: Mailbox, house: House) -> None:
    box.put(mail("x" * 50_000, Subject="large"))
    mailbox.poll(replace(box.address(), largest=10_000))
    (row,) = queries.reports(house.member).rows
    assert row.title == "large"
    assert "x" * 100 not in queries.report(house.member, row.id).text
    assert box.lie_in("INBOX") == 1


def test_the_line_is_encrypted_and_the_certificate_looked_at(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate.server_side(tmp_path)
    with mail_server(tmp_path) as box:
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            mailbox.poll(box.address(scheme="imap+starttls"))
        certificate.trust(tmp_path, monkeypatch)
        assert mailbox.poll(box.address(scheme="imap+starttls")) == 0


def test_a_mailbox_that_is_away_or_refuses_is_said_without_its_password(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = box.address(password="wr0ng")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, imap=wrong))
    monkeypatch.setattr(mailbox, "_last", [])
    mailbox.poll_when_due({})
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("okiagari")]
    assert ours == ["the mailbox cannot be read: MailboxLoginError"]


def test_the_mailbox_is_read_as_often_as_its_address_says(
    box: Mailbox, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = box.address(options="every=600")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, imap=address))
    monkeypatch.setattr(mailbox, "_last", [])
    box.put(mail(Subject="one"))
    mailbox.poll_when_due({})
    box.put(mail(Subject="two"))
    mailbox.poll_when_due({})
    assert titles(house) == ["one"]
