"""The plan of an advisory and the choice to end without one, in the browser's own way: forms and pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse

from okiagari.cases import actions as cases
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.disclose.models import Channel
from okiagari.flow.models import Position
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.disclose.test_loop import decide_none, fresh_case
from tests.web.cases.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_channel_is_planned_confirmed_and_shown(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    page = reverse("disclose:plan", args=[story.advisory])
    form = {"channel": "jvn", "at": "2026-12-01T12:00", "agreed_with": "JPCERT/CC", "owner": "member"}
    assert browser.post(reverse("disclose:plan_channel", args=[story.advisory]), form).status_code == 302
    row = Channel.objects.get()
    assert row.planned_at == datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert "JPCERT/CC" in browser.get(page).content.decode()
    told = {"channel": "jvn", "address": "https://jvn.jp/jp/JVN17964918/", "evidence": "見た"}
    assert browser.post(reverse("disclose:confirm_channel", args=[story.advisory]), told).status_code == 302
    shown = browser.get(page).content.decode()
    assert "https://jvn.jp/jp/JVN17964918/" in shown


def test_a_refused_confirmation_keeps_what_was_typed(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    told = {"channel": "cve", "evidence": "消えないでほしい"}
    response = browser.post(reverse("disclose:confirm_channel", args=[story.advisory]), told)
    assert response.status_code == 422
    assert "消えないでほしい" in response.content.decode()
    assert not Channel.objects.exists()


def test_none_affected_offers_both_ways_and_ends_quietly(story: Story, enter: Enter) -> None:
    here = fresh_case(story)
    decide_none(here)
    browser = enter(story.member)
    tab = browser.get(reverse("disclose:of_case", args=[here.case])).content.decode()
    assert reverse("disclose:end_quietly", args=[here.case]) in tab
    browser.post(reverse("disclose:end_quietly", args=[here.case]), {"reason": "影響する製品がない"})
    assert Position.objects.get(case__public_id=here.case).step != "publication"
    assert "影響する製品がない" in browser.get(reverse("disclose:of_case", args=[here.case])).content.decode()


def test_we_are_investigating_goes_from_the_case_to_the_approver(story: Story, enter: Enter) -> None:
    here = fresh_case(story)
    triage.decide(
        story.member,
        here.case,
        cells=[("ETX2-RA", here.flaw)],
        change=CellChange("not_affected", justification="component_not_present"),
    )
    browser = enter(story.member)
    response = browser.post(
        reverse("disclose:investigating", args=[here.case]), {"next_update": "2026-12-20"}
    )
    assert response.status_code == 302
    (row,) = queries.advisories_of_case(story.member, here.case)
    assert row.state == "submitted"
    review = enter(story.approver, "ja")
    assert (
        "承認すると、すぐに公表されます"
        in review.get(
            reverse("disclose:advisory", args=[row.id]), headers={"accept-language": "ja"}
        ).content.decode()
    )


def test_the_page_of_publication_proposes_what_changed(story: Story, enter: Enter, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    cases.change_vulnerability(story.member, story.flaw, cwe="CWE-406")
    story.approved()
    browser = enter(story.member)
    shown = browser.get(reverse("disclose:publish", args=[story.advisory])).content.decode()
    assert "Details of the vulnerabilities changed." in shown
