"""Vectors of every version are scored, normalised and read aloud; bad ones say what is wrong."""

import ast
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import cvss
from okiagari.standards.cvss import Group, Score, Severity, Version
from tests.standards.corpus import FOLDER, needs_corpus


@st.composite
def vectors(draw: st.DrawFn) -> tuple[Version, dict[str, str]]:
    """A version and a value for each base metric and some others."""
    version = draw(st.sampled_from(Version))
    values = {}
    for metric in cvss.metrics(version):
        if metric.is_mandatory or draw(st.integers(0, 3)) == 0:
            values[metric.code] = draw(st.sampled_from(metric.codes))
    return version, values


def _plain(label: str) -> str:
    return label.lower().replace("-", " ").replace("poc", "proof of concept").replace("inrec", "irrec")


def _lines(name: str) -> list[tuple[str, tuple[float | None, ...]]]:
    lines = (FOLDER / "cvss" / name).read_text().splitlines()
    return [
        (vector, ast.literal_eval(scores)) for vector, _, scores in (line.partition(" - ") for line in lines)
    ]


@needs_corpus
@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("vectors_simple2", Version.V2_0),
        ("vectors_simple31", Version.V3_1),
        ("vectors_simple4", Version.V4_0),
    ],
)
def test_scores_agree_with_the_published_vectors(name: str, version: Version) -> None:
    lines = _lines(name)
    assert len(lines) > 700
    for vector, scores in lines:
        score = cvss.parse(vector)
        assert (score.version, score.vector, score.base) == (version, vector, scores[0])
        assert score.overall == score.base


@given(vectors())
def test_what_is_composed_parses_to_the_same_score(drawn: tuple[Version, dict[str, str]]) -> None:
    version, values = drawn
    score = cvss.compose(version, values)
    assert cvss.parse(score.vector) == score
    assert 0.0 <= score.base <= 10.0
    assert 0.0 <= score.overall <= 10.0
    assert round(score.base, 1) == score.base
    assert score.values == {code: value for code, value in values.items() if value not in {"X", "ND"}}


@given(vectors(), st.randoms())
def test_order_case_width_and_brackets_do_not_matter(drawn: tuple[Version, dict[str, str]], random) -> None:  # type: ignore[no-untyped-def]
    version, values = drawn
    parts = [f"{code}:{value}".swapcase() for code, value in values.items()]
    random.shuffle(parts)
    wide = str.maketrans("/:", "／：")
    text = f" ({'/'.join(parts)}) ".translate(wide)
    assert cvss.parse(text, version) == cvss.compose(version, values)


@given(vectors())
def test_the_base_score_ignores_what_is_not_a_base_metric(drawn: tuple[Version, dict[str, str]]) -> None:
    version, values = drawn
    bare = {metric.code: values[metric.code] for metric in cvss.metrics(version) if metric.is_mandatory}
    assert cvss.compose(version, bare).base == cvss.compose(version, values).base
    assert cvss.compose(version, bare).overall == cvss.compose(version, bare).base


def test_metric_codes_values_and_order_are_those_of_the_library() -> None:
    for version, name in ((Version.V2_0, "2"), (Version.V3_1, "3"), (Version.V4_0, "4")):
        constants = import_module(f"cvss.constants{name}")
        ours = cvss.metrics(version)
        assert [metric.code for metric in ours] == list(constants.METRICS_ABBREVIATIONS)
        assert [metric.code for metric in ours if metric.is_mandatory] == constants.METRICS_MANDATORY
        for metric in ours:
            assert set(metric.codes) == set(constants.METRICS_VALUE_NAMES[metric.code])
            for code, label in constants.METRICS_VALUE_NAMES[metric.code].items():
                found = metric.value(code)
                assert found is not None
                assert _plain(found.name) == _plain(label if code == label else f"{label} ({code})")


@pytest.mark.parametrize(
    ("vector", "version", "base", "severity"),
    [
        ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", None, 9.8, Severity.CRITICAL),
        ("AV:A/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", "3.0", 6.8, Severity.MEDIUM),
        ("(AV:N/AC:L/Au:N/C:N/I:N/A:P)", None, 5.0, Severity.MEDIUM),
        ("AV:L/AC:H/Au:M/C:N/I:N/A:N", None, 0.0, Severity.LOW),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", None, 0.0, Severity.NONE),
        ("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", None, 7.3, Severity.HIGH),
    ],
)
def test_known_cases_have_their_known_scores(
    vector: str, version: str | None, base: float, severity: Severity
) -> None:
    score = cvss.parse(vector, version)
    assert (score.base, score.severity) == (base, severity)


def test_threat_and_temporal_metrics_change_the_overall_score_only() -> None:
    score = cvss.parse("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U")
    assert (score.base, score.severity) == (9.3, Severity.CRITICAL)
    assert (score.overall, score.overall_severity) == (8.1, Severity.HIGH)
    older = cvss.parse("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:U/RL:OF/RC:C/CDP:ND")
    assert (older.base, older.overall) == (10.0, 7.4)


def test_a_vector_is_read_aloud_metric_by_metric() -> None:
    score = cvss.parse("AV:N/AC:L/Au:N/C:N/I:N/A:P/RL:OF/TD:ND")
    assert [(word.metric, word.name, word.label) for word in score.words] == [
        ("AV", "Access Vector (AV)", "Network (N)"),
        ("AC", "Access Complexity (AC)", "Low (L)"),
        ("Au", "Authentication (Au)", "None (N)"),
        ("C", "Confidentiality Impact (C)", "None (N)"),
        ("I", "Integrity Impact (I)", "None (N)"),
        ("A", "Availability Impact (A)", "Partial (P)"),
        ("RL", "Remediation Level (RL)", "Official Fix (OF)"),
    ]
    assert all(word.meaning.endswith(".") for word in score.words)
    assert score.words[-1].group is Group.TEMPORAL


def _refused(vector: str) -> list[tuple[str, str | None, str]]:
    with pytest.raises(Problem) as caught:
        cvss.parse(vector)
    return [(part.code, part.field, part.hint) for part in caught.value.parts or (caught.value,)]


def test_a_wrong_value_names_the_metric_and_what_is_allowed() -> None:
    assert _refused("CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H") == [
        ("cvss.unknown_value", "AV", "Allowed for AV: N, A, L, P.")
    ]


def test_every_mistake_is_told_at_once() -> None:
    found = _refused("CVSS:3.1/AV:N/AV:L/AC/XY:1/PR:Q/UI:N/S:U/C:H/I:H/A:H")
    assert [code for code, _, _ in found] == [
        "cvss.metric_twice",
        "cvss.bad_part",
        "cvss.unknown_metric",
        "cvss.unknown_value",
        "cvss.metrics_missing",
    ]


@pytest.mark.parametrize(
    ("vector", "code"),
    [
        ("", "cvss.no_vector"),
        (" () ", "cvss.no_vector"),
        ("///", "cvss.no_vector"),
        ("CVSS:5.0/AV:N", "cvss.no_such_version"),
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "cvss.version_missing"),
        ("CVSS:4.0/AV:N/AC:L", "cvss.metrics_missing"),
        ("CVSS:3.1", "cvss.metrics_missing"),
    ],
)
def test_a_vector_that_cannot_be_read_says_why(vector: str, code: str) -> None:
    assert [found for found, _, _ in _refused(vector)] == [code]


@given(st.text(max_size=60))
def test_any_text_gives_a_score_or_a_problem(text: str) -> None:
    with suppress(Problem):
        assert isinstance(cvss.parse(text), Score)


def test_severity_bands_meet_without_gap() -> None:
    bands = [cvss.severity_of(Version.V3_1, tenth / 10) for tenth in range(101)]
    assert [bands.count(severity) for severity in Severity] == [1, 39, 30, 20, 11]
    older = [cvss.severity_of(Version.V2_0, tenth / 10) for tenth in range(101)]
    assert [older.count(severity) for severity in Severity] == [0, 40, 30, 31, 0]


def test_the_package_is_not_mistaken_for_the_library() -> None:
    assert Path(cvss.__file__).parent.parent.name == "standards"
