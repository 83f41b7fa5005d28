"""A catalogue comes in whole or not at all, and coming again changes nothing."""

import copy
from typing import Any

import pytest

from okiagari.catalog import actions, queries
from okiagari.desk.permits import NOT_YOURS
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from tests.catalog.conftest import CATALOGUE
from tests.factories import House


def everything(house: House) -> object:
    found = queries.products(house.member, include_retired=True).items
    return [(view, 0) for view in queries.lines(house.member)], [_without_version(view) for view in found]


def _without_version(view: queries.ProductView) -> dict[str, object]:
    return {name: value for name, value in vars(view).items() if name != "version"}


def texts(house: House, key: str = "hdl-t") -> list[str]:
    return [release.text for release in queries.line(house.member, key).releases]


def bring(house: House, *releases: dict[str, Any]) -> None:
    actions.import_catalogue(house.member, {"lines": [{"key": "hdl-t", "releases": list(releases)}]})


def test_an_import_says_how_much_it_brought(house: House) -> None:
    done = actions.import_catalogue(house.member, CATALOGUE)
    assert done == actions.Imported(organisations=1, products=3, lines=1, releases=3, targets=5)
    assert [target.key for target in queries.targets(house.member)] == [
        "Disk Connect#android",
        "Disk Connect#windows",
        "HDL-T2WH A1",
        "HDL-T2WH B1",
        "HDL-TC1",
    ]


def test_the_same_file_again_changes_nothing_but_versions(catalogue: House) -> None:
    products = [_without_version(view) for view in queries.products(catalogue.member).items]
    releases = queries.line(catalogue.member, "hdl-t").releases
    actions.import_catalogue(catalogue.member, CATALOGUE)
    assert [_without_version(view) for view in queries.products(catalogue.member).items] == products
    assert queries.line(catalogue.member, "hdl-t").releases == releases


def test_nothing_comes_in_if_one_thing_is_wrong(house: House) -> None:
    broken = copy.deepcopy(CATALOGUE)
    broken["products"][2]["team"] = "nobody"
    with pytest.raises(Problem) as raised:
        actions.import_catalogue(house.member, broken)
    assert raised.value.code == "catalog.unknown_reference"
    assert raised.value.field == "products.Disk Connect.team"
    assert (queries.products(house.member).total, queries.lines(house.member)) == (0, ())
    assert ledger.entries([actions.STREAM]) == ()


def test_new_releases_find_their_place_among_those_that_are_known(catalogue: House) -> None:
    bring(catalogue, {"text": "0.90"}, {"text": "1.00"}, {"text": "1.00.009"}, {"text": "1.21"})
    assert texts(catalogue) == ["0.90", "1.00", "1.00.008_SE", "1.00.009", "1.21"]
    bring(catalogue, {"text": "1.00"}, {"text": "1.22"}, {"text": "1.23"})
    assert texts(catalogue)[-3:] == ["1.21", "1.22", "1.23"]
    positions = [release.position for release in queries.line(catalogue.member, "hdl-t").releases]
    assert positions == list(range(1, 8))


def test_a_file_does_not_turn_the_order_around_in_silence(catalogue: House) -> None:
    with pytest.raises(Problem) as raised:
        bring(catalogue, {"text": "1.21"}, {"text": "1.00"})
    assert raised.value.code == "catalog.order_differs"
    assert texts(catalogue) == ["1.00", "1.00.008_SE", "1.21"]


def test_a_file_that_says_nothing_of_a_state_does_not_publish_again(catalogue: House) -> None:
    actions.set_release_state(catalogue.member, "hdl-t", "1.21", state="withdrawn", reason="It bricks units.")
    actions.import_catalogue(catalogue.member, CATALOGUE)
    newest = queries.line(catalogue.member, "hdl-t").releases[-1]
    assert (newest.state, str(newest.date)) == ("withdrawn", "2025-05")


def test_a_release_cannot_be_called_as_another_one_is_called(catalogue: House) -> None:
    for entry in (
        {"text": "v1.21"},
        {"text": "1.30", "aliases": ["V1.21"]},
        {"text": "2.0", "aliases": ["1.00"]},
    ):
        with pytest.raises(Problem) as raised:
            bring(catalogue, entry)
        assert raised.value.code == "catalog.alias_taken"
    assert queries.ordered_line(catalogue.member, "hdl-t").resolve("v1.21")


def test_a_release_passes_through_older_ones_only(catalogue: House) -> None:
    assert queries.line(catalogue.member, "hdl-t").releases[1].requires == "1.00"
    with pytest.raises(Problem) as raised:
        bring(catalogue, {"text": "1.00", "requires": "1.21"})
    assert raised.value.code == "catalog.requires_newer"


def test_only_the_team_and_administrators_import(house: House) -> None:
    actions.import_catalogue(house.administrator, CATALOGUE)
    for subject in (house.developer, house.support, house.auditor):
        with pytest.raises(Problem) as raised:
            actions.import_catalogue(subject, CATALOGUE)
        assert raised.value.definition is NOT_YOURS
