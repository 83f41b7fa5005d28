"""A fleet to test with: strange histories, and the plain count that the kept counters must agree with."""

import os
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import psycopg
from hypothesis import strategies as st

from okiagari.engines.fleet import Bucket, Rollup
from okiagari.fleet.stores.base import CheckIn

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2015, 3, 1, tzinfo=TOKYO).astimezone(UTC)
DAYS = 9
HOURS = (0, 9, 9.25, 9.5, 23.75)

BUCKETS = (
    Bucket("WN-G54/R2", "", "1.01"),
    Bucket("WN-G54/R2", "", "1.03"),
    Bucket("WN-G54/R2", "A1", "1.03"),
    Bucket("NP-BBRS", "", "??"),
)


def check_ins() -> st.SearchStrategy[CheckIn]:
    """Few units, few texts, few instants: so that everything collides."""
    return st.builds(
        _check_in,
        st.sampled_from(("u1", "ユニット2")),
        st.sampled_from(BUCKETS),
        st.tuples(st.integers(0, DAYS - 1), st.sampled_from(HOURS)),
        st.sampled_from(("check-in", "import:update server")),
        st.sampled_from((None, None, '{"up":1}', '{"up":2}')),
    )


def _check_in(unit: str, bucket: Bucket, when: tuple[int, float], source: str, health: str | None) -> CheckIn:
    at = START + timedelta(days=when[0], hours=when[1])
    return CheckIn(unit, bucket.product, bucket.hardware, bucket.version, at, source, health)


def cuts(items: Sequence[CheckIn], sizes: Sequence[int]) -> Iterator[Sequence[CheckIn]]:
    """The same check-ins in batches of these sizes, then the rest."""
    start = 0
    for size in sizes:
        yield items[start : start + size]
        start += size
    yield items[start:]


def counted(items: Sequence[CheckIn], day: date, silence: int) -> dict[Bucket, tuple[int, int]]:
    """Units present and silent per bucket at the end of this day, counted as a person would."""
    latest: dict[str, CheckIn] = {}
    for item in items:
        if _day(item) <= day and (item.unit not in latest or _rank(item) > _rank(latest[item.unit])):
            latest[item.unit] = item
    present: Counter[Bucket] = Counter()
    silent: Counter[Bucket] = Counter()
    for item in latest.values():
        bucket = Bucket(item.product, item.hardware, item.version)
        present[bucket] += 1
        silent[bucket] += day - _day(item) >= timedelta(days=silence)
    return {bucket: (present[bucket], silent[bucket]) for bucket in present}


def summed(rollup: Rollup, day: date) -> dict[Bucket, tuple[int, int]]:
    """The same from the kept counters."""
    sums: dict[Bucket, list[int]] = {}
    for (counted_day, bucket), (present, silent, _) in rollup.items():
        if counted_day <= day.toordinal():
            pair = sums.setdefault(bucket, [0, 0])
            pair[0] += present
            pair[1] += silent
    return {bucket: (present, silent) for bucket, (present, silent) in sums.items() if present or silent}


def _day(item: CheckIn) -> date:
    return item.at.astimezone(TOKYO).date()


def _rank(item: CheckIn) -> tuple[object, ...]:
    return (item.at, item.product, item.hardware, item.version, item.source)


@contextmanager
def a_place(folder: Path) -> Iterator[str]:
    """Room for one fleet on this run's database: a file, or a schema that is gone afterwards."""
    url = os.environ.get("OKIAGARI_DATABASE_URL", "")
    if not url:
        yield str(folder / "fleet.sqlite3")
        return
    parts = urlsplit(url)
    server = urlunsplit(parts._replace(path="/postgres"))
    schema = f"fleet_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        try:
            yield f"{server}&options={quote(f'-csearch_path={schema}')}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
