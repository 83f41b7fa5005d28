"""Approval: by somebody who wrote none of it, of exactly what was seen."""

from datetime import timedelta

import pytest

from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.disclose import actions as disclose
from okiagari.disclose import problems, queries
from okiagari.disclose.site import version
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.factories import person, text

pytestmark = pytest.mark.django_db


def now(subject: Subject) -> Subject:
    return people.named(subject.key, subject.door)


def test_the_approvers_see_it_only_after_it_was_submitted(story: Story) -> None:
    with pytest.raises(Problem) as refusal:
        queries.advisory(story.approver, story.advisory)
    assert refusal.value.definition is NOTHING_HERE
    story.submitted()
    assert queries.advisory(story.approver, story.advisory).state == "submitted"


def test_what_was_seen_is_what_is_approved(story: Story) -> None:
    seal = story.submitted()
    with pytest.raises(Problem) as refusal:
        disclose.approve(story.approver, story.advisory, snapshot="0" * 64)
    assert refusal.value.definition is problems.ASKS_AGAIN
    disclose.approve(story.approver, story.advisory, snapshot=seal, note="読みました")
    view = queries.advisory(story.approver, story.advisory)
    assert view.state == "approved"
    assert [(each.verdict, each.by.key, each.snapshot) for each in view.approvals] == [
        ("approved", "approver", seal)
    ]


def test_another_word_asks_again(story: Story) -> None:
    story.approved()
    disclose.write(story.member, story.advisory, advice=text("当面の対処"))
    assert queries.advisory(story.member, story.advisory).state == "draft"
    with pytest.raises(Problem) as refusal:
        disclose.publish(story.member, story.advisory)
    assert refusal.value.definition is problems.NOT_APPROVED


def test_another_fact_asks_again(story: Story) -> None:
    story.approved()
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    with pytest.raises(Problem) as refusal:
        disclose.publish(story.member, story.advisory)
    assert refusal.value.definition is problems.ASKS_AGAIN
    assert queries.snapshot_now(story.member, story.advisory).why_void == "content"


def test_a_fact_changed_between_reading_and_signing_asks_again(story: Story) -> None:
    seal = story.submitted()
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    with pytest.raises(Problem) as refusal:
        disclose.approve(story.approver, story.advisory, snapshot=seal)
    assert refusal.value.definition is problems.ASKS_AGAIN


def test_an_upgrade_between_approval_and_publication_asks_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okiagari.disclose import sealing

    story.approved()
    monkeypatch.setattr(sealing, "renderer", lambda: "9.9+another")
    with pytest.raises(Problem) as refusal:
        disclose.publish(story.member, story.advisory)
    assert refusal.value.definition is problems.RENDERER_CHANGED
    with pytest.raises(Problem) as refusal:
        disclose.approve(story.approver, story.advisory, snapshot="")
    assert refusal.value.definition is problems.NOT_SUBMITTED


def test_the_renderers_version_follows_everything_that_is_shown() -> None:
    names = {path.name for path in version._parts()}
    assert {"advisory.html", "public.css", "pages.py", "build.py", "disclose.po", "content.py"} <= names


def test_no_author_approves_even_with_the_role(story: Story) -> None:
    both = person("both", Role.MEMBER, Role.APPROVER, teams=("psirt", "approvers"))
    disclose.write(both, story.advisory, advice=text("助言"))
    seal = disclose.submit(story.member, story.advisory)
    for subject in (both, SYSTEM):
        with pytest.raises(Problem) as refusal:
            disclose.approve(subject, story.advisory, snapshot=seal)
        assert refusal.value.definition is problems.OWN_WORK


def test_the_submitter_does_not_approve(story: Story) -> None:
    both = person("both", Role.MEMBER, Role.APPROVER, teams=("psirt", "approvers"))
    seal = disclose.submit(both, story.advisory)
    with pytest.raises(Problem) as refusal:
        disclose.approve(both, story.advisory, snapshot=seal)
    assert refusal.value.definition is problems.OWN_WORK


def _deputy_of(person_: Subject, deputy: Subject) -> Subject:
    since = clock.now() - timedelta(hours=1)
    people.name_deputy(person_, deputy.key, since=since, until=since + timedelta(days=7))
    return now(deputy)


def test_an_author_does_not_approve_as_the_approvers_deputy(story: Story) -> None:
    seal = story.submitted()
    deputy = _deputy_of(story.approver, story.member)
    assert Role.APPROVER in deputy.roles
    with pytest.raises(Problem) as refusal:
        disclose.approve(deputy, story.advisory, snapshot=seal)
    assert refusal.value.definition is problems.OWN_WORK


def test_a_deputy_does_not_approve_on_the_word_of_an_author(story: Story) -> None:
    both = person("both", Role.MEMBER, Role.APPROVER, teams=("psirt", "approvers"))
    disclose.write(both, story.advisory, advice=text("助言"))
    seal = story.submitted()
    deputy = _deputy_of(both, story.house.support)
    with pytest.raises(Problem) as refusal:
        disclose.approve(deputy, story.advisory, snapshot=seal)
    assert refusal.value.definition is problems.OWN_WORK


def test_the_approvers_deputy_who_wrote_nothing_approves(story: Story) -> None:
    seal = story.submitted()
    deputy = _deputy_of(story.approver, story.house.support)
    disclose.approve(deputy, story.advisory, snapshot=seal)
    assert queries.advisory(story.member, story.advisory).approvals[0].by.key == "support"


def test_sent_back_with_a_note_it_is_a_draft_again(story: Story) -> None:
    seal = story.submitted()
    with pytest.raises(Problem) as refusal:
        disclose.send_back(story.approver, story.advisory, note=" ")
    assert refusal.value.definition is problems.NOTE_NEEDED
    disclose.send_back(story.approver, story.advisory, note="後継製品の確認を")
    view = queries.advisory(story.member, story.advisory)
    assert (view.state, view.approvals[0].verdict, view.approvals[0].note) == (
        "draft",
        "sent_back",
        "後継製品の確認を",
    )
    with pytest.raises(Problem) as refusal:
        disclose.approve(story.approver, story.advisory, snapshot=seal)
    assert refusal.value.definition is problems.NOT_SUBMITTED


def test_the_same_content_can_be_submitted_again_after_it_was_sent_back(story: Story) -> None:
    first = story.submitted()
    disclose.send_back(story.approver, story.advisory, note="確認を")
    assert story.submitted() == first
    disclose.approve(story.approver, story.advisory, snapshot=first)
    disclose.send_back(story.approver, story.advisory, note="やはり")
    with pytest.raises(Problem):
        disclose.publish(story.member, story.advisory)


def test_an_incomplete_advisory_goes_out_only_with_a_reason(story: Story) -> None:
    for measure in remedy_measures(story):
        remedy.withdraw_measure(story.member, measure, reason="文言を直す")
    with pytest.raises(Problem) as refusal:
        story.submitted()
    assert refusal.value.definition is problems.INCOMPLETE
    assert disclose.submit(story.member, story.advisory, reason="先に公表されたため")


def remedy_measures(story: Story) -> list[str]:
    from okiagari.remedy import queries as remedy_queries

    return [each.id for each in remedy_queries.measures(story.member, story.case)]


def test_japanese_goes_first_and_english_follows(story: Story) -> None:
    view = queries.advisory(story.member, story.advisory)
    summary = LocalText({"ja": view.words["summary"].exact("ja")}, "ja")
    disclose.write(story.member, story.advisory, summary=summary)
    story.submitted()
    assert queries.snapshot_now(story.member, story.advisory).languages == ("ja",)
    lacking = queries.missing_items(story.member, story.advisory)
    assert [(each.code, each.language) for each in lacking if each.is_required] == [("summary", "en")]
