"""The security specification keeps how each item came to say what it says, and tells of no secret case."""

from datetime import UTC, datetime

import pytest

from okiagari.desk import people
from okiagari.desk.aggregates import STALE
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.desk.subjects import Door
from okiagari.learn import actions, queries, shipped
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from okiagari.triage import actions as triage
from okiagari.triage import shipped as shipped_criteria
from okiagari.triage.rules.criteria import to_json
from tests.factories import House, text

KEY = "services-and-ports"


def promised(house: House, case_id: str, area: str = "specification") -> str:
    lesson = actions.learn(house.member, case_id, area=area, text=text("開いたポートが見つかった"))
    return actions.promise(house.member, lesson, text=text("一覧を作る"), team="psirt")


def change(house: House, key: str = KEY, **more: object) -> int:
    fields = {"title": text("ポート"), "text": text("一覧と照合する"), "reason": "案件の教訓"} | more
    return actions.put_spec_item(house.member, key, **fields)  # type: ignore[arg-type]


def test_what_comes_along_is_a_starting_point_in_both_languages(house: House) -> None:
    found = queries.specification(house.developer)
    assert [each.key for each in found] == [each.key for each in shipped.items()]
    assert all(each.now.version == 0 and each.is_in_force and each.now.references for each in found)
    assert all(each.now.text.exact(code) for each in found for code in ("ja", "en"))


def test_a_lesson_changes_an_item_and_its_history_stays(house: House, case_id: str) -> None:
    promise = promised(house, case_id)
    assert change(house, because=promise, references=["社内基準 3.2", " "]) == 1
    assert change(house, reason="言い回し", version=1) == 2
    item = queries.spec_item(house.member, KEY)
    assert [(each.version, each.reason, each.promise) for each in item.versions] == [
        (2, "言い回し", ""),
        (1, "案件の教訓", promise),
        (0, "", ""),
    ]
    assert (item.versions[1].references, item.versions[1].case_id) == (("社内基準 3.2",), case_id)
    assert actions.withdraw_spec_item(house.member, KEY, reason="別項目にまとめた") == 3
    assert [each.is_in_force for each in queries.spec_item(house.member, KEY).versions] == [
        False,
        True,
        True,
        True,
    ]
    assert queries.specification(house.member)[-1].key == KEY
    lines = ledger.entries([("specification", KEY)], newest_first=False)
    assert [line.verb for line in lines] == ["learn.spec_changed"] * 2 + ["learn.spec_withdrawn"]


def test_who_may_not_see_the_case_reads_the_item_without_it(house: House, case_id: str) -> None:
    change(house, because=promised(house, case_id))
    told = queries.spec_item(people.named("developer", Door.WEB), KEY).now
    assert (told.reason, told.promise, told.case_id, str(told.lesson)) == ("案件の教訓", "", "", "")


def test_a_change_is_refused_where_something_is_wrong(house: House, case_id: str) -> None:
    wrong = promised(house, case_id, area="tools")
    for more, code, field in (
        ({"reason": " "}, "learn.no_reason", "reason"),
        ({"title": text("")}, "learn.no_words", "title"),
        ({"key": "Ports!"}, "learn.wrong_key", "key"),
        ({"because": wrong}, "learn.not_on_specification", "because"),
    ):
        with pytest.raises(Problem) as raised:
            change(house, **more)  # type: ignore[arg-type]
        assert (raised.value.code, raised.value.field) == (code, field)
    change(house)
    with pytest.raises(Problem) as raised:
        change(house, version=0)
    assert raised.value.definition is STALE
    with pytest.raises(Problem) as raised:
        actions.withdraw_spec_item(house.member, "nothing", reason="x")
    assert raised.value.definition is NOTHING_HERE
    actions.withdraw_spec_item(house.member, KEY, reason="x")
    with pytest.raises(Problem) as raised:
        actions.withdraw_spec_item(house.member, KEY, reason="x")
    assert raised.value.code == "learn.not_in_force"
    with pytest.raises(Problem) as raised:
        actions.put_spec_item(house.developer, KEY, title=text("x"), text=text("x"), reason="x")
    assert raised.value.definition is NOT_YOURS


def test_a_promise_on_the_criteria_is_kept_by_a_version_of_them(house: House, case_id: str) -> None:
    on_criteria, on_tools = promised(house, case_id, "criteria"), promised(house, case_id, "tools")
    version = triage.adopt_criteria(house.member, to_json(shipped_criteria.criteria()))
    for action, number, code in (
        (on_tools, version, "learn.not_on_criteria"),
        (on_criteria, version + 1, "learn.no_such_criteria"),
    ):
        with pytest.raises(Problem) as raised:
            actions.fulfil(house.member, action, outcome="x", criteria_version=number)
        assert (raised.value.code, raised.value.field) == (code, "criteria_version")
    actions.fulfil(
        house.member, on_criteria, outcome="採用した", evidence="議事録 12", criteria_version=version
    )
    kept = queries.promise(house.member, on_criteria)
    assert (kept.criteria_version, kept.evidence, kept.state) == (version, "議事録 12", "kept")


def test_promises_of_all_cases_are_filtered_and_sorted(house: House, case_id: str) -> None:
    kept, late, unowned = (
        promised(house, case_id, "tools"),
        promised(house, case_id),
        promised(house, case_id),
    )
    actions.fulfil(house.member, kept, outcome="x")
    actions.assign(house.member, late, person="developer", due_at=datetime(2001, 1, 1, tzinfo=UTC))
    found = queries.promises(house.member)
    assert [each.id for each in found] == [late, unowned, kept]
    assert [each.id for each in queries.promises(house.member, state="late")] == [late]
    assert [each.id for each in queries.promises(house.member, area="tools")] == [kept]
    assert [each.id for each in queries.promises(house.member, owner="developer")] == [late]
    assert [each.id for each in queries.promises(house.member, mine=True, sort="area")] == [unowned, kept]
    assert [(each.id, each.is_unreachable) for each in found] == [
        (late, True),
        (unowned, False),
        (kept, False),
    ]
    assert queries.promises(house.second) == ()
