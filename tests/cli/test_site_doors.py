"""``okiagari site archive`` and ``okiagari site targets``: the same at the command line, with exit codes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner, Result

from okiagari.cli.main import app
from okiagari.disclose import actions as disclose
from okiagari.disclose.archive import blobs
from okiagari.disclose.archive import problems as archive_problems
from okiagari.disclose.targets import problems as target_problems
from okiagari.disclose.targets.settings import read
from okiagari.problems import Problem
from tests.disclose.conftest import site, story
from tests.disclose.story import Story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "ja/sa-2015-001.html"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["site", *words])


def test_archive_and_targets_answer_with_data_and_exit_codes(
    story: Story, site: Path, tmp_path: Path, settings: LazySettings
) -> None:
    place = tmp_path / "www"
    text = f'[[target]]\nname = "web"\nkind = "folder"\npath = "{place}"\npublic = true\n'
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, targets=read(text), data=tmp_path / "data")
    refused = run("targets", "push")
    assert refused.exit_code == 5, refused.output
    story.approved()
    disclose.publish(story.member, story.advisory)

    (target,) = json.loads(run("targets", "list", "--json").stdout)
    assert (target["state"], target["waits"]) == ("queued", ["SA-2015-001#1"])
    assert "not there yet: SA-2015-001#1" in run("targets", "list").stdout
    assert run("targets", "check").exit_code == 1
    sent = json.loads(run("targets", "push", "--json").stdout)
    assert sent["web"]["files"] == len([each for each in place.rglob("*") if each.is_file()]) - 1
    assert run("targets", "check", "web").exit_code == 0
    (place / "current" / "index.html").unlink()
    assert "web  missing  index.html" in run("targets", "check").stdout
    unknown = run("targets", "check", "elsewhere")
    assert isinstance(unknown.exception, Problem)
    assert unknown.exception.definition is target_problems.NO_SUCH_TARGET

    assert run("archive", "verify").exit_code == 0
    said = run("archive", "list", "csaf/index.txt")
    assert said.stdout.endswith("csaf/index.txt\n")
    got = run(
        "archive", "get", f"https://maker.example/security/{PAGE}", "--out", str(tmp_path / "page.html")
    )
    assert got.exit_code == 0
    assert (tmp_path / "page.html").read_bytes() == (site / "current" / PAGE).read_bytes()
    assert run("archive", "get", "csaf/index.txt").stdout_bytes.startswith(
        (site / "current" / "csaf" / "index.txt").read_bytes()
    )
    never = run("archive", "get", PAGE, "--at", "2001-01-01")
    assert isinstance(never.exception, Problem)
    assert never.exception.definition is archive_problems.NEVER_OUT
    assert run("archive", "get", PAGE, "--at", "noon").exit_code == 2
    (line,) = json.loads(run("archive", "history", PAGE, "--json").stdout)
    assert line["brought_by"] == ["SA-2015-001#1"]
    assert run("archive", "history", "nowhere").exit_code == 1
    blobs.path_of(line["sha256"]).unlink()
    verdict = run("archive", "verify", "--json")
    assert verdict.exit_code == 1
    assert {each["code"] for each in json.loads(verdict.stdout)["findings"]} == {"missing"}
    young = run("archive", "prune", "--before", "2026-01-01", "--reason", "old", "--as", "member")
    assert young.exit_code != 0
