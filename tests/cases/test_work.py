"""Messages, tasks, evidence, clocks and the timeline of a case."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.catalog import actions as catalog
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.flow import telling
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests import factories
from tests.factories import House, text

START = datetime(2015, 4, 1, 2, 0, tzinfo=UTC)


def test_a_message_is_kept_as_it_went(house: House, case_id: str) -> None:
    number = actions.communicate(
        house.member, case_id, audience="jpcert", text=" 調査中です。 ", subject_line="進捗", at=START
    )
    (message,) = queries.communications(house.member, case_id)
    assert (message.id, message.text, message.at) == (number, "調査中です。", START)
    assert message.by is not None
    assert message.by.key == "member"


def test_under_embargo_a_subject_line_that_tells_is_refused_and_an_empty_one_filled(
    house: House, case_id: str
) -> None:
    actions.set_embargo(house.member, case_id, state="proposed", until=None, zone="Asia/Tokyo")
    with pytest.raises(Problem) as raised:
        actions.communicate(house.member, case_id, audience="sales", text="x", subject_line="NP-BBRSの件")
    assert raised.value.field == "subject_line"
    actions.communicate(house.member, case_id, audience="sales", text="x")
    assert queries.communications(house.member, case_id)[0].subject_line == f"[{case_id}]"


def test_a_received_line_is_kept_as_it_came(house: House, case_id: str) -> None:
    actions.set_embargo(house.member, case_id, state="proposed", until=None, zone="Asia/Tokyo")
    actions.communicate(
        house.member, case_id, audience="jpcert", text="x", subject_line="NP-BBRS", direction="in"
    )
    assert queries.communications(house.member, case_id)[0].subject_line == "NP-BBRS"


def test_the_words_of_a_message_are_not_in_the_ledger_but_their_hash_is(house: House, case_id: str) -> None:
    actions.communicate(house.member, case_id, audience="reporter", text="Dear Ms Finder")
    facts = queries.timeline(house.member, case_id, limit=1)[0].facts
    assert "Finder" not in str(facts)
    assert len(facts["sha256"]) == 64


def test_a_task_is_finished_by_its_team_its_person_or_a_member(house: House, case_id: str) -> None:
    for team, level in [("router-dev", "see"), ("support", "see")]:
        actions.admit(house.member, case_id, kind="team", key=team, level=level, reason="Works on it.")
    number = actions.add_task(house.member, case_id, title=text("型番を確認"), team="router-dev")
    with pytest.raises(Problem) as raised:
        actions.finish_task(house.support, number, outcome="done")
    assert raised.value.code == "cases.not_your_task"
    actions.finish_task(house.developer, number, outcome="NP-BBRSのみ")
    with pytest.raises(Problem) as raised:
        actions.finish_task(house.member, number, outcome="again")
    assert raised.value.code == "cases.task_over"
    assert queries.task(house.member, number).outcome == "NP-BBRSのみ"


def test_the_key_of_an_open_task_exists_once_and_leaves_the_version_alone(house: House, case_id: str) -> None:
    first = actions.add_task(house.member, case_id, title=text("一"), key="inquiries")
    version = queries.case(house.member, case_id).version
    assert actions.add_task(house.member, case_id, title=text("二"), key="inquiries") == first
    assert queries.case(house.member, case_id).version == version
    actions.drop_task(house.member, first, reason="Not needed.")
    assert actions.add_task(house.member, case_id, title=text("三"), key="inquiries") != first


def test_tasks_stand_in_order_of_their_due_time(house: House, case_id: str) -> None:
    now = clock.now()
    for name, due in [("c", None), ("b", now + timedelta(days=2)), ("a", now - timedelta(days=1))]:
        actions.add_task(house.member, case_id, title=text(name), due_at=due)
    seen = queries.tasks(house.member, case_id)
    assert [(str(task.title), task.state) for task in seen] == [("a", "late"), ("b", "open"), ("c", "open")]
    assert len(queries.tasks(house.member, case_id, is_open=False)) == 0


def test_a_clock_waits_for_its_anchor_and_starts_with_it_once(house: House, case_id: str) -> None:
    with clock.at(START):
        waiting = actions.start_clock(
            house.member, case_id, rule="jpcert_publication", anchor_at=None, anchor_source="REP-1"
        )
        assert queries.clocks(house.member, case_id)[0].state == "waiting"
        started = actions.start_clock(
            house.member, case_id, rule="jpcert_publication", anchor_at=START, anchor_source="REP-1"
        )
        version = queries.case(house.member, case_id).version
        again = actions.start_clock(
            house.member, case_id, rule="jpcert_publication", anchor_at=START, anchor_source="REP-1"
        )
        (seen,) = queries.clocks(house.member, case_id)
        assert queries.case(house.member, case_id).version == version
    assert waiting == started == again == seen.id
    assert seen.due == datetime(2015, 5, 16, 15, 0, tzinfo=UTC) - timedelta(microseconds=1)
    with pytest.raises(Problem) as raised:
        actions.start_clock(
            house.member,
            case_id,
            rule="jpcert_publication",
            anchor_at=START + timedelta(1),
            anchor_source="REP-1",
        )
    assert raised.value.code == "cases.clock_runs"


def test_two_reports_run_two_clocks(house: House, case_id: str) -> None:
    for source in ("REP-1", "REP-2"):
        actions.start_clock(
            house.member, case_id, rule="acknowledge_report", anchor_at=START, anchor_source=source
        )
    assert len(queries.clocks(house.member, case_id)) == 2


def test_an_agreement_moves_a_clock_and_is_kept(house: House, case_id: str) -> None:
    number = actions.start_clock(
        house.member, case_id, rule="jpcert_publication", anchor_at=START, anchor_source="REP-1"
    )
    until = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)
    actions.extend_clock(house.member, number, until=until, agreed_with="JPCERT/CC", reason="Two products.")
    (seen,) = queries.clocks(house.member, case_id)
    assert (seen.due, seen.agreed_with, seen.extension_reason) == (until, "JPCERT/CC", "Two products.")
    assert seen.first_due is not None
    assert seen.first_due < until
    assert queries.clocks(house.member, until=until) == (seen,)
    assert queries.clocks(house.member, until=until - timedelta(seconds=1)) == ()


def test_a_clock_is_met_by_something_and_only_once(house: House, case_id: str) -> None:
    number = actions.start_clock(
        house.member, case_id, rule="acknowledge_report", anchor_at=START, anchor_source="REP-1"
    )
    with pytest.raises(Problem) as raised:
        actions.meet_clock(house.member, number, by="")
    assert raised.value.field == "by"
    actions.meet_clock(house.member, number, at=START + timedelta(days=1), by="MSG-1")
    assert queries.clocks(house.member, case_id)[0].state == "met"
    for late in (
        lambda: actions.meet_clock(house.member, number, by="again"),
        lambda: actions.waive_clock(house.member, number, reason="again"),
    ):
        with pytest.raises(Problem) as raised:
            late()
        assert raised.value.code == "cases.clock_over"


def test_a_clock_that_does_not_apply_says_why(house: House, case_id: str) -> None:
    number = actions.start_clock(
        house.member, case_id, rule="jpcert_publication", anchor_at=None, anchor_source="REP-1"
    )
    with pytest.raises(Problem) as raised:
        actions.waive_clock(house.member, number, reason=" ")
    assert raised.value.field == "reason"
    actions.waive_clock(house.member, number, reason="Not handled by a coordinator.")
    assert queries.clocks(house.member, case_id)[0].state == "not_applicable"
    assert queries.clocks(house.member, case_id, is_running=True) == ()


def test_evidence_keeps_bytes_by_their_hash_under_a_safe_name(house: House, case_id: str) -> None:
    number = actions.add_evidence(house.member, case_id, name="../../etc/\x07log.txt", content=b"seen")
    (seen,) = queries.evidence(house.member, case_id)
    assert (seen.id, seen.name, seen.size) == (number, "log.txt", 4)
    assert queries.evidence_file(house.member, number).content == b"seen"
    with pytest.raises(Problem) as raised:
        queries.evidence_file(house.second, number)
    assert raised.value.definition is NOTHING_HERE
    with pytest.raises(Problem) as raised:
        actions.add_evidence(house.member, case_id, name="x", content=None)
    assert raised.value.code == "cases.nothing_to_keep"


def _emergency(house: House, case_id: str, until: datetime) -> None:
    """A meeting called, held and written down, another one cancelled; an act that could not wait."""
    called = {"at": until, "place": "Room 1", "reason": "Severe.", "teams": ["psirt"]}
    meeting = actions.call_meeting(house.member, case_id, **called)
    question = actions.put_question(house.member, meeting, question=text("Stop?"))
    actions.resolve(house.member, question, answer="yes", words="Yes.", team="psirt")
    actions.hold_meeting(house.member, meeting, present=[house.member.key], agenda={}, minutes="m")
    actions.keep_minutes(house.member, meeting, minutes="m, in full")
    actions.cancel_meeting(house.member, actions.call_meeting(house.member, case_id, **called), reason="r")
    act = actions.note_urgent(house.member, case_id, kind="jpcert", reason="It cannot wait.")
    reviewer = factories.person("reviewer", Role.MEMBER, teams=("psirt",))
    actions.review_urgent(reviewer, act, verdict="right", words="It was right.")
    task = actions.add_task(house.member, case_id, title=text("t"))
    actions.change_task(house.member, task, due_at=until, reason="r")


def _incident(who: Subject, case_id: str) -> None:
    """Everything that is said of an incident."""
    how = text("鍵を無効化")
    actions.describe_incident(
        who, case_id, occurred_at=START, detected_at=START, aware_at=START, personal_data="no"
    )
    actions.contain(who, case_id, how=how, by="Ops", still_open=text("ログの調査"))
    actions.break_out(who, case_id, reason="r")
    actions.contain(who, case_id, how=how, by="Ops")
    actions.restore(who, case_id)
    actions.count_affected(who, case_id, of="persons", number=12, certainty="estimated")
    catalog.import_catalogue(SYSTEM, {"products": [{"model": "cloud-1", "kind": "system"}]})
    actions.set_systems(who, case_id, systems=["cloud-1"], state="affected")
    actions.confirm_severe_incident(who, case_id, severe=False, reason="r")


def test_every_verb_of_this_room_has_a_sentence_that_its_facts_fill(house: House, case_id: str) -> None:
    flaw = actions.add_vulnerability(house.member, case_id, title=text("一"))
    actions.change_vulnerability(house.member, flaw, title=text("二"))
    fact = actions.note_fact(house.member, flaw, kind="affects_us", at=START, evidence="Log")
    actions.withdraw_fact(house.member, fact, reason="Wrong.")
    actions.withdraw_vulnerability(house.member, flaw, reason="Wrong.")
    both = factories.person("both", Role.MEMBER, teams=("psirt", "csirt"))
    actions.make_parts(house.member, case_id, reason="A log for one team.")
    actions.describe(house.member, case_id, title=text("三"), kinds=["service"], reason="Moved.")
    until = clock.now() + timedelta(days=1)
    actions.set_embargo(
        house.member, case_id, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    other_flaw = actions.add_vulnerability(house.member, case_id, title=text("五"))
    actions.note_fact(house.member, other_flaw, kind="exploit_public", at=START, evidence="Log")
    actions.decide_embargo(house.member, case_id, choice="keep", reason="r")
    party = actions.add_party(house.member, case_id, role="finder", name="F")
    actions.end_party(house.member, party)
    actions.admit(house.member, case_id, kind="team", key="support", level="see", reason="Asked.")
    actions.dismiss(house.member, case_id, kind="team", key="support")
    actions.communicate(house.member, case_id, audience="press", text="x")
    for finish in (
        actions.finish_task,
        lambda who, task, outcome: actions.drop_task(who, task, reason=outcome),
    ):
        finish(house.member, actions.add_task(house.member, case_id, title=text("t")), outcome="ok")
    actions.add_evidence(house.member, case_id, name="note", content=None, note="n")
    came = actions.receive_reply(house.member, case_id, audience="press", text="?")
    actions.settle_reply(house.member, came, reason="r")
    mark = actions.start_clock(house.member, case_id, rule="promise", anchor_at=None, anchor_source="a")
    actions.start_clock(house.member, case_id, rule="promise", anchor_at=until, anchor_source="a")
    actions.extend_clock(house.member, mark, until=until, agreed_with="F", reason="r")
    actions.meet_clock(house.member, mark, by="b")
    other = actions.start_clock(house.member, case_id, rule="promise", anchor_at=until, anchor_source="b")
    actions.waive_clock(house.member, other, reason="r")
    third = actions.start_clock(house.member, case_id, rule="promise", anchor_at=START, anchor_source="c")
    actions.correct_anchor(house.member, third, at=START - timedelta(hours=1), reason="r")
    actions.submit_notice(house.member, third, text="t")
    _incident(both, case_id)
    _emergency(house, case_id, until)
    attack = actions.note_fact(
        house.member,
        actions.add_vulnerability(house.member, case_id, title=text("四")),
        kind="our_product_attacked",
        at=START,
        evidence="Log",
    )
    actions.confirm_exploitation(house.member, attack, reliable=True, reason="r")
    actions.close_case(house.member, case_id, reason="Over.")
    actions.reopen_case(house.member, case_id, reason="Not over.")
    from okiagari.cases.narration import SENTENCES

    lines = queries.timeline(both, case_id)
    elsewhere = {"cases.rule_put", "cases.rule_retired", "cases.seat_put", "cases.clock_reckoned"}
    elsewhere |= {verb for verb in SENTENCES if "answer_" in verb or "inquiry_" in verb or "sent_" in verb}
    said = {line.verb for line in lines}
    assert sorted(said ^ (set(SENTENCES) - elsewhere)) == []
    for line in lines:
        said = telling.sentence(line.verb, line.facts)
        assert "—" not in said, said
        assert "{" not in said, said
        assert said != line.verb
