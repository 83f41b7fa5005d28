"""Law: whatever is merged, split and undone, in any order, nothing is lost and nothing is there twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from okiagari.cases.models import Case, Vulnerability
from okiagari.flow import advance
from okiagari.flow.actions import merge, split, undo_merge
from okiagari.flow.merging.rules import NOT_MERGED
from okiagari.intake.models import ReportCase
from okiagari.plumbing import anchors, clock
from okiagari.problems import Problem
from tests.factories import House, text
from tests.flow.merging.making import NOW, matter, where
from tests.support.positions import projection

REFUSED = {"flow.moved_since", "flow.not_merged", "flow.nothing_chosen", "flow.same_case"}
NOT_COPIED = ("Task", "Communication", "Evidence", "Measure", "Vulnerability", "Decision", "Score")
"""Tables of which a split makes no copies: what concerns both is kept once."""
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "join", "split", "undo"]), st.integers(0, 9), st.integers(0, 9)),
    min_size=1,
    max_size=5,
)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def open_cases() -> list[Case]:
    return list(Case.objects.filter(closed_at=None).order_by("pk"))


def flaws(case: Case) -> list[str]:
    return list(
        case.vulnerabilities.filter(withdrawn_at=None).order_by("pk").values_list("public_id", flat=True)
    )


def merging(house: House, one: int, other: int, *, joined: bool) -> None:
    cases = open_cases()
    source, target = cases[one % len(cases)], cases[other % len(cases)]
    mine, theirs = flaws(source), flaws(target)
    same = [[mine[0], theirs[0]]] if joined and mine and theirs and source != target else []
    merge(house.member, source.public_id, into=target.public_id, reason="試し", same=same, keep="undecided")


def splitting(house: House, one: int, other: int) -> None:
    cases = open_cases()
    case = cases[one % len(cases)]
    reports = list(
        ReportCase.objects.filter(case=case).order_by("pk").values_list("report__public_id", flat=True)
    )
    chosen = flaws(case)[other % 3 :][:1]
    split(
        house.member,
        case.public_id,
        title=text("分けた件"),
        reason="試し",
        vulnerabilities=chosen,
        reports=reports[:1] if other % 2 else (),
        shared_reports=() if other % 2 else reports[:1],
    )


def undoing(house: House, one: int) -> None:
    merged = list(Case.objects.filter(merged_into__isnull=False).order_by("pk"))
    if not merged:
        raise NOT_MERGED()
    undo_merge(house.member, merged[one % len(merged)].public_id, reason="試し")


def play(house: House, steps: list[tuple[str, int, int]], done: Counter[str]) -> None:
    deeds: dict[str, Callable[[int, int], None]] = {
        "merge": lambda one, other: merging(house, one, other, joined=False),
        "join": lambda one, other: merging(house, one, other, joined=True),
        "split": lambda one, other: splitting(house, one, other),
        "undo": lambda one, other: undoing(house, one),
    }
    for name, one, other in steps:
        try:
            deeds[name](one, other)
        except Problem as problem:
            if problem.code not in REFUSED:
                raise
        else:
            done[name] += 1


def reachable() -> set[str]:
    """Every case that somebody who follows numbers arrives at."""
    return {case.public_id for case in Case.objects.filter(merged_into=None)}


@pytest.mark.django_db
def test_nothing_is_lost_and_nothing_is_doubled(house: House) -> None:
    with clock.at(NOW):
        for name in ("一つ目", "二つ目", "三つ目"):
            matter(house, name)
    before = where()
    done: Counter[str] = Counter()

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    @example([("merge", 0, 1), ("undo", 0, 0), ("join", 0, 1), ("split", 2, 0)])  # chance may leave one out
    def law(steps: list[tuple[str, int, int]]) -> None:
        with rolled_back(), clock.at(NOW):
            play(house, steps, done)
            after = where()
            for table, rows in before.items():
                assert set(rows) <= set(after[table]), f"{table}: something is lost after {steps}"
            for table in NOT_COPIED:
                assert set(after[table]) == set(before[table]), f"{table}: something is doubled after {steps}"
            seen = reachable()
            for table in set(NOT_COPIED) - {"Vulnerability"}:
                for key, case in after[table].items():
                    assert case in seen, f"{table} {key} lies in a merged case after {steps}"
            alike_columns()
            kept = projection()
            advance.rebuild()
            assert projection() == kept, f"a rebuild differs after {steps}"
            assert anchors.verify() == ()

    law()
    assert all(done[name] for name in ("merge", "join", "split", "undo")), f"too little was tried: {done}"


def alike_columns() -> None:
    """A flaw that was joined with another lies where that one does, or is not read any more."""
    for flaw in Vulnerability.objects.filter(same_as__isnull=False).select_related("same_as"):
        assert flaw.withdrawn_at is not None
        assert flaw.facts.count() == 0
