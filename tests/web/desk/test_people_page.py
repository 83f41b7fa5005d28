"""The page of people and teams says roles, kinds and names in words, not in codes."""

from tests.factories import House
from tests.web.cases.conftest import Enter


def test_roles_kinds_and_teams_are_said_in_the_readers_words(house: House, enter: Enter) -> None:
    page = enter(house.administrator, "ja").get("/people/").text
    assert "役員" in page
    assert '<td data-label="役割">administrator</td>' not in page
    assert '<span class="o-tag">psirt</span>' not in page
    assert '<span class="o-id">psirt</span>' in page, "the key stays, for programs"
