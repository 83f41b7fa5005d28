"""What the owner of each product should do: one thing, the most urgent one."""

import pytest

from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import Action, standings
from tests.disclose.making import content, flaw, measure, product, release, status, successor

EVERY = {"form": "all"}


def action(said: Content) -> Action:
    return standings(said)[0].action


def test_a_fixed_product_is_told_to_update_to_the_release() -> None:
    assert action(content()) is Action.UPDATE
    assert standings(content())[0].release == release("1.03")


def test_stop_use_goes_before_everything() -> None:
    assert (
        action(content(measures=[measure("stop_use", "A-1"), measure("workaround", "A-1")]))
        is Action.STOP_USE
    )


def test_a_workaround_is_told_where_there_is_no_release() -> None:
    affected = [status("A-1", "affected", range=EVERY)]
    assert action(content(statuses=affected, measures=[measure("workaround", "A-1")])) is Action.WORKAROUND
    assert action(content(statuses=affected, measures=[measure("replace", "A-1")])) is Action.REPLACE


def test_not_yet_is_not_never() -> None:
    assert action(content(statuses=[status("A-1", "affected", range=EVERY)])) is Action.WAIT


def test_a_fix_that_is_ready_counts_like_one_of_the_grid() -> None:
    fix = measure("fix", "A-1", line="line", release="1.03")
    said = content(statuses=[status("A-1", "affected", range=EVERY)], measures=[fix])
    assert action(said) is Action.UPDATE


def test_the_newest_release_by_the_makers_order_is_told() -> None:
    said = content(
        vulnerabilities=[flaw(1), flaw(2)],
        statuses=[
            status("A-1", "fixed", fixed_in="1.10"),
            status("A-1", "fixed", vulnerability="VUL-2", fixed_in="1.9"),
        ],
        releases=[release("1.10", position=1), release("1.9", position=2)],
    )
    newest = standings(said)[0].release
    assert newest is not None
    assert newest.text == "1.9"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["not_affected", "not_affected"], Action.NOTHING),
        (["not_affected", "investigating"], Action.CHECKING),
        (["not_affected"], Action.CHECKING),
        ([], Action.CHECKING),
        (["not_affected", "affected"], Action.WAIT),
    ],
)
def test_a_product_is_not_affected_only_when_that_was_decided_of_every_flaw(
    states: list[str], expected: Action
) -> None:
    given = [
        status("A-1", state, vulnerability=f"VUL-{number}", range=EVERY if state == "affected" else {})
        for number, state in enumerate(states, start=1)
    ]
    assert action(content(vulnerabilities=[flaw(1), flaw(2)], statuses=given)) is expected


def test_the_most_urgent_product_stands_first() -> None:
    said = content(
        products=[product("A-1"), product("B-2"), product("C-3")],
        statuses=[
            status("A-1", "not_affected"),
            status("B-2", "affected", range=EVERY),
            status("C-3", "affected", range=EVERY),
        ],
        measures=[measure("stop_use", "C-3", successor="A-1")],
        successors=[successor("A-1")],
    )
    assert [each.product.key for each in standings(said)] == ["C-3", "B-2", "A-1"]
    assert standings(said)[0].successor == successor("A-1")


def test_a_warning_without_a_vulnerability_still_asks_to_stop_using_it() -> None:
    said = content(vulnerabilities=[], statuses=[], measures=[measure("stop_use", "A-1")])
    assert action(said) is Action.STOP_USE
