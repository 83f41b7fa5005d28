"""The frame of every action: the root locked, who may, which version; two writers, one is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from okiagari.cases.models import Case
from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests import factories
from tests.factories import House


@pytest.fixture
def case_id(house: House) -> str:
    return factories.case(house.member)


def retitle(subject: Subject, case_id: str, title: str, version: int | None = None) -> None:
    with changing(subject, "cases.work", Case, case_id, version=version) as case:
        case.title = LocalText.of(ja=title)


def test_a_change_is_saved_and_counts_the_version_up(house: House, case_id: str) -> None:
    before = find(house.member, Case, case_id).version
    retitle(house.member, case_id, "新しい", before)
    after = find(house.member, Case, case_id)
    assert (str(after.title), after.version) == ("新しい", before + 1)


def test_who_saw_an_older_version_is_told_and_changes_nothing(house: House, case_id: str) -> None:
    seen = find(house.member, Case, case_id).version
    retitle(house.member, case_id, "先の人", seen)
    with pytest.raises(Problem) as raised:
        retitle(house.member, case_id, "後の人", seen)
    assert raised.value.code == "desk.stale"
    assert str(find(house.member, Case, case_id).title) == "先の人"


def test_without_a_version_the_last_one_wins(house: House, case_id: str) -> None:
    retitle(house.member, case_id, "一")
    retitle(house.member, case_id, "二")
    assert str(find(house.member, Case, case_id).title) == "二"


def test_a_change_that_fails_leaves_row_and_version_as_they_were(house: House, case_id: str) -> None:
    before = find(house.member, Case, case_id)
    with pytest.raises(ZeroDivisionError), changing(house.member, "cases.work", Case, case_id) as case:
        case.title = LocalText.of(ja=f"never {1 // 0}")
    after = find(house.member, Case, case_id)
    assert (after.title, after.version) == (before.title, before.version)


def test_a_change_within_a_change_of_the_same_root_is_a_mistake_of_ours(house: House, case_id: str) -> None:
    """The outer one would save what it read before, over what the inner one wrote."""
    with (
        pytest.raises(RuntimeError, match="within its own change"),
        changing(house.member, "cases.work", Case, case_id),
    ):
        retitle(house.member, case_id, "verloren")
    retitle(house.member, case_id, "danach")
    assert str(find(house.member, Case, case_id).title) == "danach"


def test_who_may_not_know_of_it_is_told_the_same_as_of_nothing(house: House, case_id: str) -> None:
    told = []
    for number in (case_id, "OKI-26-00000", "", "x" * 500, "🔒"):
        for attempt in (lambda: find(house.second, Case, number), lambda: retitle(house.second, number, "x")):  # noqa: B023
            with pytest.raises(Problem) as raised:
                attempt()
            told.append((raised.value.definition, raised.value.parameters))
    assert told == [(permits.NOTHING_HERE, {})] * 10


def test_who_may_see_but_not_do_is_told_so_before_the_version_is_compared(house: House, case_id: str) -> None:
    from okiagari.cases import actions

    actions.admit(house.member, case_id, kind="team", key="support", level="see", reason="To answer calls.")
    with pytest.raises(Problem) as raised:
        retitle(house.support, case_id, "x", version=0)
    assert raised.value.code == "desk.not_yours"


def test_a_number_is_found_however_it_is_typed(house: House, case_id: str) -> None:
    assert find(house.member, Case, f"  {case_id.lower()} ").public_id == case_id


def test_the_system_finds_everything(case_id: str) -> None:
    assert find(SYSTEM, Case, case_id).public_id == case_id


def test_listeners_hear_after_the_row_is_saved(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        ledger, "_listeners", [lambda entry: seen.append(str(Case.objects.get(public_id=case_id).title))]
    )
    with changing(house.member, "cases.work", Case, case_id) as case:
        case.title = LocalText.of(ja="新しい")
        ledger.append(("case", case_id), subject=house.member, verb="cases.described", facts={})
    assert seen == ["新しい"]


def together(*calls: Callable[[], object]) -> list[str]:
    """Run all at once; for each "done" or the code of its problem."""
    outcomes: list[str] = []
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            call()
        except Problem as problem:
            outcomes.append(problem.code)
        else:
            outcomes.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_who_saw_the_same_version_one_is_told() -> None:
    house = factories.house()
    case_id = factories.case(house.member)
    for _ in range(5):
        seen = find(house.member, Case, case_id).version
        calls = [lambda name=name: retitle(house.member, case_id, name, seen) for name in ("一", "二")]  # noqa: B023
        assert together(*calls) == ["desk.stale", "done"]
        assert find(house.member, Case, case_id).version == seen + 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_grant_taken_away_while_one_waits_for_the_lock_counts() -> None:
    house = factories.house()
    case_id = factories.case(house.member)
    inside, go = threading.Event(), threading.Event()
    outcome: list[str] = []

    def slow() -> None:
        try:
            with changing(house.member, "cases.work", Case, case_id) as case:
                permits_of = case.scope_id
                inside.set()
                go.wait(10)
                from okiagari.desk.models import Grant

                Grant.objects.filter(scope_id=permits_of).delete()
        finally:
            connection.close()

    def waiting() -> None:
        try:
            retitle(house.member, case_id, "zu spät")
            outcome.append("done")
        except Problem as problem:
            outcome.append(problem.code)
        finally:
            connection.close()

    first, second = threading.Thread(target=slow), threading.Thread(target=waiting)
    first.start()
    assert inside.wait(10)
    second.start()
    second.join(0.3)
    go.set()
    first.join(30)
    second.join(30)
    assert outcome == ["desk.nothing_here"]
