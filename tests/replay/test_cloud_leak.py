"""The leak from a cloud of the maker's own: no vulnerability, a notice, authorities told, two teams."""

from collections.abc import Iterator
from typing import Any

import pytest

from okiagari.cases import queries as cases
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Door
from tests.support.stories import Told, happened, holds_together, programs_bring_it_to_the_same_end

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    with happened("cloud-leak", tmp_path_factory.mktemp("story"), django_db_blocker) as story:
        yield story


def test_everything_of_it_holds_together(told: Told) -> None:
    assert told.documents()
    holds_together(told)


def test_programs_bring_it_to_the_same_end(told: Told) -> None:
    programs_bring_it_to_the_same_end(told)


AUTHORITIES = {"appi_preliminary", "appi_final", "appi_persons", "gdpr_notification", "gdpr_persons"}


def test_all_of_it_is_marked_as_invented(told: Told) -> None:
    assert told.played.assumed == told.played.events


def test_there_is_no_vulnerability_and_yet_a_notice(told: Told) -> None:
    assert told.case["vulnerabilities"] == []
    assert sorted(told.revisions()) == [1, 2]
    assert {each["document"]["category"] for each in told.documents()} != {"csaf_security_advisory"}
    assert "機器一覧" in told.page("ja")


def test_every_authority_and_everybody_concerned_was_told_in_time(told: Told) -> None:
    clocks = told.clocks()
    assert clocks.keys() >= AUTHORITIES
    assert set(clocks.values()) == {"met"}


def test_persons_are_counted_by_country(told: Told) -> None:
    counts = cases.incident(SYSTEM, told.id).counts
    newest = {(each.country, each.number) for each in counts if each.certainty == "known"}
    assert newest == {("JP", 2914), ("DE", 61)}


def test_each_team_sees_its_own_part_and_the_clocks_in_it(told: Told) -> None:
    assert {part.key for part in cases.parts(SYSTEM, told.id)} == {"csirt", "psirt"}
    seen = {
        name: {each.rule for each in cases.clocks(people.named(name, Door.WEB), told.id)}
        for name in ("sample-csirt", "sample-member")
    }
    assert seen["sample-csirt"] >= AUTHORITIES
    assert not seen["sample-member"] & AUTHORITIES


def test_the_case_ends_closed(told: Told) -> None:
    assert (told.case["step"], told.case["level"], told.case["missing"]) == ("closed", "severe", [])
