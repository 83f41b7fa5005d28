"""A catalogue file as it comes: YAML or JSON, with the place of what cannot be read."""

import pytest

from okiagari.catalog import reading
from okiagari.catalog.rules import read_catalogue
from okiagari.problems import Problem


def test_versions_and_dates_stay_as_they_are_written() -> None:
    text = b"""
lines:
  - key: a
    releases:
      - {text: 1.10, date: 2008-07-01, size: 120}
      - {text: 1.0e3, assumed: true}
"""
    first, second = read_catalogue(reading.read_file(text)).lines[0].releases
    assert (first.text, first.date, first.size) == ("1.10", "2008-07-01", 120)
    assert (second.text, second.assumed) == ("1.0e3", True)


def test_json_says_the_same() -> None:
    assert reading.read_file('\ufeff{"lines": [{"key": "a"}]}'.encode()) == {"lines": [{"key": "a"}]}


@pytest.mark.parametrize("content", [b"", b"# nothing\n"])
def test_an_empty_file_is_an_empty_catalogue(content: bytes) -> None:
    assert read_catalogue(reading.read_file(content)).products == []


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"lines:\n  - key: [a\n", "3:1"),
        (b'{"lines": [}', "1:12"),
        (b"lines: &x []\nproducts: *x\n", "2:11"),
        ("名前: x\n".encode("shift_jis"), 1),
        (b"a: b\n- c\n", "2:1"),
    ],
)
def test_what_cannot_be_read_says_where(content: bytes, place: object) -> None:
    with pytest.raises(Problem) as raised:
        reading.read_file(content)
    assert raised.value.code == "catalog.unreadable"
    assert raised.value.parameters["place"] == place


@pytest.mark.parametrize("content", [b"[" * 100_000, b"- " * 100_000, b'{"a":' * 100_000])
def test_a_file_that_nests_without_end_is_refused(content: bytes) -> None:
    with pytest.raises(Problem) as raised:
        reading.read_file(content)
    assert raised.value.code == "catalog.unreadable"


def test_a_file_of_any_length_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(Problem) as raised:
        reading.read_file(b"x" * 11)
    assert raised.value.code == "catalog.file_too_large"
