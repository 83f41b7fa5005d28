"""Where an advisory goes beside the own site: planned, confirmed, and what an early one sets going."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_files
from okiagari.cases.models import Case
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import gate, problems, queries
from okiagari.disclose.rules import channels as rules
from okiagari.disclose.rules.channels import CHANNELS, Spoken, is_early
from okiagari.flow.models import Wait
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests.disclose.story import Story

NOON = datetime(2015, 8, 18, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMES = st.datetimes(datetime(2015, 1, 1), datetime(2016, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
db = pytest.mark.django_db(transaction=True)


@given(st.sampled_from(CHANNELS), st.none() | TIMES, TIMES, st.none() | TIMES)
def test_nobody_is_early_once_our_own_page_is_out(
    channel: str, planned: datetime | None, confirmed: datetime, own: datetime | None
) -> None:
    early = is_early(Spoken(channel, planned, confirmed, own))
    if own is not None and confirmed >= own:
        assert not early
    elif channel in rules.PUBLIC:
        assert early
    else:
        assert early == (planned is not None and confirmed < planned)


def published(story: Story) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)


def facts(story: Story) -> list[str]:
    (flaw,) = case_files.case(SYSTEM, story.case).vulnerabilities
    return [each.kind for each in flaw.facts]


@db
def test_a_plan_says_what_goes_where_in_order(story: Story) -> None:
    with clock.at(NOON):
        disclose.plan_channel(story.member, story.advisory, channel="dealers", at=NOON - HOUR, name="卸")
        disclose.plan_channel(
            story.member, story.advisory, channel="jvn", at=NOON + 2 * HOUR, agreed_with="JPCERT/CC"
        )
        disclose.plan_channel(story.member, story.advisory, channel="cve")
        story.approved()
        disclose.publish(story.member, story.advisory, at=NOON + HOUR)
        plan = queries.plan(story.member, story.advisory)
    assert [(each.channel, each.state) for each in plan.channels] == [
        ("dealers", "due"),
        ("own_site", "planned"),
        ("jvn", "planned"),
        ("cve", "open"),
    ]


@db
def test_planning_again_changes_the_plan_and_makes_no_second_line(story: Story) -> None:
    first = disclose.plan_channel(story.member, story.advisory, channel="jvn", at=NOON)
    again = disclose.plan_channel(story.member, story.advisory, channel="jvn", at=NOON + HOUR)
    assert first == again
    (jvn, _) = queries.plan(story.member, story.advisory).channels
    assert jvn.planned_at == NOON + HOUR


@db
def test_what_is_not_confirmed_waits_for_the_person_named(story: Story) -> None:
    disclose.plan_channel(story.member, story.advisory, channel="jvn", at=NOON, owner="member")
    disclose.plan_channel(story.member, story.advisory, channel="press", at=NOON)
    waits = Wait.objects.filter(stream_key=story.case, code="disclose.confirm").select_related("principal")
    owners = {str(each.parameters["channel"]["texts"]["en"]): each.principal.kind for each in waits}
    assert owners == {"JVN": "person", "Press release": "team"}
    assert {each.due_at for each in waits} == {NOON}


@db
def test_a_person_who_cannot_see_the_advisory_is_not_asked(story: Story) -> None:
    for username, told in (("second", problems.OWNER_OUTSIDE), ("nobody", problems.NO_SUCH_PERSON)):
        with pytest.raises(Problem) as refusal:
            disclose.plan_channel(story.member, story.advisory, channel="jvn", owner=username)
        assert (refusal.value.definition, refusal.value.field) == (told, "owner")


@db
def test_jvn_after_our_own_page_is_no_news_and_nothing_waits_any_more(story: Story) -> None:
    with clock.at(NOON):
        disclose.plan_channel(story.member, story.advisory, channel="jvn", at=NOON)
        published(story)
    with clock.at(NOON + HOUR):
        disclose.confirm_channel(
            story.member, story.advisory, channel="jvn", address="https://jvn.jp/jp/JVN17964918/"
        )
    assert facts(story) == []
    assert not Wait.objects.filter(code="disclose.confirm").exists()
    assert gate.publication(Case.objects.get().pk).holds


@db
def test_a_cve_record_seven_months_later_joins_the_references_of_the_next_edition(story: Story) -> None:
    url = "https://www.cve.org/CVERecord?id=CVE-2015-2984"
    with clock.at(NOON):
        published(story)
    with clock.at(NOON + timedelta(days=210)):
        disclose.confirm_channel(story.member, story.advisory, channel="cve", address=url)
        assert gate.publication(Case.objects.get().pk).holds, "an address alone makes no page untrue"
        disclose.submit(story.member, story.advisory)
    references = queries.advisory(story.member, story.advisory).references
    assert [each for each, _ in references] == [url]


@db
def test_a_channel_that_was_early_is_a_fact_that_asks_for_a_decision(story: Story) -> None:
    with clock.at(NOON):
        cases.set_embargo(
            story.member,
            story.case,
            state="agreed",
            until=NOON + timedelta(days=9),
            zone="Asia/Tokyo",
            agreed_with="JPCERT/CC",
        )
        disclose.plan_channel(story.member, story.advisory, channel="jvn", at=NOON + timedelta(days=9))
    with clock.at(NOON + HOUR):
        disclose.confirm_channel(
            story.member, story.advisory, channel="jvn", address="https://jvn.jp/jp/JVN17964918/"
        )
        embargo = case_files.case(SYSTEM, story.case).embargo
    assert facts(story) == ["public_elsewhere"]
    assert [each.key for each in Case.objects.get().tasks.all()] == ["decision:public_elsewhere"]
    assert embargo is not None
    assert embargo.holds, "a fact never ends an embargo by itself"
    assert queries.plan(story.member, story.advisory).channels[0].is_early


@db
def test_dealers_told_before_the_day_as_agreed_are_no_publication(story: Story) -> None:
    with clock.at(NOON):
        disclose.plan_channel(story.member, story.advisory, channel="dealers", at=NOON)
        disclose.confirm_channel(story.member, story.advisory, channel="dealers", evidence="販売店向け通知")
    assert facts(story) == []


@db
@pytest.mark.parametrize(
    ("told", "definition", "field"),
    [
        ({"channel": "own_site"}, problems.OWN_SITE_ITSELF, "channel"),
        ({"channel": "fax"}, problems.NO_SUCH_CHANNEL, "channel"),
        ({"channel": "jvn"}, problems.BAD_REFERENCE, "address"),
        ({"channel": "press", "at": NOON + HOUR}, problems.NOT_OUT_YET, "at"),
    ],
)
def test_what_cannot_be_confirmed_is_refused_at_its_field(
    story: Story, told: dict[str, object], definition: object, field: str
) -> None:
    with clock.at(NOON), pytest.raises(Problem) as refusal:
        disclose.confirm_channel(story.member, story.advisory, **told)  # type: ignore[arg-type]
    assert (refusal.value.definition, refusal.value.field) == (definition, field)


@db
def test_what_is_out_stays_as_it_was_recorded(story: Story) -> None:
    disclose.confirm_channel(story.member, story.advisory, channel="dealers")
    for again in (
        lambda: disclose.confirm_channel(story.member, story.advisory, channel="dealers"),
        lambda: disclose.plan_channel(story.member, story.advisory, channel="dealers"),
        lambda: disclose.drop_channel(story.member, story.advisory, channel="dealers", reason="x"),
    ):
        with pytest.raises(Problem) as refusal:
            again()
        assert refusal.value.definition is problems.CHANNEL_CONFIRMED


@db
def test_a_dropped_channel_waits_for_nobody_and_may_be_planned_anew(story: Story) -> None:
    disclose.plan_channel(story.member, story.advisory, channel="press", at=NOON)
    disclose.drop_channel(story.member, story.advisory, channel="press", reason="報道発表はしない")
    assert not Wait.objects.filter(code="disclose.confirm").exists()
    disclose.plan_channel(story.member, story.advisory, channel="press")
    states = [each.state for each in queries.plan(story.member, story.advisory).channels]
    assert sorted(states) == ["dropped", "open", "open"]


@db
def test_what_is_owed_to_the_coordinator_is_met_by_jvn_where_jvn_is_planned(story: Story) -> None:
    def met() -> datetime | None:
        return next(
            each.met_at for each in case_files.clocks(SYSTEM, story.case) if each.rule == "jpcert_publication"
        )

    with clock.at(NOON):
        cases.start_clock(
            story.member,
            story.case,
            rule="jpcert_publication",
            anchor_at=NOON - HOUR,
            anchor_source="REP-1",
        )
        disclose.plan_channel(story.member, story.advisory, channel="jvn", agreed_with="JPCERT/CC")
        published(story)
        assert met() is None, "our own page alone is not what was agreed"
    with clock.at(NOON + 3 * HOUR):
        disclose.confirm_channel(
            story.member,
            story.advisory,
            channel="jvn",
            at=NOON + HOUR,
            address="https://jvn.jp/jp/JVN17964918/",
        )
        assert met() == NOON + HOUR, "since when it is out, not since when somebody looked"


@db
def test_without_jvn_in_the_plan_our_own_page_meets_it(story: Story) -> None:
    def is_met() -> bool:
        known = {each.rule: each.met_at for each in case_files.clocks(SYSTEM, story.case)}
        return known["jpcert_publication"] is not None

    with clock.at(NOON):
        cases.start_clock(
            story.member, story.case, rule="jpcert_publication", anchor_at=NOON, anchor_source="REP-1"
        )
        disclose.plan_channel(story.member, story.advisory, channel="jvn")
        disclose.drop_channel(story.member, story.advisory, channel="jvn", reason="JVN には載らない")
        assert not is_met(), "nothing is out yet"
        published(story)
        assert is_met()
