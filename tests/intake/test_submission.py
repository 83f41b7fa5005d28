"""What a reporter may write, and how faults are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.intake.rules import limits, submission
from okiagari.problems import Problem

ENOUGH = {"product": "NP-BBRS", "problem": "It answers SSDP on the WAN side."}


def faults(body: dict[str, object]) -> dict[str | None, str]:
    with pytest.raises(Problem) as caught:
        submission.submission(body)
    return {part.field: part.code for part in caught.value.parts}


def test_a_product_and_a_sentence_are_enough() -> None:
    told = submission.submission(ENOUGH)
    assert (told.product, told.language, told.has_reporter) == ("NP-BBRS", "ja", False)


def test_every_fault_is_told_at_once_with_its_field() -> None:
    found = faults({"version": "1" * 121, "public": "perhaps", "credit": "on"})
    assert found == {
        "product": "intake.needed",
        "problem": "intake.needed",
        "version": "intake.too_long",
        "public": "intake.not_an_answer",
        "credit_name": "intake.credit_without_name",
    }


def test_blanks_are_not_an_answer() -> None:
    assert faults({"product": " 　\n", "problem": "x"}) == {"product": "intake.needed"}


def test_who_agrees_to_be_credited_may_be_named_by_their_name() -> None:
    assert submission.submission({**ENOUGH, "credit": True, "name": "Alice"}).credit


def test_text_up_to_the_limit_fits() -> None:
    assert submission.submission({**ENOUGH, "problem": "あ" * limits.MAX_TEXT})
    assert faults({**ENOUGH, "problem": "あ" * (limits.MAX_TEXT + 1)}) == {"problem": "intake.too_long"}


def test_characters_that_turn_or_break_a_line_of_text_are_taken_out() -> None:
    told = submission.submission({**ENOUGH, "problem": "a\x00b\r\nc\u202ed"})
    assert told.problem == "ab\ncd"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = submission.tidy(text)
    assert submission.tidy(once) == once
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\写真.png", "写真.png"),
        ("a\nb\x00.txt", "a b.txt"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".txt", "x" * 200),
    ],
)
def test_a_file_keeps_only_the_harmless_part_of_its_name(sent: str, kept: str) -> None:
    assert submission.file_name(sent) == kept


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("踏み台にされます。詳しくは添付をご覧ください。", "踏み台にされます"),
        ("It answers on the WAN. Version 1.02 too.", "It answers on the WAN"),
        ("Firmware 1.02 answers\nmore", "Firmware 1.02 answers"),
        ("あ" * 90, "あ" * 79 + "…"),
    ],
)
def test_the_title_is_the_first_sentence(text: str, title: str) -> None:
    assert submission.title_of(text) == title


def test_a_message_may_be_files_alone_but_not_nothing() -> None:
    assert submission.message({}, has_files=True) == ""
    with pytest.raises(Problem):
        submission.message({"message": "  "}, has_files=False)
