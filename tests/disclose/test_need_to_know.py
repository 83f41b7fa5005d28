"""A draft of several cases is for those who may see all of them; nothing of it leaks to anybody else."""

from collections.abc import Callable

import pytest

from okiagari.cases import actions as cases
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.plumbing import ledger
from okiagari.problems import Definition, Problem
from tests.disclose.story import Story, other_case
from tests.factories import text

pytestmark = pytest.mark.django_db

READERS: list[Callable[[Subject, str], object]] = [
    queries.advisory,
    queries.snapshot_now,
    queries.missing_items,
    queries.publications,
    queries.desk,
    lambda subject, number: queries.preview(subject, number, language="ja"),
    lambda subject, number: queries.preview(subject, number, language="ja", format="csaf"),
    lambda subject, number: queries.document_findings(subject, number, language="ja"),
]
WRITERS: list[Callable[[Subject, str], object]] = [
    lambda subject, number: disclose.write(subject, number, advice=text("助言")),
    disclose.submit,
    lambda subject, number: disclose.approve(subject, number, snapshot=""),
    lambda subject, number: disclose.send_back(subject, number, note="x"),
    disclose.publish,
    lambda subject, number: disclose.cancel_publication(subject, number, reason="x"),
    lambda subject, number: disclose.withdraw(subject, number, reason="x"),
]


@pytest.fixture
def shared(story: Story) -> tuple[str, str]:
    """A draft of the story's case and of another one that the member's team is not part of."""
    hidden = other_case(story, open_to=story.house.second)
    cases.dismiss(SYSTEM, hidden, kind="team", key="psirt", reason="test")
    number = disclose.draft(
        SYSTEM, cases=[story.case, hidden], title=text("二つの案件"), tracking_id="SA-2015-002"
    )
    return number, hidden


def _told(read: Callable[[Subject, str], object], subject: Subject, number: str) -> Definition:
    with pytest.raises(Problem) as refusal:
        read(subject, number)
    return refusal.value.definition


@pytest.mark.parametrize("name", ["member", "second"])
def test_whoever_sees_only_one_of_the_cases_sees_no_draft(
    story: Story, shared: tuple[str, str], name: str
) -> None:
    subject: Subject = getattr(story.house, name)
    for read in (*READERS, *WRITERS):
        assert _told(read, subject, shared[0]) is NOTHING_HERE
    assert shared[0] not in [each.id for each in queries.advisories(subject).items]


@pytest.mark.parametrize("name", ["administrator", "auditor", "partner"])
def test_to_others_a_draft_looks_like_one_that_does_not_exist(
    story: Story, shared: tuple[str, str], name: str
) -> None:
    subject: Subject = getattr(story.house, name)
    for read in (*READERS, *WRITERS):
        for number in (shared[0], story.advisory):
            assert _told(read, subject, number) is _told(read, subject, "ADV-26-00000")


def test_lists_counts_and_searches_do_not_betray_it(story: Story, shared: tuple[str, str]) -> None:
    listing = queries.advisories(story.member)
    assert [each.id for each in listing.items] == [story.advisory]
    assert dict(listing.by_state)["draft"] == 1
    assert queries.advisories(story.member, text="二つの").total == 0
    assert queries.advisories(story.member, text="SA-2015-002").total == 0
    assert [each.id for each in queries.advisories_of_case(story.member, story.case)] == [story.advisory]


def test_whoever_is_let_into_the_other_case_sees_it_at_once(story: Story, shared: tuple[str, str]) -> None:
    number, hidden = shared
    cases.admit(SYSTEM, hidden, kind="team", key="psirt", level="work", reason="同じ部品")
    assert queries.advisory(story.member, number).title == text("二つの案件")
    cases.dismiss(SYSTEM, hidden, kind="team", key="psirt", reason="誤り")
    with pytest.raises(Problem):
        queries.advisory(story.member, number)


def test_seeing_all_cases_is_not_working_on_all_of_them(story: Story, shared: tuple[str, str]) -> None:
    number, hidden = shared
    cases.admit(SYSTEM, hidden, kind="team", key="psirt", level="see", reason="確認のため")
    assert queries.advisory(story.member, number).may == frozenset()
    with pytest.raises(Problem):
        disclose.write(story.member, number, advice=text("助言"))


def test_the_line_in_a_cases_timeline_names_no_other_case(story: Story, shared: tuple[str, str]) -> None:
    _, hidden = shared
    lines = ledger.entries([("case", story.case)])
    told = [line for line in lines if line.facts.get("tracking_id") == "SA-2015-002"]
    assert told
    assert all(hidden not in str(line.facts) for line in told)


def test_the_words_of_an_advisory_of_several_cases_stand_in_the_timeline_of_none(
    story: Story, shared: tuple[str, str]
) -> None:
    number, hidden = shared
    disclose.plan_channel(SYSTEM, number, channel="dealers", name="二つを売る店", note="二つのこと")
    for case_id in (story.case, hidden):
        said = [
            line.facts for line in ledger.entries([("case", case_id)]) if line.facts.get("advisory") == number
        ]
        assert {"advisory", "tracking_id"} <= set(said[0])
        assert "二つ" not in str(said)
    assert "二つの案件" in str([line.facts for line in ledger.entries([("advisory", number)])])


def test_nobody_drafts_on_a_case_they_cannot_see(story: Story) -> None:
    hidden = other_case(story, open_to=story.house.second)
    cases.dismiss(SYSTEM, hidden, kind="team", key="psirt", reason="test")
    with pytest.raises(Problem) as refusal:
        disclose.draft(story.member, cases=[story.case, hidden], title=text("題名"))
    assert refusal.value.definition is NOTHING_HERE


def test_a_partner_let_into_the_case_reads_no_draft(story: Story) -> None:
    cases.admit(SYSTEM, story.case, kind="organisation", key="integrator", level="see", reason="統合元")
    for read in READERS:
        with pytest.raises(Problem):
            read(story.house.partner, story.advisory)
