"""The flaw of 2017, public before anybody had a fix: ten numbers, many products, one page in a loop."""

from collections.abc import Iterator
from typing import Any

import pytest

from okiagari.desk.subjects import SYSTEM
from okiagari.triage import queries as triage
from tests.support.stories import (
    Told,
    day,
    happened,
    holds_together,
    is_a_trusted_provider,
    programs_bring_it_to_the_same_end,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    with happened("krack", tmp_path_factory.mktemp("story"), django_db_blocker) as story:
        yield story


def test_everything_of_it_holds_together(told: Told) -> None:
    assert told.documents()
    holds_together(told)
    is_a_trusted_provider(told)


def test_programs_bring_it_to_the_same_end(told: Told) -> None:
    programs_bring_it_to_the_same_end(told)


SHORT = ("13077", "13078", "13079", "13080", "13081", "13082", "13084", "13086", "13087", "13088")
NUMBERS = {f"CVE-2017-{number}" for number in SHORT}
SCORES = {
    **dict.fromkeys(NUMBERS, 5.3),
    **dict.fromkeys(("CVE-2017-13077", "CVE-2017-13084", "CVE-2017-13086"), 6.8),
    "CVE-2017-13082": 8.1,
}


def test_ten_numbers_and_one_of_jvn(told: Told) -> None:
    assert {each["cve"] for each in told.case["vulnerabilities"]} == NUMBERS
    assert {each["jvn"] for each in told.case["vulnerabilities"]} == {"JVNVU#90609033"}


def test_each_number_has_its_public_score(told: Told) -> None:
    cves = {each["id"]: each["cve"] for each in told.case["vulnerabilities"]}
    found = {cves[each.vulnerability]: float(each.value) for each in triage.scores(SYSTEM, told.id)}
    assert found == SCORES


def test_the_page_was_out_the_day_after_and_came_back_until_all_was_done(told: Told) -> None:
    revisions = told.revisions()
    assert day(revisions[1]["published_at"]) == "2017-10-17"
    assert "investigating" in revisions[1]["summary"]["en"]
    assert sorted(revisions) == [1, 2, 3, 4]
    assert "all products investigated" in revisions[4]["summary"]["en"]


def test_every_cell_is_decided_in_the_end(told: Told) -> None:
    states = {each["state"] for each in told.case["affectedness"]}
    assert states == {"fixed", "affected", "not_affected"}
    assert {each["vulnerability"] for each in told.case["affectedness"]} == NUMBERS
    assert all(each["cannot_fix"] for each in told.case["affectedness"] if each["state"] == "affected")


def test_a_product_without_wireless_was_left_out_with_a_reason(told: Told) -> None:
    assert "ETX2-RA" not in {each["target"] for each in told.case["affectedness"]}


def test_the_case_is_closed(told: Told) -> None:
    assert (told.case["step"], told.case["missing"]) == ("closed", [])
    assert set(told.clocks().values()) == {"met"}
