"""Scores beside the judgement, each with its source."""

import pytest

from okiagari.problems import Problem
from okiagari.triage import actions, queries
from tests import factories
from tests.triage.conftest import Matter


def test_scores_of_any_version_stand_side_by_side_with_their_source(matter: Matter) -> None:
    v2 = "AV:N/AC:L/Au:N/C:N/I:N/A:P"
    actions.add_score(matter.member, matter.first, vector=v2, source="jvn")
    actions.add_score(
        matter.member, matter.first, vector="CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", source="nvd"
    )
    actions.add_score(
        matter.member, matter.first, vector="AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L", version="3.1", source="own"
    )
    found = [
        (score.version, score.value, score.source) for score in queries.scores(matter.member, matter.case)
    ]
    assert found == [("3.1", "5.3", "own"), ("3.0", "9.8", "nvd"), ("2.0", "5.0", "jvn")]


def test_a_newer_score_of_the_same_source_takes_the_place_of_the_older(matter: Matter) -> None:
    for impact in ("P", "C"):
        vector = f"AV:N/AC:L/Au:N/C:N/I:N/A:{impact}"
        actions.add_score(matter.member, matter.first, vector=vector, source="own")
    (score,) = queries.scores(matter.member, matter.case)
    assert score.value == "7.8"


def test_ssvc_is_one_of_the_scores(matter: Matter) -> None:
    points = {"E": "A", "U": "S", "TI": "T", "PSI": "S"}
    actions.add_ssvc(matter.member, matter.second, points=points)
    (score,) = queries.scores(matter.member, matter.case, vulnerability=matter.second)
    assert (score.system, score.value, score.vector) == ("ssvc", "immediate", "E:A/U:S/TI:T/PSI:S")


def test_a_score_in_the_wrong_place_is_taken_away(matter: Matter) -> None:
    vector = "AV:N/AC:L/Au:N/C:N/I:N/A:P"
    score = actions.add_score(matter.member, matter.first, vector=vector, source="own")
    actions.drop_score(matter.member, score, reason="別の脆弱性のもの")
    assert queries.scores(matter.member, matter.case) == ()
    with pytest.raises(Problem):
        actions.drop_score(matter.member, score)


@pytest.mark.parametrize(
    ("vector", "source", "code"),
    [("AV:X", "own", "cvss."), ("AV:N/AC:L/Au:N/C:N/I:N/A:P", "hearsay", "triage.no_such_source")],
)
def test_a_wrong_vector_or_source_is_refused(matter: Matter, vector: str, source: str, code: str) -> None:
    with pytest.raises(Problem) as raised:
        actions.add_score(matter.member, matter.first, vector=vector, source=source)
    assert raised.value.code.startswith((code, "input.several"))


def test_somebody_outside_the_case_scores_nothing(matter: Matter, house: factories.House) -> None:
    with pytest.raises(Problem) as raised:
        actions.add_score(house.developer, matter.first, vector="AV:N/AC:L/Au:N/C:N/I:N/A:P", source="own")
    assert raised.value.code == "desk.nothing_here"
