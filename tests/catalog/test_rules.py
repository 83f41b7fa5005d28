"""What a catalogue may hold, how a target is named, what a search rule finds."""

import string
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.catalog.rules import (
    RULE_KEYS,
    Candidate,
    folded_words,
    matches,
    read_catalogue,
    read_entry,
    target_key,
)
from okiagari.problems import Problem
from okiagari.standards.partialdate import PartialDate

NAMES = st.text(string.ascii_letters + string.digits, min_size=1, max_size=8)


def candidate(**changes: Any) -> Candidate:
    known = {
        "key": "A",
        "model": "A",
        "kind": "device",
        "family": "F",
        "category": "router",
        "line": "a",
        "team": "router-dev",
        "support": {},
    }
    return Candidate(**{**known, **changes})


def told(data: object) -> dict[str | None, str]:
    """Place -> code of everything wrong with a catalogue."""
    with pytest.raises(Problem) as raised:
        read_catalogue(data)
    parts = raised.value.parts or (raised.value,)
    return {part.field: part.code for part in parts}


def test_an_empty_catalogue_holds_nothing() -> None:
    assert read_catalogue({}) == read_catalogue(None)


def test_every_problem_is_told_at_its_place_at_once() -> None:
    found = told(
        {
            "lines": [
                {
                    "key": "a b",
                    "releases": [
                        {"text": "1.0", "state": "odd", "date": "2016-13", "sha256": "x", "size": -1},
                        {"text": "１.０", "url": "javascript:alert(1)"},
                    ],
                },
                {"key": "new"},
            ],
            "products": [
                {"model": "M", "kind": "toy", "page": "ftp://x", "shipped": [{"date": "?", "units": -1}]},
                {"model": "M", "support": {"eos": "2010", "end_of_life": "soon"}},
            ],
        }
    )
    assert found == {
        "products": "catalog.said_twice",
        "lines.a b.key": "catalog.wrong_key",
        "lines.new.key": "catalog.wrong_key",
        "lines.a b.releases": "catalog.said_twice",
        "lines.a b.releases.1.0.state": "catalog.wrong_choice",
        "lines.a b.releases.1.0.date": "catalog.wrong_date",
        "lines.a b.releases.1.0.sha256": "catalog.wrong_checksum",
        "lines.a b.releases.1.0.size": "catalog.wrong_count",
        "lines.a b.releases.１.０.url": "catalog.wrong_address",
        "products.M.kind": "catalog.wrong_choice",
        "products.M.page": "catalog.wrong_address",
        "products.M.shipped.date": "catalog.wrong_date",
        "products.M.shipped.units": "catalog.wrong_count",
        "products.M.support": "catalog.wrong_choice",
        "products.M.support.end_of_life": "catalog.wrong_date",
    }


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "$"),
        ({"products": [{"model": 3}]}, "products[0].model"),
        ({"products": [{"model": "A", "colour": "red"}]}, "products[0]"),
        ({"lines": [{"key": "a", "releases": [{}]}]}, "lines[0].releases[0]"),
    ],
)
def test_a_wrong_shape_names_its_place(data: object, place: str) -> None:
    assert told(data) == {place: "catalog.wrong_shape"}


@pytest.mark.parametrize("text", ["", " ", "x" * 61, "1.0\n", "1\u202e0", "1\x00"])
def test_a_version_is_one_line_that_can_be_shown(text: str) -> None:
    assert "catalog.wrong_text" in told({"lines": [{"key": "a", "releases": [{"text": text}]}]}).values()


def test_of_an_entry_problems_name_the_field_of_the_form() -> None:
    with pytest.raises(Problem) as raised:
        read_entry({"products": [{"model": "M", "support": {"end_of_life": "soon"}}]}, end_of_life="date")
    assert raised.value.field == "date"
    with pytest.raises(Problem) as raised:
        read_entry({"products": [{"model": "a.b", "kind": "toy", "page": "x"}]})
    assert [part.field for part in raised.value.parts] == ["kind", "page"]


def test_at_most_twenty_problems_are_told() -> None:
    assert len(told({"products": [{"model": f"M{n}", "kind": "toy"} for n in range(30)]})) == 20


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({}, "M"),
        ({"revision": "B1"}, "M B1"),
        ({"platform": "windows"}, "M#windows"),
        ({"line": "l"}, "M"),
        ({"line": "l", "taken": True}, "M@l"),
        ({"revision": "B1", "platform": "p", "line": "l", "taken": True}, "M B1#p@l"),
    ],
)
def test_a_target_has_the_shortest_name_that_is_free(parts: dict[str, Any], key: str) -> None:
    assert target_key("M", **parts) == key


@given(st.sampled_from(("family", "category", "line", "kind", "team")), NAMES, NAMES)
def test_a_rule_finds_who_says_the_same_in_every_part(key: str, wanted: str, other: str) -> None:
    mine = candidate(**{key: wanted})
    assert matches({key: wanted}, mine)
    assert matches({key: [other, wanted]}, mine)
    assert matches({key: other}, mine) == (other == wanted)
    assert not matches({key: wanted, "models": "not-A"}, mine)


@given(st.sampled_from(RULE_KEYS))
def test_an_empty_part_of_a_rule_leaves_nobody_out(key: str) -> None:
    assert matches({key: ""}, candidate())


def test_a_word_that_is_no_part_of_a_rule_is_refused_wherever_it_stands() -> None:
    for rule in ({"colour": "red"}, {"models": "not-A", "colour": "red"}):
        with pytest.raises(Problem) as raised:
            matches(rule, candidate())
        assert raised.value.code == "catalog.wrong_rule"


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_support_that_surely_ended_before_leaves_out_and_nothing_else_does(end: date, since: date) -> None:
    mine = candidate(support={"end_of_security_support": PartialDate.parse(end)})
    assert matches({"supported_until": since.isoformat()}, mine) == (end >= since)
    assert matches({"sold_since": since.isoformat()}, mine)
    assert matches({"supported_until": since.isoformat()}, candidate())


def test_a_year_may_reach_to_its_last_day() -> None:
    mine = candidate(support={"end_of_sales": PartialDate.parse("2010")})
    assert matches({"sold_since": "2010-12-31"}, mine)
    assert not matches({"sold_since": "2011-01-01"}, mine)


@given(st.text())
def test_what_is_searched_is_folded_once_and_for_all(text: str) -> None:
    once = folded_words([text])
    assert once == " ".join(once.split())
    assert folded_words(["ＬＡＮ  Disk"]) == folded_words(["lan disk"])
