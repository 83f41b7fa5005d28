"""The catalogue out and in again on the command line, pictures beside the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from okiagari.catalog import actions, exporting
from okiagari.cli.main import app
from tests.catalog.conftest import catalogue, house
from tests.catalog.test_looks import full
from tests.factories import House
from tests.plumbing.test_pictures import picture

__all__ = ["catalogue", "house"]
STEPS = "lines: [{key: hdl-t, steps: [{text: 見る, picture: %s, alt: {ja: 図, en: Picture}}]}]"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["catalog", *arguments, "--as", "member"])


def test_what_is_exported_comes_in_again(catalogue: House, tmp_path: Path) -> None:
    full(catalogue)
    before = exporting.catalogue(catalogue.member)
    done = run("export", str(tmp_path / "out"), "--json")
    assert json.loads(done.stdout)["pictures"] == 1
    file = tmp_path / "out" / "catalogue.yaml"
    assert "picture: pictures/" in file.read_text()
    actions.put_steps(catalogue.member, [], line="hdl-t")
    assert run("import", str(file)).exit_code == 0
    assert exporting.catalogue(catalogue.member) == before


@pytest.mark.parametrize(
    ("name", "is_taken"), [("label.png", True), ("../label.png", False), ("x.png", False)]
)
def test_a_picture_is_taken_from_beside_the_file_only(
    catalogue: House, tmp_path: Path, name: str, is_taken: bool
) -> None:
    folder = tmp_path / "file"
    folder.mkdir()
    (folder / "label.png").write_bytes(picture())
    (tmp_path / "label.png").write_bytes(picture())
    (folder / "catalogue.yaml").write_text(STEPS % name)
    done = run("import", str(folder / "catalogue.yaml"))
    assert (done.exit_code == 0) is is_taken
    assert is_taken or "catalog.unreadable" in str(done.exception)


def test_a_folder_that_cannot_be_written_is_said_in_one_line(catalogue: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("export", str(tmp_path / "file"))
    assert "cannot be written" in str(done.exception)
