"""Publishing: what was approved goes out, once, whole, at its time."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okiagari.cases import actions as cases
from okiagari.cases.models import Case
from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import gate, problems, queries, warning
from okiagari.disclose.models import Advisory
from okiagari.plumbing import clock, jobs, ledger
from okiagari.problems import Problem
from okiagari.standards import csaf
from tests.disclose.story import Story
from tests.factories import text

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2015, 8, 18, 3, 0, tzinfo=UTC)

MODELS = ("np-bbrs", "etx2-ra", "wn-g54_r2-4844be")


def files(site: Path) -> set[str]:
    tree = (site / "current").resolve()
    return {str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()}


def missing(story: Story) -> list[str]:
    return [each.code for each in gate.publication(Case.objects.get(public_id=story.case).pk).missing]


def test_what_was_approved_goes_live_in_every_format(story: Story, site: Path) -> None:
    with clock.at(NOON):
        story.approved()
        disclose.publish(story.member, story.advisory)
    documents = {
        "csaf/2015/sa-2015-001.json",
        "csaf/2015/sa-2015-001-en.json",
        "openvex/sa-2015-001.json",
        "cyclonedx/1.6/sa-2015-001.cdx.json",
        "cyclonedx/1.7/sa-2015-001.cdx.json",
        "cve/sa-2015-001/cve-2015-2984.json",
        "vuldef/ja/sa-2015-001.xml",
        "vuldef/en/sa-2015-001.xml",
        "openeox/index.json",
        "openeox/np-bbrs.json",
    }
    assert files(site) == {
        *documents,
        *(f"{path}.{ending}" for path in documents for ending in ("sha256", "sha512")),
        "index.html",
        "public.css",
        "ja/index.html",
        "en/index.html",
        "ja/feed.xml",
        "en/feed.xml",
        "ja/sa-2015-001.html",
        "en/sa-2015-001.html",
        *(f"{language}/sa-2015-001.{ending}" for language in ("ja", "en") for ending in ("txt", "md")),
        *(f"{language}/fragments/sa-2015-001.html" for language in ("ja", "en")),
        "check.js",
        "models/index.json",
        *(f"models/{name}.json" for name in MODELS),
        *(f"{language}/models/{name}.html" for language in ("ja", "en") for name in ("index", *MODELS)),
        *(f"{language}/support.{ending}" for language in ("ja", "en") for ending in ("html", "ics")),
        "csaf/2015/index.html",
        "csaf/index.html",
        "csaf/index.txt",
        "csaf/changes.csv",
        "csaf/provider-metadata.json",
        "csaf/feed-tlp-white.json",
        "csaf/category-tlp-white.json",
        "csaf/service.json",
        ".well-known/csaf/provider-metadata.json",
    }
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.number, out.state, out.published_at) == (1, "published", NOON)
    assert {path for path, _ in out.files} == {path for path in files(site) if "sa-2015" in path}
    assert out.summary.exact("ja") == "初版を公開しました。"
    assert missing(story) == []


def test_both_documents_are_valid_and_say_the_same(story: Story, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    documents = [
        json.loads(path.read_bytes()) for path in sorted((site / "current").resolve().glob("csaf/*/*.json"))
    ]
    assert len(documents) == 2
    for document in documents:
        assert csaf.validate(document) == ()
        (flaw,) = document["vulnerabilities"]
        assert flaw["product_status"] == {
            "fixed": ["WN-G54/R2 1.03"],
            "known_affected": ["NP-BBRS", "WN-G54/R2 <1.03"],
            "known_not_affected": ["ETX2-RA"],
        }
        assert [each["category"] for each in flaw["remediations"]] == ["no_fix_planned", "vendor_fix"]


def test_the_ledger_says_who_published_what(story: Story, site: Path) -> None:
    seal = story.approved()
    disclose.publish(story.member, story.advisory)
    line = ledger.entries([("advisory", story.advisory)])[0]
    assert (line.verb, line.subject_key, line.facts["number"]) == ("disclose.published", "member", 1)
    assert line.facts["snapshot"] == seal


def test_a_new_edition_counts_up_and_its_history_is_computed(story: Story, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    assert missing(story) == ["disclose.outdated"]
    story.approved()
    disclose.publish(story.member, story.advisory, summary=text("終了日を追加", "Date added"))
    out = queries.publications(story.member, story.advisory)
    assert [each.number for each in out] == [2, 1]
    document = json.loads(next((site / "current").resolve().glob("csaf/*/sa-2015-001.json")).read_bytes())
    history = document["document"]["tracking"]["revision_history"]
    assert [(each["number"], each["summary"]) for each in history] == [
        ("1", "初版を公開しました。"),
        ("2", "終了日を追加"),
    ]
    assert missing(story) == []


def test_an_approval_is_used_once(story: Story, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    with pytest.raises(Problem) as refusal:
        disclose.publish(story.member, story.advisory)
    assert refusal.value.definition is problems.NOT_APPROVED


def test_at_its_time_and_not_before(story: Story, site: Path) -> None:
    with clock.at(NOON - timedelta(days=1)):
        story.approved()
        disclose.publish(story.member, story.advisory, at=NOON)
        jobs.run_due()
        assert not (site / "current").exists()
        assert missing(story) == ["disclose.scheduled"]
    with clock.at(NOON + timedelta(minutes=1)):
        jobs.run_due()
        jobs.run_due()
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.state, out.number, out.published_at) == ("published", 1, NOON + timedelta(minutes=1))


def test_a_cancelled_publication_never_goes_out(story: Story, site: Path) -> None:
    with clock.at(NOON - timedelta(days=1)):
        story.approved()
        disclose.publish(story.member, story.advisory, at=NOON)
        with pytest.raises(Problem) as refusal:
            disclose.write(story.member, story.advisory, advice=text("助言"))
        assert refusal.value.definition is problems.ON_ITS_WAY
        disclose.cancel_publication(story.member, story.advisory, reason="JPCERT/CC と再調整")
    with clock.at(NOON + timedelta(days=1)):
        jobs.run_due()
        assert not (site / "current").exists()
        disclose.publish(story.member, story.advisory)
    assert [each.state for each in queries.publications(story.member, story.advisory)] == [
        "published",
        "cancelled",
    ]


def test_a_fact_that_changes_while_it_waits_is_noticed_early_and_stops_it(story: Story, site: Path) -> None:
    with clock.at(NOON - timedelta(days=1)):
        story.approved()
        disclose.publish(story.member, story.advisory, at=NOON)
        warning.warn_of_void_approvals()
        assert not _verbs(story, "disclose.approval_void")
        catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
        warning.warn_of_void_approvals()
        warning.warn_of_void_approvals()
        assert len(_verbs(story, "disclose.approval_void")) == 1
        waiting = queries.advisory(story.member, story.advisory).scheduled
        assert waiting is not None
        assert waiting.is_void
    with clock.at(NOON):
        jobs.run_due()
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.state, out.error, out.number) == ("failed", "disclose.asks_again", 0)
    assert not (site / "current").exists()
    assert missing(story) == ["disclose.failed"]


def _verbs(story: Story, verb: str) -> list[ledger.Entry]:
    return [line for line in ledger.entries([("advisory", story.advisory)]) if line.verb == verb]


def test_a_live_embargo_holds_it_back_unless_there_is_a_reason(story: Story, site: Path) -> None:
    until = clock.now() + timedelta(days=3)
    cases.set_embargo(
        story.member, story.case, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    story.approved()
    with pytest.raises(Problem) as refusal:
        disclose.publish(story.member, story.advisory)
    assert refusal.value.definition is problems.UNDER_EMBARGO
    disclose.publish(story.member, story.advisory, at=until)
    disclose.cancel_publication(story.member, story.advisory, reason="攻撃を確認した")
    disclose.publish(story.member, story.advisory, reason="攻撃を確認したため")
    out = queries.publications(story.member, story.advisory)[0]
    assert (out.state, out.reason) == ("published", "攻撃を確認したため")


def test_an_embargo_that_was_moved_later_stops_what_was_scheduled(story: Story, site: Path) -> None:
    with clock.at(NOON - timedelta(days=2)):
        cases.set_embargo(
            story.member, story.case, state="agreed", until=NOON, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
        )
        story.approved()
        disclose.publish(story.member, story.advisory, at=NOON)
        cases.set_embargo(
            story.member,
            story.case,
            state="revised",
            until=NOON + timedelta(days=7),
            zone="Asia/Tokyo",
            agreed_with="JPCERT/CC",
            reason="他社の修正を待つ",
        )
    with clock.at(NOON):
        jobs.run_due()
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.state, out.error) == ("failed", "disclose.under_embargo")


def test_the_past_is_no_time_to_publish(story: Story, site: Path) -> None:
    story.approved()
    with pytest.raises(Problem) as refusal:
        disclose.publish(story.member, story.advisory, at=clock.now() - timedelta(minutes=1))
    assert refusal.value.definition is problems.TIME_PAST


def test_a_withdrawn_advisory_stays_at_its_address_and_says_so(story: Story, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    disclose.withdraw(story.member, story.advisory, reason="別の公表文に統合")
    page = (site / "current" / "ja" / "sa-2015-001.html").read_text()
    assert "このお知らせは取り下げました。" in page
    assert "統合" not in page
    assert "取り下げ" in (site / "current" / "ja" / "index.html").read_text()
    assert queries.published()[0].is_withdrawn
    with pytest.raises(Problem) as refusal:
        disclose.write(story.member, story.advisory, advice=text("助言"))
    assert refusal.value.definition is problems.WITHDRAWN


def test_a_draft_that_is_withdrawn_was_never_public(story: Story, site: Path) -> None:
    disclose.withdraw(story.member, story.advisory, reason="不要になった")
    assert not (site / "current").exists()
    assert queries.publications(story.member, story.advisory) == ()
    assert missing(story) == ["disclose.no_draft"]


def test_inside_another_transaction_the_job_publishes_after_it(story: Story, site: Path) -> None:
    from django.db import transaction

    story.approved()
    with transaction.atomic():
        disclose.publish(story.member, story.advisory)
        assert not (site / "current").exists()
    jobs.run_due()
    assert (site / "current").exists()


def test_reach_reads_what_is_public(story: Story, site: Path) -> None:
    assert queries.published() == ()
    story.approved()
    disclose.publish(story.member, story.advisory)
    (out,) = queries.published()
    assert (out.tracking_id, out.number, out.cases) == ("SA-2015-001", 1, (story.case,))
    assert set(out.concerned) == {"NP-BBRS", "WN-G54/R2"}
    assert out.fixed == {"WN-G54/R2": ("wn-g54-r2", "1.03")}


def test_the_gate_names_each_step_on_the_way(story: Story, site: Path) -> None:
    assert missing(story) == ["disclose.not_submitted"]
    story.submitted()
    assert missing(story) == ["disclose.not_approved"]
    disclose.send_back(story.approver, story.advisory, note="確認を")
    story.approved()
    assert missing(story) == ["disclose.not_published"]
    Advisory.objects.update(state="withdrawn", withdrawn_at=clock.now())
    assert missing(story) == ["disclose.no_draft"]
