"""Drafting: the facts are drawn from where they live; only words are written."""

import pytest

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.desk.aggregates import STALE
from okiagari.desk.permits import NOT_YOURS
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import problems, queries
from okiagari.disclose.rules.content import Content
from okiagari.intake import actions as intake
from okiagari.intake.actions import ReporterData
from okiagari.plumbing import ledger
from okiagari.problems import Definition, Problem
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.factories import text

pytestmark = pytest.mark.django_db


def content(story: Story) -> Content:
    return queries.snapshot_now(story.member, story.advisory).content


def refused(problem: Problem) -> Definition:
    return problem.definition


def test_every_fact_is_drawn(story: Story) -> None:
    said = content(story)
    by_key = {each.key: each for each in said.products}
    assert set(by_key) == {"WN-G54/R2", "NP-BBRS", "ETX2-RA"}
    assert by_key["WN-G54/R2"].other_names == ["AirPort"]
    assert by_key["NP-BBRS"].support == {"end_of_sales": "2006", "end_of_security_support": "2010"}
    (release,) = said.releases
    assert (release.text, release.url, release.sha256) == (
        "1.03",
        "https://maker.example/lib/wn-g54r2_103.zip",
        "ab" * 32,
    )
    (flaw,) = said.vulnerabilities
    assert (flaw.cve, flaw.jvn, flaw.scores[0].value) == ("CVE-2015-2984", "JVN#17964918", "5.0")
    states = {each.product: (each.state, each.range.get("form", "")) for each in said.statuses}
    assert states == {
        "WN-G54/R2": ("fixed", "before"),
        "NP-BBRS": ("affected", "all"),
        "ETX2-RA": ("not_affected", ""),
    }
    assert [each.kind for each in said.measures] == ["stop_use"]
    assert said.successors[0].is_not_affected
    assert said.publisher.name["en"] == "Sample Device Maker"
    assert queries.missing_items(story.member, story.advisory) == () or all(
        not item.is_required for item in queries.missing_items(story.member, story.advisory)
    )


def test_a_fact_changed_where_it_lives_changes_the_advisory(story: Story) -> None:
    before = queries.snapshot_now(story.member, story.advisory).sha256
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    assert queries.snapshot_now(story.member, story.advisory).sha256 != before


def test_reporters_are_thanked_only_with_their_consent(story: Story) -> None:
    for name, consents in (("大学研究室", True), ("匿名希望", False)):
        reporter = ReporterData(
            name=name, contact="a@b.example", credit_name=name, consents_to_credit=consents
        )
        report = intake.receive(
            story.member, source="jpcert", title="UPnP", text="応答します", reporter=reporter
        )
        intake.assess(story.member, report, valid=True, reason="再現した")
        intake.accept(story.member, report, case_id=story.case)
    assert content(story).credits == ["大学研究室"]


def test_internal_words_never_reach_the_content(story: Story) -> None:
    cases.describe(story.member, story.case, summary=text("社外秘の経緯"))
    assert "社外秘" not in str(content(story))


def test_words_are_written_per_language_and_older_ones_are_marked(story: Story) -> None:
    view = queries.advisory(story.member, story.advisory)
    newer = view.words["summary"].written("ja", "新しい要約")
    disclose.write(story.member, story.advisory, summary=newer)
    assert content(story).languages == ["ja"]
    assert queries.desk(story.member, story.advisory).later == ("en",)
    disclose.write(story.member, story.advisory, still_right=[("summary", "en")])
    assert content(story).languages == ["ja", "en"]


def test_somebody_elses_change_in_between_is_not_overwritten(story: Story) -> None:
    version = queries.advisory(story.member, story.advisory).version
    disclose.write(story.member, story.advisory, version=version, advice=text("当面"))
    with pytest.raises(Problem) as refusal:
        disclose.write(story.member, story.advisory, version=version, advice=text("別の"))
    assert refused(refusal.value) is STALE


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"kind": "poem"}, problems.NO_SUCH_KIND),
        ({"title": LocalText()}, problems.NO_TITLE),
        ({"languages": ["fr"]}, problems.BAD_LANGUAGES),
        ({"languages": []}, problems.BAD_LANGUAGES),
        ({"tracking_id": "../x"}, problems.BAD_TRACKING_ID),
        ({"tracking_id": "sa_2015"}, problems.BAD_TRACKING_ID),
        ({"tracking_id": "SA-2015-001"}, problems.TRACKING_ID_TAKEN),
        ({"tracking_id": "sa-2015-001"}, problems.TRACKING_ID_TAKEN),
        ({"vulnerabilities": ["VUL-26-XXXXX"]}, problems.NOT_OF_THE_CASES),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(
    story: Story, more: dict[str, object], problem: Definition
) -> None:
    with pytest.raises(Problem) as refusal:
        disclose.draft(story.member, **{"cases": [story.case], "title": text("題名"), **more})  # type: ignore[arg-type]
    assert refused(refusal.value) is problem


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x", "https://a b", ""])
def test_only_addresses_of_pages_become_references(story: Story, url: str) -> None:
    with pytest.raises(Problem) as refusal:
        disclose.write(story.member, story.advisory, references=[{"url": url}])
    assert refused(refusal.value) is problems.BAD_REFERENCE


def test_facts_cannot_be_written(story: Story) -> None:
    with pytest.raises(Problem) as refusal:
        disclose.write(story.member, story.advisory, tracking_id=text("SA-1"))
    assert refused(refusal.value) is problems.NO_SUCH_WORD


def test_a_notice_needs_no_case(story: Story) -> None:
    number = disclose.draft(
        story.member, cases=[], title=text("攻撃に関する注意喚起"), kind="notice", tracking_id="SA-N-1"
    )
    assert queries.advisory(story.member, number).cases == ()
    words = {name: text(name) for name in ("summary", "description", "impact", "contact")}
    disclose.write(story.member, number, **words)
    assert disclose.submit(story.member, number)


def test_support_and_approvers_do_not_draft(story: Story) -> None:
    for subject in (story.house.support, story.house.auditor):
        with pytest.raises(Problem) as refusal:
            disclose.draft(subject, cases=[], title=text("題名"), kind="notice")
        assert refused(refusal.value) is NOT_YOURS


def test_the_timeline_of_the_case_says_what_became_of_the_advisory(story: Story) -> None:
    lines = ledger.entries([("case", story.case)], newest_first=False)
    told = [line for line in lines if line.verb.startswith("disclose.")]
    assert [line.verb for line in told] == ["disclose.drafted", "disclose.written"]
    assert {line.facts["tracking_id"] for line in told} == {"SA-2015-001"}
    own = ledger.entries([("advisory", story.advisory)])
    assert {tuple(line.facts["cases"]) for line in own} == {(story.case,)}
