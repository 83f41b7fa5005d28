"""Reports and cases n to m: linked and parted at either end; duplicates go where the original goes."""

from collections.abc import Callable

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_queries
from okiagari.desk import scopes
from okiagari.desk.models import Grant
from okiagari.desk.permits import Level
from okiagari.desk.subjects import PUBLIC
from okiagari.intake import actions, queries
from okiagari.intake.models import Report
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from tests import factories
from tests.factories import House

Take = Callable[..., actions.Receipt]


@pytest.fixture
def original(house: House, spooled: Take) -> str:
    return spooled().number


@pytest.fixture
def repeated(house: House, spooled: Take) -> actions.Receipt:
    return spooled(name="例示 花子", contact="hanako.reiji@example.jp", problem="SSDPに応答してしまいます。")


def cases_of(house: House, report_id: str) -> set[str]:
    return {each.id for each in queries.report(house.member, report_id).cases}


def mark(house: House, report_id: str, original: str) -> None:
    actions.mark_duplicate(house.member, report_id, duplicate_of=original, reason="同じ不具合です。")


def test_one_mail_with_two_bugs_leads_to_two_cases(house: House, original: str) -> None:
    first = actions.accept(house.member, original)
    second = factories.case(house.member, "もう一つの不具合")
    actions.link(house.member, original, case_id=second, reason="二件目の不具合も書かれているため。")
    assert cases_of(house, original) == {first, second}
    assert [each.anchor_source for each in case_queries.clocks(house.member, second)] == [original]


def test_a_link_is_refused_twice_and_to_what_was_judged_not_valid(house: House, original: str) -> None:
    case_id = actions.accept(house.member, original)
    with pytest.raises(Problem, match="already part"):
        actions.link(house.member, original, case_id=case_id)
    other = factories.case(house.member, "別件")
    actions.assess(house.member, original, valid=False, verdict="not_ours", reason="他社製品。")
    with pytest.raises(Problem, match="does not fit"):
        actions.link(house.member, original, case_id=other)


def test_parting_needs_a_reason_waives_the_clock_and_shows_in_both_timelines(
    house: House, original: str
) -> None:
    case_id = actions.accept(house.member, original)
    with pytest.raises(Problem, match="no reason"):
        actions.unlink(house.member, original, case_id=case_id, reason=" ")
    actions.unlink(house.member, original, case_id=case_id, reason="別の機種の話でした。")
    assert cases_of(house, original) == set()
    assert queries.report(house.member, original).state == "received"
    waived = [each.waived_reason for each in case_queries.clocks(house.member, case_id)]
    assert waived == ["別の機種の話でした。"]
    said = {each.verb for each in ledger.entries([("case", case_id), ("report", original)])}
    assert {"intake.report_unlinked", "intake.unlinked"} <= said
    with pytest.raises(Problem, match="not part"):
        actions.unlink(house.member, original, case_id=case_id, reason="もう一度")


def test_a_duplicate_joins_the_cases_of_its_original_and_its_reporter_is_told(
    house: House, original: str, repeated: actions.Receipt
) -> None:
    case_id = actions.accept(house.member, original)
    mark(house, repeated.number, original)
    view = queries.report(house.member, repeated.number)
    assert (view.state, view.verdict, view.duplicate_of) == ("invalid", "duplicate", original)
    assert cases_of(house, repeated.number) == {case_id}
    assert view.acknowledged_at is not None, "the first answer of all acknowledges it"
    status = queries.status(PUBLIC, repeated.secret)
    assert status is not None
    assert "すでに別の方から" in str(status.messages[-1].text)
    met = {each.anchor_source: each.met_at for each in case_queries.clocks(house.member, case_id)}
    assert met[repeated.number] == view.acknowledged_at


def test_what_the_original_leads_to_later_the_duplicate_leads_to_as_well(
    house: House, original: str, repeated: actions.Receipt, spooled: Take
) -> None:
    third = spooled(problem="三人目の届出です。").number
    mark(house, repeated.number, original)
    mark(house, third, repeated.number)
    case_id = actions.accept(house.member, original)
    assert cases_of(house, repeated.number) == cases_of(house, third) == {case_id}
    actions.unlink(house.member, original, case_id=case_id, reason="取り違えました。")
    assert cases_of(house, repeated.number) == cases_of(house, third) == set()


def test_undoing_a_duplicate_leaves_what_it_joined_and_keeps_what_was_its_own(
    house: House, original: str, repeated: actions.Receipt
) -> None:
    joined = actions.accept(house.member, original)
    own = actions.accept(house.member, repeated.number)
    mark(house, repeated.number, original)
    assert cases_of(house, repeated.number) == {joined, own}
    with pytest.raises(Problem, match="no reason"):
        actions.unmark_duplicate(house.member, repeated.number, reason="")
    actions.unmark_duplicate(house.member, repeated.number, reason="別の処理で起きています。")
    view = queries.report(house.member, repeated.number)
    assert (view.state, view.verdict, view.duplicate_of) == ("accepted", "", "")
    assert cases_of(house, repeated.number) == {own}
    assert view.need == "assess"
    with pytest.raises(Problem, match="not marked"):
        actions.unmark_duplicate(house.member, repeated.number, reason="二度目")


def test_a_duplicate_of_a_case_one_is_not_in_joins_it_and_tells_nothing(
    house: House, original: str, repeated: actions.Receipt
) -> None:
    case_id = actions.accept(house.member, original)
    alone = factories.person("alone", *house.member.roles)
    numbers = (original, repeated.number)
    for report in Report.objects.filter(public_id__in=numbers):
        scopes.admit(report.scope_id, next(iter(alone.principals)), Level.LEAD, "a test")
    actions.mark_duplicate(alone, repeated.number, duplicate_of=original, reason="同じです。")
    assert queries.report(alone, repeated.number).cases == ()
    assert all("case" not in each.facts for each in queries.timeline(alone, repeated.number))
    assert {each.id for each in queries.reports_of_case(house.member, case_id)} == set(numbers)


def test_a_closed_case_takes_a_duplicate_in_without_starting_clocks(
    house: House, original: str, repeated: actions.Receipt
) -> None:
    case_id = actions.accept(house.member, original)
    cases.close_case(house.member, case_id, reason="対応完了。")
    mark(house, repeated.number, original)
    assert cases_of(house, repeated.number) == {case_id}
    assert {each.anchor_source for each in case_queries.clocks(house.member, case_id)} == {original}


def test_the_timeline_of_a_report_names_no_report_its_reader_may_not_see(
    house: House, original: str, repeated: actions.Receipt
) -> None:
    mark(house, repeated.number, original)
    row = Report.objects.get(public_id=original)
    Grant.objects.filter(scope_id=row.scope_id).delete()
    assert original not in str(queries.timeline(house.member, repeated.number))
    assert queries.report(house.member, repeated.number).duplicate_of == ""
