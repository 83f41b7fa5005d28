"""CVE ids over the API, and on the command line: one story through both doors."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner

from okiagari.cases import actions as cases
from okiagari.cli.main import app
from okiagari.disclose import actions as disclose
from okiagari.plumbing import jobs
from okiagari.problems import Problem
from tests.api.test_advisories import Caller
from tests.disclose.conftest import site, story
from tests.disclose.story import Story
from tests.support.cve_services import KEY, ORG, ORG_ID, USER, Desk, services

__all__ = ["site", "story"]
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
            cve_watch_url=served.url,
        )
        yield served


def command(*words: str) -> Any:
    """What a command answers as JSON; its problem, or its exit code, where it gives none."""
    done = CliRunner().invoke(app, ["cve", *words, "--as", "member"])
    if isinstance(done.exception, Problem):
        return done.exception.code
    return json.loads(done.stdout) if done.stdout.startswith(("{", "[")) else done.exit_code


def test_a_program_reserves_publishes_and_gives_up(story: Story, desk: Desk) -> None:
    cases.change_vulnerability(story.member, story.flaw, cve="")
    member, path = Caller(story.member), f"/cases/{story.case}/cve"
    key = {"Idempotency-Key": "once"}
    first, again = (member.send("POST", f"{path}/reserve", {}, **key) for _ in range(2))
    assert (first.status_code, first.content) == (202, again.content)
    jobs.run_due()
    (flaw,) = member.get(path).json()["flaws"]
    assert list(desk.ids) == [flaw["cve"]]
    story.approved()
    disclose.publish(story.member, story.advisory)
    published = member.send("POST", f"/advisories/{story.advisory}/cve/publish", {})
    assert (published.status_code, published.json()) == (202, {"count": 1})
    jobs.run_due()
    (flaw,) = member.get(f"/advisories/{story.advisory}/cve").json()["flaws"]
    assert flaw["numbers"][0]["state"] == "published"
    refused = member.send("POST", f"{path}/{flaw['cve']}/reject", {"reason": {"ja": "誤り"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "cve.english_needed")
    body = {"reason": {"en": "It was no flaw."}}
    assert member.send("POST", f"{path}/{flaw['cve']}/reject", body).status_code == 202
    jobs.run_due()
    assert desk.ids[flaw["cve"]]["state"] == "REJECTED"
    unknown = member.send("POST", f"{path}/deeds/CVD-15-00000/retry")
    assert unknown.status_code == 404


def test_the_command_line_does_the_same(story: Story, desk: Desk) -> None:
    cases.change_vulnerability(story.member, story.flaw, cve="")
    board = command("reserve", story.case, "--json")
    number = board["flaws"][0]["cve"]
    assert command("quota", "--json")["available"] == 19
    story.approved()
    disclose.publish(story.member, story.advisory)
    assert command("check", story.advisory) == 1, "not public yet"
    board = command("publish", story.advisory, "--json")
    assert board["flaws"][0]["numbers"][0]["state"] == "published"
    assert command("check", story.advisory) == 0
    (listed,) = command("list", "--state", "published", "--json")
    assert (listed["number"], listed["case_id"], listed["known"]) == (number, story.case, "published")
    assert command("note", story.case, story.flaw, "reserved") == "cve.not_from_here"
    assert command("reject", story.case, number, "--reason", "No flaw.") == 0
    assert desk.ids[number]["state"] == "REJECTED"
    assert KEY not in CliRunner().invoke(app, ["cve", "show", story.case, "--as", "member"]).output
