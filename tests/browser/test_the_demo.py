"""The demo as a newcomer starts it: the commands that loaded the house of these tests, on that very house."""

import json

from tests.browser.conftest import OF_YESTERDAY
from tests.support.served import Served, okiagari


def test_a_fresh_demo_throws_away_what_was_there(house: Served) -> None:
    assert (house.data / "okiagari.sqlite3").is_file()
    assert not (house.data / OF_YESTERDAY).exists()


def test_the_ledger_of_the_demo_is_whole_also_when_people_have_worked_in_it(house: Served) -> None:
    okiagari(house.data.parent, "--data", str(house.data), "audit", "verify")


def test_a_demo_that_is_loaded_is_not_loaded_again(house: Served) -> None:
    """It would come to the same cases with other numbers."""
    folder = house.data.parent
    there, numbers = sorted(each.name for each in folder.iterdir()), _cases(house)
    okiagari(folder, "demo", "--load-only")
    assert sorted(each.name for each in folder.iterdir()) == there
    assert _cases(house) == numbers
    okiagari(folder, "--data", str(house.data), "audit", "verify")


def _cases(house: Served) -> list[str]:
    """Which cases speak of the router."""
    found = okiagari(house.data.parent, "--data", str(house.data), "search", "find", "NP-BBRS", "--json")
    numbers = [hit["key"] for hit in json.loads(found)["hits"] if hit["kind"] == "case"]
    assert numbers
    return numbers
