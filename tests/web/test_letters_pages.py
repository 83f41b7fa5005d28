"""Letters, answers and inquiries in the browser's words: without script, in both languages."""

import pytest
from django.test import Client

from okiagari.cases import actions, queries
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Role
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.problems import Problem
from tests import factories

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    return factories.house()


@pytest.fixture
def case_id(house: factories.House) -> str:
    return factories.case(house.member)


def browser(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), MODEL_BACKEND)
    return client


def test_a_letter_begins_as_a_template_and_is_sent(house: factories.House, case_id: str) -> None:
    client = browser("member")
    page = f"/cases/{case_id}/messages/write/?to=press:&template=press-statement&language=ja"
    shown = client.get(page).content.decode()
    assert "⟦お問い合わせへの回答⟧" in shown
    refused = client.post(page, {"text": "⟦回答⟧"})
    assert refused.status_code == 422
    assert "⟦回答⟧" in refused.content.decode()
    done = client.post(page, {"text": "回答です。", "template": "press-statement@1", "counterpart": "記者"})
    assert done.status_code == 302
    (sent,) = queries.communications(house.member, case_id)
    assert (sent.template, sent.counterpart, sent.audience) == ("press-statement@1", "記者", "press")
    tab = client.get(f"/cases/{case_id}/messages/").content.decode()
    assert "data-copy" in tab
    assert client.post(f"/cases/{case_id}/messages/{sent.id}/sent/").status_code == 302
    assert queries.communications(house.member, case_id)[0].delivery.state == "sent_by_hand"  # type: ignore[union-attr]


def test_what_came_in_is_settled(house: factories.House, case_id: str) -> None:
    number = actions.receive_reply(SYSTEM, case_id, audience="supplier", text="了解です。")
    client = browser("member")
    page = f"/cases/{case_id}/messages/{number}/settle/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "お礼のみ"}).status_code == 302
    assert not queries.communications(house.member, case_id)[0].awaits


def test_the_desk_counts_a_call_with_two_clicks(house: factories.House, case_id: str) -> None:
    factories.person("speaker", Role.PR, teams=("pr",))
    actions.admit(house.member, case_id, kind="team", key="pr", level="see", reason="x")
    member, speaker, support = browser("member"), browser("speaker"), browser("support")
    draft = {"question_ja": "対象ですか", "answer_ja": "底面をご覧ください。", "audience": "customer"}
    assert member.post(f"/cases/{case_id}/answers/new/", draft).status_code == 302
    (answer,) = queries.answers(house.member, case_id)
    assert member.get(f"/cases/{case_id}/answers/{answer.id}/approve/").status_code == 403
    assert (
        speaker.post(f"/cases/{case_id}/answers/{answer.id}/approve/", {"usable_from": ""}).status_code == 302
    )
    page = support.get("/inquiries/").content.decode()
    assert "底面をご覧ください。" in page
    assert case_id not in page
    assert support.post("/inquiries/take/", {"answer": answer.id, "channel": "phone"}).status_code == 302
    assert queries.answers(house.member, case_id)[0].asked == 1


def test_something_new_becomes_a_report(house: factories.House) -> None:
    support = browser("support")
    assert support.post("/inquiries/take/", {"note": "", "audience": "customer"}).status_code == 422
    support.post("/inquiries/take/", {"note": "勝手に再起動する", "audience": "press", "channel": "phone"})
    (waiting,) = queries.new_inquiries(house.support)
    page = f"/inquiries/{waiting.id}/"
    assert "勝手に再起動する" in support.get(page).content.decode()
    done = support.post(page, {"choice": "report", "title": "再起動"})
    assert done.status_code == 302
    assert done["Location"].startswith("/reports/REP-")
    assert queries.new_inquiries(house.support) == ()


def test_members_change_templates_with_a_preview(house: factories.House) -> None:
    client = browser("member")
    assert client.get("/letters/").status_code == 200
    page = "/letters/press-statement/"
    seen = client.post(page, {"text_ja": "{maker} です。", "preview": "1"})
    assert seen.status_code == 200
    assert "⟦" in seen.content.decode()
    assert client.post(page, {"text_ja": "{nobody}", "reason": "x"}).status_code == 422
    assert client.post(page, {"text_ja": "{maker} です。", "reason": "短く"}).status_code == 302
    assert "press-statement@own-1" in client.get(page).content.decode()
    assert browser("support").post(page, {"text_ja": "x", "reason": "y"}).status_code == 403


def test_a_mail_that_claims_to_belong_is_brought_there(house: factories.House) -> None:
    def mail(number: int, line: str) -> bytes:
        return f"From: a{number}@lab.example\nSubject: {line}\nMessage-ID: <{number}@lab>\n\nhello".encode()

    first = intake.take_mail(SYSTEM, mail(1, "flaw"))
    intake.absorb_mail(first.id)
    (number,) = [row.id for row in reports.reports(house.member).rows]
    second = intake.take_mail(SYSTEM, mail(2, f"Re: [{number}]"))
    intake.absorb_mail(second.id)
    other = next(row.id for row in reports.reports(house.member).rows if row.id != number)
    client = browser("member")
    assert number in client.get(f"/reports/{other}/").content.decode()
    assert client.post(f"/reports/{other}/claim/confirm/").status_code == 302
    assert reports.report(house.member, other).state == "closed"


def test_a_letter_takes_files_of_the_case_along(house: factories.House, case_id: str) -> None:
    kept = actions.add_evidence(house.member, case_id, name="log.txt", content=b"GET /")
    note = actions.add_evidence(house.member, case_id, name="", content=None, note="電話で聞いた")
    client = browser("member")
    page = f"/cases/{case_id}/messages/write/?to=supplier:&language=ja"
    shown = client.get(page).content.decode()
    assert "log.txt" in shown
    assert note not in shown, "a note is no file"
    assert client.post(page, {"text": "記録です。", "evidence": note}).status_code == 422
    assert client.post(page, {"text": "記録です。", "evidence": kept}).status_code == 302
    (sent,) = queries.communications(house.member, case_id)
    assert [each.name for each in sent.files] == ["log.txt"]


def test_what_one_team_keeps_to_itself_goes_with_no_letter_that_others_read(house: factories.House) -> None:
    both = factories.person("both", Role.MEMBER, teams=("psirt", "csirt"))
    number = actions.open_case(both, title=factories.text("漏えい"), kinds=["service"])
    inside = actions.add_evidence(both, number, name="proxy.log", content=b"x", part="csirt")
    with pytest.raises(Problem) as refused:
        actions.write(both, number, audience="press", text="回答です。", evidence=[inside])
    assert refused.value.field == "evidence"
    assert actions.write(both, number, audience="press", text="回答です。", evidence=[inside], part="csirt")


def test_an_answer_to_a_reporter_is_copied_and_marked_as_sent(house: factories.House) -> None:
    number = intake.receive(
        house.member,
        source="user",
        title="再起動する",
        text="勝手に再起動する。",
        kind="service",
        reporter=intake.ReporterData(name="山田", contact="yamada@customer.example"),
    )
    intake.answer(house.member, number, text=factories.text("調べています。"))
    client = browser("member")
    shown = client.get(f"/reports/{number}/").content.decode()
    assert ("yamada@customer.example" in shown, "data-copy" in shown) == (True, True)
    factories.person("incident", Role.MEMBER, teams=("csirt",))
    theirs = browser("incident").get(f"/reports/{number}/").content.decode()
    assert ("yamada" in theirs, "data-copy" in theirs) == (False, True), "works on it, knows not who"
    (said,) = reports.report(house.member, number).messages
    assert said.delivery == "by_hand"
    page = f"/reports/{number}/answers/{said.letter}"
    assert client.post(f"{page}/again/").status_code == 409
    assert client.post(f"/reports/{number}/answers/LET-26-00000/sent/").status_code == 409
    assert client.post(f"{page}/sent/").status_code == 302
    assert reports.report(house.member, number).messages[0].delivery == "sent_by_hand"
    assert reports.timeline(house.member, number)[0].verb == "intake.sent_by_hand"
    assert "data-copy" not in client.get(f"/reports/{number}/").content.decode()
