"""When the criteria's date comes, the review waits for the team until it is recorded."""

from datetime import UTC, datetime

import pytest

from okiagari.desk.permits import NOT_YOURS
from okiagari.flow import queries as flow
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from okiagari.triage import actions, queries, shipped
from okiagari.triage.rules.criteria import to_json
from tests.factories import House

pytestmark = pytest.mark.django_db
ADOPTED = datetime(2026, 1, 10, tzinfo=UTC)


def waiting(subject: object) -> list[tuple[str, bool]]:
    return [(each.key, each.is_late) for each in flow.waiting(subject) if each.kind == "criteria"]  # type: ignore[arg-type]


@pytest.fixture
def adopted(house: House) -> House:
    with clock.at(ADOPTED):
        actions.adopt_criteria(house.member, to_json(shipped.criteria()), next_review="2026-06-30")
    return house


def test_a_review_waits_from_thirty_days_before_and_is_gone_once_recorded(adopted: House) -> None:
    for day, found in (
        (datetime(2026, 5, 30, tzinfo=UTC), []),
        (datetime(2026, 5, 31, tzinfo=UTC), [("v1", False)]),
        (datetime(2026, 7, 1, tzinfo=UTC), [("v1", True)]),
    ):
        with clock.at(day):
            assert waiting(adopted.member) == found
            assert waiting(adopted.developer) == []
    with clock.at(datetime(2026, 7, 2, tzinfo=UTC)):
        actions.review_criteria(adopted.member, reason="今年の5件で提案どおり", next_review="2026-12")
        assert waiting(adopted.member) == []
        (review,) = queries.criteria_reviews(adopted.developer)
        assert (review.version, review.reason, str(review.next_review)) == (
            1,
            "今年の5件で提案どおり",
            "2026-12",
        )
        assert str(queries.criteria(adopted.member).next_review) == "2026-12"
        assert str(queries.criteria_versions(adopted.member)[0].next_review) == "2026-12"
    with clock.at(datetime(2026, 12, 20, tzinfo=UTC)):
        assert waiting(adopted.member) == [("v1", False)]
        actions.adopt_criteria(adopted.member, to_json(shipped.criteria()))
        assert waiting(adopted.member) == []
    assert [line.verb for line in ledger.entries([("criteria", "product")])][1] == "triage.criteria_reviewed"


def test_a_review_says_why_and_names_a_day_to_come(adopted: House) -> None:
    with clock.at(datetime(2026, 7, 2, tzinfo=UTC)):
        for given, code, field in (
            ({"reason": " "}, "triage.review_no_reason", "reason"),
            ({"reason": "x", "next_review": "2026-06"}, "triage.review_in_the_past", "next_review"),
        ):
            with pytest.raises(Problem) as raised:
                actions.review_criteria(adopted.member, **given)
            assert (raised.value.code, raised.value.field) == (code, field)
        actions.review_criteria(adopted.member, reason="x")
        assert str(queries.criteria(adopted.member).next_review) == "2027-01"
        with pytest.raises(Problem) as raised:
            actions.review_criteria(adopted.developer, reason="x")
        assert raised.value.definition is NOT_YOURS
