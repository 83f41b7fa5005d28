"""Where a document lies, and the bytes it is made of."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.standards.csaf import (
    file_name,
    folder,
    from_bytes,
    to_bytes,
)

JST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("tracking_id", "name"),
    [
        ("Example Company - 2019-YH3234", "example_company_-_2019-yh3234.json"),
        ("RHBA-2019:0024", "rhba-2019_0024.json"),
        ("2022_#01-A", "2022_01-a.json"),
        ("OKI-26-7K3QD", "oki-26-7k3qd.json"),
        ("情報+1", "_+1.json"),
    ],
)
def test_the_file_name_follows_the_tracking_id(tracking_id: str, name: str) -> None:
    assert file_name(tracking_id) == name


@given(st.text(max_size=40))
def test_a_file_name_holds_nothing_a_path_could_trip_over(tracking_id: str) -> None:
    assert set(file_name(tracking_id)[:-5]) <= set("+-abcdefghijklmnopqrstuvwxyz0123456789_")
    assert "__" not in file_name(tracking_id)


def test_the_folder_is_the_year_the_document_itself_names() -> None:
    assert folder(datetime(2016, 1, 1, 8, 0, tzinfo=JST)) == "2015"
    assert folder(datetime(2016, 1, 1, 9, 0, tzinfo=JST)) == "2016"


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff{}"])
def test_what_is_not_a_json_object_in_utf_8_is_no_document(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_bytes(content)


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        to_bytes({"baseScore": float("nan")})
    with pytest.raises(ValueError, match=r"."):
        to_bytes({"title": "\ud800"})
