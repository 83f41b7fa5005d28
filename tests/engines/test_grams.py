"""Words for the search: both languages, every width, ids and their parts."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okiagari.engines import grams

JAPANESE = st.text(st.sampled_from("認証漏洩回避情報のをがバッファオーバーフロー脆弱性々"), min_size=1)
MIXED = st.text(st.sampled_from('認証漏洩バﾊﾞｯＡａA1１-_.#/ 　「」"*ßéÅ'), max_size=30)


def found(text: str, query: str) -> bool:
    return grams.holds(grams.words(text), grams.parse(query))


@pytest.mark.parametrize("word", ["認証", "漏洩", "回避", "証", "避", "認", "認証回避による"])
def test_a_japanese_word_of_any_length_is_found(word: str) -> None:
    assert found("無線ルータに認証回避による情報の漏洩", word)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ﾊﾞｯﾌｧｵｰﾊﾞｰﾌﾛｰ", "バッファ"),
        ("バッファオーバーフロー", "ﾊﾞｯﾌｧ"),
        ("ＣＶＥ－２０１６－７８０６", "cve-2016-7806"),
        ("see CVE-2016-7806.", "ＣＶＥ-2016-7806"),
        ("see CVE-2016-7806.", "7806"),
        ("JVN#18228200", "18228200"),
        ("JVN#18228200", "jvn#18228200"),
        ("Wi-FiストレージWFS-SR01の脆弱性", "WFS-SR01"),
        ("Wi-FiストレージWFS-SR01の脆弱性", "sr01"),
        ("WFS-SR01", "wfs-sr*"),
        ("Straße", "STRASSE"),
        ("認証の回避。情報漏洩", "情報漏洩 認証"),
    ],
)
def test_width_case_and_parts_of_ids_do_not_matter(text: str, query: str) -> None:
    assert found(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("CVE-2016-7806", "CVE-2016-780"),
        ("CVE-2016-7806", "2016-7807"),
        ("証認", "認証"),
        ("認証。回避", "認証回避"),
        ("認証の回避", '"認証回避"'),
        ("stop shipping", '"shipping stop"'),
        ("認証", "認証 漏洩"),
        ("anything", ""),
        ("anything", " 。- "),
    ],
)
def test_what_is_not_said_is_not_found(text: str, query: str) -> None:
    assert not found(text, query)


def test_a_word_that_is_being_typed_may_go_on() -> None:
    tokens = grams.words("shipping stop")
    assert grams.holds(tokens, grams.parse("stop shipp", is_typing=True))
    assert not grams.holds(tokens, grams.parse("shipp stop", is_typing=True))


def test_japanese_quotes_hold_a_phrase_together() -> None:
    assert grams.parse("「stop shipping」") == grams.parse('"stop shipping"')


@given(JAPANESE, JAPANESE)
def test_within_a_run_a_word_is_found_exactly_where_it_stands(text: str, word: str) -> None:
    assert found(text, word) == (grams.fold(word) in grams.fold(text))


@given(JAPANESE, st.integers(0, 40), st.integers(1, 40))
def test_every_part_of_a_run_is_found(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    assume(part)
    assert found(text, part)


@given(MIXED)
def test_every_text_finds_itself(text: str) -> None:
    query = text.replace('"', " ").translate(str.maketrans("「」", "  "))
    assume(grams.parse(query))
    assert found(text, query)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert grams.fold(grams.fold(text)) == grams.fold(text)


@given(st.text())
def test_a_token_is_letters_and_digits_alone(text: str) -> None:
    for token in grams.words(text):
        assert token
        assert not any(character.isspace() or character in "\"'*&|!()" for character in token)


@given(MIXED)
def test_the_width_of_a_text_does_not_change_its_words(text: str) -> None:
    assert grams.words(unicodedata.normalize("NFKC", text)) == grams.words(text)


@given(MIXED, MIXED)
def test_what_is_marked_lies_in_the_text_and_in_order(text: str, query: str) -> None:
    spots = grams.spots(text, grams.parse(query))
    flat = [place for spot in spots for place in spot]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in spots)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("情報の漏洩がある", "漏洩", ["漏洩"]),
        ("ﾊﾞｯﾌｧの件", "バッファ", ["ﾊﾞｯﾌｧ"]),
        ("型番ＷＦＳ－ＳＲ０１です", "wfs-sr01", ["ＷＦＳ－ＳＲ０１"]),
        ("WFS-SR01 and WFS-SR02", "wfs-sr*", ["WFS-SR", "WFS-SR"]),
        ("漏洩と漏洩", "漏", ["漏", "漏"]),
        ("認証回避", "認証 証回", ["認証回"]),
    ],
)
def test_the_words_are_marked_as_they_are_written(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in grams.spots(text, grams.parse(query))] == marked
