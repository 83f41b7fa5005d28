"""Finding duplicates, measured on pairs of reports as people write them (likeness.toml)."""

import tomllib
from pathlib import Path

import pytest

from okiagari.intake.rules import likeness
from okiagari.intake.rules.likeness import Text, compare, terms, traits

PAIRS = tomllib.loads(Path(__file__).with_name("likeness.toml").read_text(encoding="utf-8"))["pair"]
SAME = [pair for pair in PAIRS if pair["same"]]
OTHER = [pair for pair in PAIRS if not pair["same"]]


def score(pair: dict[str, dict[str, str]]) -> float:
    return compare(Text(**pair["one"]), Text(**pair["other"])).score


def test_of_eight_duplicates_at_least_seven_are_shown() -> None:
    assert len(SAME) == 8
    assert sum(score(pair) >= likeness.LIKELY for pair in SAME) >= 7


def test_of_nine_different_flaws_at_most_two_are_shown() -> None:
    assert len(OTHER) == 9
    assert sum(score(pair) >= likeness.LIKELY for pair in OTHER) <= 2


def test_what_is_shown_shares_a_trait_by_which_it_is_found() -> None:
    for pair in PAIRS:
        one, other = Text(**pair["one"]), Text(**pair["other"])
        if compare(one, other).score >= likeness.LIKELY:
            assert set(traits(one)) & set(traits(other)), pair


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["one"]["product"])
def test_likeness_does_not_depend_on_which_came_first(pair: dict[str, dict[str, str]]) -> None:
    assert compare(Text(**pair["one"]), Text(**pair["other"])).score == score(
        {"one": pair["other"], "other": pair["one"]}
    )


def test_the_same_text_is_as_alike_as_it_gets() -> None:
    text = Text(**PAIRS[0]["one"])
    assert compare(text, text).score > 0.9


def test_nothing_is_alike_where_nothing_is_said() -> None:
    assert compare(Text(""), Text("")).score == 0


def test_reasons_come_strongest_first_with_what_they_share() -> None:
    one = Text("CVE-2015-2984 SSDP", "NP-BBRS", "1.33")
    other = Text("cve-2015-2984 とは何ですか", "ｎｐ－ｂｂｒｓ", "1.33")
    reasons = compare(one, other).reasons
    assert reasons[0].parameters == {"ids": "CVE-2015-2984"}
    assert reasons[-1].parameters == {"version": "1.33"}


def test_a_weakness_both_name_is_not_a_flaw_they_share() -> None:
    assert compare(Text("CWE-78 in the clock"), Text("CWE-78 in the menu")).score < likeness.LIKELY


def test_grammar_alone_is_no_likeness() -> None:
    assert terms("これはそれになっています") == frozenset()
    assert terms("this was found in the product") == frozenset()


def test_traits_fit_their_column() -> None:
    found = traits(Text("あ" * 50 + "-".join(["abc"] * 90), "x" * 300))
    assert max(map(len, found)) <= likeness.MAX_TRAIT
    assert len(found) <= likeness.SAMPLE + 8
