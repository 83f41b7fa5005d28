"""Everybody is reminded once a working day; what is overdue reaches whoever leads, once a stage."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.desk.models import Person
from okiagari.flow.reminders import rules
from okiagari.flow.reminders.choosing import choose_reminders
from okiagari.flow.reminders.escalating import escalate
from okiagari.flow.reminders.sending import remind
from okiagari.plumbing import clock
from okiagari.plumbing.models import LetterOut
from tests import factories

MONDAY = datetime(2015, 6, 22, 0, 30, tzinfo=UTC)  # 09:30 JST
MOMENTS = st.integers(0, 365 * 24).map(lambda hours: MONDAY + timedelta(hours=hours))


@given(st.lists(MOMENTS, max_size=8), MOMENTS, st.integers(1, 14))
def test_a_sheet_holds_each_late_thing_once_and_nothing_that_is_far_off(
    dues: list[datetime], now: datetime, ahead: int
) -> None:
    matters = [rules.Matter("case", f"OKI-{number % 3}", due) for number, due in enumerate(dues)]
    found = rules.sheet(matters, now, days_ahead=ahead)
    assert found.late_count == sum(due < now for due in dues)
    assert found.soon_count == sum(now <= due <= now + timedelta(days=ahead) for due in dues)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_stage_never_goes_back(earlier: int, more: int) -> None:
    due = datetime(2015, 6, 22, tzinfo=UTC)

    def later(day: date, count: int) -> date:
        return day + timedelta(days=count)

    before = rules.stage(due, due + timedelta(days=earlier), later=later)
    assert rules.stage(due, due + timedelta(days=earlier + more), later=later) >= before


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.house()
    for username in ("member", "developer", "second"):
        Person.objects.filter(username=username).update(email=f"{username}@maker.example", language="en")
    return house


@pytest.fixture
def case(house: factories.House) -> str:
    """A case of the security team with a task that the router team owes by Monday noon."""
    with clock.at(MONDAY - timedelta(days=3)):
        number = factories.case(house.member, "秘密の脆弱性")
        cases.admit(house.member, number, kind="team", key="router-dev", level="see", reason="x")
        cases.add_task(
            house.member,
            number,
            title=factories.text("秘密の作業", "A secret task"),
            team="router-dev",
            due_at=MONDAY + timedelta(hours=2),
        )
    return number


def letters(to: str) -> list[LetterOut]:
    return list(LetterOut.objects.filter(to=f"{to}@maker.example").order_by("pk"))


def test_one_letter_a_day_with_number_and_link_and_nothing_else(case: str) -> None:
    with clock.at(MONDAY):
        assert remind() == 1
        assert remind() == 0
    (letter,) = letters("developer")
    assert letter.subject == "Okiagari: 1 due soon"
    assert f"{case}  http" in letter.text
    assert f"/cases/{case}/" in letter.text
    assert "secret" not in letter.text + letter.subject
    with clock.at(MONDAY + timedelta(days=1)):
        assert remind() == 1
    assert letters("developer")[1].subject == "Okiagari: 1 late"


def test_nobody_is_written_to_on_days_off_or_before_their_hour(case: str) -> None:
    with clock.at(MONDAY - timedelta(days=1)):
        assert remind() == 0
    with clock.at(MONDAY - timedelta(hours=2)):
        assert remind() == 0


def test_a_person_says_how_to_be_reminded(house: factories.House, case: str) -> None:
    choose_reminders(house.developer, is_on=False)
    with clock.at(MONDAY):
        assert remind() == 0
    choose_reminders(house.developer, hour=15)
    with clock.at(MONDAY):
        assert remind() == 0
    with pytest.raises(Exception, match=rules.WRONG_HOUR.code):
        choose_reminders(house.developer, hour=3)


def test_what_is_overdue_is_taken_up_to_the_lead_once_a_stage(house: factories.House, case: str) -> None:
    def taken_up() -> int:
        lines = queries.timeline(house.member, case)
        return sum(line.verb == "flow.escalated" for line in lines)

    with clock.at(MONDAY):
        assert escalate() == 0
    with clock.at(MONDAY + timedelta(hours=3)):
        assert escalate() == 1
        assert escalate() == 0
    with clock.at(MONDAY + timedelta(days=1)):
        assert escalate() == 0
    with clock.at(MONDAY + timedelta(days=4)):
        assert escalate() == 1
    assert taken_up() == 2
    (first, _) = letters("member")
    assert first.subject == "Okiagari: 1 matter you lead is overdue"
    assert case in first.text
    assert "secret" not in first.text


def test_a_digest_tells_nothing_of_cases_one_may_not_see(house: factories.House, case: str) -> None:
    cases.dismiss(house.member, case, kind="team", key="router-dev", reason="over")
    with clock.at(MONDAY):
        remind()
    assert not letters("developer")
