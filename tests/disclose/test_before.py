"""Whether the files of a tree are what its manifest says: asked here, or of processes beside this one."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from okiagari.disclose.site import before, digests
from okiagari.disclose.site.before import Before
from okiagari.disclose.site.manifest import File, Manifest, digest

SAID = {f"ja/文書-{number}.html": b"of %d" % number for number in range(20)}
TOUCHED = ("changed", "gone", "link", "folder", "empty")


@pytest.fixture
def tree(tmp_path: Path) -> Before:
    """Twenty files as they were written, and one for each thing that can have happened to a file."""
    files = {**SAID, **{f"en/{name}": name.encode() for name in TOUCHED}}
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    outside, folder = tmp_path / "outside", tmp_path / "en"
    outside.write_bytes(b"link")
    for name in TOUCHED[1:4]:
        (folder / name).unlink()
    (folder / "changed").write_bytes(b"CHANGED")
    (folder / "link").symlink_to(outside)
    (folder / "folder").mkdir()
    (folder / "empty").write_bytes(b"")
    said = {path: File(digest(data), "key") for path, data in files.items()}
    return Before(tmp_path, Manifest("renderer", "2031-01-01T00:00:00+00:00", [], said))


def answers(tree: Before) -> Mapping[str, bool]:
    tree.look_over()
    return {path: tree.is_sound(path) for path in tree.manifest.files}


EXPECTED = {**dict.fromkeys(SAID, True), **{f"en/{name}": False for name in TOUCHED}}


def test_few_files_are_read_here(tree: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(before, "_beside", None)
    assert answers(tree) == EXPECTED


def test_many_are_read_beside_and_the_answers_are_the_same(
    tree: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(before, "MANY", 1)
    asked: list[str] = []
    beside = before._beside

    def counted(folder: str, paths: list[str]) -> list[str]:
        asked.extend(paths)
        found = beside(folder, paths)
        monkeypatch.setattr(digests, "digest", None)  # whoever asks again is told nothing
        return found

    monkeypatch.setattr(before, "_beside", counted)
    assert answers(tree) == EXPECTED
    tree.look_over()
    assert sorted(asked) == sorted(tree.manifest.files)


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "print('ab' * 32)", "print('\\n' * 99)"])
def test_a_process_that_fails_costs_time_and_no_truth(
    tree: Before, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(program)
    monkeypatch.setattr(before, "MANY", 1)
    monkeypatch.setattr(digests, "__file__", str(wrong))
    assert answers(tree) == EXPECTED


def test_so_does_a_machine_that_starts_none(tree: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(before, "MANY", 1)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert answers(tree) == EXPECTED
