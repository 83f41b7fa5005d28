"""A fleet for a replay: units that check in, update over the weeks, and fall silent. Always assumed.

In: how many units of a product, what they ran, how fast they took the update. Out: observations, sent
through the same import as a file. The same numbers give the same units every time.
"""

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.desk.subjects import Subject
from okiagari.engines.accesslog import MONTHS
from okiagari.fleet import actions
from okiagari.fleet.logs.actions import LogRead, put_log_rules, read_lines
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop

__all__ = ["adoption", "log_traffic", "put_log_rules", "read_log"]

FAILING, IN_RANGES = 0.05, 0.3
NO_SHARES = define(
    "replay.no_shares",
    Kind.INVALID,
    gettext_noop("The shares of the versions at the start must add up to 1, not %(sum)s."),
    gettext_noop('Give a share between 0 and 1 for each version, such as {"1.02": 0.7, "1.03": 0.3}.'),
)


def adoption(
    subject: Subject,
    *,
    product: str,
    units: int,
    start: Mapping[str, float],
    to: str,
    since: date,
    half_days: float,
    days: int,
    hardware: str = "",
    silent: float = 0.1,
    every_days: int = 7,
    seed: int = 1,
) -> int:
    """Units run what `start` says, then take `to` with a half-life of `half_days` days from `since` on; a
    share `silent` of them stops being seen on the way. Observed every `every_days` days for `days` days,
    but not beyond today. Returns the number of observations."""
    total = sum(start.values())
    if abs(total - 1) > 0.001:
        raise NO_SHARES(sum=round(total, 3))
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(("unit", "product", "hardware", "version", "at"))
    chance = random.Random(f"{product}/{seed}")  # noqa: S311 - a drill, not a secret
    today = clock.today(ZoneInfo(settings.TIME_ZONE))
    shape = (since, half_days, min(days, (today - since).days), silent, every_days)
    count = 0
    for number in range(units):
        unit = f"{product.replace('/', '-')}-{seed:02d}{number:05d}"
        before = chance.choices(list(start), weights=list(start.values()))[0]
        for day, version in _life(chance, before, to, shape):
            writer.writerow((unit, product, hardware, version, day.isoformat()))
            count += 1
    actions.import_observations(
        subject,
        io.BytesIO(rows.getvalue().encode()),
        name=f"{product}.csv",
        source="import:replay",
        form="csv",
    )
    return count


def read_log(subject: Subject, *, lines: Sequence[str]) -> LogRead:
    """Read these lines of an update server's access log by the rules in force."""
    return read_lines(subject, lines, name="replay.log")


def log_traffic(
    subject: Subject,
    *,
    units: int,
    start: Mapping[str, float],
    to: str,
    since: date,
    half_days: float,
    days: int,
    check: str,
    download: str = "",
    size: int = 8_000_000,
    silent: float = 0.1,
    seed: int = 1,
) -> LogRead:
    """The log that an update server would have written: units ask for `check`, an address with {version} and
    {unit} in it, every week, and fetch `download` before they run `to`: whole, in two ranges, or in vain at
    first. The shares and the pace are those of `adoption`."""
    total = sum(start.values())
    if abs(total - 1) > 0.001:
        raise NO_SHARES(sum=round(total, 3))
    chance = random.Random(f"{check}/{seed}")  # noqa: S311 - a drill, not a secret
    today = clock.today(ZoneInfo(settings.TIME_ZONE))
    shape = (since, half_days, min(days, (today - since).days), silent, 7)
    written: list[tuple[datetime, str]] = []
    for number in range(units):
        before, was = chance.choices(list(start), weights=list(start.values()))[0], ""
        address = f"203.0.{number // 250 % 250}.{number % 250 + 1}"
        for day, version in _life(chance, before, to, shape):
            at = datetime.combine(
                day, time(chance.randrange(24), chance.randrange(60)), ZoneInfo(settings.TIME_ZONE)
            )
            if download and was and was != version:
                written += _fetched(chance, at - timedelta(hours=1), address, (download, size))
            asked = check.format(version=version, unit=f"S{seed:02d}{number:05d}")
            written.append((at, _line(address, at, asked, 200, 120)))
            was = version
    return read_lines(subject, [line for _, line in sorted(written)], name="replay.log")


def _fetched(
    chance: random.Random, at: datetime, address: str, wanted: tuple[str, int]
) -> Iterator[tuple[datetime, str]]:
    """The lines of one download: sometimes refused first, sometimes in two ranges."""
    path, size = wanted
    if chance.random() < FAILING:
        yield at, _line(address, at, path, 503, 0)
    later = at + timedelta(minutes=10)
    if chance.random() < IN_RANGES:
        yield at, _line(address, at, path, 206, size // 2)
        yield later, _line(address, later, path, 206, size - size // 2)
    else:
        yield later, _line(address, later, path, 200, size)


def _line(address: str, at: datetime, target: str, status: int, size: int) -> str:
    stamp = f"{at.day:02d}/{MONTHS[at.month - 1]}/{at:%Y:%H:%M:%S %z}"
    return f'{address} - - [{stamp}] "GET {target} HTTP/1.1" {status} {size} "-" "updater/1.0"'


def _life(
    chance: random.Random, before: str, to: str, shape: tuple[date, float, int, float, int]
) -> Iterator[tuple[date, str]]:
    """The days on which one unit is seen, with what it runs."""
    since, half_days, days, silent, every = shape
    updates_on = chance.expovariate(0.6931 / half_days)
    gone_on = chance.uniform(0, max(days, 1)) if chance.random() < silent else days + 1
    first = -chance.randrange(1, every + 1)
    for day in range(first, days + 1, every):
        if day > gone_on:
            return
        yield since + timedelta(days=day), to if day >= updates_on else before
