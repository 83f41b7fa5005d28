"""Publishing: what was approved goes out, once, whole."""

from pathlib import Path

import pytest

from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.plumbing import jobs
from tests.disclose.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_approved_goes_live_in_every_format(story: Story, site: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    current = site / "current"
    files = {str(path.relative_to(current)) for path in current.resolve().rglob("*") if path.is_file()} if False else {
        str(path.relative_to(current.resolve())) for path in current.resolve().rglob("*") if path.is_file()
    }
    assert files == {
        "index.html",
        "public.css",
        "ja/index.html",
        "en/index.html",
        "ja/feed.xml",
        "en/feed.xml",
        "ja/sa-2015-001.html",
        "en/sa-2015-001.html",
        "csaf/2026/sa-2015-001.json",
        "csaf/2026/sa-2015-001-en.json",
    }
