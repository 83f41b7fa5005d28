"""What others do while one looks: told to those who may see it, cheap, and never written down."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from okiagari.cases import actions as cases
from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.flow import queries as flow
from okiagari.plumbing import clock, presence
from tests import factories
from tests.factories import House, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    presence.leave_all()
    return factories.house()


@pytest.fixture
def case_id(house: House) -> str:
    return factories.case(house.member)


def entered(subject: Subject) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(username=subject.key), "django.contrib.auth.backends.ModelBackend")
    return client


def let_in(house: House, case_id: str, subject: Subject) -> Client:
    cases.admit(house.member, case_id, kind="person", key=subject.key, level="work", reason="手伝い")
    return entered(subject)


def test_what_another_did_since_the_page_was_made_is_told(house: House, case_id: str) -> None:
    other = let_in(house, case_id, house.second)
    opened = (clock.now() - timedelta(seconds=0)).isoformat()
    cases.add_task(house.member, case_id, title=text("電話に備える", "Prepare for calls"))
    cases.add_task(house.second, case_id, title=text("自分の", "My own"))
    told = other.get(f"/live/case/{case_id}/", {"opened": opened}).json()
    assert len(told["news"]) == 1
    assert told["news"][0].startswith("Member")
    assert "Prepare for calls" in told["news"][0]


def test_nothing_new_costs_two_queries_and_no_body(
    house: House, case_id: str, django_assert_max_num_queries: object
) -> None:
    member = entered(house.member)
    mark = member.get(f"/live/case/{case_id}/").headers["ETag"]
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # four of them say who asks
        again = member.get(f"/live/case/{case_id}/", headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    cases.add_task(house.second if False else house.member, case_id, title=text("仕事"))
    assert member.get(f"/live/case/{case_id}/", headers={"if-none-match": mark}).status_code == 200


def test_who_else_looks_is_told_to_those_who_may_see_it(house: House, case_id: str) -> None:
    other = let_in(house, case_id, house.second)
    entered(house.member).get(f"/live/case/{case_id}/")
    assert json.loads(other.get(f"/live/case/{case_id}/").content)["here"] == "Also here: Member"
    stranger = entered(house.executive).get(f"/live/case/{case_id}/")
    nothing = entered(house.executive).get("/live/case/OKI-26-00000/")
    assert (stranger.status_code, nothing.status_code) == (404, 404)
    assert "Executive" not in other.get(f"/live/case/{case_id}/").content.decode()


def test_from_outside_one_is_told_nothing(house: House, case_id: str) -> None:
    cases.admit(house.member, case_id, kind="organisation", key="integrator", level="see", reason="共同")
    partner = entered(house.partner)
    assert partner.get(f"/live/case/{case_id}/").status_code == 404
    assert "data-live" not in partner.get(f"/cases/{case_id}/").content.decode()
    assert "data-live" in entered(house.member).get(f"/cases/{case_id}/").content.decode()


@pytest.mark.parametrize("opened", ["", "yesterday", "2026-99-99T00:00:00+00:00", "2026-01-01"])
def test_an_instant_that_is_none_is_no_reason_to_stumble(house: House, case_id: str, opened: str) -> None:
    answer = entered(house.member).get(f"/live/case/{case_id}/", {"opened": opened})
    assert answer.json()["news"] == []


def test_the_rail_counts_what_the_desk_shows_and_a_filter_narrows_it(house: House, case_id: str) -> None:
    for number in range(3):
        cases.add_task(house.member, case_id, title=text(f"作業{number}"), team="psirt")
    cases.add_task(house.member, case_id, title=text("私の"), person="member")
    cases.add_task(house.member, case_id, title=text("私の"), team="psirt")  # the same words, told twice
    view = flow.desk(house.member)
    lines = [each for each in (*view.waits, *view.late) if each.kind in ("case", "report")]
    assert sum(flow.counts(house.member).values()) >= len(lines) > 4
    assert [each.text for each in flow.desk(house.member, whose="mine").waits] == ["私の"]
    assert "私の" in {each.text for each in flow.desk(house.member, whose="team").waits}
    assert {each.level for each in lines} == {""}
