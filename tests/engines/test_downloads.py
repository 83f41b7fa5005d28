"""Download links asked of a real server: what comes is hashed, every step looked at, nothing runs away."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from okiagari.engines import downloads
from okiagari.engines.downloads import Answer

FIRMWARE = b"firmware " * 50_000


class _Server(BaseHTTPRequestHandler):
    """A maker's download server, with everything that goes wrong on one."""

    def do_GET(self) -> None:
        place = self.path.partition("?")[0]
        moved = {
            "/old.zip": "/fw.zip?v=1",
            "/loop": "/loop",
            "/inside": "http://10.0.0.1/fw.zip",
            "/plain": "ftp://x/",
        }
        if place in moved:
            self.send_response(302)
            self.send_header("Location", moved[place])
            self.end_headers()
        elif place == "/fw.zip":
            self.send_response(200)
            self.send_header("Content-Length", str(len(FIRMWARE)))
            self.end_headers()
            self.wfile.write(FIRMWARE)
        elif place == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"cut")
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


def ask(url: str, *, limit: int = downloads.LIMIT) -> Answer:
    return downloads.ask(url, may_be_here=True, limit=limit, seconds=10)


def test_what_comes_is_hashed_also_behind_a_redirect(server: str) -> None:
    right = hashlib.sha256(FIRMWARE).hexdigest()
    for path in ("/fw.zip", "/old.zip"):
        answer = ask(server + path)
        assert (answer.came, answer.sha256, answer.size) == (True, right, len(FIRMWARE))
    assert answer.final == f"{server}/fw.zip?v=1"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone.zip", "HTTP 404"),
        ("/loop", "> 5 redirects"),
        ("/inside", "not a public address, or no https"),
        ("/plain", "not a public address, or no https"),
        ("/short", "RemoteProtocolError"),
    ],
)
def test_what_does_not_come_says_why(server: str, path: str, why: str) -> None:
    answer = ask(server + path)
    assert (answer.came, answer.why) == (False, why)


def test_no_more_is_read_than_the_limit(server: str) -> None:
    answer = ask(f"{server}/fw.zip", limit=1000)
    assert (answer.came, answer.why) == (False, "more than 1,000 bytes")


def test_an_address_of_this_machine_is_not_asked_because_somebody_typed_it(server: str) -> None:
    for url in (
        server,
        "https://127.0.0.1/x",
        "https://localhost/x",
        "http://maker.example/fw.zip",
        "nonsense",
    ):
        assert downloads.ask(f"{url}/fw.zip", seconds=5).status == 0
