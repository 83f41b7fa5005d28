"""One case becomes two: what was chosen goes, what concerns both stays with both, nothing is lost."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.flow import advance
from okiagari.flow.actions import merge, split
from okiagari.flow.models import Position
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.plumbing import anchors, clock
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.remedy import queries as measures
from okiagari.triage import actions as triage
from okiagari.triage import queries as grids
from okiagari.triage.actions import CellChange
from tests import factories
from tests.factories import House, text
from tests.flow.merging.making import NOW, UNTIL, Matter, matter, where
from tests.support.positions import projection

NOT_AFFECTED = CellChange("not_affected", justification="component_not_present")
ROUTER, OLD = "WN-G54/R2", "NP-BBRS"
TITLE = text("分けた件", "The part")


@pytest.fixture
def one(house: House) -> Matter:
    with clock.at(NOW):
        return matter(house, "一通に二つの不具合")


@pytest.fixture
def second_flaw(house: House, one: Matter) -> str:
    with clock.at(NOW):
        flaw = factories.vulnerability(house.member, one.case, "もう一つの不具合")
        triage.add_row(house.member, one.case, target=OLD, reason="同じ部品")
        cells = [(ROUTER, flaw), (OLD, flaw), (OLD, one.flaw)]
        triage.decide(house.member, one.case, cells=cells, change=NOT_AFFECTED)
    return flaw


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    with clock.at(NOW):
        yield NOW


def test_a_flaw_goes_with_its_decisions_and_the_case_keeps_the_rest(
    house: House, one: Matter, second_flaw: str
) -> None:
    before = where()
    new = split(house.member, one.case, title=TITLE, reason="別の不具合です。", vulnerabilities=[second_flaw])
    here, there = grids.grid(house.member, one.case), grids.grid(house.member, new)
    assert ([each.id for each in here.columns], [each.id for each in there.columns]) == (
        [one.flaw],
        [second_flaw],
    )
    assert {there.cell(target, second_flaw).state for target in (ROUTER, OLD)} == {"not_affected"}
    assert here.cell(OLD, one.flaw).state == "not_affected"
    after = where()
    for table, rows in before.items():
        assert set(rows) <= set(after[table]), f"{table}: nothing is lost"


def test_both_timelines_say_so_and_name_each_other(house: House, one: Matter, second_flaw: str) -> None:
    new = split(house.member, one.case, title=TITLE, reason="別の不具合です。", vulnerabilities=[second_flaw])
    for case, other, verb in ((one.case, new, "flow.split_off"), (new, one.case, "flow.split_from")):
        line = next(each for each in queries.timeline(house.member, case) if each.verb == verb)
        assert (line.facts["other_case"], line.facts["reason"]) == (other, "別の不具合です。")
    cases.admit(house.member, new, kind="person", key="second", level="see", reason="手伝い")
    told = str(queries.timeline(house.second, new))
    assert "flow.split_from" in told
    assert one.case not in told


def test_a_report_may_move_or_lead_to_both(house: House, one: Matter, second_flaw: str) -> None:
    both = split(
        house.member,
        one.case,
        title=TITLE,
        reason="一通に二件。",
        vulnerabilities=[second_flaw],
        shared_reports=[one.report],
    )
    assert {each.id for each in reports.report(house.member, one.report).cases} == {one.case, both}
    assert [each.anchor_source for each in queries.clocks(house.member, both)] == [one.report]
    alone = split(house.member, both, title=TITLE, reason="報告だけ。", reports=[one.report])
    assert {each.id for each in reports.report(house.member, one.report).cases} == {one.case, alone}
    assert [each.anchor_source for each in queries.clocks(house.member, alone)] == [one.report]
    assert queries.clocks(house.member, both) == ()


def test_what_repeats_a_report_goes_where_it_goes_with_its_clock(
    house: House, one: Matter, second_flaw: str
) -> None:
    again = intake.receive(house.member, source="user", title="再", text="同じ件です。")
    intake.mark_duplicate(house.member, again, duplicate_of=one.report, reason="同じ")
    new = split(
        house.member,
        one.case,
        title=TITLE,
        reason="別件。",
        vulnerabilities=[second_flaw],
        reports=[one.report],
    )
    assert {each.id for each in reports.reports_of_case(house.member, new)} == {one.report, again}
    assert {each.anchor_source for each in queries.clocks(house.member, new)} == {one.report, again}


def test_a_measure_for_flaws_of_both_is_kept_once_and_counts_for_both(
    house: House, one: Matter, second_flaw: str
) -> None:
    shared = remedy.plan_measure(
        house.member, one.case, kind="workaround", text=text("両方に効く回避策"), targets=[ROUTER]
    )
    own = remedy.plan_measure(
        house.member,
        one.case,
        kind="workaround",
        text=text("二つ目だけ"),
        targets=[OLD],
        vulnerabilities=[second_flaw],
    )
    new = split(house.member, one.case, title=TITLE, reason="別件。", vulnerabilities=[second_flaw])
    here = {each.id for each in measures.measures(house.member, one.case)}
    there = {each.id for each in measures.measures(house.member, new)}
    assert shared in here & there
    assert own in there - here
    remedy.ready(house.member, shared)
    with clock.at(max(Position.objects.values_list("changed_at", flat=True))):
        before = projection()
        advance.rebuild()
        assert projection() == before, "the other case hears of it as well"


def test_the_embargo_and_the_parties_hold_for_both_and_the_house_comes_along(
    house: House, one: Matter, second_flaw: str
) -> None:
    cases.admit(house.member, one.case, kind="person", key="second", level="work", reason="手伝い")
    cases.admit(house.member, one.case, kind="organisation", key="integrator", level="see", reason="供給元")
    cases.set_embargo(
        house.member, one.case, state="agreed", until=UNTIL, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    end = next(each.id for each in queries.clocks(house.member, one.case) if each.due == UNTIL)
    with pytest.raises(Problem, match="holds for both"):
        split(house.member, one.case, title=TITLE, reason="別件。", clocks=[end])
    new = split(house.member, one.case, title=TITLE, reason="別件。", vulnerabilities=[second_flaw])
    view = queries.case(house.second, new)
    assert view.is_embargoed
    assert view.embargo is not None
    assert view.embargo.until == UNTIL
    assert [str(each.name) for each in view.parties] == ["一通に二つの不具合の発見者"]
    assert UNTIL in [each.due for each in queries.clocks(house.member, new)]
    with pytest.raises(Problem, match="nothing here"):
        queries.case(house.partner, new)


def test_chosen_tasks_messages_evidence_and_rows_go(house: House, one: Matter, second_flaw: str) -> None:
    task = queries.tasks(house.member, one.case)[0].id
    message = queries.communications(house.member, one.case)[0].id
    evidence = queries.evidence(house.member, one.case)[0].id
    new = split(
        house.member,
        one.case,
        title=TITLE,
        reason="別件。",
        vulnerabilities=[one.flaw],
        targets=[ROUTER],
        tasks=[task],
        messages=[message],
        evidence=[evidence],
    )
    assert [each.id for each in queries.tasks(house.member, new)] == [task]
    assert [each.id for each in queries.communications(house.member, new)] == [message]
    assert [each.id for each in queries.evidence(house.member, new)] == [evidence]
    rows = {row.target.key for row in grids.grid(house.member, new).rows}
    assert rows == {ROUTER, OLD}, "a row that was decided goes even where it was not named"


def test_what_is_not_of_the_case_looks_like_what_does_not_exist(
    house: House, one: Matter, second_flaw: str
) -> None:
    other = matter(house, "別の案件")
    for name, number in (("vulnerabilities", other.flaw), ("reports", other.report), ("targets", "GHOST")):
        with pytest.raises(Problem, match="nothing here"):
            split(
                house.member,
                one.case,
                title=TITLE,
                reason="別件。",
                **{"vulnerabilities": [one.flaw], name: [number]},  # type: ignore[arg-type]
            )
    with pytest.raises(Problem, match="Nothing is chosen"):
        split(house.member, one.case, title=TITLE, reason="別件。", targets=[ROUTER])
    cases.admit(house.member, one.case, kind="person", key="second", level="work", reason="手伝い")
    with pytest.raises(Problem, match="do not allow"):
        split(house.second, one.case, title=TITLE, reason="別件。", vulnerabilities=[one.flaw])


def test_joined_again_everything_is_where_it_was(house: House, one: Matter, second_flaw: str) -> None:
    before = where()
    cells = dict(grids.grid(house.member, one.case).cells)
    new = split(house.member, one.case, title=TITLE, reason="別件。", vulnerabilities=[second_flaw])
    merge(house.member, new, into=one.case, reason="やはり一件でした。")
    after = where()
    for table, rows in before.items():
        assert {key: after[table][key] for key in rows} == rows, table
    again = grids.grid(house.member, one.case)
    assert {key: again.cells[key].state for key in cells} == {key: cell.state for key, cell in cells.items()}
    assert len(queries.case(house.member, one.case).parties) == 1, "a party kept in both is there once"
    assert anchors.verify() == ()
