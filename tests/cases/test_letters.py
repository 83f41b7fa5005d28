"""Letters of a case: what goes out, what comes back, what was promised, what a subject line never says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Door
from okiagari.flow import queries as flow
from okiagari.plumbing import clock, jobs
from okiagari.problems import Problem
from tests.factories import House, text
from tests.support.mail import Post, address_of, post_office, use

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "vuls@coordinator.example"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post_office() as office:
        use(monkeypatch, address_of(office))
        yield office


@pytest.fixture
def coordinator(house: House) -> str:
    people.make_organisation(SYSTEM, "jpcert", kind="coordinator", name=text("JPCERT/CC"), contact=DESK)
    return "jpcert"


def embargo(house: House, case_id: str) -> None:
    until = clock.now() + timedelta(days=30)
    actions.set_embargo(house.member, case_id, state="proposed", until=until, zone="Asia/Tokyo")
    actions.set_embargo(
        house.member, case_id, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )


def test_a_letter_goes_to_the_address_of_the_organisation(
    post: Post, house: House, case_id: str, coordinator: str
) -> None:
    number = actions.write(
        house.member, case_id, audience="jpcert", organisation=coordinator, text="影響を調べています。"
    )
    jobs.run_due()
    assert post.taken[0][0] == [DESK]
    (sent,) = queries.communications(house.member, case_id)
    assert sent.id == number
    assert sent.delivery is not None
    assert sent.delivery.state == "sent"
    assert sent.subject_line == f"[{case_id}]"
    assert len(sent.sha256) == 64


def test_an_answer_comes_back_waits_and_is_settled_by_ours(
    post: Post, house: House, case_id: str, coordinator: str
) -> None:
    asked = actions.write(
        house.member, case_id, audience="jpcert", organisation=coordinator, text="いかがですか。"
    )
    came = actions.receive_reply(
        SYSTEM, case_id, text="承知しました。", reply_to=asked, message_id="<1@c.example>"
    )
    (talk,) = queries.conversations(house.member, case_id)
    assert (talk.waiting, talk.audience, talk.address) == (1, "jpcert", DESK)
    assert any("messages" in wait.tab for wait in flow.waiting(house.member))
    actions.write(house.member, case_id, audience="jpcert", reply_to=came, text="ありがとうございます。")
    jobs.run_due()
    assert post.letters()[-1]["In-Reply-To"] == "<1@c.example>"
    assert queries.conversations(house.member, case_id)[0].waiting == 0
    assert not any(wait.tab == "messages" for wait in flow.waiting(house.member))


def test_what_a_program_wrote_waits_for_nobody(house: House, case_id: str) -> None:
    actions.receive_reply(SYSTEM, case_id, audience="press", text="不在です。", automatic=True)
    assert queries.conversations(house.member, case_id)[0].waiting == 0


def test_a_message_is_settled_with_a_reason_and_once(house: House, case_id: str) -> None:
    came = actions.receive_reply(house.member, case_id, audience="supplier", text="了解")
    with pytest.raises(Problem, match="reason"):
        actions.settle_reply(house.member, came, reason=" ")
    actions.settle_reply(house.member, came, reason="お礼のみ")
    with pytest.raises(Problem, match=r"cases\.does_not_wait"):
        actions.settle_reply(house.member, came, reason="お礼のみ")


def test_a_promise_starts_a_clock(house: House, case_id: str) -> None:
    until = clock.now() + timedelta(days=7)
    actions.write(
        house.member, case_id, audience="press", to="desk@paper.example", text="週明けに回答します。",
        promise="取材への回答", promise_until=until,
    )  # fmt: skip
    (running,) = queries.clocks(house.member, case_id, is_running=True)
    assert (running.rule, running.due, running.label.best("ja")) == ("promise", until, "取材への回答")
    with pytest.raises(Problem, match=r"cases\.promise_two"):
        actions.write(house.member, case_id, audience="press", text="x", promise="x")


def test_a_gap_is_never_sent(house: House, case_id: str) -> None:
    with pytest.raises(Problem) as caught:
        actions.write(house.member, case_id, audience="press", text="公表は⟦公表日⟧です。")
    assert caught.value.code == "cases.gaps_left"
    assert "公表日" in caught.value.message
    assert queries.communications(house.member, case_id) == ()


def test_under_embargo_neither_line_nor_file_name_tells(post: Post, house: House, case_id: str) -> None:
    kept = actions.add_evidence(house.member, case_id, name="WN-G54 認証回避.pdf", content=b"%PDF")
    embargo(house, case_id)
    with pytest.raises(Problem, match=r"cases\.line_tells"):
        actions.write(house.member, case_id, audience="supplier", text="x", subject_line="WN-G54の件")
    actions.write(house.member, case_id, audience="supplier", to="a@chips.example", text="x", evidence=[kept])
    jobs.run_due()
    (letter,) = post.letters()
    (part,) = letter.iter_attachments()
    assert part.get_filename() == f"{case_id}-1.pdf"
    assert letter["Subject"] == f"[{case_id}]"


def test_a_letter_that_comes_back_waits_for_the_team(post: Post, house: House, case_id: str) -> None:
    number = actions.write(
        house.member, case_id, audience="dealers", to="nobody@shop.example", text="ご案内です。"
    )
    jobs.run_due()
    (wait,) = [each for each in flow.waiting(house.member) if each.tab == "messages"]
    assert "shop.example" not in wait.text
    with pytest.raises(Problem, match=r"desk\.nothing_here"):
        actions.send_again(house.developer, number)
    actions.mark_sent(house.member, number)
    assert not any(each.tab == "messages" for each in flow.waiting(house.member))
    (sent,) = queries.communications(house.member, case_id)
    assert sent.delivery is not None
    assert sent.delivery.state == "sent_by_hand"


def test_without_a_server_the_letter_is_copied_by_hand(
    monkeypatch: pytest.MonkeyPatch, house: House, case_id: str
) -> None:
    use(monkeypatch, None)
    number = actions.write(
        house.member, case_id, audience="press", to="desk@paper.example", text="回答です。"
    )
    delivery = queries.letter_text(house.member, case_id, number).delivery
    assert delivery is not None
    assert delivery.state == "by_hand"


def test_a_replay_posts_nothing(post: Post, house: House, case_id: str) -> None:
    actions.write(house.member.through(Door.REPLAY), case_id, audience="press", to="a@b.example", text="x")
    jobs.run_due()
    assert post.taken == []
    assert queries.communications(house.member, case_id)[0].delivery is None


def test_somebody_outside_sees_no_address_and_no_template(post: Post, house: House, case_id: str) -> None:
    actions.write(
        house.member, case_id, audience="partner", organisation="integrator", to="x@i.example", text="x"
    )
    actions.admit(
        house.member, case_id, kind="organisation", key="integrator", level="see", reason="Builds it in."
    )
    (seen,) = queries.communications(house.partner, case_id)
    assert (seen.address, seen.template, seen.delivery) == ("", "", None)


def test_only_those_who_may_send_send(house: House, case_id: str) -> None:
    actions.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="Theirs.")
    with pytest.raises(Problem, match=r"desk\.not_yours"):
        actions.write(house.developer, case_id, audience="press", text="x")
