"""Two teams in one case: each sees what is shared and its own part, and nothing of the other's."""

from datetime import UTC, datetime, timedelta

import pytest

from okiagari.cases import actions, queries
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.flow import queries as flow
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests import factories
from tests.factories import House, text

NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)


@pytest.fixture
def csirt(house: House) -> Subject:
    return factories.person("csirt-only", Role.MEMBER, teams=("csirt",))


@pytest.fixture
def shared(house: House) -> str:
    return actions.open_case(house.member, title=text("クラウドと機器"), kinds=["service", "product"])


def put_into(who: Subject, case_id: str, part: str, word: str) -> None:
    """One of everything, in a part."""
    actions.add_task(who, case_id, title=text(word), part=part, due_at=clock.now() + timedelta(hours=1))
    actions.communicate(who, case_id, audience="press", text=word, part=part)
    actions.add_evidence(who, case_id, name=f"{word}.log", content=None, note=word, part=part)
    actions.start_clock(
        who, case_id, rule="promise", anchor_at=clock.now(), anchor_source=word, label=text(word), part=part
    )


def everything(who: Subject, case_id: str) -> str:
    return repr(
        (
            queries.case(who, case_id),
            queries.tasks(who, case_id),
            queries.tasks(who),
            queries.communications(who, case_id),
            queries.evidence(who, case_id),
            queries.clocks(who, case_id),
            queries.clocks(who),
            queries.timeline(who, case_id),
            queries.parts(who, case_id),
            queries.incident(who, case_id),
            flow.position(who, case_id),
            flow.positions(who),
            flow.desk(who),
            flow.counts(who),
        )
    )


def test_each_team_sees_what_is_shared_and_its_own(house: House, csirt: Subject, shared: str) -> None:
    with clock.at(NOW):
        put_into(csirt, shared, "csirt", "INTERNAL")
        put_into(house.member, shared, "psirt", "FLAWED")
        put_into(house.member, shared, "", "TOGETHER")
        ours, theirs = everything(house.member, shared), everything(csirt, shared)
    assert "TOGETHER" in ours
    assert "TOGETHER" in theirs
    assert "FLAWED" in ours
    assert "FLAWED" not in theirs
    assert "INTERNAL" in theirs
    assert "INTERNAL" not in ours


def test_what_happens_in_a_part_changes_nothing_the_other_team_reads(
    house: House, csirt: Subject, shared: str
) -> None:
    with clock.at(NOW):
        before = everything(house.member, shared)
    with clock.at(NOW + timedelta(minutes=1)):
        put_into(csirt, shared, "csirt", "INTERNAL")
        actions.describe_incident(
            csirt, shared, detected_at=NOW, aware_at=NOW, personal_data="yes", countries=["JP"]
        )
        actions.count_affected(csirt, shared, of="persons", number=9000)
    with clock.at(NOW):
        assert everything(house.member, shared) == before


def test_a_part_one_is_not_in_looks_like_one_that_does_not_exist(
    house: House, csirt: Subject, shared: str
) -> None:
    codes = []
    for part in ("csirt", "nonsense"):
        with pytest.raises(Problem) as raised:
            actions.add_task(house.member, shared, title=text("t"), part=part)
        codes.append((raised.value.code, raised.value.definition.message))
    assert codes[0] == codes[1]
    with pytest.raises(Problem) as raised:
        actions.describe_incident(house.member, shared, detected_at=NOW)
    assert raised.value.definition is NOTHING_HERE


def test_nobody_acts_on_a_child_of_the_other_part(house: House, csirt: Subject, shared: str) -> None:
    task = actions.add_task(csirt, shared, title=text("t"), part="csirt")
    mark = actions.start_clock(csirt, shared, rule="promise", anchor_at=NOW, anchor_source="s", part="csirt")
    for act in (
        lambda: actions.finish_task(house.member, task, outcome="x"),
        lambda: actions.drop_task(house.member, task, reason="x"),
        lambda: actions.meet_clock(house.member, mark, by="x"),
        lambda: actions.correct_anchor(house.member, mark, at=NOW, reason="x"),
        lambda: actions.submit_notice(house.member, mark, text="x"),
    ):
        with pytest.raises(Problem) as raised:
            act()
        assert raised.value.definition is NOTHING_HERE


def test_a_case_of_one_team_has_no_parts(house: House, csirt: Subject, case_id: str) -> None:
    assert queries.case(house.member, case_id).parts == ()
    own = actions.open_case(csirt, title=text("社内のマルウェア"), kinds=["infrastructure"])
    assert queries.case(csirt, own).parts == ()


def test_another_kind_gives_the_case_its_parts_and_moves_what_was_said_of_the_incident(
    house: House, csirt: Subject
) -> None:
    own = actions.open_case(csirt, title=text("社内"), kinds=["infrastructure"])
    actions.describe_incident(csirt, own, detected_how="proxy log")
    actions.count_affected(csirt, own, of="accounts", number=3)
    actions.describe(csirt, own, kinds=["infrastructure", "product"], reason="A device is the way in.")
    assert queries.case(house.member, own).parts == ("psirt",)
    assert queries.incident(house.member, own) is None
    view = queries.incident(csirt, own)
    assert view is not None
    assert (view.part, view.detected_how, view.counts[0].number) == ("csirt", "proxy log", 3)


def test_somebody_is_let_into_a_part_only_when_in_the_case_and_leaves_both_together(
    house: House, csirt: Subject, shared: str
) -> None:
    put_into(csirt, shared, "csirt", "INTERNAL")
    with pytest.raises(Problem) as raised:
        actions.admit(csirt, shared, kind="person", key="second", level="see", reason="r", part="csirt")
    assert raised.value.code == "cases.not_in_the_case"
    for part in ("", "csirt"):
        actions.admit(csirt, shared, kind="person", key="second", level="see", reason="r", part=part)
    assert "INTERNAL" in everything(house.second, shared)
    actions.dismiss(csirt, shared, kind="person", key="second")
    actions.admit(csirt, shared, kind="person", key="second", level="see", reason="r")
    assert "INTERNAL" not in everything(house.second, shared)


def test_the_system_finishes_and_reckons_in_every_part(house: House, csirt: Subject, shared: str) -> None:
    task = actions.add_task(csirt, shared, title=text("t"), part="csirt", key="x")
    actions.finish_task(SYSTEM, task, outcome="done")
    assert queries.task(csirt, task).state == "done"
    assert [line.part for line in queries.timeline(csirt, shared) if line.verb == "cases.task_done"] == [
        "csirt"
    ]
