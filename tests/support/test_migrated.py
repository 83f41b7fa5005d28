"""A migrated database is taken over only by whoever has the same migrations."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import migrated


def a_database(path: Path, table: str) -> Path:
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"create table {table} (x)")
    return path


def test_what_was_kept_is_brought_to_the_next(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    copy = tmp_path / "kept" / "of_today.sqlite3"
    migrated.bring(copy, tmp_path / "first.sqlite3")
    assert not (tmp_path / "first.sqlite3").exists(), "nothing was kept yet"
    migrated.keep(copy, a_database(tmp_path / "first.sqlite3", "cases"))
    migrated.bring(copy, tmp_path / "second.sqlite3")
    with closing(sqlite3.connect(tmp_path / "second.sqlite3")) as found:
        assert found.execute("select name from sqlite_master").fetchall() == [("cases",)]


def test_copies_of_other_migrations_go(tmp_path: Path) -> None:
    old = a_database(tmp_path / "of_yesterday.sqlite3", "cases")
    (tmp_path / "run").mkdir()
    migrated.keep(tmp_path / "of_today.sqlite3", a_database(tmp_path / "run" / "now.sqlite3", "cases"))
    assert not old.exists()
    assert [each.name for each in tmp_path.glob("*.sqlite3")] == ["of_today.sqlite3"]


def test_a_changed_migration_has_another_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = migrated.copy_in(tmp_path)
    assert migrated.copy_in(tmp_path) == before
    extra = tmp_path / "0099_more.py"
    extra.write_text("")
    known = list(migrated._sources())
    monkeypatch.setattr(migrated, "_sources", lambda: iter([*known, extra]))
    with_one_more = migrated.copy_in(tmp_path)
    assert with_one_more != before
    extra.write_text("operations = []")
    assert migrated.copy_in(tmp_path) not in (before, with_one_more)
