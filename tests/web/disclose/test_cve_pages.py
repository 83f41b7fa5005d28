"""CVE ids in the browser: reserved, given up, kept and noted by forms; what failed is tried again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.urls import reverse

from okiagari.cases import actions as cases
from okiagari.disclose import actions as disclose
from okiagari.disclose.cve import actions, queries
from okiagari.plumbing import jobs
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.support.cve_services import KEY, ORG, ORG_ID, USER, Desk, services
from tests.web.cases.conftest import Enter

CVE = "CVE-2015-2984"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def desk(site: object, settings: LazySettings) -> Iterator[Desk]:
    with services() as served:
        settings.ENVIRONMENT = replace(
            settings.ENVIRONMENT,
            cve_org_id=ORG_ID,
            cve_org_name=ORG,
            cve_api_url=served.url,
            cve_api_user=USER,
            cve_api_key=KEY,
        )
        yield served


def numbers(story: Story) -> list[str]:
    return [flaw.cve for flaw in queries.of_case(story.member, story.case).flaws]


def test_a_case_gets_its_ids_by_one_form(story: Story, desk: Desk, enter: Enter) -> None:
    cases.change_vulnerability(story.member, story.flaw, cve="")
    cases.add_vulnerability(story.member, story.case, title=LocalText.of(en="Another flaw"))
    browser, page = enter(story.member), reverse("disclose:cve", args=[story.case])
    form = reverse("disclose:cve_reserve", args=[story.case])
    assert form in browser.get(page).content.decode()
    shown = browser.get(form).content.decode()
    assert shown.count("checked") == 3, "both flaws and that the ids follow each other"
    lacking = [flaw.id for flaw in queries.of_case(story.member, story.case).lacking]
    assert browser.post(form, {"vulnerabilities": lacking, "order": "together"}).status_code == 302
    assert set(numbers(story)) == set(desk.ids)
    shown = browser.get(page).content.decode()
    assert all(number in shown for number in numbers(story))


def test_what_failed_says_why_and_is_tried_again_by_a_button(story: Story, desk: Desk, enter: Enter) -> None:
    desk.put(CVE)
    story.approved()
    disclose.publish(story.member, story.advisory)
    desk.fail = [401]
    jobs.run_due()
    browser = enter(story.member)
    page = browser.get(reverse("disclose:advisory", args=[story.advisory])).content.decode()
    here = reverse("disclose:cve_of_advisory", args=[story.advisory])
    assert here in page
    shown = browser.get(here).content.decode()
    assert "OKIAGARI_CVE_API_KEY" in shown, "what to do stands beside it"
    assert KEY not in shown
    (deed,) = queries.of_case(story.member, story.case).flaws[0].numbers[0].deeds
    retry = reverse("disclose:cve_retry", args=[story.case, deed.id])
    assert retry in shown
    assert browser.post(retry).status_code == 302
    assert "https://www.cve.org/CVERecord?id=" in browser.get(here).content.decode()
    assert browser.post(reverse("disclose:cve_publish", args=[story.advisory])).status_code == 302


def test_a_refused_rejection_keeps_what_was_typed(story: Story, desk: Desk, enter: Enter) -> None:
    desk.put(CVE)
    actions.note_cve(story.member, story.case, vulnerability=story.flaw, state="reserved")
    browser = enter(story.member)
    form = reverse("disclose:cve_reject", args=[story.case, CVE])
    typed = {"reason_en": "No flaw.", "reason_ja": "消えない", "replaced_by": "nonsense"}
    refused = browser.post(form, typed)
    assert refused.status_code == 422
    assert "消えない" in refused.content.decode()
    assert browser.post(form, {**typed, "replaced_by": ""}).status_code == 302
    assert desk.ids[CVE]["state"] == "REJECTED"


def test_an_id_is_noted_and_kept_by_hand(story: Story, desk: Desk, enter: Enter) -> None:
    browser = enter(story.member)
    form = reverse("disclose:cve_note", args=[story.case, story.flaw])
    told = {"state": "published", "cve": CVE, "at": "2026-01-02T10:00"}
    assert browser.post(form, told).status_code == 302
    cases.withdraw_vulnerability(story.member, story.flaw, reason="Same as another")
    page = browser.get(reverse("disclose:cve", args=[story.case])).content.decode()
    keep = reverse("disclose:cve_keep", args=[story.case, CVE])
    assert keep in page
    assert browser.post(keep, {"reason": "まだ要る"}).status_code == 302
    assert "まだ要る" in browser.get(reverse("disclose:cve", args=[story.case])).content.decode()
    assert desk.asked == []


def test_a_maker_that_is_no_cna_is_shown_the_request(story: Story, enter: Enter) -> None:
    browser = enter(story.member)
    page = browser.get(reverse("disclose:cve_of_advisory", args=[story.advisory])).content.decode()
    assert reverse("disclose:preview", args=[story.advisory, "ja", "cve-request"]) in page
    assert reverse("disclose:cve_reserve", args=[story.case]) not in page
    refused = browser.post(reverse("disclose:cve_publish", args=[story.advisory]), follow=True)
    assert refused.status_code == 200
    assert "JPCERT/CC" in refused.content.decode()


def test_those_who_only_read_see_the_ids_and_no_button(story: Story, desk: Desk, enter: Enter) -> None:
    desk.put(CVE)
    actions.note_cve(story.member, story.case, vulnerability=story.flaw, state="reserved")
    browser = enter(story.approver)
    story.approved()
    page = browser.get(reverse("disclose:cve_of_advisory", args=[story.advisory])).content.decode()
    assert CVE in page
    assert reverse("disclose:cve_reject", args=[story.case, CVE]) not in page
    form = reverse("disclose:cve_reject", args=[story.case, CVE])
    assert browser.post(form, {"reason_en": "x"}).status_code == 403


def test_the_request_to_the_coordinator_is_ready_before_an_advisory_is(
    story: Story, site: object, enter: Enter
) -> None:
    cases.change_vulnerability(story.member, story.flaw, cve="")
    until = datetime(2040, 9, 1, 1, tzinfo=UTC)
    cases.set_embargo(
        story.member, story.case, state="agreed", until=until, zone="Asia/Tokyo", agreed_with="JPCERT/CC"
    )
    browser, page = enter(story.member, "en"), reverse("disclose:cve", args=[story.case])
    here = reverse("disclose:cve_request", args=[story.case])
    assert here in browser.get(page).text
    shown = browser.get(here).text
    for fact in ("WN-G54/R2", "公表予定: 2040-09-01 10:00 JST", "Planned: 2040-09-01 10:00 JST"):
        assert fact in shown
    assert "SA-2015-001" not in shown
    cases.change_vulnerability(story.member, story.flaw, cve=CVE)
    assert "There is nothing to ask for." in browser.get(here).text
    assert enter(story.house.support).get(here).status_code == 404
