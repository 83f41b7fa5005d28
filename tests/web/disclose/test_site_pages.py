"""Where the site goes and what it said: the two pages, for who may see them, and the desk that tells in
time."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose.models import PrunedContent
from okiagari.disclose.targets.settings import read
from okiagari.plumbing import clock, jobs
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND = datetime(2026, 7, 1, 0, tzinfo=UTC), datetime(2026, 8, 1, 0, tzinfo=UTC)
PAGE = "ja/sa-2015-001.html"


@pytest.fixture
def place(site: Path, tmp_path: Path, settings: LazySettings) -> Path:
    found = tmp_path / "srv" / "www"
    text = f'[[target]]\nname = "web"\nkind = "folder"\npath = "{found}"\npublic = true\n'
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, targets=read(text))
    return found


def published(story: Story) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)


def test_a_target_that_fails_is_told_on_the_desk_and_sent_to_again_by_hand(
    story: Story, place: Path, enter: Enter
) -> None:
    place.mkdir(parents=True)
    (place / "letter.txt").write_text("mine")
    member: Client = enter(story.member)
    assert "nothing published yet" in member.get("/targets/").text
    published(story)
    page = member.get("/targets/").text
    assert "Readers do not have everything yet that is published." in page
    assert "SA-2015-001#1" in page
    assert "Readers do not have" not in member.get("/").text  # it has only just begun
    jobs.run_due()
    page = member.get("/targets/").text
    assert f"There is something else at {place} already" in page
    desk = member.get("/").text
    assert "it has not arrived at “web”" in desk
    assert 'href="/targets/"' in desk
    assert "not at readers yet" in member.get(f"/advisories/{story.advisory}/").text
    assert "has not arrived at “web”" in member.get(f"/advisories/{story.advisory}/plan/").text
    (place / "letter.txt").unlink()
    assert member.post("/targets/web/send/").status_code == 302
    jobs.run_due()
    assert "Every target has what is published." in member.get("/targets/").text
    assert "it has not arrived" not in member.get("/").text
    assert "at readers since" in member.get(f"/advisories/{story.advisory}/").text
    # who may look and who may send
    admin: Client = enter(story.house.administrator)
    assert 'href="/targets/"' in admin.get("/").text
    assert "Send everything again" in admin.get("/targets/").text
    approver: Client = enter(story.approver)
    assert approver.get("/targets/").status_code == 403
    assert approver.post("/targets/web/send/").status_code == 403
    assert member.post("/targets/nowhere/send/").status_code == 404
    assert Client().get("/targets/").status_code == 302


def test_without_targets_the_page_teaches_how_to_name_one(story: Story, site: Path, enter: Enter) -> None:
    page = enter(story.member).get("/targets/").text
    assert "goes nowhere else" in page
    assert "[[target]]" in page


def test_an_address_is_looked_up_at_a_time_and_its_bytes_downloaded(
    story: Story, site: Path, enter: Enter
) -> None:
    member: Client = enter(story.member)
    assert "Nothing is published yet" in member.get("/archive/").text
    with clock.at(FIRST):
        published(story)
    old = (site / "current" / PAGE).read_bytes()
    with clock.at(SECOND):
        catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
        published(story)
    assert "SA-2015-001#2" in member.get("/archive/").text
    asked = {"address": f"https://maker.example/security/{PAGE}"}
    page = member.get("/archive/", {**asked, "at": "2026-07-15T12:00"}).text
    assert "At that time" in page
    found = [each for each in page.split('"') if each.startswith("/archive/files/")]
    answer = member.get(found[0])
    assert b"".join(answer) == old
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="sa-2015-001.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Nothing was out" in member.get("/archive/", {**asked, "at": "2026-06-01T12:00"}).text
    assert "Nothing was out" in member.get("/archive/", {"address": "ja/sa-2099-001.html"}).text
    wrong = member.get("/archive/", {**asked, "at": "yesterday"}).text
    assert "is not a date with a time" in wrong
    assert 'value="yesterday"' in wrong
    assert member.get("/archive/files/" + "0" * 64 + "/").status_code == 404
    # everything at a time
    everything = member.get("/archive/addresses/", {"text": "csaf/2026", "at": "2026-07-15T12:00"}).text
    assert "csaf/2026/sa-2015-001.json" in everything
    assert "public.css" not in everything
    assert "Nothing was out" in member.get("/archive/addresses/", {"at": "2026-06-01T12:00"}).text
    # what was removed says so
    sha256 = found[0].split("/")[3]
    PrunedContent.objects.create(sha256=sha256, at=SECOND, reason="ten years are over")
    page = member.get("/archive/", {**asked, "at": "2026-07-15T12:00"}).text
    assert "ten years are over" in page
    assert member.get(found[0]).status_code == 404
    assert Client().get("/archive/").status_code == 302
