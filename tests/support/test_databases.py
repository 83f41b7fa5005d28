"""What the tests stand on: the database asked for, seen by every thread, gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.support import environment, machine, postgres


@pytest.mark.django_db
def test_the_run_is_on_the_database_it_was_asked_for() -> None:
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[environment.database()]
    assert "test" in str(connection.settings_dict["NAME"])


@pytest.mark.django_db(transaction=True)
def test_a_thread_sees_what_another_wrote() -> None:
    def write() -> None:
        ContentType.objects.create(app_label="threads", model="one")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    assert ContentType.objects.filter(app_label="threads").exists()


def test_the_data_folder_is_this_run_s_own() -> None:
    folder = Path(os.environ["OKIAGARI_DATA"])
    assert folder.name.startswith("okiagari-test-")
    assert folder.resolve() == settings.ENVIRONMENT.data


@pytest.mark.postgres
def test_a_private_postgresql_starts_and_leaves_nothing_behind() -> None:
    binaries = machine.postgres()
    assert binaries is not None
    server = postgres.start(binaries)
    try:
        with psycopg.connect(f"host={server.home} user=okiagari dbname=postgres") as link:
            shown = link.execute(
                "SELECT current_setting('listen_addresses'), current_setting('fsync')"
            ).fetchone()
        assert shown == ("", "off")
    finally:
        server.stop()
    assert server.process.poll() is not None
    assert not server.home.exists()


@pytest.mark.postgres
def test_a_server_that_cannot_start_says_why() -> None:
    with tempfile.TemporaryDirectory(prefix="okiagari-broken-") as folder:
        Path(folder).chmod(0o755)
        with pytest.raises(postgres.NoServerError, match="initdb"):
            postgres.start(Path(folder))
        broken = Path(folder, "initdb")
        broken.write_text("#!/bin/sh\necho no room left >&2\nexit 1\n")
        broken.chmod(0o755)
        with pytest.raises(postgres.NoServerError, match="no room left"):
            postgres.start(Path(folder))


@pytest.mark.postgres
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_private_postgresql_does_not_outlive_a_killed_run() -> None:
    program = (
        "import sys; from tests.support import machine, postgres\n"
        "server = postgres.start(machine.postgres())\n"
        "print(server.process.pid, server.home, flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=machine.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        pid, home = run.stdout.readline().split()
        run.kill()
    end = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    shutil.rmtree(home, ignore_errors=True)
    assert not Path(f"/proc/{pid}").exists()
