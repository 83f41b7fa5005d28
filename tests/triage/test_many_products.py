"""Shared code decided once, rows of several teams, severity per product, rules kept as templates."""

import pytest

from okiagari.catalog import actions as catalog
from okiagari.desk.permits import OTHER_TEAM
from okiagari.desk.subjects import SYSTEM
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from okiagari.triage.actions.deciding import CELLS_CHANGED, GROUP_SAYS, OVERRIDE_NEEDS_REASON
from okiagari.triage.actions.owning import NOT_INSIDE
from tests import factories
from tests.triage.conftest import Matter

FAMILY = {
    "lines": [
        {
            "key": "hdl",
            "releases": [{"text": "1.00"}, {"text": "1.01"}],
            "components": [{"name": "wpa_supplicant", "version": "2.4"}],
        }
    ],
    "products": [
        {"model": f"HDL-{letter}", "family": "HDL", "team": "storage-dev", "targets": [{"line": "hdl"}]}
        for letter in "ABC"
    ],
}
NOT = CellChange("not_affected", justification="vulnerable_code_not_present")
AFFECTED = CellChange("affected", range=Range.up_to("1.01"))


@pytest.fixture
def shared(matter: Matter) -> Matter:
    """Three products on one line, in one group, and the rows of the router team beside them."""
    factories.catalogue(FAMILY)
    actions.freeze_rows(
        matter.member, matter.case, rule={"any": [{"family": ["HDL", "WN-G54"]}, {"models": ["NP-BBRS"]}]}
    )
    assert actions.group_rows(matter.member, matter.case, by="line") == ["line:hdl"]
    return matter


def say(matter: Matter, change: CellChange, reason: str = "") -> None:
    actions.decide_group(
        matter.member,
        matter.case,
        group="line:hdl",
        vulnerabilities=[matter.first],
        change=change,
        reason=reason,
    )


def cell(matter: Matter, target: str) -> queries.CellView:
    return queries.grid(matter.member, matter.case).cell(target, matter.first)


def own(matter: Matter, target: str, change: CellChange, reason: str = "") -> None:
    actions.decide(matter.member, matter.case, cells=[(target, matter.first)], change=change, reason=reason)


def test_a_group_is_decided_once_and_its_members_inherit(shared: Matter) -> None:
    say(shared, AFFECTED)
    for target in ("HDL-A", "HDL-B", "HDL-C"):
        assert cell(shared, target).state == "affected"
        assert cell(shared, target).is_inherited
    assert cell(shared, "NP-BBRS").state == "undecided"


def test_overriding_one_member_needs_a_reason_and_shows_as_its_own(shared: Matter) -> None:
    say(shared, AFFECTED)
    with pytest.raises(Exception, match=OVERRIDE_NEEDS_REASON.code):
        own(shared, "HDL-B", NOT)
    own(shared, "HDL-B", NOT, "built without wireless")
    assert cell(shared, "HDL-B").state == "not_affected"
    assert not cell(shared, "HDL-B").is_inherited


def test_a_new_decision_of_the_group_changes_only_what_follows_it(shared: Matter) -> None:
    say(shared, AFFECTED)
    own(shared, "HDL-B", NOT, "built without wireless")
    say(shared, CellChange("investigating"))
    assert [cell(shared, f"HDL-{each}").state for each in "ABC"] == [
        "investigating",
        "not_affected",
        "investigating",
    ]


def test_an_override_taken_back_inherits_again(shared: Matter) -> None:
    say(shared, AFFECTED)
    own(shared, "HDL-B", NOT, "built without wireless")
    actions.inherit(shared.member, shared.case, cells=[("HDL-B", shared.first)], reason="it has it")
    assert cell(shared, "HDL-B").state == "affected"
    assert cell(shared, "HDL-B").is_inherited
    own(shared, "HDL-C", NOT, "tested")
    own(shared, "HDL-C", CellChange("undecided"), "tested wrongly")
    assert cell(shared, "HDL-C").is_inherited


def test_what_is_inherited_is_taken_back_only_on_the_group(shared: Matter) -> None:
    say(shared, AFFECTED)
    with pytest.raises(Exception, match=GROUP_SAYS.code):
        own(shared, "HDL-A", CellChange("undecided"), "no")
    say(shared, CellChange("undecided"), "said too early")
    assert cell(shared, "HDL-A").state == "undecided"


def test_a_group_dissolved_leaves_what_was_said_as_the_members_own(shared: Matter) -> None:
    say(shared, AFFECTED)
    actions.ungroup(shared.member, shared.case, group="line:hdl", reason="different code after all")
    assert cell(shared, "HDL-A").state == "affected"
    assert not cell(shared, "HDL-A").is_inherited
    assert not queries.grid(shared.member, shared.case).groups


def test_rows_can_be_grouped_by_component_and_by_hand(shared: Matter) -> None:
    actions.ungroup(shared.member, shared.case, group="line:hdl", reason="again")
    assert actions.group_rows(shared.member, shared.case, by="component", value="wpa_supplicant") == [
        "component:wpa_supplicant"
    ]
    made = actions.group_rows(
        shared.member, shared.case, by="hand", value="routers", targets=["NP-BBRS", "WN-G54/R2"]
    )
    groups = {row.target.key: row.group for row in queries.grid(shared.member, shared.case).rows}
    assert made == ["hand:routers"]
    assert groups["HDL-A"] == "component:wpa_supplicant"
    assert groups["NP-BBRS"] == "hand:routers"


def test_a_developer_decides_only_rows_of_the_own_team(shared: Matter, house: factories.House) -> None:
    for team in ("router-dev", "storage-dev"):
        factories.cases.admit(shared.member, shared.case, kind="team", key=team, level="see", reason="x")
    mine = [("NP-BBRS", shared.first)]
    actions.decide(house.developer, shared.case, cells=mine, change=NOT)
    with pytest.raises(Exception, match=OTHER_TEAM.code):
        actions.decide(
            house.developer, shared.case, cells=[*mine, ("HDL-A", shared.first)], change=NOT, reason="x"
        )
    with pytest.raises(Exception, match=OTHER_TEAM.code):
        actions.decide_group(
            house.developer, shared.case, group="line:hdl", vulnerabilities=[shared.first], change=NOT
        )


def test_rows_are_handed_over_and_then_decided_by_the_other_team(
    shared: Matter, house: factories.House
) -> None:
    factories.cases.admit(shared.member, shared.case, kind="team", key="router-dev", level="see", reason="x")
    with pytest.raises(Exception, match=NOT_INSIDE.code):
        actions.hand_over(
            house.developer, shared.case, targets=["NP-BBRS"], team="storage-dev", reason="theirs"
        )
    with pytest.raises(Exception, match=OTHER_TEAM.code):
        actions.hand_over(house.developer, shared.case, targets=["HDL-A"], team="router-dev", reason="ours")
    actions.hand_over(shared.member, shared.case, targets=["HDL-A"], team="router-dev", reason="same modem")
    row = next(each for each in queries.grid(shared.member, shared.case).rows if each.target.key == "HDL-A")
    assert (row.team, row.is_handed_over) == ("router-dev", True)
    actions.decide(house.developer, shared.case, cells=[("HDL-A", shared.first)], change=NOT, reason="looked")
    assert cell(shared, "HDL-A").state == "not_affected"


def test_two_people_who_set_different_cells_lose_nothing(shared: Matter) -> None:
    seen = queries.grid(shared.member, shared.case).version
    own(shared, "NP-BBRS", NOT)
    actions.decide(shared.member, shared.case, cells=[("WN-G54/R2", shared.first)], change=NOT, version=seen)
    assert cell(shared, "NP-BBRS").state == cell(shared, "WN-G54/R2").state == "not_affected"


def test_it_is_a_conflict_where_the_same_cell_changed(shared: Matter) -> None:
    seen = queries.grid(shared.member, shared.case).version
    own(shared, "NP-BBRS", NOT)
    with pytest.raises(Exception, match=CELLS_CHANGED.code):
        actions.decide(
            shared.member,
            shared.case,
            cells=[("WN-G54/R2", shared.first), ("NP-BBRS", shared.first)],
            change=CellChange("investigating"),
            version=seen,
        )
    assert cell(shared, "WN-G54/R2").state == "undecided"


def test_a_rule_kept_as_a_template_is_frozen_with_the_case_and_run_again_later(matter: Matter) -> None:
    name = LocalText.of(ja="無線ルータ", en="Wireless routers")
    actions.save_rule(matter.member, "routers", name=name, rule={"family": "WN-G54"})
    actions.freeze_rows(matter.member, matter.case, template="routers")
    actions.save_rule(matter.member, "routers", name=name, rule={"team": "router-dev"})
    catalog.put_product(SYSTEM, {"model": "WN-G54/R9", "family": "WN-G54", "team": "router-dev"})
    (frozen,) = queries.selections(matter.member, matter.case, look_again=True)
    assert frozen.template == "routers 1"
    assert frozen.rule == {"family": "WN-G54"}
    assert frozen.found_now == ("WN-G54/R9",)
    actions.add_rows(matter.member, matter.case, targets=frozen.found_now, reason="new since then")
    (after,) = queries.selections(matter.member, matter.case, look_again=True)
    assert after.found_now == ()


def test_a_component_finds_every_product_whose_line_ever_held_it(shared: Matter) -> None:
    actions.save_rule(
        shared.member,
        "wpa",
        name=LocalText.of(ja="無線LAN", en="Wireless"),
        rule={"component": "wpa_supplicant@2.4"},
    )
    from okiagari.catalog import queries as catalogue

    found = catalogue.select_targets(SYSTEM, {"component": "WPA_Supplicant"})
    assert [each.key for each in found] == ["HDL-A", "HDL-B", "HDL-C"]
    assert not catalogue.select_targets(SYSTEM, {"component": "wpa_supplicant@2.5"})


def test_severity_is_judged_for_a_group_of_products(shared: Matter) -> None:
    answers = {
        "reach": "internet",
        "success": "always",
        "data": "none",
        "others": "none",
        "exposure": "shipped",
    }
    common = {"stage": "final", "reason": "x", "answers": answers}
    actions.judge(shared.member, shared.case, **common, level="severe")
    actions.judge(shared.member, shared.case, **common, level="low", targets=["HDL-A", "HDL-B", "HDL-C"])
    actions.judge(shared.member, shared.case, **common, level="medium", targets=["HDL-C"])
    levels = queries.levels(shared.member, shared.case)
    assert levels["NP-BBRS", shared.first] == "severe"
    assert levels["HDL-A", shared.second] == "low"
    assert levels["HDL-C", shared.first] == "medium"
    assert queries.level(shared.member, shared.case) == "severe"
