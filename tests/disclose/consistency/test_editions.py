"""What the next edition changes is shown in words and in every file, against what really went out."""

import json
from pathlib import Path

import pytest

from okiagari.desk import permits
from okiagari.disclose import actions, queries
from okiagari.problems import Problem
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def rewritten(story: Story) -> None:
    view = queries.advisory(story.member, story.advisory)
    summary = view.words["summary"].written("en", "They can be used to attack others, over UDP.")
    actions.write(story.member, story.advisory, version=view.version, summary=summary)


def test_what_would_go_out_is_compared_with_what_did_and_one_edition_with_another(
    story: Story, site: Path, enter: Enter
) -> None:
    browser = enter(story.member)
    address = f"/advisories/{story.advisory}/changes/"
    assert "Nothing was published before" in browser.get(address).content.decode()
    story.approved()
    actions.publish(story.member, story.advisory)
    rewritten(story)

    found = queries.differences(story.member, story.advisory)
    assert (found.before, found.after) == (1, queries.NOW)
    changed = {each.path.partition("/")[0]: each for each in found.files}
    assert set(changed) >= {"en", "csaf", "openvex", "cyclonedx", "vuldef", "cve"}
    page = next(
        each
        for each in found.files
        if each.path == "en/" + Path(each.path).name and each.path.endswith(".html")
    )
    assert [each for each in page.changes if "over UDP" in each.after], page.changes
    csaf = next(
        each for each in found.files if each.path.startswith("csaf/") and each.path.endswith("-en.json")
    )
    places = {each.place for each in csaf.changes}
    assert "/document/tracking/revision_history/1" in places

    shown = browser.get(address).content.decode()
    for text in ("over UDP", "/document/tracking/revision_history/1", "Summary (English): Wording changed."):
        assert text in shown
    patch = browser.get(f"/advisories/{story.advisory}/changes.diff")
    assert patch["Content-Type"].startswith("text/x-diff")
    assert "+++ b/csaf/" in patch.content.decode()
    answer = json.loads(browser.get(f"/api/v1/advisories/{story.advisory}/changes").content)
    assert answer["files"][0]["changes"][0].keys() == {"kind", "place", "before", "after"}

    story.approved()
    actions.publish(story.member, story.advisory)
    between = queries.differences(story.member, story.advisory, before=1, after=2)
    assert [each.number for each in between.choices] == [queries.NOW, 2, 1]
    assert {each.path for each in between.files} == {each.path for each in found.files}
    same = queries.differences(story.member, story.advisory, before=2, after=2)
    assert (same.files, same.words) == ((), ())
    with pytest.raises(Problem) as refused:
        queries.differences(story.member, story.advisory, before=7)
    assert refused.value.definition is permits.NOTHING_HERE
    assert browser.get(f"{address}?before=x").status_code == 404
