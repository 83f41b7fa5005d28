"""A renderer that goes wrong in one value is caught: in every field of every format, one file at a time."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from okiagari.disclose.consistency import checking, comparing, files
from okiagari.disclose.consistency.approved import Approved, approved
from okiagari.disclose.consistency.carriage import CARRIAGE
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.files import File
from okiagari.disclose.consistency.statement import Statement, Told
from tests.disclose.consistency.mutants import mutant
from tests.disclose.consistency.rich import WIDE, rich

Key = tuple[str, str, str]


@cache
def read() -> dict[tuple[str, str], tuple[File, Statement]]:
    """Every file of the advisory as it was read, by path and language."""
    entry = rich()
    return {
        (each.path, each.language): (file, each)
        for file in files.finished(entry, WIDE)
        for each in checking.statements(entry, WIDE, file)
    }


@cache
def known(language: str) -> Approved:
    return approved(rich(), WIDE, language)


def told() -> Iterator[tuple[Key, Told]]:
    """Of each file and each field one fact."""
    for (path, language), (_, statement) in read().items():
        seen: set[Field] = set()
        for each in statement.told:
            if each.field not in seen:
                seen.add(each.field)
                yield (path, language, each.field.value), each


FACTS = dict(told())


@pytest.mark.parametrize("key", FACTS, ids="-".join)
def test_another_value_in_one_place_is_named(key: Key) -> None:
    path, language, field = key
    file, _ = read()[path, language]
    changed = replace(file, content=mutant(file.content, FACTS[key]))
    assert changed.content != file.content
    (said,) = (each for each in checking.statements(rich(), WIDE, changed) if each.language == language)
    found = list(comparing.compare(said, known(language)))
    assert said.error == ""
    named = [each for each in found if each.field == field]
    assert named
    assert {(each.path, each.format) for each in named} == {(path, file.format)}


def test_of_the_unchanged_files_nothing_is_named() -> None:
    report = checking.check(rich(), WIDE, files.finished(rich(), WIDE))
    assert (report.fields, report.noted) == ([], [])
    assert report.facts > 500


def test_every_field_that_a_format_carries_is_put_to_the_test() -> None:
    tried: dict[str, set[Field]] = {}
    for _, statement in read().values():
        kind = comparing.kind_of(statement.format)
        tried.setdefault(kind, set()).update(each.field for each in statement.told)
    left = {
        (kind, each.field.value)
        for kind, carried in CARRIAGE.items()
        for each in carried
        if each.field not in tried[kind]
    }
    assert left == {
        # OpenVEX has no place for them, and must say so
        ("openvex", "vector"),
        ("openvex", "cwe"),
        # a draft of 2.1 alone holds CVSS 4.0
        ("csaf", "overall_score"),
        ("csaf", "overall_severity"),
        # one of the two says both
        ("cyclonedx", "base_score"),
        ("cyclonedx", "base_severity"),
        ("cve", "overall_score"),
        ("cve", "overall_severity"),
        ("vuldef", "overall_score"),
        ("vuldef", "overall_severity"),
        ("page", "base_score"),
        ("page", "base_severity"),
        ("fragment", "base_score"),
        ("fragment", "base_severity"),
        ("mail", "base_score"),
        ("mail", "base_severity"),
        ("markdown", "base_score"),
        ("markdown", "base_severity"),
    }


def test_what_is_read_is_compared() -> None:
    for _, statement in read().values():
        carried = {each.field for each in CARRIAGE[comparing.kind_of(statement.format)]}
        assert {each.field for each in statement.told} <= carried


def test_what_is_left_out_without_a_word_is_named() -> None:
    file, _ = read()["openvex/sa-2015-001.json", "en"]
    (said,) = checking.statements(rich(), WIDE, replace(file, losses=frozenset()))
    assert {each.field for each in comparing.compare(said, known("en"))} == {Field.VECTOR, Field.CWE}


def test_a_file_that_is_broken_is_named() -> None:
    file, _ = read()["openvex/sa-2015-001.json", "en"]
    report = checking.check(rich(), WIDE, [replace(file, content=b"{}")])
    assert [(each.code, each.path) for each in report.noted] == [("unreadable", "openvex/sa-2015-001.json")]
