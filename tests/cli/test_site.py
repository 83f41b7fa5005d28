"""``okiagari site build``: everything that is published, as a folder."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okiagari.cli.main import app
from okiagari.disclose import actions as disclose
from okiagari.problems import Problem
from tests.disclose.conftest import site, story
from tests.disclose.story import Story
from tests.factories import text

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_published_is_written_and_drafts_are_not(story: Story, site: Path, tmp_path: Path) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    disclose.draft(story.member, cases=[story.case], title=text("まだ秘密"), tracking_id="SA-SECRET")
    out = tmp_path / "out"
    told = CliRunner().invoke(app, ["site", "build", "--out", str(out), "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["advisories"] == 1
    assert (out / "en" / "sa-2015-001.html").is_file()
    assert not [path for path in out.rglob("*") if "secret" in path.name]


def test_another_folder_is_left_alone(story: Story, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    told = CliRunner().invoke(app, ["site", "build", "--out", str(tmp_path)])
    assert isinstance(told.exception, Problem)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]
