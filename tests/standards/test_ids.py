"""Ids are read as people write them, spelt as their givers do, and lead to the right page."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards.ids import Identifier, System, find, parse

DIGITS = "0123456789"


def texts(system: System) -> st.SearchStrategy[str]:
    year = st.integers(1999, 2099)
    match system:
        case System.CVE:
            return st.builds("CVE-{}-{}".format, year, st.text(DIGITS, min_size=4, max_size=9))
        case System.JVNDB:
            return st.builds("JVNDB-{}-{}".format, year, st.text(DIGITS, min_size=6, max_size=6))
        case System.CWE:
            return st.integers(1, 99999).map("CWE-{}".format)
        case _:
            return st.text(DIGITS, min_size=8, max_size=8).map(f"{system}#{{}}".format)


IDS = st.sampled_from(System).flatmap(lambda system: st.tuples(st.just(system), texts(system)))


@given(IDS)
def test_an_official_spelling_is_kept(drawn: tuple[System, str]) -> None:
    system, text = drawn
    found = parse(text)
    assert (found.system, found.text) == (system, text)
    assert parse(text, system) == found


@given(IDS)
def test_width_case_and_blanks_do_not_matter(drawn: tuple[System, str]) -> None:
    _, text = drawn
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert parse(f"　{wide.lower()} ") == parse(text)


@given(st.lists(IDS, max_size=6))
def test_every_id_in_a_mail_is_found_once_in_order(drawn: list[tuple[System, str]]) -> None:
    mail = "、".join(f"（{text}）について" for _, text in drawn + drawn)
    assert [found.text for found in find(mail)] == list(dict.fromkeys(text for _, text in drawn))


@given(st.text(max_size=40))
def test_any_text_is_an_id_or_a_problem(text: str) -> None:
    with suppress(Problem):
        assert isinstance(parse(text), Identifier)
    assert all(parse(found.text) == found for found in find(text))


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (
            "JVN17964918",
            "https://jvn.jp/jp/JVN17964918/index.html",
            "https://jvn.jp/en/jp/JVN17964918/index.html",
        ),
        (
            "JVNVU#90609033",
            "https://jvn.jp/vu/JVNVU90609033/index.html",
            "https://jvn.jp/en/vu/JVNVU90609033/index.html",
        ),
        (
            "JVNTA#99999999",
            "https://jvn.jp/ta/JVNTA99999999/index.html",
            "https://jvn.jp/en/ta/JVNTA99999999/index.html",
        ),
        (
            "JVNDB-2015-000117",
            "https://jvndb.jvn.jp/ja/contents/2015/JVNDB-2015-000117.html",
            "https://jvndb.jvn.jp/en/contents/2015/JVNDB-2015-000117.html",
        ),
        (
            "CVE-2015-2984",
            "https://www.cve.org/CVERecord?id=CVE-2015-2984",
            "https://www.cve.org/CVERecord?id=CVE-2015-2984",
        ),
        (
            "CWE-78",
            "https://cwe.mitre.org/data/definitions/78.html",
            "https://cwe.mitre.org/data/definitions/78.html",
        ),
    ],
)
def test_each_id_leads_to_its_page(text: str, ja: str, en: str) -> None:
    assert (parse(text).url("ja"), parse(text).url("en")) == (ja, en)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CVE-2015-298", "ids.not_a_cve"),
        ("CVE-15-2984", "ids.not_a_cve"),
        ("CVE2015-2984", "ids.not_a_cve"),
        ("JVN#1796491", "ids.not_a_jvn"),
        ("JVNVU#906090334", "ids.not_a_jvn"),
        ("JVNDB-2015-117", "ids.not_a_jvndb"),
        ("CWE-078", "ids.not_a_cwe"),
        ("CWE 78", "ids.not_a_cwe"),
        ("17964918", "ids.not_an_id"),
        ("", "ids.not_an_id"),
    ],
)
def test_what_is_not_an_id_is_told_what_such_an_id_looks_like(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(text)
    assert caught.value.code == code
    assert caught.value.parameters["text"] == text


def test_a_field_for_cve_ids_takes_no_other() -> None:
    with pytest.raises(Problem, match=r"ids\.not_a_cve"):
        parse("JVN#17964918", System.CVE)
    with pytest.raises(Problem, match=r"ids\.not_a_jvn"):
        parse("CVE-2015-2984", System.JVN)


def test_part_of_a_longer_number_is_no_id() -> None:
    assert find("XCVE-2015-2984 JVN#179649180 CVE-2015-2984-1") == ()
