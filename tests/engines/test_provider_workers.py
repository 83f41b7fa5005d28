"""Several at a time: the same findings in the same order, and no more requests at once than were allowed."""

import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from okiagari.engines import provider_workers
from okiagari.engines.provider_sources import FolderSource, HttpSource
from okiagari.engines.provider_workers import Workers
from okiagari.standards.provider.answers import DOCUMENT_LIMIT, Answer
from okiagari.standards.provider.one_document import Asked, Examined, Gathered, Wanted, examine, one_by_one
from tests.support.provider import serving

URL = "https://maker.example/security"
MANY = 40


@dataclass
class Server:
    """Somebody's server that counts who asks at once. Half of its documents are none."""

    is_network: bool = True
    now: int = 0
    peak: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def listed(self) -> Iterable[str]:
        return ()

    def get(self, url: str, *, limit: int = DOCUMENT_LIMIT, agent: str = "") -> Answer:
        with self.lock:
            self.now += 1
            self.peak = max(self.peak, self.now)
        time.sleep(0.002)
        with self.lock:
            self.now -= 1
        number = int(url.rpartition("/")[2].partition(".")[0])
        return Answer(url, 404) if number % 3 else Answer(url, 200, b"{}" if number % 2 else b"[]")


def many() -> Iterator[Wanted]:
    return (Wanted(f"{URL}/{number}.json", "index.txt") for number in range(MANY))


def asked(*, is_network: bool = True) -> Asked:
    return Asked((), is_network)


@pytest.mark.parametrize("processes", [1, 2])
def test_over_the_network_a_few_are_asked_at_once_and_all_told_in_order(processes: int) -> None:
    server = Server()
    found = list(Workers(processes, connections=3)(server, many(), asked()))
    assert found == list(one_by_one(Server(), many(), asked()))
    assert [each.url for each in found] == [each.url for each in many()]
    assert 1 < server.peak <= 3


def folder(at: Path) -> FolderSource:
    for number in range(MANY):
        (at / f"{number}.json").write_bytes(b"{}" if number % 2 else b"[]")
    return FolderSource(at, URL)


def test_of_a_folder_processes_read_and_judge_the_same(tmp_path: Path) -> None:
    source = folder(tmp_path)
    found = list(Workers(2)(source, many(), asked(is_network=False)))
    assert found == list(one_by_one(source, many(), asked(is_network=False)))


def test_a_document_that_ends_its_process_is_a_finding_and_the_others_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes are forked here, so what is put in its place is theirs, too."""

    def deadly(wanted: Wanted, gathered: Gathered, asked: Asked) -> Examined:
        if wanted.url.endswith("/7.json") and os.getpid() != here:
            os._exit(3)
        return examine(wanted, gathered, asked)

    here = os.getpid()
    monkeypatch.setattr("okiagari.standards.provider.one_document.examine", deadly)
    monkeypatch.setattr(provider_workers, "examine", deadly)
    found = list(Workers(2)(folder(tmp_path), many(), asked(is_network=False)))
    assert [each.url for each in found] == [each.url for each in many()]
    broken = [each for each in found if "ended without an answer" in each.findings[0].message]
    assert [each.url for each in broken] == [f"{URL}/7.json"]


def test_a_server_that_asks_for_patience_is_given_it(tmp_path: Path) -> None:
    waited: list[float] = []
    with serving(tmp_path) as host:
        replies = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": "1"}, b""), (200, {}, b"{}")]
        host.special["/a.json"] = lambda _: replies.pop(0)
        host.special["/b.json"] = lambda _: (503, {"Retry-After": "86400"}, b"")
        host.special["/c.json"] = lambda _: (503, {"Retry-After": "2"}, b"")
        with HttpSource(host.ca, seconds=5, sleep=waited.append) as source:
            assert source.get(f"{host.url}/a.json").data == b"{}"
            assert waited == [7.0, 1.0]
            assert source.get(f"{host.url}/b.json").status == 503
            assert source.get(f"{host.url}/c.json").status == 503
        assert waited == [7.0, 1.0, 2.0, 2.0, 2.0]
