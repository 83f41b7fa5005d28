"""A letter is a row of the action that says something; it goes out once the server takes it, or by hand."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from okiagari.plumbing import clock, files, jobs, mail
from okiagari.plumbing.mail.delivering import WAITS
from okiagari.plumbing.models import LetterOut
from okiagari.problems import Problem
from okiagari.standards.mail.servers import read_smtp
from tests.support import certificate
from tests.support.mail import PASSWORD, SENDER, Post, address_of, post_office, use

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LETTER = mail.Letter(
    to="finder@lab.example", subject="[REP-26-7K3QD] 受付のお知らせ", text="ありがとうございます。"
)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post_office() as office:
        use(monkeypatch, address_of(office))
        yield office


def posted(letter: mail.Letter = LETTER) -> str:
    with transaction.atomic():
        return mail.post(letter)


def state(number: str) -> mail.Delivery:
    return mail.deliveries([number])[number]


def test_a_letter_goes_out_with_its_transaction_and_not_without(post: Post) -> None:
    class StopError(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            mail.post(LETTER)
            raise StopError

    with pytest.raises(StopError):
        fail()
    jobs.run_due()
    assert post.taken == []
    number = posted()
    assert state(number).state == "queued"
    jobs.run_due()
    assert state(number).state == "sent"
    (letter,) = post.letters()
    assert letter["Subject"] == "[REP-26-7K3QD] 受付のお知らせ"
    assert letter["From"].addresses[0].addr_spec == SENDER
    assert letter["From"].addresses[0].display_name == "窓口"
    assert letter.get_content().strip() == "ありがとうございます。"
    assert letter["Auto-Submitted"] is None


def test_nobody_posts_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        mail.post(LETTER)


def test_a_delivered_letter_is_not_delivered_again(post: Post) -> None:
    number = posted()
    jobs.run_due()
    jobs.enqueue("mail.deliver", {"letter": number})
    jobs.run_due()
    assert len(post.taken) == 1


def test_a_busy_server_is_asked_again_later_with_the_same_message_id(post: Post) -> None:
    post.answers = ["451 come back later", ""]
    with clock.at(NOON):
        number = posted()
        jobs.run_due()
        waiting = state(number)
        assert (waiting.state, waiting.error) == ("queued", "451 come back later")
        assert waiting.next_try_at == NOON + WAITS[0]
        jobs.run_due()
        assert post.taken == []
    with clock.at(NOON + WAITS[0]):
        jobs.run_due()
    assert state(number).state == "sent"
    assert post.letters()[0]["Message-ID"] == LetterOut.objects.get(public_id=number).message_id


def test_a_letter_that_is_never_taken_is_given_up_after_two_days(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, read_smtp(f"smtp://127.0.0.1:1/?from={SENDER}"))
    moment = NOON
    with clock.at(moment):
        number = posted()
    for wait in (timedelta(), *WAITS):
        moment += wait
        with clock.at(moment):
            assert state(number).state == "queued"
            jobs.run_due()
    assert state(number).state == "failed"
    assert sum(WAITS, timedelta()) >= timedelta(days=1, hours=23)


def test_an_address_that_does_not_exist_fails_at_once_and_is_named_nowhere(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    number = posted(mail.Letter("nobody@lab.example", "x", "y"))
    jobs.run_due()
    assert state(number).state == "failed"
    assert state(number).error.startswith("550 5.1.1")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("okiagari")]
    assert ours
    assert "lab.example" not in state(number).error + "".join(ours)


def test_a_failed_letter_can_be_sent_again(post: Post) -> None:
    post.answers = ["554 no", ""]
    number = posted()
    jobs.run_due()
    assert state(number).state == "failed"
    mail.send_again(number)
    jobs.run_due()
    assert state(number).state == "sent"
    with pytest.raises(Problem, match=r"mail\.not_waiting"):
        mail.send_again(number)


def test_it_logs_in_behind_tls_and_a_wrong_password_stands_in_no_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.INFO)
    context = certificate.server_side(tmp_path)
    certificate.trust(tmp_path, monkeypatch)
    with post_office(starttls=context) as office:
        use(monkeypatch, address_of(office, login="psirt:wr0ng@", scheme="smtp+starttls"))
        number = posted()
        jobs.run_due()
        refused = state(number)
        login = f"psirt:{PASSWORD.replace(' ', '%20')}@"
        use(monkeypatch, address_of(office, login=login, scheme="smtp+starttls"))
        with clock.at(clock.now() + WAITS[0]):
            jobs.run_due()
    assert (refused.state, refused.error) == ("queued", "535 the server refused the login")
    assert "wr0ng" not in caplog.text
    assert state(number).state == "sent"


def test_a_server_whose_certificate_nobody_knows_gets_no_letter_and_no_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with post_office(tls=certificate.server_side(tmp_path)) as office:
        use(monkeypatch, address_of(office, login="psirt:secret@", scheme="smtps"))
        number = posted()
        jobs.run_due()
        assert state(number).error == "TLS: CERTIFICATE_VERIFY_FAILED"
        assert (office.taken, office.logins) == ([], [])
        certificate.trust(tmp_path, monkeypatch)
        use(monkeypatch, address_of(office, scheme="smtps"))
        with clock.at(clock.now() + WAITS[0]):
            jobs.run_due()
    assert state(number).state == "sent"


def test_without_a_server_somebody_copies_the_letter_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, None)
    number, notice = posted(), posted(mail.Letter("team@maker.example", "due", "today", is_notice=True))
    jobs.run_due()
    assert (state(number).state, state(notice).state) == ("by_hand", "not_sent")
    assert mail.by_hand(number) == LETTER
    mail.sent_by_hand(number)
    assert state(number).state == "sent_by_hand"
    with pytest.raises(Problem, match=r"mail\.not_waiting"):
        mail.sent_by_hand(number)


def test_an_answer_joins_its_thread(post: Post) -> None:
    first = posted()
    second = posted(mail.Letter(LETTER.to, "Re", "more", in_reply_to=first))
    posted(mail.Letter(LETTER.to, "Re", "more", in_reply_to=second))
    posted(mail.Letter(LETTER.to, "Re", "more", in_reply_to="<theirs@lab.example>"))
    jobs.run_due()
    one, two, three, answer = sorted(
        post.letters(), key=lambda letter: LetterOut.objects.get(message_id=letter["Message-ID"]).pk
    )
    assert two["In-Reply-To"] == one["Message-ID"]
    assert three["References"].split() == [one["Message-ID"], two["Message-ID"]]
    assert answer["In-Reply-To"] == "<theirs@lab.example>"
    assert mail.answered_letter([three["Message-ID"]]) is not None


def test_a_notice_says_that_nobody_need_answer(post: Post) -> None:
    posted(mail.Letter("team@maker.example", "due", "today", is_notice=True))
    jobs.run_due()
    assert post.letters()[0]["Auto-Submitted"] == "auto-generated"


def test_files_go_along(post: Post) -> None:
    blob = files.store([b"%PDF-"], limit=100)
    posted(mail.Letter(LETTER.to, "x", "y", files=[("報告.pdf", "application/pdf", blob.sha256)]))
    jobs.run_due()
    (part,) = post.letters()[0].iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("報告.pdf", b"%PDF-")


def test_a_letter_without_an_address_is_copied_by_hand(post: Post) -> None:
    number = posted(mail.Letter("", "x", "y"))
    jobs.run_due()
    assert (post.taken, state(number).state) == ([], "by_hand")


@pytest.mark.parametrize("to", ["x", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", SENDER])
def test_what_is_no_address_is_refused(post: Post, to: str) -> None:
    with pytest.raises(Problem, match=r"mail\."):
        posted(mail.Letter(to, "x", "y"))


def test_a_bounce_makes_a_letter_fail(post: Post) -> None:
    number = posted()
    jobs.run_due()
    message_id = str(post.letters()[0]["Message-ID"])
    assert mail.bounced([message_id], status="4.2.2", is_final=False) == number
    assert state(number).state == "sent"
    mail.bounced([message_id], status="5.1.1", is_final=True)
    assert (state(number).state, state(number).error) == ("failed", "returned 5.1.1")
    assert mail.bounced(["<unknown@x.example>"], status="", is_final=True) == ""


def test_an_address_is_forgotten_with_what_was_written_to_it(post: Post) -> None:
    number = posted()
    mail.forget("Finder@lab.example")
    jobs.run_due()
    assert post.taken == []
    row = LetterOut.objects.get(public_id=number)
    assert (row.to, row.subject, row.text, row.state) == ("", "", "", "not_sent")
