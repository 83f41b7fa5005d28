"""Two cases become one: everything is there once, nobody sees more than was said, what differs is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.desk import permits
from okiagari.desk.subjects import Role
from okiagari.flow import advance
from okiagari.flow.actions import merge, undo_merge
from okiagari.flow.models import Position, Wait
from okiagari.plumbing import anchors, clock
from okiagari.problems import Problem
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage import queries as grids
from okiagari.triage import shipped
from okiagari.triage.actions import CellChange
from okiagari.triage.rules.criteria import to_json
from tests import factories
from tests.factories import House
from tests.flow.merging.making import NOW, UNTIL, Matter, matter, where
from tests.support.positions import projection

NOT_AFFECTED = CellChange("not_affected", justification="component_not_present")
AFFECTED = CellChange("affected", range=Range.all())


@pytest.fixture
def one(house: House) -> Matter:
    with clock.at(NOW):
        return matter(house, "ルータの件")


@pytest.fixture
def other(house: House) -> Matter:
    with clock.at(NOW):
        return matter(house, "同じルータの件")


def test_everything_of_the_merged_case_hangs_on_the_other_and_nothing_is_lost(
    house: House, one: Matter, other: Matter
) -> None:
    before = where()
    assert merge(house.member, one.case, into=other.case, reason="同じ不具合でした。") == other.case
    after = where()
    assert {table: set(rows) for table, rows in after.items()} == {
        table: set(rows) for table, rows in before.items()
    }
    assert {case for rows in after.values() for case in rows.values()} == {other.case}


def test_the_old_number_is_closed_and_leads_on(house: House, one: Matter, other: Matter) -> None:
    merge(house.member, one.case, into=other.case, reason="同じ不具合でした。")
    view = queries.case(house.member, one.case)
    assert (view.is_open, view.is_merged, view.merged_into) == (False, True, other.case)
    assert queries.leads_on(house.member, one.case) == other.case
    assert queries.case(house.member, other.case).merged_here == (one.case,)
    with pytest.raises(Problem, match="merged into another"):
        cases.reopen_case(house.member, one.case, reason="続けます。")


def test_both_timelines_are_read_in_the_joined_one(house: House, one: Matter, other: Matter) -> None:
    merge(house.member, one.case, into=other.case, reason="同じ不具合でした。")
    lines = queries.timeline(house.member, other.case)
    assert {each.case_id for each in lines} == {one.case, other.case}
    assert {"flow.merged", "flow.merged_into"} <= {each.verb for each in lines}


def test_joined_as_the_same_flaw_there_is_one_column_with_what_was_known_of_both(
    house: House, one: Matter, other: Matter
) -> None:
    cases.note_fact(house.member, one.flaw, kind="exploit_public", at=NOW, evidence="記事")
    merge(house.member, one.case, into=other.case, reason="同じです。", same=[[one.flaw, other.flaw]])
    view = queries.case(house.member, other.case)
    standing = [each for each in view.vulnerabilities if not each.is_withdrawn]
    assert [each.id for each in standing] == [other.flaw]
    assert [fact.kind for fact in standing[0].facts] == ["exploit_public"]
    assert [each.id for each in grids.grid(house.member, other.case).columns] == [other.flaw]


def test_two_with_the_same_number_must_be_joined_and_two_with_different_ones_cannot(
    house: House, one: Matter, other: Matter
) -> None:
    cases.change_vulnerability(house.member, one.flaw, cve="CVE-2026-10001")
    cases.change_vulnerability(house.member, other.flaw, cve="CVE-2026-10001")
    with pytest.raises(Problem, match="Both cases have"):
        merge(house.member, one.case, into=other.case, reason="同じです。")
    cases.change_vulnerability(house.member, other.flaw, cve="CVE-2026-10002")
    with pytest.raises(Problem, match="two CVE numbers"):
        merge(house.member, one.case, into=other.case, reason="同じです。", same=[[one.flaw, other.flaw]])


def contradict(house: House, one: Matter, other: Matter) -> None:
    cell = "WN-G54/R2"
    triage.decide(house.member, one.case, cells=[(cell, one.flaw)], change=NOT_AFFECTED)
    triage.decide(house.member, other.case, cells=[(cell, other.flaw)], change=AFFECTED)


@pytest.mark.parametrize(
    ("keep", "state"), [("merged", "not_affected"), ("into", "affected"), ("undecided", "undecided")]
)
def test_contradicting_decisions_are_chosen_by_a_person_and_both_stay_readable(
    house: House, one: Matter, other: Matter, keep: str, state: str
) -> None:
    contradict(house, one, other)
    same = [[one.flaw, other.flaw]]
    with pytest.raises(Problem, match="1 decisions of the two cases contradict"):
        merge(house.member, one.case, into=other.case, reason="同じです。", same=same)
    merge(house.member, one.case, into=other.case, reason="同じです。", same=same, keep=keep)
    assert grids.grid(house.member, other.case).cell("WN-G54/R2", other.flaw).state == state
    history = grids.decision_history(house.member, other.case, "WN-G54/R2", other.flaw)
    assert {each.state for each in history} == {"investigating", "not_affected", "affected"}
    assert sum(each.replaced_at is None for each in history) == (keep != "undecided")


def test_a_single_cell_may_be_chosen_apart_from_the_rest(house: House, one: Matter, other: Matter) -> None:
    contradict(house, one, other)
    merge(
        house.member,
        one.case,
        into=other.case,
        reason="同じです。",
        same=[[one.flaw, other.flaw]],
        keep="into",
        decisions=[["WN-G54/R2", other.flaw, "merged"]],
    )
    assert grids.grid(house.member, other.case).cell("WN-G54/R2", other.flaw).state == "not_affected"


def test_nobody_is_let_in_who_was_not_named(house: House, one: Matter, other: Matter) -> None:
    cases.admit(house.member, one.case, kind="person", key="second", level="see", reason="手伝い")
    with pytest.raises(Problem, match="is not somebody"):
        merge(house.member, one.case, into=other.case, reason="同じです。", let_in=["person:approver"])
    merge(house.member, one.case, into=other.case, reason="同じです。")
    with pytest.raises(Problem, match="nothing here"):
        queries.case(house.second, other.case)
    view = queries.case(house.second, one.case)
    assert (view.is_merged, view.merged_into, view.merged_here) == (True, "", ())
    told = str(queries.timeline(house.second, one.case))
    assert other.case not in told
    assert "同じです。" not in told


def test_who_is_named_comes_along_at_the_level_they_had(house: House, one: Matter, other: Matter) -> None:
    cases.admit(house.member, one.case, kind="person", key="second", level="see", reason="手伝い")
    merge(house.member, one.case, into=other.case, reason="同じです。", let_in=["person:second"])
    view = queries.case(house.second, other.case)
    assert "cases.work" not in view.may


def test_who_joins_two_cases_leads_both(house: House, one: Matter, other: Matter) -> None:
    for case, level in ((one.case, "lead"), (other.case, "see")):
        cases.admit(house.member, case, kind="person", key="second", level=level, reason="手伝い")
    for source, target in ((one.case, other.case), (other.case, one.case)):
        with pytest.raises(Problem, match="do not allow"):
            merge(house.second, source, into=target, reason="同じです。")
    with pytest.raises(Problem, match="nothing here"):
        merge(house.developer, one.case, into=other.case, reason="同じです。")


def test_the_longer_embargo_binds_the_joined_case_until_a_named_person_has_decided(
    house: House, one: Matter, other: Matter
) -> None:
    with clock.at(NOW):
        for case, until in ((one.case, UNTIL), (other.case, UNTIL - timedelta(days=20))):
            cases.set_embargo(
                house.member, case, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
            )
        with pytest.raises(Problem, match="cannot decide here"):
            merge(house.member, one.case, into=other.case, reason="同じです。", decider="second")
        merge(house.member, one.case, into=other.case, reason="同じです。", decider="member")
        view = queries.case(house.member, other.case)
        assert view.embargo is not None
        assert view.embargo.until == UNTIL
        asked = [each for each in queries.tasks(house.member, other.case) if each.is_decision]
        assert [each.person.key for each in asked if each.person] == ["member"]
        running = [each.due for each in queries.clocks(house.member, other.case, is_running=True)]
        assert UNTIL - timedelta(days=20) in running, "the earlier end goes on ticking"
        assert UNTIL not in running, "and the later one says by what it is counted"


def test_an_embargo_of_the_merged_case_alone_binds_the_joined_one(
    house: House, one: Matter, other: Matter
) -> None:
    with clock.at(NOW):
        cases.set_embargo(
            house.member, one.case, state="agreed", until=UNTIL, zone="UTC", agreed_with="JPCERT/CC"
        )
        merge(house.member, one.case, into=other.case, reason="同じです。")
        view = queries.case(house.member, other.case)
    assert view.is_embargoed
    assert not any(each.is_decision for each in queries.tasks(house.member, other.case))


def test_what_two_cases_judged_differently_keeps_the_graver_level_and_is_judged_anew(
    house: House, one: Matter, other: Matter
) -> None:
    for case, level in ((one.case, "high"), (other.case, "low")):
        judged(house, case, level)
    merge(house.member, one.case, into=other.case, reason="同じです。", same=[[one.flaw, other.flaw]])
    assert grids.level(house.member, other.case) == "high"
    titles = [each.title.exact("en") for each in queries.tasks(house.member, other.case)]
    assert "Judge anew: the joined cases were judged differently" in titles


def judged(house: House, case: str, level: str) -> None:
    content = shipped.criteria()
    if not grids.criteria_versions(house.member):
        triage.adopt_criteria(house.member, to_json(content))
    answers = {question.key: question.answers[0].key for question in content.questions}
    triage.judge(
        house.member,
        case,
        stage="final",
        answers=answers,
        level=level,
        reason="評価しました。",
        assumed_use=factories.text("ルータとして使う"),
    )


def test_a_rebuild_gives_the_same_and_the_ledger_verifies(house: House, one: Matter, other: Matter) -> None:
    merge(house.member, one.case, into=other.case, reason="同じです。", same=[[one.flaw, other.flaw]])
    with clock.at(max(Position.objects.values_list("changed_at", flat=True))):
        before = projection()
        advance.rebuild()
        assert projection() == before
    assert not Wait.objects.filter(stream_kind="case", stream_key=one.case).exists()
    assert anchors.verify() == ()


def cells(house: House, case: str) -> dict[tuple[str, str], object]:
    """What the grid says, without the number of the change that said it."""
    return {key: replace(cell, sheet=0) for key, cell in grids.grid(house.member, case).cells.items()}


def test_undone_each_case_has_again_what_was_its_own(house: House, one: Matter, other: Matter) -> None:
    contradict(house, one, other)
    before = where()
    before_cells = {each: cells(house, each) for each in (one.case, other.case)}
    merge(
        house.member,
        one.case,
        into=other.case,
        reason="同じです。",
        same=[[one.flaw, other.flaw]],
        keep="into",
    )
    added = cases.add_task(house.member, other.case, title=factories.text("あとから"), team="psirt")
    with pytest.raises(Problem, match="no reason"):
        undo_merge(house.member, one.case, reason=" ")
    undo_merge(house.member, one.case, reason="やはり別の不具合でした。")
    after = where()
    assert after["Task"].pop(added) == other.case
    assert after == before
    assert {each: cells(house, each) for each in before_cells} == before_cells
    assert queries.case(house.member, one.case).is_open
    with pytest.raises(Problem, match="not merged"):
        undo_merge(house.member, one.case, reason="二度目")


def test_it_is_not_undone_over_a_later_step(house: House, one: Matter, other: Matter) -> None:
    third = factories.case(house.member, "三つ目")
    merge(house.member, one.case, into=other.case, reason="同じです。")
    merge(house.member, other.case, into=third, reason="これも同じです。")
    assert queries.leads_on(house.member, one.case) == third
    with pytest.raises(Problem, match="merged or split again"):
        undo_merge(house.member, one.case, reason="別でした。")
    undo_merge(house.member, other.case, reason="別でした。")
    undo_merge(house.member, one.case, reason="別でした。")
    assert queries.case(house.member, one.case).is_open


def test_a_case_is_not_merged_into_itself_nor_without_a_reason_nor_when_closed(
    house: House, one: Matter, other: Matter
) -> None:
    with pytest.raises(Problem, match="into itself"):
        merge(house.member, one.case, into=one.case, reason="同じです。")
    with pytest.raises(Problem, match="no reason"):
        merge(house.member, one.case, into=other.case, reason="")
    seen = queries.case(house.member, other.case).version
    cases.close_case(house.member, other.case, reason="済み。")
    with pytest.raises(Problem, match="Somebody else"):
        merge(house.member, one.case, into=other.case, reason="同じです。", into_version=seen)
    with pytest.raises(Problem, match="closed"):
        merge(house.member, one.case, into=other.case, reason="同じです。")
    assert permits.may(house.member, "flow.merge")


def test_what_one_team_alone_reads_stays_with_that_team(house: House, one: Matter, other: Matter) -> None:
    cases.admit(house.member, one.case, kind="team", key="csirt", level="work", reason="ログ")
    cases.make_parts(house.member, one.case, reason="ログはCSIRTだけで扱います。")
    csirt = factories.person("watcher", Role.MEMBER, teams=("csirt",))
    hidden = cases.add_evidence(csirt, one.case, name="ログ", content=None, note="社内のログ", part="csirt")
    merge(house.member, one.case, into=other.case, reason="同じです。", let_in=["team:csirt"])
    assert hidden not in [each.id for each in queries.evidence(house.member, other.case)]
    assert hidden in [each.id for each in queries.evidence(csirt, other.case)]
    undo_merge(house.member, one.case, reason="別でした。")
    assert hidden not in [each.id for each in queries.evidence(house.member, one.case)]


def test_of_two_parts_of_one_team_one_goes_on(house: House, one: Matter, other: Matter) -> None:
    watcher = factories.person("watcher", Role.MEMBER, teams=("csirt",))
    kept = []
    for each in (one, other):
        cases.admit(house.member, each.case, kind="team", key="csirt", level="work", reason="ログ")
        cases.make_parts(house.member, each.case, reason="ログはCSIRTだけで扱います。")
        kept.append(
            cases.add_evidence(watcher, each.case, name="ログ", content=None, note=each.case, part="csirt")
        )
    merge(house.member, one.case, into=other.case, reason="同じです。")
    assert set(kept) <= {each.id for each in queries.evidence(watcher, other.case)}
    assert not set(kept) & {each.id for each in queries.evidence(house.member, other.case)}
    undo_merge(house.member, one.case, reason="別でした。")
    assert [each.id for each in queries.evidence(watcher, one.case) if each.id in kept] == [kept[0]]
