"""A private PostgreSQL: made for one test run, reached by a socket file only, gone afterwards.

PostgreSQL refuses to run as root, so root starts it as the user postgres. Nothing is flushed to
disk: what a crash would lose is of no use to anybody.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLUSTER = ("--username=okiagari", "--auth=trust", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}
PATIENCE = 30.0  # seconds to start or to stop
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class NoServerError(Exception):
    """PostgreSQL did not start; the message says what it said."""


@dataclass(frozen=True)
class Server:
    home: Path
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"postgres://okiagari@/okiagari?host={self.home}"

    def stop(self) -> None:
        """Fast shutdown (sessions are cut), then nothing is left."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


def start(binaries: Path) -> Server:
    """Lay out a new cluster and start its server. Raises NoServerError."""
    short = "/tmp" if Path("/tmp").is_dir() else None  # the path of a socket has at most 107 bytes
    home = Path(tempfile.mkdtemp(prefix="okiagari-pg-", dir=short))
    try:
        server = _launch(binaries, home)
    except (OSError, NoServerError) as problem:
        shutil.rmtree(home, ignore_errors=True)
        raise NoServerError(str(problem)) from None
    _wait(server, binaries)
    return server


def _launch(binaries: Path, home: Path) -> Server:
    owner = _owner(home)
    data = home / "data"
    command = [str(binaries / "initdb"), f"--pgdata={data}", *CLUSTER]
    made = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, **owner)
    if made.returncode:
        raise NoServerError(made.stderr)
    options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", home, *options],
            cwd=home,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one call of the C library, no locks
            **owner,
        )
    return Server(home, process)


def _owner(home: Path) -> Mapping[str, Any]:
    """Who runs the server: the user postgres where we are root, else ourselves."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        raise NoServerError("there is no user postgres to run the server as") from None
    os.chown(home, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    """Shut the server down even where the test run is killed (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGINT)


def _wait(server: Server, binaries: Path) -> None:
    asked = [str(binaries / "pg_isready"), "--quiet", f"--host={server.home}", "--username=okiagari"]
    end = time.monotonic() + PATIENCE
    while subprocess.run(asked, check=False).returncode:
        if server.process.poll() is not None or time.monotonic() > end:
            words = (server.home / "log").read_text(errors="replace")
            server.stop()
            raise NoServerError(words or "no answer")
        time.sleep(0.05)
