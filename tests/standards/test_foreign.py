"""Files from outside: known by their signs, and refused at once where they are odd."""

import json

import pytest

from okiagari.problems import Problem
from okiagari.standards import foreign
from okiagari.standards.vuldef.build import NAMESPACE

CSAF = {"document": {"csaf_version": "2.0", "title": "Advisory", "tracking": {"id": "EX-1"}}}


def code_of(content: bytes) -> str:
    with pytest.raises(Problem) as caught:
        foreign.document(content)
    return caught.value.code


def test_a_csaf_document_is_known_read_and_judged() -> None:
    found = foreign.document(json.dumps(CSAF).encode())
    assert found.format is foreign.Format.CSAF
    assert found.values["tracking"]["id"] == "EX-1"
    assert any(each.message.startswith("schema: ") for each in found.faults)


def test_a_byte_order_mark_is_no_part_of_the_document() -> None:
    assert foreign.opened(b"\xef\xbb\xbf" + json.dumps(CSAF).encode())[0] is foreign.Format.CSAF


def test_what_is_nested_too_deeply_is_refused_however_deep_it_goes() -> None:
    for depth in (foreign.MAX_DEPTH + 1, 200_000):
        content = b'{"document": {"csaf_version": "2.0"}, "x": ' + b"[" * depth + b"]" * depth + b"}"
        assert code_of(content) == "foreign.too_deep"


def test_what_is_too_large_is_refused_unread() -> None:
    assert code_of(b" " * (foreign.MAX_BYTES + 1)) == "foreign.too_large"


def test_a_key_that_stands_twice_is_not_read_in_one_of_two_ways() -> None:
    assert (
        code_of(b'{"document": {"csaf_version": "2.0", "title": "A", "title": "B"}}') == "foreign.key_twice"
    )


@pytest.mark.parametrize("text", [b"\\u0000", b"\\ud800", b"\\uDFFF\\ud800"])
def test_characters_that_are_no_text_are_refused(text: bytes) -> None:
    assert code_of(b'{"document": {"csaf_version": "2.0", "title": "' + text + b'"}}') == "foreign.not_text"


def test_a_backslash_before_u0000_and_a_whole_surrogate_pair_are_text() -> None:
    for text in (b"\\\\u0000", b"\\ud83d\\ude4f"):
        content = b'{"document": {"csaf_version": "2.0", "title": "' + text + b'"}}'
        assert foreign.opened(content)[0] is foreign.Format.CSAF


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"a": NaN}', b"9" * 5000])
def test_anything_else_is_said_to_be_unknown(content: bytes) -> None:
    assert code_of(content) == "foreign.unknown_format"


def test_xml_that_is_nested_without_end_is_refused() -> None:
    depth = 200_000
    head = f'<VULDEF-Document xmlns="{NAMESPACE}">'.encode()
    assert code_of(head + b"<a>" * depth + b"</a>" * depth + b"</VULDEF-Document>") == "vuldef.not_vuldef"
