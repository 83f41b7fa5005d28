"""Who is not let into a case learns nothing of it from triage, not even that it exists."""

from collections.abc import Callable

import pytest

from okiagari.desk.subjects import PUBLIC, Subject
from okiagari.problems import Problem
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.triage.conftest import Matter
from tests.triage.test_judging import HIGH

READS: dict[str, Callable[[Subject, str], object]] = {
    "grid": queries.grid,
    "judgements": queries.judgements,
    "level": queries.level,
    "scores": queries.scores,
    "selections": queries.selections,
    "removed_rows": queries.removed_rows,
    "changed_cells": lambda subject, case: queries.changed_cells(subject, case, 0),
    "history": lambda subject, case: queries.decision_history(subject, case, "WN-G54/R2", "VUL-26-00000"),
}
STRANGERS = ("second", "developer", "support", "executive", "approver", "auditor", "administrator", "partner")


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("role", STRANGERS)
def test_an_outsider_is_told_the_same_of_this_case_and_of_none(
    matter: Matter, house: factories.House, name: str, role: str
) -> None:
    told = []
    for case in (matter.case, "OKI-26-00000"):
        with pytest.raises(Problem) as raised:
            READS[name](getattr(house, role), case)
        told.append((raised.value.code, raised.value.message))
    assert told[0] == told[1]
    assert told[0][0] == "desk.nothing_here"


@pytest.mark.parametrize("name", READS)
def test_the_public_reads_nothing(matter: Matter, name: str) -> None:
    with pytest.raises(Problem) as raised:
        READS[name](PUBLIC, matter.case)
    assert raised.value.code == "desk.nothing_here"


def test_a_partner_let_into_the_case_sees_neither_judgements_nor_grid(
    matter: Matter, house: factories.House
) -> None:
    from okiagari.cases import actions as cases

    cases.admit(
        matter.member, matter.case, kind="organisation", key="integrator", level="see", reason="共同開発"
    )
    for read in READS.values():
        with pytest.raises(Problem) as raised:
            read(house.partner, matter.case)
        assert raised.value.code == "desk.nothing_here"


def test_an_outsider_changes_nothing(matter: Matter, house: factories.House) -> None:
    given = actions.judge(matter.member, matter.case, stage="final", answers=HIGH)
    change = CellChange("investigating")
    cells = [("WN-G54/R2", matter.first)]
    tries: list[Callable[[Subject], object]] = [
        lambda who: actions.judge(who, matter.case, stage="final", answers=HIGH),
        lambda who: actions.reopen_judgement(who, given, reason="x"),
        lambda who: actions.freeze_rows(who, matter.case, rule={"models": ["WN-G54/R2"]}),
        lambda who: actions.add_row(who, matter.case, target="WN-G54/R2", reason="x"),
        lambda who: actions.decide(who, matter.case, cells=cells, change=change),
    ]
    for attempt in tries:
        with pytest.raises(Problem) as raised:
            attempt(house.second)
        assert raised.value.code == "desk.nothing_here"


def test_a_developer_let_in_decides_cells_but_chooses_no_rows(matter: Matter, house: factories.House) -> None:
    from okiagari.cases import actions as cases

    cases.admit(matter.member, matter.case, kind="team", key="router-dev", level="see", reason="担当")
    actions.freeze_rows(matter.member, matter.case, rule={"models": ["WN-G54/R2"]})
    actions.decide(
        house.developer,
        matter.case,
        cells=[("WN-G54/R2", matter.first)],
        change=CellChange("investigating"),
    )
    with pytest.raises(Problem) as raised:
        actions.add_row(house.developer, matter.case, target="NP-BBRS", reason="x")
    assert raised.value.code == "desk.not_yours"
