"""The device door as a process of its own: a real server on loopback, signals, nothing of Django."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from okiagari.device import settings
from okiagari.fleet import keys
from okiagari.fleet.stores import open_store
from okiagari.problems import Problem

UVICORN = [
    sys.executable,
    "-m",
    "uvicorn",
    "okiagari.device.app:application",
    "--port",
    "0",
    "--no-access-log",
]


def environment(place: str, data: Path) -> dict[str, str]:
    """Nothing of the caller's own settings but where the store is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKIAGARI_")}
    kept["OKIAGARI_DATA"] = str(data)
    if place.startswith("postgres"):
        kept["OKIAGARI_DATABASE_URL"] = place
    return kept


@contextmanager
def a_process(place: str, data: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server on a port of its own: the process and its address."""
    process = subprocess.Popen(UVICORN, env=environment(place, data), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        words = ""
        while not (found := re.search(r"running on (http://[\d.:]+)", words)):
            line = process.stderr.readline()
            assert line, f"it did not start: {words}"
            words += line
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


def test_a_real_server_keeps_what_it_answered_and_stops_when_asked(fleet_place: str, tmp_path: Path) -> None:
    key = keys.ensure_key(keys.key_path(tmp_path))
    with a_process(fleet_place, tmp_path) as (process, address):

        async def check_in_all() -> list[httpx.Response]:
            async with httpx.AsyncClient(base_url=address) as client:
                words = [{"unit": f"SN{number}", "product": "p", "version": "1"} for number in range(50)]
                return await asyncio.gather(
                    *(
                        client.post(
                            "/v1/check-ins",
                            json=word,
                            headers={"authorization": f"TargetToken {keys.token_for(key, word['unit'])}"},
                        )
                        for word in words
                    )
                )

        answers = asyncio.run(check_in_all())
        assert {answer.status_code for answer in answers} == {202}
        assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    store = open_store(fleet_place)
    assert sum(counts[0] for counts in store.rollup().values()) == 50
    assert store.rollup() == store.recount()
    store.close()


def test_a_killed_server_has_lost_nothing_it_answered(fleet_place: str, tmp_path: Path) -> None:
    key = keys.ensure_key(keys.key_path(tmp_path))
    with a_process(fleet_place, tmp_path) as (process, address):
        answer = httpx.post(
            f"{address}/v1/check-ins",
            json={"unit": "SN1", "product": "p", "version": "1"},
            headers={"authorization": f"TargetToken {keys.token_for(key, 'SN1')}"},
        )
        process.kill()
    assert answer.status_code == 202
    store = open_store(fleet_place)
    assert len(store.history("SN1")) == 1
    store.close()


@pytest.mark.sqlite
def test_a_door_without_its_key_says_what_to_do_and_does_not_open(tmp_path: Path) -> None:
    place = str(tmp_path / "fleet.sqlite3")
    done = subprocess.run(
        UVICORN, env=environment(place, tmp_path), capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode != 0
    assert "okiagari: The key of the units' tokens is not in" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_door_stands_without_django() -> None:
    program = (
        "import sys, okiagari.device.app; print([name for name in sys.modules if name.startswith('django')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_settings_come_from_the_environment_or_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgres://okiagari@db/okiagari\n")
    found = settings.read(
        {
            "OKIAGARI_DATA": str(tmp_path),
            "OKIAGARI_DATABASE_URL_FILE": str(secret),
            "OKIAGARI_CHECK_IN_SECONDS": "300",
            "OKIAGARI_ZONE": "Europe/Berlin",
        }
    )
    assert found.place == "postgres://okiagari@db/okiagari"
    assert found.key_file == tmp_path / "secrets" / "device.key"
    assert (found.interval, found.zone) == (300, "Europe/Berlin")
    assert settings.read({"OKIAGARI_DATA": str(tmp_path)}).place == str(tmp_path / "fleet.sqlite3")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OKIAGARI_CHECK_IN_SECONDS", "often"),
        ("OKIAGARI_CHECK_IN_SECONDS", "5"),
        ("OKIAGARI_DATABASE_URL_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_setting_is_told(name: str, value: str) -> None:
    with pytest.raises(Problem, match=name):
        settings.read({name: value})
