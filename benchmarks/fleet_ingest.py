"""How many check-ins per second does the device door keep? Measured on loopback, through a real server.

    python benchmarks/fleet_ingest.py                          units, each with its own token, on SQLite
    python benchmarks/fleet_ingest.py --batch 500              a gateway that delivers 500 at a time
    python benchmarks/fleet_ingest.py --database postgres://…  on PostgreSQL, in a schema it drops again

Server and load share this machine, so the figures are lower bounds. Every answer counted means: on the disk.
At the end the kept counters are compared with a recount. Stops by itself and leaves nothing behind.
"""

import argparse
import asyncio
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlsplit

from okiagari.fleet import keys
from okiagari.fleet.stores import open_store

VERSIONS = ("1.01", "1.02", "1.03")


def main() -> int:
    chosen = arguments()
    with (
        tempfile.TemporaryDirectory(prefix="okiagari-bench-") as folder,
        a_place(chosen.database) as database,
    ):
        data = Path(folder)
        key = keys.ensure_key(keys.key_path(data))
        with a_server(data, database) as port:
            waits, refused = asyncio.run(load(chosen, port, key))
        return report(chosen, waits, refused, str(database or data / "fleet.sqlite3"))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10, help="how long to send (default 10)")
    parser.add_argument(
        "--connections", type=int, default=1000, help="requests at the same time (default 1000)"
    )
    parser.add_argument("--units", type=int, default=100_000, help="units that take turns (default 100000)")
    parser.add_argument("--batch", type=int, default=1, help="check-ins per request; above 1 by a gateway")
    parser.add_argument("--database", default="", help="postgres:// address (default: a SQLite file)")
    return parser.parse_args()


@contextmanager
def a_place(url: str) -> Iterator[str]:
    """A schema of its own in this database; nothing where it is a file."""
    if not url:
        yield ""
        return
    import psycopg

    schema = f"okiagari_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        try:
            joint = "&" if urlsplit(url).query else "?"
            yield f"{url}{joint}options={quote(f'-csearch_path={schema}')}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def a_server(data: Path, database: str) -> Iterator[int]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OKIAGARI_")}
    environment |= {"OKIAGARI_DATA": str(data), "OKIAGARI_DATABASE_URL": database}
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "okiagari.device.app:application",
        "--port",
        "0",
        "--no-access-log",
    ]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        words = ""
        while not (found := re.search(r"running on http://[\d.]+:(\d+)", words)):
            line = process.stderr.readline()
            if not line:
                sys.exit(f"The device door did not start:\n{words}")
            words += line
        yield int(found[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


class Sender(asyncio.Protocol):
    """One connection that sends the next request as soon as it has its answer."""

    def __init__(self, requests: Iterator[bytes], waits: list[float], end: float) -> None:
        self.requests, self.waits, self.end = requests, waits, end
        self.refused, self.begun, self.answer = 0, 0.0, b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def send(self) -> None:
        self.begun = time.monotonic()
        if self.begun >= self.end:
            self.transport.close()
        else:
            self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.answer += data
        if self.answer.endswith(b"}"):
            if b" 202 " in self.answer[:16]:
                self.waits.append(time.monotonic() - self.begun)
            else:
                self.refused += 1
            self.answer = b""
            self.send()


async def load(chosen: argparse.Namespace, port: int, key: bytes) -> tuple[list[float], int]:
    """Send until the time is over: the seconds each answer took, and how many were refused."""
    requests = [request(chosen, key, number) for number in range(max(1, chosen.units // chosen.batch))]
    turns, waits = cycle(requests), list[float]()
    end = time.monotonic() + chosen.seconds
    loop = asyncio.get_running_loop()
    senders = []
    for _ in range(chosen.connections):
        _, sender = await loop.create_connection(lambda: Sender(turns, waits, end), "127.0.0.1", port)
        senders.append(sender)
    await asyncio.gather(*(sender.done for sender in senders))
    return waits, sum(sender.refused for sender in senders)


def request(chosen: argparse.Namespace, key: bytes, number: int) -> bytes:
    """The bytes of one request: of one unit, or of a gateway for many."""
    words = [
        {"unit": f"SN{unit:09d}", "product": "WN-G54/R2", "hardware": "A1", "version": VERSIONS[unit % 3]}
        for unit in range(number * chosen.batch, (number + 1) * chosen.batch)
    ]
    if chosen.batch == 1:
        token, body = f"TargetToken {keys.token_for(key, words[0]['unit'])}", json.dumps(words[0]).encode()
    else:
        token, body = f"GatewayToken {keys.gateway_token_for(key, 'bench')}", json.dumps(words).encode()
    lines = ("POST /v1/check-ins HTTP/1.1", "host: localhost", f"authorization: {token}")
    head = "\r\n".join((*lines, f"content-length: {len(body)}", "", ""))
    return head.encode() + body


def report(chosen: argparse.Namespace, waits: list[float], refused: int, place: str) -> int:
    store = open_store(place)
    kept = store.rollup()
    is_exact = kept == store.recount()
    units = sum(counts[0] for counts in kept.values())
    store.close()
    if not waits:
        print("No check-in was answered.", file=sys.stderr)
        return 1
    waits.sort()
    engine = "PostgreSQL" if chosen.database else "SQLite"
    print(f"{engine}, {chosen.connections} connections, {chosen.batch} per request, {chosen.seconds:.0f} s")
    print(f"  check-ins/s  {len(waits) * chosen.batch / chosen.seconds:,.0f}")
    print(f"  p50          {waits[len(waits) // 2] * 1000:.0f} ms")
    print(f"  p99          {waits[int(len(waits) * 0.99)] * 1000:.0f} ms")
    print(f"  refused      {refused}")
    print(f"  units        {units:,} ({'counters equal a recount' if is_exact else 'COUNTERS DIFFER'})")
    return 0 if is_exact and not refused else 1


if __name__ == "__main__":
    raise SystemExit(main())
