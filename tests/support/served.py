"""The sample house, served as in the demo: `okiagari demo` loads it, `okiagari serve` opens both doors.

A folder and two free loopback ports of its own; ended by its process id. Used by the browser tests and by
the script that takes the pictures.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEMO_DATA = ".demo"
OKIAGARI = Path(sys.executable).parent / "okiagari"
PASSWORD = "okiagari-demo"
PATIENCE = 90.0


class NotServedError(Exception):
    """The house did not come up; what it said is in the message."""


@dataclass(frozen=True)
class Served:
    """Where people, and where devices, find the house."""

    address: str
    devices: str
    data: Path


@contextmanager
def sample_house(folder: Path) -> Iterator[Served]:
    """The sample cases in this folder, loaded anew and served until the block ends."""
    people, devices = _free_ports()
    environment = _environment()
    data = folder / DEMO_DATA
    okiagari(folder, "demo", "--load-only", "--fresh")
    target = f'[[target]]\nname = "mirror"\nkind = "folder"\npath = "{folder / "mirror"}"\n'
    (data / "targets.toml").write_text(target, encoding="utf-8")
    command = [
        str(OKIAGARI),
        "serve",
        "--data",
        str(data),
        "--port",
        str(people),
        "--device-port",
        str(devices),
    ]
    log = folder / "serve.log"
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{people}"
    try:
        _wait_for(f"{address}/report/", server, log)
        yield Served(address, f"http://127.0.0.1:{devices}", data)
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def _environment() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OKIAGARI_", "DJANGO_"))
    }
    return {**kept, "OKIAGARI_DEMO": "1", "OKIAGARI_LANGUAGE": "en"}


def okiagari(folder: Path, *words: str) -> str:
    """What a command says that somebody types in this folder. Raises NotServedError where it fails."""
    done = subprocess.run(
        [str(OKIAGARI), *words], cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotServedError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise NotServedError(log.read_text(errors="replace"))
