"""Mail finds its conversation by its thread, never by a From line or a number alone, and answers nobody."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_queries
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Door
from okiagari.intake import actions, queries
from okiagari.intake.models import Incoming
from okiagari.plumbing import jobs
from okiagari.plumbing.models import Blob, LetterOut
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests import factories
from tests.factories import House
from tests.support.mail import SENDER, Post, address_of, post_office, use

pytestmark = pytest.mark.django_db(transaction=True)
FINDER = "finder@lab.example"
ANSWER = LocalText.of(ja="受け付けました。", en="We have it.")


@pytest.fixture
def house() -> House:
    return factories.house()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post_office() as office:
        use(monkeypatch, address_of(office))
        yield office


def mail(text: str = "認証なしで設定画面に入れます。", *, sender: str = FINDER, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = f"A. Finder <{sender}>"
    message["To"] = SENDER
    for name, value in {
        "Subject": "脆弱性の報告",
        "Message_ID": make_msgid(domain="lab.example"),
        **headers,
    }.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def take(raw: bytes) -> actions.Taken:
    return actions.take_mail(SYSTEM.through(Door.MAIL), raw)


def reports(house: House) -> list[str]:
    return [row.id for row in queries.reports(house.member).rows]


def test_a_mail_becomes_a_report_and_is_forgotten_itself(house: House) -> None:
    taken = take(mail())
    assert taken.outcome == "report"
    report = queries.report(house.member, taken.became)
    assert (report.source, report.title, report.language) == ("mail", "脆弱性の報告", "ja")
    assert "認証なし" in report.text
    identity = queries.identity(house.member, report.id)
    assert identity is not None
    assert (identity.name, identity.contact) == ("A. Finder", FINDER)
    assert Incoming.objects.get().raw is None
    assert not Blob.objects.exists()


def test_the_same_mail_is_taken_once(house: House) -> None:
    raw = mail()
    assert take(raw).is_new
    again = take(raw)
    assert not again.is_new
    assert again.became == reports(house)[0]
    assert len(reports(house)) == 1


def test_an_answer_goes_out_and_its_answer_comes_back(post: Post, house: House) -> None:
    report = take(mail()).became
    actions.acknowledge(house.member, report, answer=ANSWER)
    jobs.run_due()
    ((to, _),) = post.taken
    (letter,) = post.letters()
    assert to == [FINDER]
    assert letter["Subject"] == f"[{report}] ご連絡"
    assert "受け付けました。" in letter.get_content()
    taken = take(
        mail("追加の情報です。", Subject=f"Re: {letter['Subject']}", In_Reply_To=letter["Message-ID"])
    )
    assert (taken.outcome, taken.became) == ("message", report)
    view = queries.report(house.member, report)
    assert view.has_news
    assert [each.direction for each in view.messages] == ["out", "in"]
    actions.answer(house.member, report, text=ANSWER)
    jobs.run_due()
    assert post.letters()[-1]["In-Reply-To"] != letter["Message-ID"]
    assert reports(house) == [report]


def test_whoever_answers_need_not_know_who_it_is(post: Post, house: House) -> None:
    report = take(mail()).became
    actions.answer(house.member, report, text=ANSWER)
    lines = queries.timeline(house.member, report)
    jobs.run_due()
    told = repr(queries.report(house.member, report)) + repr(
        [line for line in lines if line.verb != "intake.reporter_named"]
    )
    assert FINDER not in told


@pytest.mark.parametrize("by", ["thread", "number"])
def test_a_number_or_a_thread_from_somebody_else_is_a_new_report_that_claims(
    post: Post, house: House, by: str
) -> None:
    report = take(mail()).became
    actions.acknowledge(house.member, report, answer=ANSWER)
    jobs.run_due()
    letter = post.letters()[0]
    headers = {"In_Reply_To": str(letter["Message-ID"])} if by == "thread" else {}
    taken = take(mail("全部ください。", sender="mallory@evil.example", Subject=f"Re: [{report}]", **headers))
    assert taken.outcome == "report"
    assert taken.became != report
    view = queries.report(house.member, taken.became)
    assert view.claims == report
    assert len(queries.report(house.member, report).messages) == 1


def test_a_number_from_the_right_sender_is_enough(post: Post, house: House) -> None:
    report = take(mail()).became
    assert take(mail("追記", sender=FINDER.upper(), Subject=f"[{report}] 追記")).became == report


def test_a_person_decides_that_it_belongs(post: Post, house: House) -> None:
    report = take(mail()).became
    other = take(mail("同僚です。", sender="colleague@lab.example", Subject=f"Re: [{report}]")).became
    assert actions.confirm_claim(house.member, other, reason="同じ研究室の方") == report
    view = queries.report(house.member, report)
    assert "同僚です。" in [message.text.best("ja") for message in view.messages]
    assert queries.report(house.member, other).state == "closed"
    with pytest.raises(Problem, match=r"intake\.claims_nothing"):
        actions.dismiss_claim(house.member, other)


def test_a_reply_to_a_letter_of_a_case_lands_in_the_case(post: Post, house: House) -> None:
    people.make_organisation(
        SYSTEM, "jpcert", kind="coordinator", name=LocalText.of(ja="JPCERT/CC"), contact="vuls@c.example"
    )
    case_id = factories.case(house.member)
    sent = cases.write(house.member, case_id, audience="jpcert", organisation="jpcert", text="調査中です。")
    jobs.run_due()
    thread = str(post.letters()[0]["Message-ID"])
    taken = take(mail("了解しました。", sender="vuls@c.example", References=thread))
    assert taken.outcome == "reply"
    newest = case_queries.communications(house.member, case_id)[0]
    assert (newest.id, newest.reply_to, newest.awaits) == (taken.became, sent, True)
    stranger = take(mail("教えて", sender="x@evil.example", References=thread))
    assert queries.report(house.member, stranger.became).claims == sent
    assert queries.report(house.member, stranger.became).cases == ()
    follow = take(mail("追伸", sender="vuls@c.example", Subject=f"Re: [{case_id}]"))
    assert follow.outcome == "reply"


def test_the_claim_on_a_case_shows_only_to_those_in_the_case(post: Post, house: House) -> None:
    case_id = factories.case(house.member)
    sent = cases.write(house.member, case_id, audience="press", to="desk@paper.example", text="回答です。")
    number = take(mail("続報は？", sender="other@paper.example", Subject=f"Re: [{case_id}]")).became
    cases.admit(house.member, case_id, kind="person", key="member", level="lead", reason="x")
    assert queries.report(house.member, number).claims == sent
    second = factories.person("late", *house.member.roles, teams=("psirt",))
    cases.dismiss(house.member, case_id, kind="team", key="psirt")
    assert queries.report(second, number).claims == ""


def test_bounces_and_automatic_mail_make_no_report_and_no_letter(post: Post, house: House) -> None:
    report = take(mail()).became
    actions.acknowledge(house.member, report, answer=ANSWER)
    jobs.run_due()
    sent = str(post.letters()[0]["Message-ID"])
    away = take(mail("不在です。", Auto_Submitted="auto-replied", In_Reply_To=sent))
    assert (away.outcome, away.became) == ("message", report)
    assert not queries.report(house.member, report).has_news
    assert (
        take(mail("不在です。", sender="x@y.example", Auto_Submitted="auto-replied")).outcome == "automatic"
    )
    bounce = (
        "From: MAILER-DAEMON@mx.example\nMessage-ID: <b@mx.example>\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\n\nno\n--B\n"
        "Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n--B\n"
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {sent}\n--B--\n"
    )
    assert take(bounce.encode()).outcome == "bounce"
    assert queries.report(house.member, report).messages[0].delivery == "failed"
    own = take(mail("x", sender=SENDER))
    assert own.outcome == "own"
    jobs.run_due()
    assert len(post.taken) == 1
    assert reports(house) == [report]


def test_our_own_letter_that_comes_back_is_recognised(post: Post, house: House) -> None:
    report = take(mail()).became
    actions.acknowledge(house.member, report, answer=ANSWER)
    assert take(mail("x", Message_ID=LetterOut.objects.get().message_id)).outcome == "own"


def test_files_come_into_quarantine_and_too_many_are_told(house: House) -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = FINDER, "<m@lab.example>"
    message.set_content("添付します。")
    for number in range(7):
        message.add_attachment(
            b"MZ", maintype="application", subtype="x-msdownload", filename=f"証拠{number}.exe"
        )
    report = queries.report(house.member, take(message.as_bytes()).became)
    assert [each.name for each in report.attachments] == [f"証拠{number}.exe" for number in range(5)]
    assert "2" in report.text.splitlines()[-1]


def test_a_mail_that_says_nothing_is_nothing(house: House) -> None:
    assert take(b"From: a@b.example\nMessage-ID: <e@b.example>\n\n").outcome == "empty"
    assert reports(house) == []


def test_who_is_erased_is_erased_from_the_mail_room(post: Post, house: House) -> None:
    report = take(mail()).became
    actions.acknowledge(house.member, report, answer=ANSWER)
    actions.erase_reporter(house.member, report, reason="ご本人の希望")
    jobs.run_due()
    assert post.taken == []
    assert LetterOut.objects.get().to == ""
    actions.answer(house.member, report, text=ANSWER)
    jobs.run_due()
    assert post.taken == []


def test_without_a_server_the_answer_is_copied_by_hand(monkeypatch: pytest.MonkeyPatch, house: House) -> None:
    use(monkeypatch, None)
    report = take(mail()).became
    actions.acknowledge(house.member, report, answer=ANSWER)
    assert queries.report(house.member, report).messages[0].delivery == "by_hand"


def test_a_stranger_may_not_take_mail_in(house: House) -> None:
    with pytest.raises(Problem, match=r"desk\."):
        actions.take_mail(house.auditor, mail())
