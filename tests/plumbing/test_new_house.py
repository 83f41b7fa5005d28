"""A new house is built at once, an old one moves step by step: the tables at the end are the same."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.support import environment, machine

STEP_BY_STEP = """
import gc, json, os
gc.disable()
os.environ["DJANGO_SETTINGS_MODULE"] = "okiagari.config.settings"
import django; django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from tests.plumbing.test_new_house import tables
call_command(Command(), verbosity=0)
print(json.dumps(tables(), default=str))
"""
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"


def tables() -> dict[str, Any]:
    """What the database says of itself: tables with columns, constraints and indexes; triggers."""
    ask = connection.introspection
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name in sorted(ask.table_names(cursor)):
            columns = {each.name: [*each[1:]] for each in ask.get_table_description(cursor, name)}
            rules = [{"name": key, **rule} for key, rule in ask.get_constraints(cursor, name).items()]
            found[name] = [columns, sorted(json.dumps(_named(each), default=str) for each in rules)]
        if connection.vendor == "sqlite":
            found["triggers"] = cursor.execute(TRIGGERS).fetchall()
    return found


def _named(rule: dict[str, Any]) -> dict[str, Any]:
    """SQLite gives numbers to what has no name of its own, in the order in which columns were added."""
    is_numbered = rule["name"].startswith(("__unnamed_constraint", "fk_", "sqlite_autoindex_"))
    return {**rule, "name": "" if is_numbered and connection.vendor == "sqlite" else rule["name"]}


@contextmanager
def another_database(folder: Path) -> Iterator[dict[str, str]]:
    """The settings of an empty database of the kind this run is on."""
    (folder / "static").mkdir()
    given = {name: value for name, value in os.environ.items() if not name.startswith("OKIAGARI_")}
    given |= {"OKIAGARI_DATA": str(folder), "OKIAGARI_SECRET_KEY": "only-for-tests"}
    if environment.database() == "sqlite":
        yield given
        return
    host, user = connection.settings_dict["HOST"], connection.settings_dict["USER"]
    with psycopg.connect(f"host={host} user={user} dbname=postgres", autocommit=True) as link:
        link.execute("CREATE DATABASE step_by_step")
        try:
            yield {**given, "OKIAGARI_DATABASE_URL": f"postgres://{user}@/step_by_step?host={host}"}
        finally:
            link.execute("DROP DATABASE step_by_step")


@pytest.mark.django_db
def test_a_house_built_at_once_is_the_one_that_moved_step_by_step(tmp_path: Path) -> None:
    with another_database(tmp_path) as settings:
        command = [sys.executable, "-W", "error", "-c", STEP_BY_STEP]
        moved = subprocess.run(
            command, cwd=machine.ROOT, env=settings, capture_output=True, text=True, check=False
        )
    assert moved.returncode == 0, moved.stderr
    expected, built = json.loads(moved.stdout), json.loads(json.dumps(tables(), default=str))
    # the fleet's store lays tables of its own beside them, in whichever test came first
    ours = expected.keys() | set(connection.introspection.django_table_names())
    assert len(ours) > 80, "these are not all tables"
    for name in sorted(ours):
        assert built.get(name) == expected.get(name), name


@pytest.mark.django_db
def test_in_a_new_house_nothing_is_left_to_be_moved() -> None:
    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", check_unapplied=True, verbosity=0)
