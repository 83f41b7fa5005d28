"""Measures: planned, made ready, accepted by somebody else, ended; refused where they make no sense."""

from datetime import timedelta

import pytest

from okiagari.cases.models import Case
from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.permits import NOT_YOURS, NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Role
from okiagari.plumbing import clock
from okiagari.problems import Definition, Problem
from okiagari.remedy import actions, gate, problems, queries
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.factories import case, person, text

pytestmark = pytest.mark.django_db


def lacking(story: Story) -> tuple[list[str], list[str]]:
    pk = Case.objects.get(public_id=story.case).pk
    plan, ready = gate.countermeasure_plan(pk), gate.countermeasure(pk)
    return [each.code for each in plan.missing], [each.code for each in ready.missing]


def plan(story: Story, kind: str, *targets: str, **more: object) -> str:
    given = {"text": text("お願い", "Please"), "reason": "", **more}
    return actions.plan_measure(story.member, story.case, kind=kind, targets=targets, **given)  # type: ignore[arg-type]


def refused(deed: "object") -> Definition:
    with pytest.raises(Problem) as refusal:
        deed()  # type: ignore[operator]
    return refusal.value.definition


def test_the_gate_says_loudly_of_each_target_that_it_must_be_stopped(story: Story) -> None:
    facts = gate.countermeasure_plan(Case.objects.get(public_id=story.case).pk)
    (missing,) = facts.missing
    assert facts.applies
    assert missing.code == "remedy.stop_use"
    assert missing.text % missing.parameters == (
        "NP-BBRS cannot be fixed and has no workaround: ask its owners to stop using it"
    )
    assert missing.tab == "measures"


def test_planned_then_ready_satisfies_one_gate_after_the_other(story: Story) -> None:
    assert lacking(story) == (["remedy.stop_use"], ["remedy.stop_use"])
    measure = plan(story, "stop_use", "NP-BBRS", successor="ETX2-RA")
    assert lacking(story) == ([], ["remedy.ready"])
    actions.ready(story.member, measure)
    assert lacking(story) == ([], [])
    (view,) = queries.measures(story.member, story.case)
    assert (view.state, view.targets, view.successor) == ("ready", ("NP-BBRS",), "ETX2-RA")


def test_nothing_affected_needs_no_countermeasure(story: Story) -> None:
    change = CellChange("not_affected", justification="vulnerable_code_not_present")
    cells = [(target, story.flaw) for target in ("NP-BBRS", "WN-G54/R2")]
    triage.decide(story.member, story.case, cells=cells, change=change, reason="再確認")
    assert not gate.countermeasure(Case.objects.get(public_id=story.case).pk).applies


def test_a_fix_for_what_can_never_be_fixed_is_refused(story: Story) -> None:
    assert refused(lambda: plan(story, "fix", "NP-BBRS")) is problems.IMPOSSIBLE


def test_a_fix_is_ready_only_with_a_release_customers_can_get(story: Story) -> None:
    affected = CellChange("affected", Range.up_to("1.03"))
    triage.decide(story.member, story.case, cells=[("WN-G54/R2", story.flaw)], change=affected, reason="再発")
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04", "state": "planned"})
    bare = plan(story, "fix", "WN-G54/R2", planned="2015-09")
    planned = plan(story, "fix", "WN-G54/R2", release=("wn-g54-r2", "1.04"))
    for measure in (bare, planned):
        assert refused(lambda measure=measure: actions.ready(story.member, measure)) is problems.NO_RELEASE
    real = plan(story, "fix", "WN-G54/R2", release=("wn-g54-r2", "1.03"))
    assert refused(lambda: actions.ready(story.member, real)) is problems.NOT_VERIFIED
    said = {"who": "ルーター開発", "on": "1.03", "how": " "}
    assert refused(lambda: actions.verify(story.member, real, **said)) is problems.VERIFICATION_LACKS
    assert refused(lambda: actions.ready(story.member, real)) is problems.NOT_VERIFIED
    actions.verify(story.member, real, **{**said, "how": "外部からの応答がないことを確認"})
    actions.ready(story.member, real)


def test_what_the_grid_calls_fixed_was_verified_there_and_is_not_asked_again(story: Story) -> None:
    measure = plan(story, "fix", "WN-G54/R2", release=("wn-g54-r2", "1.03"))
    actions.ready(story.member, measure)
    assert queries.measure(story.member, measure).state == "ready"


def test_only_a_fix_is_verified(story: Story) -> None:
    measure = plan(story, "workaround", "WN-G54/R2")
    deed = lambda: actions.verify(story.member, measure, who="x", on="x", how="x")  # noqa: E731
    assert refused(deed) is problems.NOT_A_FIX


def test_a_plan_says_when_how_sure_and_what_the_public_reads_and_may_slip(story: Story) -> None:
    wording = text("1月中に公開する予定です。", "Planned for January.")
    for more, problem in (
        ({"planned_confidence": "firm"}, problems.PLAN_NEEDED),
        ({"planned_wording": wording}, problems.PLAN_NEEDED),
        ({"planned": "2016-01", "planned_confidence": "surely"}, problems.NO_SUCH_CONFIDENCE),
    ):
        assert refused(lambda more=more: plan(story, "fix", "WN-G54/R2", **more)) is problem
    measure = plan(
        story,
        "fix",
        "WN-G54/R2",
        planned="2016-01",
        planned_confidence="likely",
        planned_wording=wording,
    )
    assert [each.id for each in queries.promised(story.member, story.case)] == [measure]
    assert refused(lambda: actions.reschedule(story.member, measure, reason=" ")) is problems.REASON_NEEDED
    actions.reschedule(story.member, measure, reason="検証に時間", planned="2016-02", planned_wording=wording)
    view = queries.measure(story.member, measure)
    assert (str(view.planned), view.planned_confidence, view.planned_wording) == ("2016-02", "", wording)


def test_words_are_written_anew_as_long_as_the_measure_holds(story: Story) -> None:
    measure = plan(story, "workaround", "NP-BBRS")
    actions.ready(story.member, measure)
    words = text("UPnPを止めてください。", "Stop UPnP.")
    actions.reword(story.member, measure, text=words)
    assert queries.measure(story.member, measure).text == words
    nothing = LocalText()
    assert refused(lambda: actions.reword(story.member, measure, text=nothing)) is problems.TEXT_NEEDED
    actions.end_measure(story.member, measure, reason="修正版を公開")
    assert refused(lambda: actions.reword(story.member, measure, text=words)) is problems.WRONG_STATE


def test_a_fix_is_planned_before_its_number_is_known_and_named_later(story: Story) -> None:
    measure = plan(story, "fix", "WN-G54/R2", planned="2016-01", planned_confidence="likely")

    def name(line: str, release: str) -> None:
        actions.reschedule(story.member, measure, reason="番号決定", release=(line, release))

    assert refused(lambda: name("wn-g54-r2", "9.99")).code == "catalog.no_such_release"
    catalog.put_line(SYSTEM, {"key": "another", "releases": [{"text": "1.03"}]})
    assert refused(lambda: name("another", "1.03")) is problems.OTHER_LINE
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04", "state": "planned"})
    name("wn-g54-r2", "1.04")
    view = queries.measure(story.member, measure)
    assert (view.release, str(view.planned), view.planned_confidence) == (
        ("wn-g54-r2", "1.04"),
        "2016-01",
        "likely",
    )
    actions.reschedule(story.member, measure, reason="検証に時間", planned="2016-02")
    assert queries.measure(story.member, measure).release == ("wn-g54-r2", "1.04")


def test_what_was_verified_of_another_release_is_verified_again(story: Story) -> None:
    measure = plan(story, "fix", "WN-G54/R2")
    actions.verify(story.member, measure, who="QA", on="1.03", how="再試験")
    actions.reschedule(story.member, measure, reason="番号決定", release=("wn-g54-r2", "1.03"))
    assert queries.measure(story.member, measure).verification["on"] == "1.03"
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04", "state": "planned"})
    actions.reschedule(story.member, measure, reason="作り直し", release=("wn-g54-r2", "1.04"))
    assert not queries.measure(story.member, measure).verification


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"kind": "hope"}, problems.NO_SUCH_KIND),
        ({"targets": []}, problems.NO_TARGETS),
        ({"targets": ["OTHER"]}, problems.NOT_A_ROW),
        ({"vulnerabilities": ["VUL-26-00000"]}, problems.NOT_OF_THE_CASE),
        ({"text": LocalText()}, problems.TEXT_NEEDED),
        ({"successor": "NP-BBRS"}, problems.OWN_SUCCESSOR),
        ({"kind": "fix", "release": ("wn-g54-r2", "1.03")}, problems.OTHER_LINE),
        ({"kind": "accept", "reason": " "}, problems.REASON_NEEDED),
        ({"kind": "shipping_stop", "reason": ""}, problems.REASON_NEEDED),
    ],
)
def test_a_measure_that_makes_no_sense_is_refused(
    story: Story, more: dict[str, object], problem: Definition
) -> None:
    given = {
        "kind": "stop_use",
        "targets": ["NP-BBRS"],
        "text": text("停止", "Stop"),
        "vulnerabilities": [story.flaw],
        **more,
    }
    with pytest.raises(Problem) as refusal:
        actions.plan_measure(story.member, story.case, **given)  # type: ignore[arg-type]
    found = refusal.value.parts or (refusal.value,)
    assert problem in {each.definition for each in found}
    assert queries.measures(story.member, story.case) == ()


def test_a_risk_is_accepted_by_somebody_else_until_a_time(story: Story) -> None:
    measure = plan(story, "accept", "WN-G54/R2", reason="販売数が少ない")
    until = clock.now() + timedelta(days=90)
    both = person("both", Role.MEMBER, Role.EXECUTIVE, teams=("psirt",))
    own = actions.plan_measure(
        both, story.case, kind="accept", targets=["WN-G54/R2"], text=text("x"), reason="同上"
    )
    accept = actions.accept_risk
    assert refused(lambda: accept(both, own, until=until, reason="可")) is problems.PLANNER_ACCEPTS
    assert refused(lambda: accept(story.member, measure, until=until, reason="可")) is NOT_YOURS
    assert refused(lambda: accept(both, measure, until=until, reason=" ")) is problems.REASON_NEEDED
    past = clock.now() - timedelta(seconds=1)
    assert refused(lambda: accept(both, measure, until=past, reason="可")) is problems.UNTIL_PAST
    assert refused(lambda: actions.ready(story.member, measure)) is problems.NOT_AN_ACCEPTANCE
    accept(both, measure, until=until, reason="影響が限定的")
    view = next(each for each in queries.measures(story.member, story.case) if each.id == measure)
    assert (view.state, view.expires_at, bool(view.approved_by)) == ("ready", until, True)


def test_the_planners_deputy_does_not_accept(story: Story) -> None:
    measure = plan(story, "accept", "WN-G54/R2", reason="販売数が少ない")
    both = person("both", Role.EXECUTIVE, teams=("psirt",))
    since = clock.now() - timedelta(hours=1)
    people.name_deputy(story.member, "both", since=since, until=since + timedelta(days=2))
    deputy = people.named("both", both.door)
    until = clock.now() + timedelta(days=1)
    deed = lambda: actions.accept_risk(deputy, measure, until=until, reason="可")  # noqa: E731
    assert refused(deed) is problems.PLANNER_ACCEPTS


def test_developers_plan_fixes_but_do_not_stop_shipments(story: Story) -> None:
    from okiagari.cases import actions as cases

    developer = story.house.developer
    assert refused(lambda: queries.measures(developer, story.case)) is NOTHING_HERE
    cases.admit(story.member, story.case, kind="team", key="router-dev", level="see", reason="担当")
    actions.plan_measure(developer, story.case, kind="workaround", targets=["WN-G54/R2"], text=text("遮断"))
    deed = lambda: actions.plan_measure(  # noqa: E731
        developer, story.case, kind="shipping_stop", targets=["WN-G54/R2"], reason="x"
    )
    assert refused(deed) is NOT_YOURS


def test_measures_of_another_case_are_not_there(story: Story) -> None:
    measure = plan(story, "workaround", "WN-G54/R2")
    other = case(story.house.second)
    assert other
    for deed in (
        lambda: actions.ready(story.house.second, measure),
        lambda: actions.withdraw_measure(story.house.second, measure, reason="x"),
        lambda: queries.measures(story.house.second, story.case),
    ):
        assert refused(deed) is NOTHING_HERE
