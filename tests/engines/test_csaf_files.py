"""Folders of CSAF documents are judged file by file; whatever is wrong with a file is a finding."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from okiagari.engines import csaf_files
from okiagari.engines.csaf_files import Asked, File, found, judged, judged_file
from okiagari.standards.csaf.check import Level, Report
from tests.standards.test_csaf_check import MINIMAL

VALID = json.dumps(MINIMAL)


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _judged(path: Path, **asked: Any) -> csaf_files.Judged:
    return judged_file(File(path, is_named=True), Asked(**asked))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff{}", "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"document": ', "not JSON"),
        (b"[" * 3_000, "not JSON"),
        (b"[]", "JSON object"),
        (VALID.encode() + b" " * 5000, "larger than 4,000 bytes"),
    ],
)
def test_a_broken_file_is_a_finding(tmp_path: Path, content: bytes, said: str) -> None:
    each = _judged(_write(tmp_path / "a.json", content), limit=4000)
    assert [(one.test, one.location) for one in each.findings] == [("file", "")]
    assert said in each.findings[0].message
    assert not each.is_valid


def test_what_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    for name in ("folder.json", "gone.json"):
        assert [one.test for one in _judged(tmp_path / name).findings] == ["file"]


def test_a_test_that_breaks_on_a_document_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise KeyError("tracking")

    monkeypatch.setattr(csaf_files, "judge", broken)
    each = _judged(_write(tmp_path / "a.json", VALID))
    assert each.findings[0].message == "the tests could not be run: KeyError: 'tracking'"


def test_the_version_of_the_document_decides_what_it_is_judged_by(tmp_path: Path) -> None:
    header: dict[str, Any] = MINIMAL["document"] | {"csaf_version": "2.1"}
    newer = json.dumps({"document": header})
    assert _judged(_write(tmp_path / "a.json", VALID)).version == "2.0"
    each = _judged(_write(tmp_path / "b.json", newer))
    assert (each.version, each.draft, each.is_valid) == ("2.1", "csd04", False)


def test_a_folder_gives_its_documents_in_order_and_leaves_out_what_is_none(tmp_path: Path) -> None:
    _write(tmp_path / "2026" / "b.json", VALID)
    _write(tmp_path / "2026" / "a.json", VALID)
    _write(tmp_path / "2025" / "c.JSON", "{}")
    _write(tmp_path / "2025" / "c.json.sha256", "00")
    _write(tmp_path / "provider-metadata.json", '{"metadata_version": "2.0"}')
    _write(tmp_path / "feed.json", '{"feed": {}}')
    each = list(judged(found([tmp_path]), Asked()))
    assert [(one.file.path.name, one.left_out, one.is_valid) for one in each] == [
        ("feed.json", "ROLIE feed", True),
        ("provider-metadata.json", "provider metadata", True),
        ("c.JSON", "", False),
        ("a.json", "", True),
        ("b.json", "", True),
    ]
    named = list(judged(found([tmp_path / "feed.json"]), Asked()))
    assert [(one.left_out, one.is_valid) for one in named] == [("", False)]


def test_levels_add_their_findings(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.json", VALID)
    assert _judged(path).findings == ()
    optional = _judged(path, levels=(Level.MANDATORY, Level.OPTIONAL))
    assert {one.test for one in optional.findings} == {"6.2.11", "6.2.12"}
    assert optional.is_valid


def test_several_workers_keep_the_order_and_take_few_files_at_a_time(tmp_path: Path) -> None:
    valid, broken = _write(tmp_path / "valid.json", VALID), _write(tmp_path / "broken.json", "{")
    taken = 0

    def files() -> Iterator[File]:
        nonlocal taken
        for number in range(400):
            taken += 1
            yield File(broken if number % 7 == 0 else valid, is_named=True)

    stream = judged(files(), Asked(), workers=2)
    first = next(stream)
    assert not first.is_valid
    assert taken <= csaf_files.FEW + 8 * csaf_files.PER_TASK
    assert [one.is_valid for one in stream] == [number % 7 != 0 for number in range(1, 400)]
    assert taken == 400


def test_a_document_that_ends_its_process_is_a_finding_and_the_others_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = csaf_files.judge

    def deadly(document: dict[str, Any], *levels: Level) -> Report:
        if document["document"].get("title") == "deadly":
            os._exit(1)
        return judge(document, *levels)

    monkeypatch.setattr(csaf_files, "judge", deadly)
    valid = _write(tmp_path / "valid.json", VALID)
    header: dict[str, Any] = MINIMAL["document"] | {"title": "deadly"}
    deadly_one = _write(tmp_path / "deadly.json", json.dumps({"document": header}))
    files = [File(deadly_one if number == 9 else valid, is_named=True) for number in range(40)]
    each = list(judged(files, Asked(), workers=2))
    assert [number for number, one in enumerate(each) if not one.is_valid] == [9]
    assert "ended without an answer" in each[9].findings[0].message
