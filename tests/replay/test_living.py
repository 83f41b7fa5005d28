"""The demo's units take a fix only after owners can read of it, and say what they run, one by one."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from okiagari.fleet.stores import open_store
from okiagari.fleet.stores.base import CheckIn
from okiagari.replay import living
from okiagari.replay.living import Herd, Offer

OFFER = Offer("SN-2", 3, 10, "sample-sa-sn2", "sn2_1.1.0", 0.8)
TODAY = date(2026, 11, 26)


def a_herd() -> Herd:
    return Herd(OFFER, {f"SN-2-0300{number:03d}": "1.0.5" for number in range(10)})


def test_nothing_changes_before_the_fix_is_published() -> None:
    herd, chance = a_herd(), random.Random(1)
    said = [each for _ in range(50) for each in herd.step(chance, is_published=False)]
    assert {each["version"] for each in said} == {"1.0.5"}
    assert {each["product"] for each in said} == {"SN-2"}


def test_published_it_reaches_all_that_still_check_in() -> None:
    herd, chance = a_herd(), random.Random(1)
    for _ in range(50):
        list(herd.step(chance, is_published=True))
    assert set(herd.running.values()) == {"sn2_1.1.0"}


def test_a_unit_that_took_it_keeps_it() -> None:
    herd, chance = a_herd(), random.Random(1)
    for _ in range(50):
        list(herd.step(chance, is_published=True))
    said = [each for _ in range(20) for each in herd.step(chance, is_published=False)]
    assert {each["version"] for each in said} == {"sn2_1.1.0"}


def test_silent_units_stay_silent(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "fleet.sqlite3"))
    try:
        with store.writing() as writing:
            now = datetime(2026, 11, 26, 3, tzinfo=UTC)
            long_ago = now - timedelta(days=30)
            writing.apply(
                [
                    CheckIn("SN-2-0300001", "SN-2", "", "1.0.5", now, "import:replay"),
                    CheckIn("SN-2-0300002", "SN-2", "", "1.0.5", long_ago, "import:replay"),
                ]
            )
        assert living.herd(store, OFFER, TODAY).running == {"SN-2-0300001": "1.0.5"}
    finally:
        store.close()


def test_the_site_says_whether_it_is_published(tmp_path: Path) -> None:
    assert not living.is_published(tmp_path, OFFER)
    page = tmp_path / "current" / "ja" / "sample-sa-sn2.html"
    page.parent.mkdir(parents=True)
    page.touch()
    assert living.is_published(tmp_path, OFFER)


@pytest.fixture
def door() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A device door that writes down what it was told."""
    heard: list[tuple[str, bytes]] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.headers["Authorization"], body))
            self.send_response(202)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/check-ins", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_unit_speaks_with_its_own_token(door: tuple[str, list[tuple[str, bytes]]]) -> None:
    address, heard = door
    assert living.send(address, "1.abc", {"unit": "SN-2-0300001", "product": "SN-2", "version": "1.0.5"})
    ((token, body),) = heard
    assert token == "TargetToken 1.abc"
    assert b'"version": "1.0.5"' in body


def test_a_closed_door_is_no_catastrophe() -> None:
    assert not living.send("http://127.0.0.1:9/v1/check-ins", "1.abc", {"unit": "x"})
