"""The supplier tree gives the published priority for every row, and says what is missing."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import ssvc
from okiagari.standards.ssvc import POINTS, Priority, decide, parse, utility
from tests.standards.corpus import FOLDER, needs_corpus

ROWS = [
    dict(zip((point.key for point in POINTS), row, strict=True))
    for row in product(*[[value.key for value in point.values] for point in POINTS])
]
ORDER = list(Priority)


@needs_corpus
def test_every_row_has_the_published_outcome() -> None:
    path = FOLDER / "ssvc" / "supplier_patch_development_priority_1_0_0.json"
    table = json.loads(path.read_text())
    letters = {
        value["key"]: value["name"].lower() for value in table["decision_points"]["ssvc:DSOI:1.0.0"]["values"]
    }
    assert len(table["mapping"]) == len(ROWS) == 36
    for row in table["mapping"]:
        points = {key.split(":")[1]: value for key, value in row.items()}
        outcome = letters[points.pop("DSOI")]
        assert decide(points).priority.value == outcome
    assert decide(ROWS[0]).version == table["version"]


@needs_corpus
def test_points_and_values_bear_the_published_names() -> None:
    path = FOLDER / "ssvc" / "supplier_patch_development_priority_1_0_0.json"
    published = json.loads(path.read_text())["decision_points"]
    points = {point["key"]: point for point in published.values() if point["key"] != "DSOI"}
    assert {point.key: point.name for point in POINTS} == {
        key: f"{point['name']} ({key})" for key, point in points.items()
    }
    for point in POINTS:
        assert [(value.key, value.name) for value in point.values] == [
            (value["key"], f"{value['name'].replace('Active', 'Active exploitation')} ({value['key']})")
            for value in points[point.key]["values"]
        ]


@given(st.sampled_from(ROWS), st.sampled_from(POINTS))
def test_worse_at_one_point_is_never_less_urgent(row: dict[str, str], point: ssvc.Point) -> None:
    keys = [value.key for value in point.values]
    urgencies = [ORDER.index(decide(row | {point.key: key}).priority) for key in keys]
    assert urgencies == sorted(urgencies)


@given(st.sampled_from(ROWS))
def test_a_vector_reads_back_in_any_case(row: dict[str, str]) -> None:
    decision = decide(row)
    assert parse(decision.vector.lower()) == decision
    assert [(word.point, word.value) for word in decision.words] == list(row.items())


def test_a_decision_is_read_aloud() -> None:
    decision = decide({"e": "a", "U": "S", "TI": "T", "PSI": "M"})
    assert decision.vector == "E:A/U:S/TI:T/PSI:M"
    assert decision.priority is Priority.IMMEDIATE
    assert [word.label for word in decision.words] == [
        "Active exploitation (A)",
        "Super Effective (S)",
        "Total (T)",
        "Minimal (M)",
    ]


def test_every_mistake_is_told_at_its_point() -> None:
    with pytest.raises(Problem) as caught:
        decide({"E": "X", "U": "", "TI": "P", "PSI": "M", "A": "Y"})
    assert [(part.code, part.field) for part in caught.value.parts] == [
        ("ssvc.unknown_point", "A"),
        ("ssvc.unknown_value", "E"),
        ("ssvc.not_decided", "U"),
    ]
    assert caught.value.parts[1].hint == "Choose one of: N, P, A."


@pytest.mark.parametrize("vector", ["", "E", "E:/U:L", "E:A/E:N/TI:T/PSI:M"])
def test_what_is_not_a_vector_is_refused(vector: str) -> None:
    with pytest.raises(Problem, match=r"ssvc\.not_a_vector"):
        parse(vector)


def test_utility_follows_from_two_questions() -> None:
    assert utility(is_automatable=False, is_dense=False) == "L"
    assert utility(is_automatable=True, is_dense=False) == utility(is_automatable=False, is_dense=True) == "E"
    assert utility(is_automatable=True, is_dense=True) == "S"


def test_every_priority_can_be_put_into_words() -> None:
    assert set(ssvc.PRIORITY_WORDS) == set(ssvc.PRIORITY_MEANINGS) == set(Priority)
