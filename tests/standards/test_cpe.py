"""CPE 2.3 names: read, written back, and put at a version of the maker's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import cpe

FIRMWARE = r"cpe:2.3:o:maker:wn-g54\/r2_firmware:*:*:*:*:*:*:*:*"


def test_a_name_is_written_as_it_was_read() -> None:
    for text in (
        FIRMWARE,
        "cpe:2.3:h:maker:wn-g54:r2:*:*:ja:*:*:*:*",
        r"cpe:2.3:a:m:p\:q:1.0\+b:sp1:*:*:*:*:*:*",
    ):
        assert str(cpe.parse(text)) == text
    assert cpe.parse(FIRMWARE).product == r"wn-g54\/r2_firmware"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cpe:/o:maker:wn",
        "cpe:2.3:o:maker:wn:*:*:*:*:*:*:*",
        FIRMWARE + ":*",
        FIRMWARE.replace(":o:", ":x:"),
        FIRMWARE.replace(r"\/", "/"),
        "cpe:2.3:o:製造元:wn:*:*:*:*:*:*:*:*",
        FIRMWARE.replace("maker", "m" * 300),
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="CPE"):
        cpe.parse(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20))
def test_any_version_the_maker_writes_stands_in_a_name_that_is_one(version: str) -> None:
    named = cpe.parse(FIRMWARE).at(version)
    assert named is None if not version.strip() or version.strip() == "-" else cpe.parse(str(named)) == named


def test_a_version_is_small_letters_with_what_has_a_meaning_quoted() -> None:
    named = cpe.parse(FIRMWARE).at("Ver 1.03+B")
    assert named is not None
    assert named.version == r"ver_1.03\+b"
    assert cpe.parse(FIRMWARE).at("第2版") is None
    assert cpe.parse(FIRMWARE).is_of_any_version
    assert not named.is_of_any_version
