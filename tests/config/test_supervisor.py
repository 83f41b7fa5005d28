"""One command keeps two processes running: on loopback, started again when killed, ended when asked."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.db import DatabaseError, connection
from django.test import Client

from okiagari.config import supervisor
from okiagari.config.supervisor import Child

RUN = "from okiagari.cli.main import main; main()"
PATIENCE = 60.0
IDLE_MEGABYTES = 250
IDLE_SHARE = 0.1


def eventually(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, f"{what}: not within {patience} s"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def below(pid: int) -> list[int]:
    """The processes below this one, its own children first."""
    try:
        found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*found, *(deeper for each in found for deeper in below(each))]


def children(pid: int) -> dict[str, int]:
    found = {}
    for each in [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]:
        line = Path(f"/proc/{each}/cmdline").read_bytes().decode().replace("\0", " ")
        found["people" if "gunicorn" in line else "devices"] = each
    return found


@dataclass
class Running:
    process: "subprocess.Popen[bytes]"
    people: str
    devices: str
    log: Path

    def answers(self, address: str) -> bool:
        try:
            return httpx.get(f"{address}/healthz", timeout=5).json() == {"status": "ok"}
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    people, devices = free_port(), free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OKIAGARI_", "DJANGO_"))
    }
    serve = ["serve", "--data", str(folder / "data"), "--port", str(people), "--device-port", str(devices)]
    log = folder / "log"
    with log.open("wb") as said:
        process = subprocess.Popen([sys.executable, "-c", RUN, *serve], env=kept, stdout=said, stderr=said)
    house = Running(process, f"http://127.0.0.1:{people}", f"http://127.0.0.1:{devices}", log)
    try:
        eventually(lambda: house.answers(house.people) and house.answers(house.devices), log.read_text())
        yield house
    finally:
        started = below(process.pid)
        process.kill()
        process.wait()
        for each in started:
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue


def test_both_doors_answer(running: Running) -> None:
    assert running.answers(running.people)
    assert running.answers(running.devices)
    assert httpx.get(f"{running.people}/report/").status_code == 200
    assert set(children(running.process.pid)) == {"people", "devices"}


def test_idle_they_take_little_memory_and_hardly_any_time(running: Running) -> None:
    pids = [running.process.pid, *below(running.process.pid)]
    megabytes = sum(_proportional_kilobytes(pid) for pid in pids) / 1024
    assert megabytes < IDLE_MEGABYTES
    before = sum(_ticks(pid) for pid in pids)
    time.sleep(3)
    used = (sum(_ticks(pid) for pid in pids) - before) / os.sysconf("SC_CLK_TCK")
    assert used / 3 < IDLE_SHARE


def _proportional_kilobytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@pytest.mark.parametrize("name", ["people", "devices"])
def test_one_that_is_killed_is_started_again_and_the_other_goes_on(running: Running, name: str) -> None:
    before = children(running.process.pid)
    orphans = below(before[name])
    os.kill(before[name], signal.SIGKILL)
    for each in orphans:
        os.kill(each, signal.SIGKILL)
    address = getattr(running, name)
    eventually(lambda: children(running.process.pid).get(name, before[name]) != before[name], "a new one")
    eventually(lambda: running.answers(address), running.log.read_text())
    other = {"people": "devices", "devices": "people"}[name]
    assert children(running.process.pid)[other] == before[other]
    assert f"{name} ended" in running.log.read_text()


def test_asked_to_stop_both_end_gently_and_leave_nobody(running: Running) -> None:
    everybody = below(running.process.pid)
    assert len(everybody) >= 3, "gunicorn, its worker, uvicorn"
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(30) == 0
    assert not [pid for pid in everybody if Path(f"/proc/{pid}").exists() and not _is_dead(pid)]
    assert not running.answers(running.people)
    assert not running.answers(running.devices)
    assert "Traceback" not in running.log.read_text()


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# the waiting between two starts, with a clock of our own


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose hand is moved by the test."""
    at = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: at[0])
    return at


def ended(child: Child) -> None:
    assert child.process is not None
    child.process.wait(30)


def test_one_that_ends_at_once_is_started_later_each_time(
    hand: list[float], capfd: pytest.CaptureFixture[str]
) -> None:
    child = Child("restless", [sys.executable, "-c", "pass"])
    waits = []
    for _ in range(8):
        child.tend()
        ended(child)
        child.tend()
        waits.append(child.next_start - hand[0])
        assert child.process is None, "not before its time"
        hand[0] = child.next_start
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert "restless ended (0)" in capfd.readouterr().err


def test_one_that_ran_steadily_is_started_again_soon(hand: list[float]) -> None:
    child = Child("steady", [sys.executable, "-c", "pass"])
    child.wait = 16.0
    child.tend()
    ended(child)
    hand[0] += supervisor.STEADY_SECONDS + 1
    child.tend()
    assert child.next_start - hand[0] == 0.5


def test_one_that_does_not_end_when_asked_is_killed_in_the_end() -> None:
    ignore = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    child = Child("deaf", [sys.executable, "-c", f"{ignore}; print(1, flush=True); time.sleep(60)"])
    child.process = subprocess.Popen(child.command, stdout=subprocess.PIPE)
    assert child.process.stdout is not None
    child.process.stdout.readline()
    child.end()
    child.wait_for_end(time.monotonic() + 0.3)
    assert child.process.wait(10) == -signal.SIGKILL
    child.process.stdout.close()


# whether the people's door can work


@pytest.mark.django_db
def test_the_door_says_that_it_is_well_and_nothing_else() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_without_its_database_the_door_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("the password of the database is secretword")

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "no database"})
