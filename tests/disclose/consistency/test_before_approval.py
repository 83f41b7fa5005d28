"""Before an approval every format is read back: what agrees is one calm line, what differs holds it."""

import json
import sys
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from okiagari.desk import permits
from okiagari.desk.subjects import PUBLIC
from okiagari.disclose import actions, problems, queries
from okiagari.disclose.consistency import checks
from okiagari.disclose.models import ConsistencyCheck
from okiagari.plumbing.models import Job
from okiagari.problems import Problem
from okiagari.standards.firmware_order import Range
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter


def _wrong(element: ET.Element, versions: Range) -> None:
    """A renderer that says the wrong version."""
    ET.SubElement(element, "VersionNumber", operator="eq").text = "9.99"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["okiagari.standards.vuldef.build"], "_range", _wrong)


def test_what_agrees_is_approved_and_the_report_is_kept(story: Story) -> None:
    seal = story.submitted()
    assert Job.objects.filter(kind=checks.JOB).count() == 1
    found = queries.consistency(story.approver, story.advisory)
    assert found.is_consistent
    assert found.facts > 100
    assert not ConsistencyCheck.objects.exists()
    actions.approve(story.approver, story.advisory, snapshot=seal)
    assert ConsistencyCheck.objects.get().seal
    assert queries.consistency(story.approver, story.advisory).at == ConsistencyCheck.objects.get().at


def test_what_differs_holds_the_approval_and_is_named_on_the_page(
    story: Story, broken: None, enter: Enter
) -> None:
    seal = story.submitted()
    with override("en"), pytest.raises(Problem) as refused:
        actions.approve(story.approver, story.advisory, snapshot=seal)
    assert refused.value.definition is problems.INCONSISTENT
    assert refused.value.parameters["fields"] == "Affected versions"
    assert queries.advisory(story.approver, story.advisory).state == "submitted"
    browser = enter(story.approver)
    review = browser.get(f"/advisories/{story.advisory}/").content.decode()
    assert "2 differences" in review
    page = browser.get(f"/advisories/{story.advisory}/consistency/").content.decode()
    for text in ("vuldef/ja/", "VersionNumber[1]", "9.99", "&lt;1.03"):
        assert text in page
    answer = json.loads(browser.get(f"/api/v1/advisories/{story.advisory}/consistency").content)
    (field,) = answer["fields"]
    assert field["field"] == "affected_versions"
    assert {each["path"].partition("/")[0] for each in field["differences"]} == {"vuldef"}
    assert field["differences"][0]["said"] == ["9.99"]
    assert field["differences"][0]["approved"] == ["<1.03"]


def test_a_big_document_waits_for_its_check(
    story: Story, monkeypatch: pytest.MonkeyPatch, enter: Enter
) -> None:
    monkeypatch.setattr(checks, "SMALL", 1)
    story.submitted()
    assert not queries.consistency(story.approver, story.advisory).is_checked
    browser = enter(story.approver)
    page = browser.get(f"/advisories/{story.advisory}/consistency/").content.decode()
    assert "Check it now" in page
    browser.post(f"/advisories/{story.advisory}/consistency/")
    assert queries.consistency(story.approver, story.advisory).is_consistent


def test_another_word_is_checked_anew(story: Story) -> None:
    actions.check_consistency(story.member, story.advisory)
    before = ConsistencyCheck.objects.get().seal
    view = queries.advisory(story.member, story.advisory)
    title = view.title.written("en", "UPnP listens on the Internet side")
    actions.write(story.member, story.advisory, version=view.version, title=title)
    actions.check_consistency(story.member, story.advisory)
    assert ConsistencyCheck.objects.get().seal != before


def test_who_may_not_know_the_advisory_is_told_nothing(story: Story) -> None:
    for ask in (queries.consistency, actions.check_consistency):
        with pytest.raises(Problem) as refused:
            ask(PUBLIC, story.advisory)
        assert refused.value.code == "desk.sign_in"
        with pytest.raises(Problem) as refused:
            ask(story.house.second, story.advisory)
        assert refused.value.definition is permits.NOTHING_HERE
