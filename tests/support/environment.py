"""Sets up one test process: an empty data folder, a database, nothing of the caller's own settings.

Runs before Django reads its settings. Each worker of a parallel run has a data folder of its own
and a database of its own in the one PostgreSQL that the first process started.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from scripts import translations
from tests.support import machine, postgres

KEPT = ("OKIAGARI_TEST_DATABASE", "OKIAGARI_TEST_ALL", "OKIAGARI_CORPUS", "OKIAGARI_CHROMIUM")
DATABASES = ("sqlite", "postgres")


class WrongSetupError(Exception):
    """The test run was asked for something it cannot have."""


def database() -> str:
    """The kind of database of this run: sqlite or postgres."""
    kind = os.environ.get("OKIAGARI_TEST_DATABASE") or "sqlite"
    if kind not in DATABASES:
        raise WrongSetupError(f"OKIAGARI_TEST_DATABASE is sqlite or postgres, not {kind!r}")
    return kind


def prepare() -> None:
    """Write the environment that the settings are read from. Raises WrongSetupError."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    url = os.environ.get("OKIAGARI_DATABASE_URL", "") if parallel else ""
    for name in [name for name in os.environ if name.startswith("OKIAGARI_") and name not in KEPT]:
        del os.environ[name]
    data = tempfile.mkdtemp(prefix="okiagari-test-")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    Path(data, "static").mkdir()  # whitenoise warns where there is none
    os.environ["OKIAGARI_DATA"] = data
    os.environ["OKIAGARI_SECRET_KEY"] = "only-for-tests"
    if database() == "postgres":
        os.environ["OKIAGARI_DATABASE_URL"] = url or _start_postgres()
    os.environ["DJANGO_SETTINGS_MODULE"] = "okiagari.config.settings"
    if not parallel:
        _refresh_translations()


def _refresh_translations() -> None:
    """Tests see the Japanese as it is written now. Whether it is right is not asked here."""
    package = translations.PACKAGE
    if translations.is_stale(package):
        translations.write(
            translations.merge(translations.fragments_of(package)), translations.compiled(package)
        )


def _start_postgres() -> str:
    binaries = machine.postgres()
    if binaries is None:
        raise WrongSetupError(f"PostgreSQL is not here: {machine.NEEDS['postgres'].remedy}")
    try:
        server = postgres.start(binaries)
    except postgres.NoServerError as problem:
        raise WrongSetupError(f"PostgreSQL did not start: {problem}") from None
    atexit.register(server.stop)
    return server.url
