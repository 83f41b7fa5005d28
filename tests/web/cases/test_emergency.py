"""The emergency at the web: executives called, the agenda read and decided, acts that cannot wait."""

from datetime import timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.desk import people
from okiagari.plumbing import clock
from okiagari.remedy import queries as measures
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter

TARGET = "WN-G54/R2"
CALL = {"at": "2026-11-27T10:00", "place": "https://call.example/1", "reason": "重大な届出"}


@pytest.fixture
def meeting(story: Story, enter: Enter) -> str:
    affected = CellChange("affected", Range.up_to("1.02"))
    triage.decide(story.member, story.case, cells=[(TARGET, story.flaw)], change=affected, reason="再調査")
    browser = enter(story.member)
    assert browser.post(f"/cases/{story.case}/meetings/new/", CALL).status_code == 302
    (found,) = queries.meetings(story.member, story.case)
    return found.id


def test_executives_read_the_agenda_and_decide(story: Story, enter: Enter, meeting: str) -> None:
    boss = enter(people.named("executive", story.house.executive.door), "en")
    address = f"/cases/{story.case}/meetings/{meeting}/"
    page = boss.get(address).text
    assert "What is known" in page
    assert "Tell JPCERT/CC?" in page
    found = {each.matter: each for each in queries.meeting(story.member, meeting).resolutions}
    decide = f"{address}decide/{found['tell_jpcert'].id}/"
    assert boss.post(decide, {"answer": "yes", "words": "今日中"}).status_code == 302
    (task,) = [each for each in queries.tasks(story.member, story.case) if each.key == "meeting.tell_jpcert"]
    assert task.state == "open"
    assert boss.post(f"{address}hold/", {"people": ["executive"]}).status_code == 403


def test_what_was_known_stays_when_the_meeting_is_held(story: Story, enter: Enter, meeting: str) -> None:
    browser = enter(story.member, "en")
    address = f"/cases/{story.case}/meetings/{meeting}/"
    assert "as of now" in browser.get(address).text
    held = {"people": ["executive", "member"], "others": "外部の弁護士", "minutes": ""}
    assert browser.post(f"{address}hold/", held).status_code == 302
    assert browser.post(f"{address}minutes/", {"minutes": "出荷を止める。"}).status_code == 302
    question = {"question_ja": "報道に何を答えるか", "question_en": "What do we tell the press?"}
    assert browser.post(f"{address}question/", question).status_code == 302
    page = browser.get(address).text
    for text in ("as known when the meeting was held", "外部の弁護士", "出荷を止める。", "tell the press?"):
        assert text in page


def test_a_yes_to_stop_shipping_asks_for_the_chosen_products(
    story: Story, enter: Enter, meeting: str
) -> None:
    browser = enter(story.member)
    found = {each.matter: each for each in queries.meeting(story.member, meeting).resolutions}
    decide = f"/cases/{story.case}/meetings/{meeting}/decide/{found['stop_shipping'].id}/"
    assert browser.post(decide, {"answer": "yes", "targets": [TARGET]}).status_code == 302
    (stop,) = measures.in_force(story.member)
    assert stop.targets == (TARGET,)
    assert stop.waits_for_approval == "stop"


def test_a_meeting_may_be_called_off(story: Story, enter: Enter, meeting: str) -> None:
    address = f"/cases/{story.case}/meetings/{meeting}/cancel/"
    assert enter(story.member).post(address, {"reason": "誤報"}).status_code == 302
    assert queries.meeting(story.member, meeting).state == "cancelled"


def test_act_now_is_on_the_case_under_embargo_and_somebody_else_reviews_it(
    story: Story, enter: Enter
) -> None:
    until = clock.now() + timedelta(days=20)
    actions.set_embargo(
        story.member, story.case, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    browser = enter(story.member, "en")
    assert f"/cases/{story.case}/act/" in browser.get(f"/cases/{story.case}/").text
    act = {"kind": "jpcert", "reason": "攻撃が始まった", "text_ja": "至急ご相談です。", "channel": "phone"}
    assert browser.post(f"/cases/{story.case}/act/", act).status_code == 302
    (view,) = queries.urgent_acts(story.member, story.case)
    (task,) = [each for each in queries.tasks(story.member, story.case) if each.key.startswith("review:")]
    answer = browser.get(f"/cases/{story.case}/tasks/{task.id}/")
    assert answer.url == f"/cases/{story.case}/acts/{view.id}/review/"
    review = {"verdict": "right", "words": "妥当"}
    assert browser.post(answer.url, review).status_code == 403
    actions.admit(story.member, story.case, kind="person", key="second", level="see", reason="確認")
    second = enter(people.named("second", story.house.second.door))
    assert second.post(answer.url, review).status_code == 302
    assert "it was right" in browser.get(f"/cases/{story.case}/meetings/").text


def test_an_act_that_lacks_something_keeps_what_was_typed(story: Story, enter: Enter) -> None:
    act = {"kind": "workaround", "reason": "手で書いた理由", "targets": ["NP-BBRS"]}
    answer = enter(story.member).post(f"/cases/{story.case}/act/", act)
    assert answer.status_code == 422
    assert "手で書いた理由" in answer.text
    assert queries.urgent_acts(story.member, story.case) == ()


def test_the_embargo_is_decided_on_its_own_page(story: Story, enter: Enter) -> None:
    until = clock.now() + timedelta(days=20)
    actions.set_embargo(
        story.member, story.case, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    actions.note_fact(story.member, story.flaw, kind="exploit_public", at=clock.now(), evidence="x")
    (task,) = queries.open_embargo_decisions(story.member, story.case)
    browser = enter(story.member, "en")
    answer = browser.get(f"/cases/{story.case}/tasks/{task.id}/")
    assert answer.url == f"/cases/{story.case}/embargo/decide/?fact=exploit_public"
    given = {"choice": "end", "reason": "公開されたため", "version": ""}
    assert browser.post(answer.url, given).status_code == 302
    assert not queries.case(story.member, story.case).is_embargoed
    assert "公開されたため" in browser.get(f"/cases/{story.case}/meetings/").text


def test_nobody_else_finds_the_meeting(story: Story, enter: Enter, meeting: str) -> None:
    for subject in (story.house.second, story.house.administrator, story.house.partner, story.house.support):
        browser = enter(subject)
        for address in ("meetings/", f"meetings/{meeting}/", "act/", "embargo/decide/"):
            assert browser.get(f"/cases/{story.case}/{address}").status_code in (403, 404), address
