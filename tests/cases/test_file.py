"""Opening, describing, closing and reopening; who comes in by it."""

import pytest

from okiagari.cases import actions, queries
from okiagari.desk.aggregates import STALE
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from tests.factories import House, case, text


def lines(case_id: str) -> list[str]:
    return [entry.verb for entry in ledger.entries([("case", case_id)], newest_first=False)]


def grants(house: House, case_id: str) -> set[tuple[str, str]]:
    return {(grant.who.key, grant.level) for grant in queries.people_in(house.member, case_id)}


def test_a_product_case_lets_the_product_security_team_and_the_opener_in(house: House) -> None:
    number = case(house.member)
    assert number.startswith("OKI-")
    assert grants(house, number) == {("psirt", "lead"), ("member", "lead")}
    assert lines(number) == ["cases.opened"]


def test_a_service_case_lets_both_teams_in(house: House) -> None:
    number = case(house.member, kinds=("service",))
    assert {key for key, _ in grants(house, number)} == {"psirt", "csirt", "member"}


def test_a_case_of_the_infrastructure_is_not_the_product_teams(house: House) -> None:
    number = case(house.second, kinds=("infrastructure",))
    with pytest.raises(Problem) as raised:
        queries.case(house.member, number)
    assert raised.value.definition is NOTHING_HERE


def test_support_may_not_open_a_case(house: House) -> None:
    with pytest.raises(Problem) as raised:
        case(house.support)
    assert raised.value.definition is NOT_YOURS


def test_a_case_has_a_title_and_a_kind(house: House) -> None:
    for title, kinds, field in [
        (text(" "), ["product"], "title"),
        (text("x"), [], "kinds"),
        (text("x"), ["odd"], "kinds"),
    ]:
        with pytest.raises(Problem) as raised:
            actions.open_case(house.member, title=title, kinds=kinds)
        assert raised.value.field == field


def test_another_kind_needs_a_reason_lets_its_team_in_and_sends_nobody_out(
    house: House, case_id: str
) -> None:
    with pytest.raises(Problem) as raised:
        actions.describe(house.member, case_id, kinds=["infrastructure"])
    assert raised.value.field == "reason"
    actions.describe(house.member, case_id, kinds=["infrastructure"], reason="It hit our own network.")
    assert queries.case(house.member, case_id).kinds == ("infrastructure",)
    assert {key for key, _ in grants(house, case_id)} == {"psirt", "csirt", "member"}


def test_a_change_keeps_what_was_there_before(house: House, case_id: str) -> None:
    actions.describe(house.member, case_id, version=1, title=text("新しい題", "New title"))
    newest = queries.timeline(house.member, case_id, limit=1)[0]
    assert newest.facts["fields"] == ["title"]
    assert newest.facts["old"]["title"]["ja"] == "無線ルータの脆弱性"
    assert newest.facts["new"]["title"]["en"] == "New title"


def test_who_saw_an_older_version_changes_nothing(house: House, case_id: str) -> None:
    actions.describe(house.member, case_id, version=1, title=text("一"))
    with pytest.raises(Problem) as raised:
        actions.describe(house.member, case_id, version=1, title=text("二"))
    assert raised.value.definition is STALE
    view = queries.case(house.member, case_id)
    assert (str(view.title), view.version) == ("一", 2)
    assert lines(case_id).count("cases.described") == 1


def test_a_closed_case_is_reopened_before_it_changes(house: House, case_id: str) -> None:
    with pytest.raises(Problem) as raised:
        actions.close_case(house.member, case_id, reason=" ")
    assert raised.value.code == "cases.reason_needed"
    actions.close_case(house.member, case_id, reason="All done.")
    for change in (
        lambda: actions.describe(house.member, case_id, title=text("x")),
        lambda: actions.add_vulnerability(house.member, case_id, title=text("x")),
        lambda: actions.add_task(house.member, case_id, title=text("x")),
        lambda: actions.close_case(house.member, case_id, reason="Again."),
    ):
        with pytest.raises(Problem) as raised:
            change()
        assert raised.value.code == "cases.closed"
    actions.reopen_case(house.member, case_id, reason="It is not over.")
    actions.describe(house.member, case_id, title=text("x"))
    with pytest.raises(Problem) as raised:
        actions.reopen_case(house.member, case_id, reason="Again.")
    assert raised.value.code == "cases.not_closed"


def test_somebody_let_in_to_see_may_not_change(house: House, case_id: str) -> None:
    actions.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="Their product.")
    assert queries.case(house.developer, case_id).id == case_id
    with pytest.raises(Problem) as raised:
        actions.describe(house.developer, case_id, title=text("x"))
    assert raised.value.definition is NOT_YOURS
