"""Files by their content: bytes before the row, nothing of what is too large, orphans collected."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from okiagari.plumbing import clock, files
from okiagari.plumbing.models import Blob
from okiagari.problems import Problem
from tests.support.failing import a_failing_action

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "folder", lambda: tmp_path / "blobs")
    return tmp_path / "blobs"


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def age(path: Path, days: float) -> None:
    then = (clock.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_what_is_stored_is_read_again() -> None:
    blob = files.store([b"proof ", b"of concept"], limit=100)
    assert (files.read(blob.sha256), blob.size) == (b"proof of concept", 16)


def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    first, second = files.store([b"same"], limit=10), files.store([b"sa", b"me"], limit=10)
    assert first.pk == second.pk
    assert on_disk(folder) == [first.sha256]


def test_the_bytes_are_on_disk_before_the_row_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    make = Blob.objects.get_or_create

    def watched(sha256: str, **more: object) -> object:
        seen.append(files.path_of(sha256).read_bytes() == b"evidence")
        return make(sha256=sha256, **more)

    monkeypatch.setattr(Blob.objects, "get_or_create", watched)
    files.store([b"evidence"], limit=100)
    assert seen == [True]


def test_what_is_exactly_at_the_limit_is_kept(folder: Path) -> None:
    files.store([b"12345"], limit=5)
    with pytest.raises(Problem):
        files.store([b"123456"], limit=5)


def test_what_is_too_large_leaves_nothing_behind(folder: Path) -> None:
    taken: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            taken.append(1)
            yield b"x" * 100

    with pytest.raises(Problem) as raised:
        files.store(endless(), limit=1000)
    assert raised.value.code == "files.too_large"
    assert raised.value.parameters == {"limit": 1000}
    assert len(taken) == 11, "it stops reading at the limit"
    assert on_disk(folder) == []
    assert not Blob.objects.exists()


def test_a_stream_that_breaks_off_leaves_nothing_behind(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.store(broken(), limit=1000)
    assert on_disk(folder) == []
    assert not Blob.objects.exists()


def test_a_file_whose_action_was_rolled_back_is_an_orphan_and_is_collected_after_a_day(folder: Path) -> None:
    with a_failing_action():
        lost = files.store([b"lost"], limit=100)
    kept = files.store([b"kept"], limit=100)
    assert files.collect_orphans() == 0, "an upload may still be on its way to its row"
    age(files.path_of(lost.sha256), 2)
    age(files.path_of(kept.sha256), 2)
    assert files.collect_orphans() == 1
    assert on_disk(folder) == [kept.sha256]


def test_a_half_written_file_of_a_killed_process_is_collected(folder: Path) -> None:
    files.store([b"kept"], limit=100)
    half = folder / "incoming-killed"
    half.write_bytes(b"half")
    assert files.collect_orphans() == 0
    age(half, 2)
    assert files.collect_orphans() == 1
    assert not half.exists()


def test_collecting_where_nothing_was_ever_stored_is_no_error() -> None:
    assert files.collect_orphans() == 0
