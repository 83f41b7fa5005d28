"""A calendar that programs can subscribe to."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from okiagari.standards import ical

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def test_an_event_as_the_standard_writes_it() -> None:
    event = ical.Event("CLK-26-1@okiagari", NOW, "案件A; 期限, その1", "https://psirt.example/cases/")
    lines = ical.calendar("Clocks", [event], stamp=NOW).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20261126T030000Z" in lines
    assert "SUMMARY:案件A\\; 期限\\, その1" in lines


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400))
def test_folded_lines_are_short_and_join_to_the_same(text: str) -> None:
    pieces = list(ical.folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


@given(st.text(max_size=200))
def test_no_text_ends_its_line(text: str) -> None:
    assert "\n" not in ical.escaped(text)
    assert "\r" not in ical.escaped(text)
