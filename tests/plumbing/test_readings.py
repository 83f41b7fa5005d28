"""A reading asks once, and never tells what is no longer so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from okiagari.plumbing import clock
from okiagari.plumbing.models import Job, Stream
from okiagari.plumbing.readings import reading, shared

DEEDS = ("ask", "add", "drop", "rename", "raw")


@shared
def keys(kind: str, only: list[str] | None = None) -> tuple[str, ...]:
    found = Stream.objects.filter(kind=kind).order_by("key")
    return tuple(
        found.filter(key__in=only).values_list("key", flat=True)
        if only
        else found.values_list("key", flat=True)
    )


@shared
def all_keys() -> tuple[str, ...]:
    return keys("case") + keys("part")


@pytest.mark.django_db
def test_within_a_reading_a_question_is_put_once_and_each_other_question_by_itself() -> None:
    Stream.objects.create(kind="case", key="A")
    with CaptureQueriesContext(connection) as asked, reading():
        assert [keys("case"), keys("case")] == [("A",), ("A",)]
        assert keys("part") == ()
        assert [keys("case", only=["A"]), keys("case", only=["B"])] == [("A",), ()]
    assert len(asked) == 4


@pytest.mark.django_db
def test_outside_a_reading_and_in_the_next_one_it_is_put_again() -> None:
    with reading():
        assert keys("case") == ()
    with CaptureQueriesContext(connection) as asked:
        keys("case")
        keys("case")
        with reading():
            keys("case")
    assert len(asked) == 3


@pytest.mark.django_db
def test_a_reading_within_a_reading_shares_with_it() -> None:
    with CaptureQueriesContext(connection) as asked, reading():
        keys("case")
        with reading():
            keys("case")
        keys("case")
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_reading_that_fails_leaves_nothing_behind() -> None:
    with pytest.raises(Stream.DoesNotExist), reading():
        Stream.objects.get(kind=keys("case"))
    with CaptureQueriesContext(connection) as asked:
        keys("case")
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_write_forgets_what_was_read_from_its_table_and_nothing_else() -> None:
    with CaptureQueriesContext(connection) as asked, reading():
        assert [keys("case"), all_keys()] == [(), ()]
        Job.objects.create(kind="x", run_at=clock.now())
        assert [keys("case"), all_keys()] == [(), ()]
        Stream.objects.create(kind="case", key="A")
        assert [all_keys(), keys("case")] == [("A",), ("A",)], "nor what was asked by way of another question"
    assert len(asked) == 6, "four questions, two writes"


@pytest.mark.django_db
def test_whoever_waited_for_a_lock_asks_again() -> None:
    with reading():
        assert keys("case") == ()
        with CaptureQueriesContext(connection) as asked:
            list(Stream.objects.select_for_update())
            keys("case")
    assert len(asked) == (2 if connection.features.has_select_for_update else 1), "SQLite has one writer"


class WritesInBetween(TestCase):
    @given(
        st.lists(st.tuples(st.sampled_from(["ask", "add", "drop", "rename", "raw"]), st.sampled_from("ABC")))
    )
    def test_whatever_is_written_meanwhile_the_answer_is_what_stands(
        self, deeds: list[tuple[str, str]]
    ) -> None:
        with reading():
            for deed, key in deeds:
                _do(deed, key)
                standing = Stream.objects.filter(kind="case").order_by("key").values_list("key", flat=True)
                assert keys("case") == tuple(standing)


def _do(deed: str, key: str) -> None:
    rows = Stream.objects.filter(kind="case", key=key)
    if deed == "add":
        Stream.objects.update_or_create(kind="case", key=key)
    elif deed == "drop":
        rows.delete()
    elif deed == "rename":
        rows.update(key=f"{key}{Stream.objects.count()}{Stream.objects.filter(key__startswith=key).count()}")
    elif deed == "raw":
        with connection.cursor() as cursor:
            cursor.execute("  \n delete from plumbing_stream where key = %s", [key])


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_shared() -> None:
    with CaptureQueriesContext(connection) as asked, reading():
        keys("case")
        keys("case")
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_a_page_is_read_at_one_moment() -> None:
    with CaptureQueriesContext(connection) as asked, reading(of_page=True):
        keys("case")
        keys("case")
    assert len(asked) == 1
