"""Releases keep the maker's order; one text means one release."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okiagari.catalog import actions, queries
from okiagari.desk.aggregates import STALE
from okiagari.problems import Problem
from tests.factories import House

LINE = "hdl-t"


def texts(house: House, key: str = LINE) -> list[str]:
    return [release.text for release in queries.line(house.member, key).releases]


def release(house: House, text: str) -> queries.ReleaseView:
    return next(each for each in queries.line(house.member, LINE).releases if each.text == text)


def test_a_release_goes_to_its_place(catalogue: House) -> None:
    put = actions.put_release
    put(catalogue.member, LINE, {"text": "2.00"})
    put(catalogue.member, LINE, {"text": "0.10"}, after="")
    put(catalogue.member, LINE, {"text": "1.10", "state": "planned"}, after="1.00.008_se")
    assert texts(catalogue) == ["0.10", "1.00", "1.00.008_SE", "1.10", "1.21", "2.00"]
    assert release(catalogue, "2.00").state == "public"
    assert queries.line(catalogue.member, LINE).newest == release(catalogue, "2.00")


def test_a_known_release_stays_where_it_stands_and_changes_what_is_said(catalogue: House) -> None:
    actions.put_release(catalogue.member, LINE, {"text": "1.21", "url": "https://maker.example/x"}, after="")
    assert texts(catalogue)[-1] == "1.21"
    assert str(release(catalogue, "1.21").date) == "2025-05"
    actions.put_release(catalogue.member, LINE, {"text": "1.21", "requires": "1.00"}, whole=True)
    seen = release(catalogue, "1.21")
    assert (str(seen.date), seen.url, seen.requires, seen.state) == ("", "", "1.00", "public")
    actions.put_release(catalogue.member, LINE, {"text": "1.21"}, whole=True)
    assert release(catalogue, "1.21").requires == ""


def test_adding_a_release_twice_is_refused(catalogue: House) -> None:
    for text in ("1.21", "１.21"):
        with pytest.raises(Problem) as raised:
            actions.put_release(catalogue.member, LINE, {"text": text}, is_new=True)
        assert raised.value.code == "catalog.there_already"
    with pytest.raises(Problem) as raised:
        actions.put_release(catalogue.member, LINE, {"text": "v1.21"}, is_new=True)
    assert raised.value.code == "catalog.alias_taken"


def test_a_release_is_moved_with_a_reason_and_not_before_what_it_passes_through(catalogue: House) -> None:
    with pytest.raises(Problem) as raised:
        actions.move_release(catalogue.member, LINE, "1.21", after="", reason="")
    assert raised.value.field == "reason"
    actions.move_release(catalogue.member, LINE, "V1.21", after="1.00", reason="A typing error.")
    assert texts(catalogue) == ["1.00", "1.21", "1.00.008_SE"]
    actions.move_release(catalogue.member, LINE, "1.21", after="1.21", reason="No change.")
    assert texts(catalogue) == ["1.00", "1.21", "1.00.008_SE"]
    with pytest.raises(Problem) as raised:
        actions.move_release(catalogue.member, LINE, "1.00.008_SE", after="", reason="Wrong.")
    assert raised.value.code == "catalog.requires_newer"
    assert texts(catalogue) == ["1.00", "1.21", "1.00.008_SE"]


def test_withdrawing_needs_a_reason(catalogue: House) -> None:
    with pytest.raises(Problem) as raised:
        actions.set_release_state(catalogue.member, LINE, "1.21", state="withdrawn")
    assert raised.value.field == "reason"
    with pytest.raises(Problem) as raised:
        actions.set_release_state(catalogue.member, LINE, "1.21", state="gone")
    assert raised.value.field == "state"
    actions.set_release_state(catalogue.member, LINE, "1.21", state="withdrawn", reason="It bricks units.")
    assert queries.line(catalogue.member, LINE).newest == release(catalogue, "1.00.008_SE")


def test_an_alias_means_one_release_until_it_is_taken_back(catalogue: House) -> None:
    actions.put_alias(catalogue.member, LINE, "1.00", alias="100", source="device")
    found = queries.resolve(catalogue.member, "HDL-TC1", "１００")
    assert found is not None
    assert found.text == "1.00"
    with pytest.raises(Problem) as raised:
        actions.put_alias(catalogue.member, LINE, "1.21", alias="100")
    assert raised.value.code == "catalog.alias_taken"
    with pytest.raises(Problem) as raised:
        actions.put_alias(catalogue.member, LINE, "1.21", alias=" ")
    assert raised.value.field == "alias"
    actions.drop_alias(catalogue.member, LINE, "100", reason="The device meant something else.")
    assert queries.resolve(catalogue.member, "HDL-TC1", "100") is None
    actions.put_alias(catalogue.member, LINE, "1.21", alias="100")
    with pytest.raises(Problem) as raised:
        actions.drop_alias(catalogue.member, LINE, "1.21", reason="Its own text is no alias.")
    assert raised.value.code == "catalog.no_such_alias"


def test_every_change_of_a_line_counts_as_a_version(catalogue: House) -> None:
    subject = catalogue.member
    deeds = [
        lambda version: actions.put_release(subject, LINE, {"text": "3.0"}, version=version),
        lambda version: actions.put_alias(subject, LINE, "3.0", alias="3", version=version),
        lambda version: actions.drop_alias(subject, LINE, "3", reason="No.", version=version),
        lambda version: actions.set_release_state(subject, LINE, "3.0", state="in_test", version=version),
        lambda version: actions.move_release(subject, LINE, "3.0", after="1.00", reason="x", version=version),
        lambda version: actions.put_line(subject, {"key": LINE, "name": {"ja": "名"}}, version=version),
    ]
    for number, deed in enumerate(deeds, start=1):
        deed(number)
        assert queries.line(subject, LINE).version == number + 1
        with pytest.raises(Problem) as raised:
            deed(number)
        assert raised.value.definition is STALE


def test_what_is_not_there_is_said_by_its_name(catalogue: House) -> None:
    for deed, code in (
        (lambda: actions.put_alias(catalogue.member, "no", "1", alias="x"), "catalog.no_such_line"),
        (lambda: actions.put_alias(catalogue.member, LINE, "9", alias="x"), "catalog.no_such_release"),
        (
            lambda: actions.put_release(catalogue.member, LINE, {"text": "9"}, after="8"),
            "catalog.no_such_release",
        ),
        (lambda: queries.line(catalogue.member, "no"), "catalog.no_such_line"),
        (lambda: queries.product(catalogue.member, "no"), "catalog.no_such_product"),
        (lambda: actions.put_line(catalogue.member, {"key": LINE}, is_new=True), "catalog.there_already"),
    ):
        with pytest.raises(Problem) as raised:
            deed()
        assert raised.value.code == code


@given(places=st.lists(st.integers(0, 20), min_size=1, max_size=12))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_order_of_insertions_gives_the_order_that_was_asked_for(house: House, places: list[int]) -> None:
    with transaction.atomic():
        wanted: list[str] = []
        actions.put_line(house.member, {"key": "any"})
        for number, place in enumerate(places):
            text = f"r{number}"
            after = wanted[place % len(wanted)] if wanted and place else ""
            actions.put_release(house.member, "any", {"text": text}, after=after)
            wanted.insert(wanted.index(after) + 1 if after else 0, text)
        view = queries.line(house.member, "any")
        assert [each.text for each in view.releases] == wanted
        assert [each.position for each in view.releases] == list(range(1, len(wanted) + 1))
        transaction.set_rollback(True)


def test_a_file_of_many_releases_is_written_in_few_queries(house: House) -> None:
    counts = []
    for number in (200, 400):
        names = [f"1.{each:03d}" for each in range(number)]
        releases = [{"text": name, "aliases": [f"V{name}"]} for name in names]
        with CaptureQueriesContext(connection) as caught:
            actions.import_catalogue(
                house.member, {"lines": [{"key": f"long-{number}", "releases": releases}]}
            )
        counts.append(len(caught))
        assert len(texts(house, f"long-{number}")) == number
    assert counts[0] <= 34  # nine of them for the search
    assert counts[1] <= counts[0] + 6  # SQLite takes 99 rows in one INSERT: releases, aliases, search
