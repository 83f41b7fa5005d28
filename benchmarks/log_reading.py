"""Lines of an update server's log per second: trying the rules, counting into SQLite, and a peer beside them.

The peer reads the same file on the same machine: a plain regular expression with `re`, line by line (fields
only: no rules, no times, nothing kept). CPU time of one core, so that a busy machine shows little.
"""

import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from okiagari.engines.accesslog import MONTHS, whole_lines
from okiagari.engines.fleet import instant
from okiagari.fleet.logs import rules as log_rules
from okiagari.fleet.logs.counting import Counting, pseudonyms
from okiagari.fleet.logs.files import at_path
from okiagari.fleet.logs.trying import tried
from okiagari.fleet.stores import open_store
from okiagari.fleet.stores.base import LogBlock, LogFile

LINES = 300_000
RULES = """
rules:
  - {key: check, kind: check, path: /check, query: {ver: "{version}", sn: "{unit}"}, product: WN-G54/R2}
  - {key: image, kind: download, path: "/fw/{version}.bin", line: wn-g54-r2, size: 8000000}
"""
NAIVE = re.compile(r'^(\S+) \S+ \S+ \[([^\]]+)\] "(\S+) (\S+) [^"]*" (\d+) (\S+) "[^"]*" "([^"]*)"')
START = datetime(2026, 3, 1, tzinfo=UTC)


def write(path: Path) -> None:
    """70 % version checks of 50,000 units, 15 % downloads (a third in ranges), the rest what servers see."""
    chance = random.Random(1)
    with path.open("w") as file:
        for number in range(LINES):
            at = START + timedelta(seconds=number)
            stamp = f"{at.day:02d}/{MONTHS[at.month - 1]}/{at:%Y:%H:%M:%S} +0000"
            unit = chance.randrange(50_000)
            address, kind = f"203.0.{unit % 250}.{unit // 250 + 1}", chance.random()
            if kind < 0.7:
                asked = f'"GET /check?ver=1.0{chance.choice("23")}&sn=S{unit} HTTP/1.1" 200 120'
            elif kind < 0.85:
                size = chance.choice((8_000_000, 4_000_000))
                asked = f'"GET /fw/1.03.bin HTTP/1.1" {200 if size == 8_000_000 else 206} {size}'
            else:
                asked = '"GET /robots.txt HTTP/1.1" 404 0'
            file.write(f'{address} - - [{stamp}] {asked} "-" "updater/1.0"\n')


def naive(path: Path) -> None:
    found: Counter[str] = Counter()
    with path.open() as file:
        for line in file:
            match = NAIVE.match(line)
            if match:
                found[match[5]] += 1


def trying(path: Path) -> None:
    tried(at_path(path), log_rules.read(RULES), most=LINES)


def counting(path: Path) -> None:
    """All the way into a SQLite file, as `okiagari fleet log` does, without the digest."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "fleet.sqlite3")
        rules = log_rules.read(RULES)
        reader = Counting(
            rules, pseudonym=pseudonyms(b"k" * 32), now=instant(START + timedelta(days=30)), parts={}
        )
        with path.open("rb") as stream:
            before = ""
            for number, piece in enumerate(whole_lines(stream)):
                batch = reader.count(piece)
                file = LogFile(path.name, "head", number, str(number))
                block = LogBlock(
                    rules.source, 1, before, file, batch.check_ins, batch.claims, batch.tally, batch.parts
                )
                store.logs.take(block)
                before = file.digest
        store.close()


def reading(path: Path) -> None:
    """Everything but the store."""
    reader = Counting(
        log_rules.read(RULES),
        pseudonym=pseudonyms(b"k" * 32),
        now=instant(START + timedelta(days=30)),
        parts={},
    )
    with path.open("rb") as stream:
        for piece in whole_lines(stream):
            reader.count(piece)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "access.log"
        write(path)
        runs: tuple[tuple[str, Callable[[Path], None]], ...] = (
            ("plain re", naive),
            ("try the rules", trying),
            ("read and match", reading),
            ("count into SQLite", counting),
        )
        base = 0.0
        for name, run in runs:
            started = time.process_time()
            run(path)
            rate = LINES / (time.process_time() - started)
            base = base or rate
            print(f"{name:>20}: {rate:>12,.0f} lines/s   {rate / base:.2f} of plain re")
    return 0


if __name__ == "__main__":
    sys.exit(main())
