"""What people read of the flow: only their own, in few questions however much there is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from okiagari.cases import actions as cases
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.flow import queries
from okiagari.flow.models import Position, Wait
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests import factories
from tests.factories import House, text

NOW = datetime(2015, 8, 18, 3, tzinfo=UTC)


def listed(subject: Subject, **filters: object) -> list[str]:
    return [view.case_id for view in queries.positions(subject, **filters).items]


def levels(**by_case: str) -> None:
    for case_id, level in by_case.items():
        Position.objects.filter(case__public_id=case_id).update(level=level)


def test_everybody_lists_their_own_cases_and_no_count_tells_of_others(house: House, case_id: str) -> None:
    for who in (house.developer, house.support, house.executive, house.approver, house.second):
        page = queries.positions(who)
        assert (page.items, page.total) == ((), 0)
        assert queries.counts(who) == {"cases": 0, "reports": 0}
        assert queries.desk(who) == queries.DeskView((), (), (), ())
    page = queries.positions(house.member)
    assert (len(page.items), page.total) == (1, 1)


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_who_has_no_cases_has_no_list_and_no_counts(house: House, case_id: str, who: str) -> None:
    subject = getattr(house, who)
    cases.admit(house.member, case_id, kind="person", key=who, level="see", reason="間違い")
    with pytest.raises(Problem) as raised:
        queries.positions(subject)
    assert raised.value.code == "desk.not_yours"
    with pytest.raises(Problem) as raised:
        queries.position(subject, case_id)
    assert raised.value.code == "desk.nothing_here"
    assert queries.counts(subject) == {}
    assert queries.desk(subject) == queries.DeskView((), (), (), ())


def test_an_account_without_any_role_still_gets_pages(house: House) -> None:
    nobody = factories.person("nobody")
    assert queries.counts(nobody) == {}
    assert Person.objects.get(username="nobody").roles == []


def test_a_case_one_was_not_let_into_has_no_position(house: House, case_id: str) -> None:
    for number in (case_id, "OKI-26-00000"):
        with pytest.raises(Problem) as raised:
            queries.position(house.second, number)
        assert (raised.value.code, raised.value.parameters) == ("desk.nothing_here", {})


def test_a_partner_sees_the_step_and_nothing_of_what_is_missing_or_how_bad_it_is(
    house: House, case_id: str
) -> None:
    cases.admit(
        house.member, case_id, kind="organisation", key="integrator", level="see", reason="組み込み先"
    )
    levels(**{case_id: "severe"})
    Position.objects.update(is_attacked=True, due_at=clock.now())
    view = queries.position(house.partner, case_id)
    assert (view.step, view.missing, view.level, view.due) == ("first_judgement", (), "", None)
    assert not view.is_attacked
    assert not view.is_on_fire
    assert queries.positions(house.partner).items == (view,)
    assert queries.positions(house.partner, level="low").total == 1, "the filter answers nothing either"
    assert queries.positions(house.partner, late="1").total == 1
    assert queries.on_fire(house.partner) == ()


def test_what_everybody_can_read_already_does_not_burn(house: House, case_id: str) -> None:
    levels(**{case_id: "severe"})
    codes = {"disclose.unresolved": False, "disclose.not_approved": True}
    for code, is_burning in codes.items():
        (said,) = Position.objects.values_list("missing", flat=True)
        missing = [{**said[0], "code": code}]
        Position.objects.update(step="publication", missing=missing)
        assert queries.position(house.member, case_id).is_on_fire is is_burning


def test_cases_are_listed_by_what_is_due_first_and_the_undated_last(house: House) -> None:
    found = [factories.case(house.member, name) for name in ("一", "二", "三")]
    for case_id, days in zip(found, (5, None, 1), strict=True):
        due = None if days is None else NOW + timedelta(days=days)
        Position.objects.filter(case__public_id=case_id).update(due_at=due)
    assert listed(house.member) == [found[2], found[0], found[1]]
    assert listed(house.member, sort="nonsense") == listed(house.member)


def test_levels_and_steps_sort_by_their_meaning_and_not_by_their_letters(house: House) -> None:
    found = [factories.case(house.member, name) for name in ("一", "二", "三", "四")]
    levels(**dict(zip(found, ("low", "severe", "medium", "high"), strict=True)))
    assert listed(house.member, sort="level") == [found[1], found[3], found[2], found[0]]
    for case_id, step in zip(found, ("reach", "plan", "first_judgement", "closed"), strict=True):
        Position.objects.filter(case__public_id=case_id).update(step=step)
    assert listed(house.member, sort="step") == [found[2], found[1], found[0], found[3]]


def test_lists_are_filtered_and_cut_into_pages(house: House) -> None:
    router = factories.case(house.member, "ルータの件")
    service = factories.case(house.member, "クラウドの件", kinds=("service",))
    cases.close_case(house.member, service, reason="終わり")
    assert listed(house.member, state="open") == [router]
    assert listed(house.member, state="closed") == [service]
    assert listed(house.member, kind="service") == [service]
    assert listed(house.member, text="クラウド") == [service]
    assert listed(house.member, text=router.lower()) == [router]
    assert listed(house.member, step="closed") == [service]
    page = queries.positions(house.member, offset=1, limit=1)
    assert (len(page.items), page.total, page.offset, page.limit) == (1, 2, 1, 1)


def test_the_desk_tells_late_from_waiting_and_shows_each_thing_once(house: House, case_id: str) -> None:
    with clock.at(NOW):
        cases.add_task(house.member, case_id, title=text("遅れ"), due_at=NOW - timedelta(days=1))
        cases.add_task(house.member, case_id, title=text("これから"), due_at=NOW + timedelta(days=1))
        both = factories.person("both", Role.MEMBER, teams=("psirt", "csirt"))
        view = queries.desk(both)
    assert [wait.text for wait in view.late] == ["遅れ"]
    assert "これから" in [wait.text for wait in view.waits]
    assert len({(wait.key, wait.text) for wait in view.waits}) == len(view.waits)


def test_what_is_due_first_is_shown_even_among_much_that_has_no_date(house: House, case_id: str) -> None:
    for number in range(30):
        cases.add_task(house.member, case_id, title=text(f"いつか{number}"))
    cases.add_task(house.member, case_id, title=text("明日"), due_at=clock.now() + timedelta(days=1))
    assert queries.waiting(house.member, limit=5)[0].text == "明日"


def test_waits_are_said_in_the_readers_language(house: House, case_id: str) -> None:
    cases.add_task(house.member, case_id, title=text("電話に備える", "Be ready for calls"))
    with translation.override("en"):
        assert "Be ready for calls" in [wait.text for wait in queries.waiting(house.member)]
    with translation.override("ja"):
        assert "電話に備える" in [wait.text for wait in queries.waiting(house.member)]


def test_a_severe_case_burns_until_it_is_public(house: House, case_id: str) -> None:
    levels(**{case_id: "severe"})
    assert [view.case_id for view in queries.desk(house.member).on_fire] == [case_id]
    Position.objects.update(step="reach")
    assert queries.desk(house.member).on_fire == ()


@pytest.mark.parametrize("ask", ["positions", "desk", "counts"])
def test_questions_to_the_database_do_not_grow_with_the_rows(
    house: House, ask: str, django_assert_max_num_queries: object
) -> None:
    counted = []
    for _ in range(2):
        for number in range(4):
            case_id = factories.case(house.member, f"件{number}")
            cases.add_task(house.member, case_id, title=text("仕事"), due_at=clock.now())
            levels(**{case_id: "severe"})
        with django_assert_max_num_queries(12) as questions:
            assert getattr(queries, ask)(house.member)
        counted.append(len(questions))
    assert counted[0] == counted[1]


def test_the_system_sees_every_position(case_id: str) -> None:
    assert listed(SYSTEM) == [case_id]
    assert Wait.objects.exists()
