"""Download links: asked where the installation may, kept with their answer, shown, and told by exit code."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import LazySettings

from okiagari.disclose.consistency import downloads
from okiagari.disclose.consistency.downloads import Link
from okiagari.plumbing import outside
from okiagari.problems import Problem
from tests.disclose.making import content, product, release

FIRMWARE = b"firmware"
RIGHT = hashlib.sha256(FIRMWARE).hexdigest()


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/gone":
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(FIRMWARE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
        """Say nothing."""


@pytest.fixture
def server(settings: LazySettings, db: None) -> Iterator[str]:
    """A server on this machine, which a test stand may ask."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, check_links="stand")
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


def test_each_link_is_kept_with_what_it_answered_the_wrong_ones_first(server: str) -> None:
    known = [
        Link(f"{server}/a", RIGHT, "1.03", ("A-1",)),
        Link(f"{server}/b", "", "1.04", ("B-2",)),
        Link(f"{server}/c", "ab" * 32, "1.05", ("C-3",)),
        Link(f"{server}/gone", RIGHT, "1.06", ("D-4",)),
    ]
    downloads.ask(known)
    found = {each.link.release: each for each in downloads.answers(known)}
    assert {key: each.state for key, each in found.items()} == {
        "1.03": "right",
        "1.04": "unnamed",
        "1.05": "differs",
        "1.06": "gone",
    }
    assert [each.is_wrong for each in downloads.answers(known)] == [True, True, False, False]
    assert found["1.05"].sha256 == RIGHT
    assert found["1.06"].why == "HTTP 404"
    assert all(each.at for each in found.values())


def test_nothing_is_asked_while_a_past_case_is_played(server: str) -> None:
    with outside.silent(), pytest.raises(Problem) as refused:
        downloads.ask([Link(f"{server}/a", RIGHT, "1.03", ("A-1",))])
    assert refused.value.definition is downloads.SWITCHED_OFF


def test_each_link_of_what_is_to_be_installed_is_listed_once() -> None:
    said = content(
        products=[product("A-1")], releases=[release("1.03"), release("0.9", url="https://x.example/")]
    )
    assert downloads.links([said, said]) == (
        Link("https://maker.example/1.zip", "ab" * 32, "1.03", ("A-1",)),
    )
