"""The position of a case moves with the action that moved it, and a rebuild from the facts gives the same."""

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from okiagari.cases import actions as cases
from okiagari.cases.models import Case
from okiagari.desk.models import Team
from okiagari.flow import advance, queries
from okiagari.flow.models import Position, Wait
from okiagari.intake import actions as intake
from okiagari.learn import actions as learn
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.triage import actions as triage
from okiagari.triage import queries as triage_queries
from okiagari.triage.actions import CellChange
from tests import factories
from tests.factories import House, text
from tests.flow.conftest import CATALOGUE
from tests.support.failing import a_failing_action
from tests.support.positions import projection

NOW = datetime(2015, 6, 22, 1, tzinfo=UTC)


def step(house: House, case_id: str) -> str:
    return queries.position(house.member, case_id).step


def waiting(case_id: str) -> dict[str, set[str]]:
    """What waits because of a case: code -> keys of those it waits for."""
    found: dict[str, set[str]] = {}
    for row in Wait.objects.filter(stream_key=case_id).select_related("principal"):
        found.setdefault(row.code, set()).add(row.principal.key)
    return found


def test_a_new_case_has_a_position_as_soon_as_it_exists(house: House, case_id: str) -> None:
    position = queries.position(house.member, case_id)
    assert position.step == "first_judgement"
    assert position.is_open
    assert position.missing, "it says what is missing"


def test_the_position_moves_inside_the_transaction_of_the_action(house: House, case_id: str) -> None:
    before = projection()
    with a_failing_action():
        cases.add_task(house.member, case_id, title=text("電話する"))
        cases.close_case(house.member, case_id, reason="間違い")
        assert step(house, case_id) == "first_judgement", "listeners hear at the end of the action"
    assert projection() == before, "rolled back with it"
    cases.close_case(house.member, case_id, reason="重複のため")
    assert step(house, case_id) == "closed"
    cases.reopen_case(house.member, case_id, reason="やはり別件")
    assert step(house, case_id) == "first_judgement"


def test_what_is_missing_waits_for_the_teams_that_lead_where_it_names_nobody(
    house: House, case_id: str
) -> None:
    psirt = Team.objects.get(key="psirt").principal_id
    (position,) = Position.objects.all()
    unnamed = [missing for missing in position.missing if not missing["owners"]]
    for missing in unnamed:
        rows = Wait.objects.filter(stream_key=case_id, code=missing["code"])
        assert psirt in set(rows.values_list("principal_id", flat=True))


def test_a_first_judgement_waits_for_the_team_that_was_asked(house: House, case_id: str) -> None:
    due = clock.now() + timedelta(days=3)
    triage.ask_first(house.member, case_id, teams=["router-dev"], due_at=due)
    mine = queries.waiting(house.developer)
    assert [(view.key, view.due, view.tab) for view in mine if view.key == case_id] == [
        (case_id, due, "judgement")
    ]


def test_a_task_waits_for_its_team_or_its_person_and_no_longer_when_it_is_done(
    house: House, case_id: str
) -> None:
    cases.admit(house.member, case_id, kind="team", key="support", level="see", reason="電話対応")
    cases.admit(house.member, case_id, kind="person", key="second", level="see", reason="手伝い")
    first = cases.add_task(house.member, case_id, title=text("電話に備える"), team="support")
    cases.add_task(house.member, case_id, title=text("調べる"), person="second")
    assert waiting(case_id)["task"] == {"support", "second"}
    assert [view.text for view in queries.waiting(house.support)] == ["電話に備える"]
    cases.finish_task(house.support, first, outcome="済み")
    assert queries.waiting(house.support) == ()
    assert waiting(case_id)["task"] == {"second"}


def test_what_waits_for_somebody_who_was_never_let_in_is_not_shown_to_them(
    house: House, case_id: str
) -> None:
    cases.add_task(house.member, case_id, title=text("秘密の件"), team="pr")
    assert waiting(case_id)["task"] == {"pr"}
    pr = factories.person("press", factories.Role.PR, teams=("pr",))
    assert queries.waiting(pr) == ()
    assert queries.counts(pr) == {"cases": 0, "reports": 0}


def test_what_waited_before_goes_on_waiting_since_then(house: House, case_id: str) -> None:
    with clock.at(NOW):
        cases.add_task(house.member, case_id, title=text("一"))
    with clock.at(NOW + timedelta(days=2)):
        cases.add_task(house.member, case_id, title=text("二"))
    since = {
        row.parameters["title"]["texts"]["ja"]: row.since
        for row in Wait.objects.filter(stream_key=case_id, code="task", principal__key="psirt")
    }
    assert since == {"一": NOW, "二": NOW + timedelta(days=2)}


def test_a_look_from_the_clock_does_not_make_a_case_seem_changed(house: House, case_id: str) -> None:
    before = Position.objects.get().changed_at
    advance.recompute(Case.objects.get().pk)
    assert Position.objects.get().changed_at == before


def test_a_report_waits_until_it_is_settled(house: House) -> None:
    report = intake.receive(
        house.member, source="user", title="ルータが応答する", text="WAN側から応答します。"
    )
    assert [view.key for view in queries.waiting(house.member) if view.kind == "report"] == [report]
    intake.acknowledge(house.member, report, answer=text("受け取りました。"))
    intake.assess(house.member, report, valid=False, verdict="not_security", reason="仕様です。")
    intake.close_report(house.member, report, reason="仕様です。")
    assert [view for view in queries.waiting(house.member) if view.kind == "report"] == []


def test_every_text_that_waits_fits_its_column() -> None:
    from okiagari.standards.deadlines import RULES

    longest = max((len(rule.title) for rule in RULES.values()), default=0)
    assert longest <= Wait._meta.get_field("text").max_length


class World:
    """A house in which anything may be done in any order; what is refused is simply not done."""

    def __init__(self) -> None:
        self.house = factories.house()
        factories.catalogue(CATALOGUE)
        self.case = factories.case(self.house.member)
        self.flaws = [factories.vulnerability(self.house.member, self.case)]
        self.reports: list[str] = []
        self.tasks: list[str] = []
        self.measures: list[str] = []
        self.lessons: list[str] = []

    def deeds(self) -> list[Callable[[], Any]]:
        member, case = self.house.member, self.case
        cell = [("WN-G54/R2", self.flaws[0])]
        soon = clock.now() + timedelta(days=2)
        answers = {"reach": "internet", "success": "always", "data": "none", "others": "directly"}
        answers["exposure"] = "shipped"

        def judge(stage: str, level: str) -> Callable[[], Any]:
            return lambda: triage.judge(
                member, case, stage=stage, answers=answers, level=level, reason="例", assumed_use=text("家庭")
            )

        def decide(change: CellChange) -> Callable[[], Any]:
            return lambda: triage.decide(member, case, cells=cell, change=change, reason="例")

        return [
            lambda: triage.ask_first(member, case, teams=["router-dev"], due_at=soon),
            judge("first", "medium"),
            judge("final", "severe"),
            judge("final", "low"),
            lambda: triage.judge(
                self.house.executive, case, stage="executive", answers=answers, level="severe", reason="例"
            ),
            lambda: triage.reopen_judgement(
                member, triage_queries.judgements(member, case)[0].id, reason="前提が違った"
            ),
            lambda: triage.freeze_rows(member, case, rule={"models": ["WN-G54/R2", "NP-BBRS"]}),
            decide(CellChange("investigating")),
            decide(CellChange("not_affected", justification="component_not_present")),
            lambda: self.flaws.append(factories.vulnerability(member, case, "二つ目")),
            lambda: cases.note_fact(
                member, self.flaws[0], kind="our_product_attacked", at=clock.now(), evidence="ログ"
            ),
            lambda: self.tasks.append(cases.add_task(member, case, title=text("電話"), due_at=soon)),
            lambda: cases.finish_task(member, self.tasks.pop(), outcome="済み"),
            lambda: self.measures.append(
                remedy.plan_measure(
                    member,
                    case,
                    kind="workaround",
                    text=text("機能を切る"),
                    targets=["WN-G54/R2"],
                    vulnerabilities=self.flaws[:1],
                )
            ),
            lambda: remedy.ready(member, self.measures[-1]),
            lambda: cases.start_clock(
                member, case, rule="promise", anchor_at=soon, anchor_source="約束", label=text("回答")
            ),
            lambda: cases.set_embargo(
                member, case, state="agreed", until=soon, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
            ),
            lambda: self.lessons.append(
                learn.learn(member, case, area="specification", text=text("確認すべきだった"))
            ),
            lambda: learn.promise(member, self.lessons[-1], text=text("確認する"), team="psirt", due_at=soon),
            lambda: cases.describe(member, case, playbook="unsupported-product", reason="例"),
            lambda: cases.close_case(member, case, reason="終わり"),
            lambda: cases.reopen_case(member, case, reason="やはり"),
            lambda: self.reports.append(
                intake.receive(member, source="user", title="別の報告", text="同じような問題です。")
            ),
            lambda: intake.acknowledge(member, self.reports[-1], answer=text("受け取りました。")),
            lambda: intake.assess(member, self.reports[-1], valid=True, reason="再現した"),
            lambda: intake.accept(member, self.reports[-1], case_id=case),
            lambda: intake.close_report(member, self.reports[-1], reason="終わり"),
        ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.django_db
def test_whatever_is_done_in_whatever_order_a_rebuild_gives_the_same(seed: int) -> None:
    chance = random.Random(seed)
    with clock.at(NOW):
        world = World()
        for _ in range(14):
            with suppress(Problem, IndexError):
                chance.choice(world.deeds())()
        before = projection()
        advance.rebuild()
        assert projection() == before


def test_the_deeds_of_that_test_are_deeds(house: House) -> None:
    """Done in their order, nearly all of them work: else the test above would prove little."""
    world, refused = World.__new__(World), []
    world.house, world.reports, world.tasks, world.measures, world.lessons = house, [], [], [], []
    with clock.at(NOW):
        world.case = factories.case(house.member)
        world.flaws = [factories.vulnerability(house.member, world.case)]
        for number in range(len(world.deeds())):
            try:
                world.deeds()[number]()
            except Problem as problem:
                refused.append((number, str(problem)))
    assert len(refused) <= 2, refused


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_move_the_same_case_at_once_leave_the_position_of_both() -> None:
    house = factories.house()
    case_id = factories.case(house.member)
    key = Case.objects.get().pk
    written, go = threading.Event(), threading.Event()

    def adds_a_task() -> None:
        try:
            with transaction.atomic():
                cases.add_task(house.member, case_id, title=text("電話する"))
                written.set()
                go.wait(10)
        finally:
            connection.close()

    def looks_again() -> None:
        try:
            with transaction.atomic():
                advance.recompute(key)
        finally:
            connection.close()

    first, second = threading.Thread(target=adds_a_task), threading.Thread(target=looks_again)
    first.start()
    assert written.wait(10)
    second.start()
    second.join(0.3)
    go.set()
    first.join(30)
    second.join(30)
    assert waiting(case_id)["task"] == {"psirt"}
