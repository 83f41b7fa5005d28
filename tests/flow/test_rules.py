"""Where a case stands, from the facts of its gates alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases.gates import Facts, Missing
from okiagari.flow import rules
from okiagari.flow.map import STEPS

KEYS = tuple(step.key for step in STEPS)
NOW = datetime(2015, 8, 18, 12, tzinfo=UTC)

facts = st.builds(
    lambda holds, applies, number: Facts(holds, (Missing(f"m{number}", "x"),), applies),
    st.booleans(),
    st.booleans(),
    st.integers(0, 99),
)
gates = st.tuples(*(st.tuples(st.just(key), facts) for key in KEYS))


@given(gates)
def test_the_step_is_the_first_gate_that_applies_and_does_not_hold(
    given_gates: tuple[tuple[str, Facts], ...],
) -> None:
    where = rules.stand(given_gates, is_closed=False)
    unheld = [key for key, each in given_gates if each.applies and not each.holds]
    assert where.step == (unheld[0] if unheld else "closed")


@given(gates)
def test_what_is_missing_is_what_the_gate_of_the_step_misses(
    given_gates: tuple[tuple[str, Facts], ...],
) -> None:
    where = rules.stand(given_gates, is_closed=False)
    assert where.missing == dict(given_gates).get(where.step, Facts(holds=True)).missing


@given(gates, st.booleans())
def test_every_step_has_one_state_and_they_agree_with_the_gates(
    given_gates: tuple[tuple[str, Facts], ...], is_closed: bool
) -> None:
    where = rules.stand(given_gates, is_closed=is_closed)
    states = dict(where.states)
    assert list(states) == [*KEYS, "closed"]
    for key, each in given_gates:
        if not each.applies:
            assert states[key] == "skipped"
        elif each.holds:
            assert states[key] == "done", "one that holds early is done early"
        else:
            assert states[key] == ("now" if key == where.step else "todo")
    assert sum(state == "now" for state in states.values()) == (0 if is_closed else 1)


@given(gates)
def test_a_closed_case_is_at_its_end_and_misses_nothing_more_but_says_what_was_left_open(
    given_gates: tuple[tuple[str, Facts], ...],
) -> None:
    where = rules.stand(given_gates, is_closed=True)
    assert (where.step, where.missing) == ("closed", ())
    open_steps = {key for key, each in given_gates if each.applies and not each.holds}
    assert {key for key, state in where.states if state == "todo"} == open_steps
    assert where.states[-1] == ("closed", "done")


def test_when_every_gate_holds_only_the_closing_is_left() -> None:
    where = rules.stand([(key, Facts(holds=True)) for key in KEYS], is_closed=False)
    assert (where.step, where.states[-1]) == ("closed", ("closed", "now"))


@pytest.mark.parametrize(
    ("given_facts", "fire"),
    [
        ({"level": "severe"}, True),
        ({"level": "severe", "step": "reach"}, False),
        ({"level": "severe", "is_open": False}, False),
        ({"level": "high"}, False),
        ({"is_attacked": True}, True),
        ({"is_attacked": True, "step": "lessons"}, False),
        ({"level": "severe", "step": "publication"}, True),
        ({"level": "severe", "step": "publication", "is_told": True}, False),
        ({"is_told": True, "due": NOW + timedelta(hours=1)}, True),
        ({"due": NOW + timedelta(hours=3, minutes=59)}, True),
        ({"due": NOW + timedelta(hours=4, minutes=1)}, False),
        ({"due": NOW + timedelta(hours=1), "is_open": False}, False),
        ({"due": NOW - timedelta(minutes=1)}, False),
        ({}, False),
    ],
)
def test_what_burns(given_facts: dict[str, Any], fire: bool) -> None:
    calm = rules.Heat(is_open=True, level="", is_attacked=False, step="plan", due=None)
    assert rules.is_on_fire(replace(calm, **given_facts), NOW) is fire
