"""The official test documents of CSAF 2.0 and 2.1 get the official verdicts, but for what is named here."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from okiagari.standards.csaf.check import LEFT_OUT, Level, Report, judge
from tests.standards.corpus import FOLDER, needs_corpus

pytestmark = [pytest.mark.corpus, needs_corpus]

Named = tuple[str, str]
"""A test and the end of the name of one of its documents."""

DEVIATIONS: dict[str, dict[Named, str]] = {
    "2.0": {},
    # The suite is of August 2026, the judge of the draft of October (CSD04).
    "2.1": {
        ("6.1.7", "6-1-07-06"): "versions of CVSS that do not exist: the schema refuses them as 6.1.8",
        ("6.1.7", "6-1-07-18"): "two scores for one product from different sources: the judge refuses them",
        ("6.1.9", "6-1-09-05"): "its severity is not that of its score: the schema refuses it as 6.1.8",
        ("6.1.13", "6-1-13-02"): "a capital letter in a package URL: read more kindly",
        ("6.1.16", "6-1-16-09"): "its history is out of order: told as 6.1.14 and 6.1.21 only",
        ("6.1.48", "6-1-48-21"): "a decision point of a namespace that does not exist: told as 6.2.34 only",
        ("6.1.50", "6-1-50-03"): "all versions with a bound: not told",
        ("6.1.50", "6-1-50-06"): "bounds out of order in a scheme that does not exist: told as 6.2.51 only",
        ("6.2.20", "6-2-20-02"): "a property of CVSS 4.0 that does not exist: an error, 6.1.8, not a warning",
        ("6.2.51", "6-2-51-12"): "the scheme of instants, which the judge does not list",
    },
}
ELSEWHERE: dict[Named, str] = {
    ("6.1.27.8", "6-1-27-08-02"): "the judge points at the ids, the suite at the products they leave out",
    ("6.2.51", "6-2-51-12"): "see above",
}


@cache
def _folder(version: str) -> Path:
    return FOLDER / f"csaf-{version}" / "test" / "validator" / "data"


@cache
def _cases(version: str) -> list[tuple[str, dict[str, Any], bool]]:
    """(test, document, must it be reported), but for the tests that are left out."""
    manifest = json.loads((_folder(version) / "testcases.json").read_text())
    return [
        (test["id"], case, kind == "failures")
        for test in manifest["tests"]
        for kind in ("failures", "valid")
        for case in test.get(kind, [])
        if test["id"] not in LEFT_OUT[version]
    ]


@cache
def _judged(version: str, name: str) -> Report:
    return judge(json.loads((_folder(version) / name).read_text()), *Level)


def _short(name: str) -> str:
    return name.removesuffix(".json").rpartition("-2024-")[2]


def _is_of(test: str, asked: str) -> bool:
    """A group of tests may answer for its members: CSD04 has made one of 6.1.60.1 to 6.1.60.3."""
    return test == asked or asked.startswith(f"{test}.")


@pytest.mark.parametrize(("version", "tests", "count"), [("2.0", 71, 230), ("2.1", 170, 839)])
def test_every_official_document_gets_the_official_verdict(version: str, tests: int, count: int) -> None:
    cases = _cases(version)
    assert (len({test for test, _, _ in cases}), len(cases)) == (tests, count)
    wrong = {
        (test, _short(case["name"]))
        for test, case, must_report in cases
        if any(_is_of(each.test, test) for each in _judged(version, case["name"]).findings) is not must_report
    }
    assert wrong == set(DEVIATIONS[version])


def test_findings_stand_where_the_suite_says() -> None:
    elsewhere = set()
    told = [(test, case) for test, case, _ in _cases("2.1") if "result" in case]
    for test, case in told:
        primary = json.loads((_folder("2.1") / case["result"]).read_text())["primary_result"]
        expected = {
            each["instance_path"]
            for kind in ("errors", "warnings", "infos")
            for each in primary.get(kind, ())
        }
        found = {each.location for each in _judged("2.1", case["name"]).findings if _is_of(each.test, test)}
        if found != expected:
            elsewhere.add((test, _short(case["name"])))
    assert len(told) >= 50
    assert elsewhere == set(ELSEWHERE)


def test_a_document_by_an_earlier_draft_is_judged_by_that_draft_and_says_so() -> None:
    drafts = [_judged("2.1", case["name"]).draft for _, case, _ in _cases("2.1")]
    assert set(drafts) == {"csd04", "csd02"}
    name = next(case["name"] for _, case, _ in _cases("2.1") if "6-1-24-01" in case["name"])
    assert (_judged("2.1", name).draft, _judged("2.1", name).is_valid) == ("csd02", False)


def test_no_official_document_of_2_0_fails_the_schema_except_for_a_cvss_object() -> None:
    failing = [
        case["name"]
        for _, case, _ in _cases("2.0")
        if any(each.test == "schema" for each in _judged("2.0", case["name"]).findings)
    ]
    assert failing == []


def test_the_official_examples_are_valid() -> None:
    examples = sorted((FOLDER / "csaf-2.0" / "examples" / "csaf").rglob("*.json"))
    assert len(examples) == 19
    assert [path.name for path in examples if not judge(json.loads(path.read_text())).is_valid] == []
