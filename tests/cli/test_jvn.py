"""`okiagari jvn`: look, write the files, say that it was told, read what was told."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okiagari.cli import start
from okiagari.cli.main import app
from tests.disclose.conftest import site, story
from tests.disclose.jvn.story import coordinated
from tests.disclose.story import Story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    done = CliRunner().invoke(app, ["jvn", *words, "--as", "member"], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_look_write_tell_and_read_it_back(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "house", lambda: None)
    case = coordinated(story).case
    ready = json.loads(said("show", case, "--json"))
    assert ready["state"] == "owed"
    assert "never" in said("show", case)
    paths = said("write", case, "--folder", str(tmp_path)).splitlines()
    assert [Path(each).name for each in paths] == [
        f"{case}-{language}.{form}" for language in ("ja", "en") for form in ("txt", "xml")
    ]
    assert Path(paths[1]).read_text(encoding="utf-8") == ready["documents"]["ja"]
    number = said("told", case, "--seal", ready["seal"], "--way", "phone").strip()
    assert number in said("history", case)
    (kept,) = json.loads(said("history", case, "--json"))
    assert (kept["id"], kept["way"], kept["value"]) == (number, "phone", "vulnerable")
    assert json.loads(said("show", case, "--json"))["state"] == "told"
