"""What one team alone reads stays with that team when cases are joined, split and parted again."""

from datetime import UTC, datetime

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.cases.queries import IncidentView
from okiagari.desk.subjects import Role, Subject
from okiagari.flow.actions import merge, split, undo_merge
from okiagari.problems import Problem
from tests import factories
from tests.factories import House, text

SEEN = datetime(2026, 11, 9, tzinfo=UTC)


@pytest.fixture
def both(house: House) -> Subject:
    return factories.person("both", Role.MEMBER, teams=("psirt", "csirt"))


def incident(who: Subject, case_id: str) -> IncidentView:
    view = queries.incident(who, case_id)
    assert view is not None
    return view


def test_a_log_of_one_team_is_not_read_by_the_other_after_a_merge(house: House, both: Subject) -> None:
    one = cases.open_case(both, title=text("漏えい"), kinds=["service"])
    cases.add_task(both, one, title=text("SECRETLOG"), part="csirt")
    cases.describe_incident(both, one, detected_at=SEEN, detected_how="proxy")
    cases.count_affected(both, one, of="persons", number=7)
    other = factories.case(house.member)
    merge(both, one, into=other, reason="同じ原因です。")
    assert "SECRETLOG" not in repr(queries.tasks(house.member, other))
    assert "SECRETLOG" not in repr(queries.timeline(house.member, other))
    assert queries.incident(house.member, other) is None
    assert "SECRETLOG" in repr(queries.tasks(both, other))
    assert "SECRETLOG" in repr(queries.timeline(both, other))
    assert (incident(both, other).part, incident(both, other).counts[0].number) == ("csirt", 7)


def test_an_incident_of_one_team_stands_in_its_part_once_another_team_joins(
    house: House, both: Subject
) -> None:
    one = cases.open_case(both, title=text("社内の感染"), kinds=["infrastructure"])
    cases.describe_incident(both, one, detected_how="proxy")
    assert incident(both, one).part == ""
    other = factories.case(house.member)
    merge(both, one, into=other, reason="同じ原因です。")
    assert incident(both, other).part == "csirt"
    assert queries.incident(house.member, other) is None


def test_of_two_incidents_the_standing_one_takes_what_it_lacked_and_gives_it_back(
    house: House, both: Subject
) -> None:
    one = cases.open_case(both, title=text("漏えい"), kinds=["service"])
    other = cases.open_case(both, title=text("停止"), kinds=["service"])
    cases.describe_incident(both, one, detected_at=SEEN, detected_how="proxy")
    cases.count_affected(both, one, of="persons", number=7)
    cases.describe_incident(both, other, detected_how="alarm")
    merge(both, one, into=other, reason="同じ原因です。")
    found = incident(both, other)
    assert (found.detected_how, found.detected_at, len(found.counts)) == ("alarm", SEEN, 1)
    undo_merge(both, one, reason="別の原因でした。")
    assert (incident(both, other).detected_at, incident(both, other).counts) == (None, ())
    assert (incident(both, one).detected_at, len(incident(both, one).counts)) == (SEEN, 1)


def test_a_file_of_one_teams_letter_is_not_opened_by_the_other_after_a_merge_or_a_split(
    house: House, both: Subject
) -> None:
    one = cases.open_case(both, title=text("漏えい"), kinds=["service"])
    log = cases.add_evidence(both, one, name="proxy.log", content=b"x", part="csirt")
    letter = cases.write(both, one, audience="authority", text="記録です。", evidence=[log], part="csirt")

    def opened(who: Subject, case_id: str) -> bool:
        (message,) = [each for each in queries.communications(both, case_id) if each.id == letter]
        try:
            return queries.message_file(who, case_id, message.files[0].id).content == b"x"
        except Problem:
            return False

    other = factories.case(house.member)
    merge(both, one, into=other, reason="同じ原因です。")
    assert (opened(both, other), opened(house.member, other)) == (True, False)
    third = split(both, other, title=text("分けた件"), reason="別の件です。", messages=[letter])
    assert (opened(both, third), opened(house.member, third)) == (True, False)
