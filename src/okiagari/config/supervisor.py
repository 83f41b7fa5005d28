"""Keeps the two processes of one installation running: people (gunicorn) and devices (uvicorn).

In the demo a third one plays the units in the field.

One that ends by itself is started again, later each time. SIGTERM or SIGINT ends both, gently.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from okiagari.config import environment
from okiagari.device import settings as device

STEADY_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 30.0
GENTLE_SECONDS = 25.0
CHECK_INS = "/v1/check-ins"


class Child:
    """One process, started again when it ends."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.wait = 0.5
        self.started = 0.0
        self.next_start = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def tend(self) -> None:
        """Start it when it is due; notice when it has ended."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self.started > STEADY_SECONDS:
                self.wait = 0.5
            said = f"okiagari: {self.name} ended ({self.process.returncode}); again in {self.wait:.1f} s"
            sys.stderr.write(said + "\n")
            self.process = None
            self.next_start, self.wait = now + self.wait, min(self.wait * 2, LONGEST_WAIT_SECONDS)
        if self.process is None and now >= self.next_start:
            self.started = now
            self.process = subprocess.Popen(self.command)  # noqa: S603 - our own two servers

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()


def children(settings: environment.Environment) -> list[Child]:
    people = ["-m", "gunicorn", "-c", "python:okiagari.config.gunicorn", "okiagari.config.wsgi:application"]
    devices = ["-m", "uvicorn", "okiagari.device.app:application", "--host", settings.bind]
    devices += ["--port", str(settings.device_port), "--log-level", "warning", "--no-access-log"]
    tended = [
        Child("people", [sys.executable, *people]),
        Child("devices", [sys.executable, *devices]),
    ]
    if settings.demo:
        tended.append(Child("units of the demo", [sys.executable, *_units(settings)]))
    return tended


def _units(settings: environment.Environment) -> list[str]:
    """The demo's own units, so that a published fix is seen to arrive."""
    door = device.read(os.environ)
    address = f"http://{settings.bind}:{settings.device_port}{CHECK_INS}"
    return ["-m", "okiagari.replay.living", door.place, str(door.key_file), str(settings.site_dir), address]


def main() -> None:
    """Run until told to stop."""
    settings = environment.read(os.environ)
    tended = children(settings)
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        for child in tended:
            child.tend()
        time.sleep(0.2)
    for child in tended:
        child.end()
    until = time.monotonic() + GENTLE_SECONDS
    for child in tended:
        child.wait_for_end(until)


if __name__ == "__main__":
    main()
