"""From a fresh clone to a served demo, and what both processes weigh when idle.

    .venv/bin/python benchmarks/first_start.py

Clones this repository into a temporary folder, runs ``make setup`` and ``okiagari demo`` there on free
loopback ports, waits until the login page, the published site and the device door answer, then looks at
the memory of the processes after half a minute of rest. Ends what it started. Needs Linux for the memory.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_SECONDS = 600
REST_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # loopback, started by us
            return bool(response.status == 200)
    except OSError:
        return False


def family(pid: int) -> list[int]:
    """A process and everything it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def weight(pid: int) -> tuple[str, float]:
    """What a process is and its proportional share of memory in MB."""
    command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    name = next((word for word in ("gunicorn", "uvicorn", "supervisor") if word in command), command[:30])
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return name, int(pss.split()[1]) / 1024


def main() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OKIAGARI_")}
    with tempfile.TemporaryDirectory(prefix="okiagari-first-") as folder:
        clone = Path(folder) / "okiagari"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        start = time.monotonic()
        subprocess.run(["make", "-s", "setup"], cwd=clone, env=environment, check=True, stdout=sys.stderr)
        ready = time.monotonic()
        people, devices = free_port(), free_port()
        command = [".venv/bin/okiagari", "demo", "--port", str(people), "--device-port", str(devices)]
        demo = subprocess.Popen(command, cwd=clone, env=environment, stdout=sys.stderr)
        try:
            pages = [f"http://127.0.0.1:{people}{path}" for path in ("/account/login/", "/security/")]
            pages.append(f"http://127.0.0.1:{devices}/healthz")
            while not all(answers(page) for page in pages):
                if time.monotonic() - start > LONGEST_SECONDS or demo.poll() is not None:
                    raise SystemExit("the demo did not come up")
                time.sleep(0.5)
            served = time.monotonic()
            print(
                f"set-up {ready - start:.0f} s, replays and start {served - ready:.0f} s, "
                f"clone to serving {served - start:.0f} s"
            )
            time.sleep(REST_SECONDS)
            weights = [weight(pid) for pid in family(demo.pid)]
            for name, megabytes in weights:
                print(f"  {name:12} {megabytes:6.0f} MB")
            print(f"idle memory of all processes {sum(each for _, each in weights):.0f} MB")
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(60)


if __name__ == "__main__":
    main()
