"""The ledger: a chain per stream, told to listeners inside the transaction, gone with it when it fails."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from okiagari.desk.subjects import PUBLIC, SYSTEM
from okiagari.plumbing import anchors, clock, ledger
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.models import Line, Payload, Stream
from tests.support.failing import a_failing_action

CASE = ("thing", "T-1")


def write(verb: str = "thing.done", stream: tuple[str, str] = CASE, **facts: object) -> Entry:
    with ledger.action():
        return ledger.append(stream, subject=SYSTEM, verb=verb, facts=facts)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a listener heard, each with whether a transaction was open then."""
    told: list[str] = []

    def hear(entry: Entry) -> None:
        assert connection.in_atomic_block
        told.append(entry.verb)

    monkeypatch.setattr(ledger, "_listeners", [hear])
    return told


@pytest.mark.django_db
def test_each_line_holds_the_hash_of_the_one_before_it() -> None:
    for number in range(3):
        write(number=number)
    lines = list(Line.objects.filter(stream__key="T-1").order_by("seq"))
    assert [line.seq for line in lines] == [1, 2, 3]
    assert [line.previous for line in lines] == ["", lines[0].hash, lines[1].hash]
    stream = Stream.objects.get(key="T-1")
    assert (stream.length, stream.head) == (3, lines[2].hash)


@pytest.mark.django_db
def test_streams_are_chains_of_their_own() -> None:
    write()
    write(stream=("thing", "T-2"))
    assert list(Line.objects.values_list("seq", "previous")) == [(1, ""), (1, "")]


@pytest.mark.django_db
def test_the_chain_holds_a_salted_digest_and_not_the_facts() -> None:
    write(secret="the same words")
    write(secret="the same words")
    digests = set(Line.objects.values_list("digest", flat=True))
    assert len(digests) == 2, "the same facts under another salt are another digest"
    columns = {field.name for field in Line._meta.get_fields()}
    assert "facts" not in columns


@pytest.mark.django_db
def test_a_line_says_who_when_what_and_from_which_door() -> None:
    at = datetime(2015, 8, 18, 3, tzinfo=UTC)
    with clock.at(at):
        write(colour="青")
    (entry,) = ledger.entries([CASE])
    assert (entry.at, entry.subject_kind, entry.subject_key, entry.door) == (at, "system", "system", "inside")
    assert (entry.verb, entry.facts, entry.is_erased) == ("thing.done", {"colour": "青"}, False)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside the transaction"):
        ledger.append(CASE, subject=PUBLIC, verb="thing.done", facts={})


@pytest.mark.django_db
def test_listeners_hear_the_lines_of_an_action_at_its_end_and_inside_it(heard: list[str]) -> None:
    with ledger.action():
        ledger.append(CASE, subject=SYSTEM, verb="thing.first", facts={})
        ledger.append(CASE, subject=SYSTEM, verb="thing.second", facts={})
        assert heard == []
    assert heard == ["thing.first", "thing.second"]


@pytest.mark.django_db
def test_lines_of_an_action_within_an_action_are_told_at_the_end_of_the_whole(heard: list[str]) -> None:
    with ledger.action():
        with ledger.action():
            ledger.append(CASE, subject=SYSTEM, verb="thing.inner", facts={})
        assert heard == []
    assert heard == ["thing.inner"]


@pytest.mark.django_db
def test_what_a_listener_writes_is_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def hear(entry: Entry) -> None:
        told.append(entry.verb)
        if entry.verb == "thing.first":
            ledger.append(CASE, subject=SYSTEM, verb="thing.follows", facts={})

    monkeypatch.setattr(ledger, "_listeners", [hear])
    write("thing.first")
    assert told == ["thing.first", "thing.follows"]


@pytest.mark.django_db
def test_projections_hear_all_lines_of_an_action_together_after_every_listener(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []

    def hear(entry: Entry) -> None:
        told.append(entry.verb)
        if entry.verb == "thing.first":
            ledger.append(CASE, subject=SYSTEM, verb="thing.follows", facts={})

    monkeypatch.setattr(ledger, "_listeners", [hear])
    monkeypatch.setattr(ledger, "_projections", [lambda lines: told.append([each.verb for each in lines])])
    with ledger.action():
        ledger.append(CASE, subject=SYSTEM, verb="thing.first", facts={})
        ledger.append(CASE, subject=SYSTEM, verb="thing.second", facts={})
    together = ["thing.first", "thing.second", "thing.follows"]
    assert told == [*together, together]


@pytest.mark.django_db
def test_a_projection_that_writes_to_the_ledger_takes_the_action_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def speak(lines: object) -> None:
        ledger.append(CASE, subject=SYSTEM, verb="thing.spoken", facts={})

    monkeypatch.setattr(ledger, "_projections", [speak])
    with pytest.raises(RuntimeError):
        write()
    assert not Line.objects.exists()


@pytest.mark.django_db
def test_an_action_that_fails_leaves_nothing_and_tells_nobody(heard: list[str]) -> None:
    with a_failing_action():
        ledger.append(CASE, subject=SYSTEM, verb="thing.done", facts={})
    assert (Line.objects.count(), Payload.objects.count(), Stream.objects.count()) == (0, 0, 0)
    assert heard == []


@pytest.mark.django_db
def test_an_inner_action_that_fails_is_not_told_when_the_outer_one_goes_on(heard: list[str]) -> None:
    with ledger.action():
        ledger.append(CASE, subject=SYSTEM, verb="thing.before", facts={})
        with a_failing_action():
            ledger.append(CASE, subject=SYSTEM, verb="thing.never", facts={})
        ledger.append(CASE, subject=SYSTEM, verb="thing.after", facts={})
    assert heard == ["thing.before", "thing.after"]
    assert [entry.verb for entry in ledger.entries([CASE], newest_first=False)] == heard
    assert anchors.verify() == ()


@pytest.mark.django_db
def test_a_listener_that_fails_takes_the_action_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def hear(entry: Entry) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ledger, "_listeners", [hear])
    with pytest.raises(ZeroDivisionError):
        write()
    assert not Line.objects.exists()


@pytest.mark.django_db
def test_after_an_action_that_failed_the_next_one_starts_clean(heard: list[str]) -> None:
    with a_failing_action():
        ledger.append(CASE, subject=SYSTEM, verb="thing.never", facts={})
    write("thing.next")
    assert heard == ["thing.next"]


@pytest.mark.django_db
def test_entries_come_in_order_of_time_across_streams() -> None:
    for hour, stream in ((2, ("thing", "B")), (1, ("thing", "A")), (3, ("thing", "A"))):
        with clock.at(datetime(2015, 8, 18, hour, tzinfo=UTC)):
            write(f"thing.at{hour}", stream)
    streams = [("thing", "A"), ("thing", "B")]
    assert [entry.verb for entry in ledger.entries(streams)] == ["thing.at3", "thing.at2", "thing.at1"]
    assert [entry.verb for entry in ledger.entries(streams, newest_first=False, limit=1)] == ["thing.at1"]
    assert ledger.entries([]) == ()


@pytest.mark.django_db
def test_only_personal_facts_are_erased_and_the_line_stays() -> None:
    with ledger.action():
        ledger.append(CASE, subject=SYSTEM, verb="thing.told", facts={"name": "A. Finder"}, personal=True)
        ledger.append(CASE, subject=SYSTEM, verb="thing.done", facts={"what": "kept"})
    assert ledger.erase(CASE) == 1
    assert ledger.erase(CASE) == 0, "what is erased is erased once"
    told, done = ledger.entries([CASE], newest_first=False)
    assert (told.verb, told.facts, told.is_erased) == ("thing.told", {}, True)
    assert (done.facts, done.is_erased) == ({"what": "kept"}, False)
    assert anchors.verify() == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(), inner, max_size=3)
        | st.dictionaries(st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)


class TestAnyFacts(TestCase):
    @given(st.dictionaries(st.text(), json_values, max_size=4))
    def test_whatever_the_facts_are_the_chain_is_whole_once_they_are_stored(
        self, facts: dict[str, object]
    ) -> None:
        with ledger.action():
            ledger.append(CASE, subject=SYSTEM, verb="thing.done", facts=facts)
        assert anchors.verify() == ()
