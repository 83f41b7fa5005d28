"""What every test run stands on. Sub-folders' conftests may import models: Django is set up here.

``OKIAGARI_TEST_DATABASE=postgres`` runs the tests that touch data on a private PostgreSQL; without
it everything runs on a SQLite file. Markers: ``corpus``, ``chromium`` (left out with a word where
this machine lacks them; in CI that fails the run), ``postgres``, ``sqlite`` (only on that one), ``once``
(on SQLite; on both where ``OKIAGARI_TEST_ALL=1``). Doors are ``once``, too: what they ask runs on both.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import environment, machine, migrated, sockets

DATA_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server", "fleet_place"})
OPTIONAL = ("corpus", "chromium")
# The longest first.
LONG = ("tests/leaks/", "tests/browser/", "tests/cli/", "tests/journeys/", "tests/replay/", "tests/config/")
# What people and programs come in by; every action and query behind it is tested on both databases.
DOORS = ("tests/web/", "tests/api/", "tests/leaks/", "tests/browser/", "tests/cli/", "tests/replay/")

# How long an example takes says how busy the machine is, not whether the law holds.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def _stand_up() -> None:
    from django.conf import settings

    if settings.configured:
        raise pytest.UsageError("the settings were read too early: unset DJANGO_SETTINGS_MODULE")
    try:
        environment.prepare()
    except environment.WrongSetupError as problem:
        raise pytest.UsageError(str(problem)) from None
    import django

    django.setup()
    del os.environ["DJANGO_SETTINGS_MODULE"]  # a worker would read its settings before it is prepared
    sockets.refuse_the_outside()


_stand_up()


def pytest_report_header() -> str:
    without = ", ".join(machine.lacking()) or "nothing"
    return f"okiagari: on {environment.database()}; lacking: {without}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """File by file, but whatever looks at the served house in one process, which loads it once."""
    from tests.support.scheduling import HouseByHouse

    return HouseByHouse(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database; on PostgreSQL, what touches no data."""
    here = [item for item in items if _belongs(item, environment.database())]
    if len(here) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(here)])
    # what takes long begins first, so that two workers come to an end together
    items[:] = sorted(here, key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, folder in enumerate(LONG) if item.nodeid.startswith(folder)), len(LONG))


def _belongs(item: pytest.Item, database: str) -> bool:
    own = {name for name in environment.DATABASES if item.get_closest_marker(name)}
    if own:
        return database in own
    is_once = item.get_closest_marker("once") is not None or item.nodeid.startswith(DOORS)
    if is_once and not os.environ.get("OKIAGARI_TEST_ALL"):
        return database == "sqlite"
    return database == "sqlite" or touches_data(item)


def touches_data(item: pytest.Item) -> bool:
    fixtures = frozenset(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATA_FIXTURES)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name in OPTIONAL:
        wanted = item.get_closest_marker(name) or name in getattr(item, "fixturenames", ())
        if wanted and machine.NEEDS[name].find() is None:
            pytest.skip(f"no {name} here: {machine.NEEDS[name].remedy}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was left out is a test that failed."""
    if _left_out(session.config) and machine.is_ci() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = _left_out(config)
    if left_out and machine.is_ci():
        terminalreporter.section("left out, which CI does not allow", red=True, bold=True)
        terminalreporter.line(f"{left_out} tests were skipped; see the reasons above.")


def _left_out(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Nothing is dropped at the end: the data folder and the server go, and the databases with them."""
    return True


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig: pytest.Config) -> Path | None:
    """Where the migrated database is kept from run to run; None where there is no such place."""
    cache = getattr(pytestconfig, "cache", None)
    if cache is None or environment.database() != "sqlite":
        return None
    return migrated.copy_in(Path(cache.mkdir("okiagari-migrated")))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    migrated_copy: Path | None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Before the database is set up: begin with the copy, if there is one."""
    if migrated_copy is not None:
        migrated.bring(migrated_copy, _database_file())


@pytest.fixture(scope="session")
def django_db_setup(migrated_copy: Path | None, django_db_setup: None) -> None:
    """The database as it is after all migrations, kept for the next who needs one."""
    if migrated_copy is not None:
        migrated.keep(migrated_copy, _database_file())


def _database_file() -> Path:
    from django.db import connection

    return Path(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of documents made by others (its README says from where)."""
    folder = machine.corpus()
    assert folder is not None
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's executable."""
    browser = machine.chromium()
    assert browser is not None
    return browser


@pytest.fixture(autouse=True)
def _the_clock_runs() -> Iterator[None]:
    """No test leaves the clock standing for the next one."""
    from okiagari.plumbing import clock

    yield
    assert not clock.is_set()


@pytest.fixture(autouse=True)
def _no_anchor_stays() -> Iterator[None]:
    """The anchors that a test left in the folder of this process speak of a ledger that is gone."""
    yield
    shutil.rmtree(Path(os.environ["OKIAGARI_DATA"], "anchors"), ignore_errors=True)
