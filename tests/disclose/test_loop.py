"""The loop of advisories: investigating, edition by edition, until all is done; or none affected."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okiagari.cases import actions as cases
from okiagari.cases.models import Case
from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import comparing, gate, problems, queries, sealing
from okiagari.disclose.models import Advisory
from okiagari.flow import handlers
from okiagari.flow.models import Position, Wait
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.factories import text

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2015, 8, 18, 3, 0, tzinfo=UTC)


def missing(story: Story) -> list[str]:
    return [each.code for each in gate.publication(Case.objects.get(public_id=story.case).pk).missing]


def decide(story: Story, target: str, change: CellChange) -> None:
    triage.decide(story.member, story.case, cells=[(target, story.flaw)], change=change)


def fresh_case(story: Story) -> Story:
    """A case of its own, with three products and nothing decided."""
    title = text("鍵の再設定の不備", "Key reinstallation")
    case = cases.open_case(story.member, title=title, kinds=["product"])
    flaw = cases.add_vulnerability(story.member, case, title=title)
    triage.freeze_rows(story.member, case, rule={"models": ["WN-G54/R2", "NP-BBRS", "ETX2-RA"]})
    return Story(story.house, case, flaw)


def decide_none(story: Story) -> None:
    for target in ("WN-G54/R2", "NP-BBRS", "ETX2-RA"):
        decide(story, target, CellChange("not_affected", justification="vulnerable_code_not_present"))


def test_we_are_investigating_needs_one_approver_and_one_step(story: Story, site: Path) -> None:
    here = fresh_case(story)
    decide(here, "ETX2-RA", CellChange("not_affected", justification="component_not_present"))
    advisory = disclose.investigating(story.member, here.case, next_update="2015-08-20")
    seal = queries.snapshot_now(story.approver, advisory)
    assert seal.is_submitted
    disclose.approve(story.approver, advisory, snapshot=seal.sha256)
    (out,) = queries.publications(story.member, advisory)
    assert (out.state, out.languages) == ("published", ("ja", "en"))
    name = Advisory.objects.get(public_id=advisory).file_name
    page = (site / "current" / "en" / f"{name}.html").read_text()
    assert "investigating which of our products" in page
    assert missing(here) == ["disclose.checking"]


def test_the_loop_goes_round_until_every_product_has_its_last_word(story: Story, site: Path) -> None:
    here = fresh_case(story)
    advisory = disclose.investigating(story.member, here.case)
    _approve(story, advisory)
    assert missing(here) == ["disclose.checking"]
    verified = {"who": "router-dev", "on": "1.03", "how": "probe"}
    decide(here, "NP-BBRS", CellChange("not_affected", justification="component_not_present"))
    decide(
        here,
        "WN-G54/R2",
        CellChange("affected", Range.all(), planned="2015-09"),
    )
    assert missing(here) == ["disclose.outdated"]
    assert _waiting(here) == {"disclose.outdated"}
    _again(story, advisory)
    assert missing(here) == ["disclose.checking", "disclose.waiting"]
    decide(here, "ETX2-RA", CellChange("not_affected", justification="component_not_present"))
    decide(
        here,
        "WN-G54/R2",
        CellChange("fixed", Range.before("1.03"), fixed_in=("wn-g54-r2", "1.03"), verification=verified),
    )
    _again(story, advisory)
    assert missing(here) == []
    summaries = [each.summary.exact("en") for each in queries.publications(story.member, advisory)]
    assert summaries[0] == "WN-G54/R2: fixed firmware 1.03. ETX2-RA: not affected."
    assert summaries[1] == "WN-G54/R2: affected; a fix is being prepared. NP-BBRS: not affected."


def _approve(story: Story, advisory: str) -> None:
    seal = queries.snapshot_now(story.approver, advisory)
    disclose.approve(story.approver, advisory, snapshot=seal.sha256)


def _again(story: Story, advisory: str) -> None:
    disclose.submit(story.member, advisory, reason="次の版")
    _approve(story, advisory)
    disclose.publish(story.member, advisory)


def _waiting(story: Story) -> set[str]:
    found = Wait.objects.filter(stream_key=story.case, code__startswith="disclose.")
    return set(found.values_list("code", flat=True))


def test_a_statement_under_embargo_needs_the_reason_why_it_cannot_wait(story: Story, site: Path) -> None:
    here = fresh_case(story)
    cases.set_embargo(
        story.member,
        here.case,
        state="agreed",
        until=clock.now() + timedelta(days=9),
        zone="Asia/Tokyo",
        agreed_with="JPCERT/CC",
    )
    with pytest.raises(Problem) as refusal:
        disclose.investigating(story.member, here.case)
    assert refusal.value.definition is problems.UNDER_EMBARGO
    assert not Advisory.objects.filter(cases__case__public_id=here.case).exists()
    advisory = disclose.investigating(story.member, here.case, reason="海外で公開された")
    _approve(story, advisory)
    (out,) = queries.publications(story.member, advisory)
    assert (out.state, out.reason) == ("published", "海外で公開された")


def test_whoever_drafted_the_statement_does_not_approve_it(story: Story) -> None:
    advisory = disclose.investigating(story.member, fresh_case(story).case)
    view = queries.advisory(story.member, advisory)
    assert "approve" not in view.may


def test_sent_back_or_written_on_it_goes_out_by_nobodys_yes_alone(story: Story, site: Path) -> None:
    advisory = disclose.investigating(story.member, fresh_case(story).case)
    disclose.write(story.member, advisory, advice=text("電源を切ってください。"))
    disclose.submit(story.member, advisory, reason="急ぎ")
    _approve(story, advisory)
    assert queries.publications(story.member, advisory) == ()


def test_public_attention_alone_can_be_answered_before_any_product_is_known(story: Story, site: Path) -> None:
    case = cases.open_case(story.member, title=text("話題の脆弱性", "A famous flaw"), kinds=["product"])
    cases.add_vulnerability(story.member, case, title=text("話題の脆弱性", "A famous flaw"))
    advisory = disclose.investigating(story.member, case)
    _approve(story, advisory)
    assert queries.publications(story.member, advisory)[0].state == "published"


def test_none_affected_asks_for_the_choice(story: Story) -> None:
    here = fresh_case(story)
    decide_none(here)
    assert missing(here) == ["disclose.choose"]
    assert queries.ending_of(story.member, here.case).may_be_quiet


def test_ending_quietly_skips_the_publication_until_a_product_turns_out_affected(story: Story) -> None:
    here = fresh_case(story)
    decide_none(here)
    disclose.end_quietly(story.member, here.case, reason="影響する製品がない")
    assert _state(here) == "skipped"
    assert queries.ending_of(story.member, here.case).is_quiet
    decide(here, "NP-BBRS", CellChange("affected", Range.all()))
    assert _state(here) != "skipped"
    assert not queries.ending_of(story.member, here.case).is_quiet


def _state(story: Story) -> str:
    steps = Position.objects.get(case__public_id=story.case).steps
    return next(str(each["state"]) for each in steps if each["key"] == "publication")


def test_not_affected_can_be_published_with_its_justification(story: Story, site: Path) -> None:
    here = fresh_case(story)
    decide_none(here)
    advisory = disclose.draft(story.member, cases=[here.case], title=text("影響なし", "Not affected"))
    words = {
        name: text("当社製品への影響はありません。", "None.") for name in ("summary", "description", "impact")
    }
    disclose.write(story.member, advisory, contact=text("窓口", "Desk"), **words)
    disclose.submit(story.member, advisory)
    _approve(story, advisory)
    disclose.publish(story.member, advisory)
    assert missing(here) == []
    assert str(queries.plan(story.member, advisory).progress.stage) == "not_affected"
    assert queries.plan(story.member, advisory).vendor_status.now == "notvulnerable"


@pytest.mark.parametrize("state", ["affected", "investigating"])
def test_no_case_ends_quietly_while_a_product_is_affected_or_open(story: Story, state: str) -> None:
    here = fresh_case(story)
    decide_none(here)
    change = CellChange(state, Range.all()) if state == "affected" else CellChange(state)
    decide(here, "NP-BBRS", change)
    with pytest.raises(Problem) as refusal:
        disclose.end_quietly(story.member, here.case, reason="静かに")
    assert refusal.value.definition is problems.NOT_QUIET


def test_the_choice_can_be_taken_back(story: Story) -> None:
    here = fresh_case(story)
    decide_none(here)
    disclose.end_quietly(story.member, here.case, reason="影響なし")
    disclose.speak_after_all(story.member, here.case, reason="問い合わせが多い")
    assert missing(here) == ["disclose.choose"]
    with pytest.raises(Problem) as refusal:
        disclose.speak_after_all(story.member, here.case, reason="もう一度")
    assert refusal.value.definition is problems.NOT_ENDED_QUIETLY


def test_an_infrastructure_incident_owes_the_public_nothing(story: Story) -> None:
    case = cases.open_case(story.member, title=text("社内のウイルス"), kinds=["infrastructure"])
    facts = gate.publication(Case.objects.get(public_id=case).pk)
    assert (facts.holds, facts.applies) == (True, False)


def test_what_touches_no_fact_draws_nothing_anew(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    row = Advisory.objects.get(public_id=story.advisory)
    comparing.compare(row)

    def drawn(*_: object) -> None:
        raise AssertionError("drawn anew")

    monkeypatch.setattr(sealing, "now", drawn)
    cases.add_task(SYSTEM, story.case, title=text("電話に備える"), team="psirt")
    cases.communicate(SYSTEM, story.case, audience="jpcert", text="公開しました")
    compared = comparing.compare(row)
    assert compared is not None
    assert compared.is_same
    with pytest.raises(AssertionError, match="drawn anew"):
        decide(story, "ETX2-RA", CellChange("investigating"))


def test_a_promised_edition_waits_for_somebody_until_it_is_out(story: Story, site: Path) -> None:
    here = fresh_case(story)
    advisory = disclose.investigating(story.member, here.case, next_update="2015-08-20")
    _approve(story, advisory)
    promised = Wait.objects.filter(stream_key=here.case, code="disclose.promised")
    (wait,) = promised.filter(principal__team__key="psirt")
    assert wait.due_at == datetime(2015, 8, 20, 15, tzinfo=UTC)
    disclose.write(story.member, advisory, next_update="")
    _again(story, advisory)
    assert not promised.exists()


@pytest.mark.parametrize("said", ["soon", "2015-13-40", "2015-08-20T99:00"])
def test_a_promise_that_is_no_day_is_refused(story: Story, said: str) -> None:
    with pytest.raises(Problem) as refusal:
        disclose.write(story.member, story.advisory, next_update=said)
    assert (refusal.value.definition, refusal.value.field) == (problems.BAD_PROMISE, "next_update")


def test_a_change_of_the_catalogue_reaches_the_desk_of_the_case(story: Story, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    assert comparing.moved() == ()
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    assert comparing.moved() == (Case.objects.get(public_id=story.case).pk,)
    handlers.refresh({})
    assert _waiting(story) == {"disclose.outdated", "disclose.untold"}
    assert comparing.moved() == ()
