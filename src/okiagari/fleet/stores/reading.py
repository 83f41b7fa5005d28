"""What the tables answer. Plain functions over a session; nothing is written."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from okiagari.engines.fleet import Bucket, Key, Span, moment
from okiagari.fleet.stores.base import Count, Observation, Settings, Unit, UnitFilter
from okiagari.fleet.stores.session import Row, Session

FLOOR = "floor/"


def settings(session: Session) -> Settings:
    """What this store was told, with the defaults for what it was not."""
    kept: dict[str, str] = dict(session.rows("SELECT key, value FROM fleet_setting"))
    floors = {key.removeprefix(FLOOR): int(value) for key, value in kept.items() if key.startswith(FLOOR)}
    given = Settings(floors=floors)
    return Settings(kept.get("zone", given.zone), int(kept.get("silence", given.silence)), floors)


def buckets(session: Session) -> dict[int, Bucket]:
    """Every text ever reported, by its id."""
    rows = session.rows("SELECT id, product, hardware, version FROM fleet_bucket")
    return {number: Bucket(*texts) for number, *texts in rows}


def curve(
    session: Session, products: Sequence[str], since: date, until: date
) -> dict[date, tuple[Count, ...]]:
    """The end of each day from `since` to `until`: running sums of the counters."""
    texts = _texts_of(session, products)
    before = """
        SELECT bucket, sum(present), sum(silent) FROM fleet_rollup
        WHERE bucket {among} AND day < ? GROUP BY bucket
    """
    within = """
        SELECT bucket, day, present, silent FROM fleet_rollup
        WHERE bucket {among} AND day >= ? AND day <= ? ORDER BY day
    """
    standing = {
        row[0]: [int(row[1]), int(row[2])] for row in _among(session, before, texts, since.toordinal())
    }
    changes: dict[int, list[Row]] = {}
    for row in _among(session, within, texts, since.toordinal(), until.toordinal()):
        changes.setdefault(row[1], []).append(row)
    days: dict[date, tuple[Count, ...]] = {}
    for day in range(since.toordinal(), until.toordinal() + 1):
        for bucket, _, present, silent in changes.get(day, ()):
            counts = standing.setdefault(bucket, [0, 0])
            counts[0] += present
            counts[1] += silent
        days[date.fromordinal(day)] = _counts(standing, texts)
    return days


def heard(session: Session, products: Sequence[str]) -> dict[date, int]:
    """How many units gave their latest sign on which day."""
    statement = """
        SELECT day, sum(heard) FROM fleet_rollup WHERE bucket {among}
        GROUP BY day HAVING sum(heard) <> 0 ORDER BY day
    """
    rows = _among(session, statement, _texts_of(session, products))
    return {date.fromordinal(day): int(count) for day, count in rows}


def units(session: Session, wanted: UnitFilter, *, silent_since: date) -> list[Unit]:
    """Units in the order of their ids; silent are those last seen on `silent_since` or before."""
    texts = {
        number: bucket
        for number, bucket in _texts_of(session, wanted.products).items()
        if wanted.version is None or bucket.version == wanted.version
    }
    statement = """
        SELECT unit, bucket, source, first_at, last_at, last_day, health FROM fleet_unit
        WHERE bucket {among} AND unit > ? AND last_day BETWEEN ? AND ? ORDER BY unit LIMIT ?
    """
    edge = silent_since.toordinal()
    first = edge + 1 if wanted.is_silent is False else date.min.toordinal()
    last = edge if wanted.is_silent else date.max.toordinal()
    rows = _among(session, statement, texts, wanted.after, first, last, wanted.limit)
    return [_unit(row, texts, silent_since) for row in rows]


def unit(session: Session, name: str, *, silent_since: date) -> Unit | None:
    statement = """
        SELECT unit, bucket, source, first_at, last_at, last_day, health FROM fleet_unit WHERE unit = ?
    """
    rows = session.rows(statement, name)
    return _unit(rows[0], buckets(session), silent_since) if rows else None


def history(session: Session, name: str) -> list[Observation]:
    """Every observation of a unit, oldest first."""
    statement = """
        SELECT o.day, o.bucket, o.source, o.first_at,
               CASE WHEN u.last_day = o.day AND u.bucket = o.bucket AND u.source = o.source
                    THEN u.last_at ELSE o.last_at END
        FROM fleet_observation o JOIN fleet_unit u ON u.unit = o.unit
        WHERE o.unit = ?
    """
    texts = buckets(session)
    observations = [
        Observation(date.fromordinal(day), texts[bucket], source, moment(first_at), moment(last_at))
        for day, bucket, source, first_at, last_at in session.rows(statement, name)
    ]
    return sorted(observations, key=lambda each: (each.last_at, each.bucket, each.source))


def of_source(session: Session, products: Sequence[str], source: str) -> list[dict[Key, Span]]:
    """The observations that one source made, per unit."""
    statement = """
        SELECT o.unit, o.day, o.bucket, o.first_at,
               CASE WHEN u.last_day = o.day AND u.bucket = o.bucket AND u.source = o.source
                    THEN u.last_at ELSE o.last_at END
        FROM fleet_observation o JOIN fleet_unit u ON u.unit = o.unit
        WHERE o.bucket {among} AND o.source = ?
    """
    texts = _texts_of(session, products)
    units: dict[str, dict[Key, Span]] = {}
    for unit, day, bucket, first_at, last_at in _among(session, statement, texts, source):
        units.setdefault(unit, {})[Key(day, texts[bucket], source)] = Span(first_at, last_at)
    return list(units.values())


def sources(session: Session, products: Sequence[str]) -> dict[str, int]:
    """Who spoke last of how many units."""
    statement = "SELECT source, count(*) FROM fleet_unit WHERE bucket {among} GROUP BY source ORDER BY source"
    return {source: int(count) for source, count in _among(session, statement, _texts_of(session, products))}


def failed(session: Session, products: Sequence[str]) -> dict[date, dict[Bucket, int]]:
    """Notes of failed updates, by day."""
    statement = "SELECT day, bucket, units FROM fleet_failed WHERE bucket {among} ORDER BY day"
    texts = _texts_of(session, products)
    days: dict[date, dict[Bucket, int]] = {}
    for day, bucket, units in _among(session, statement, texts):
        days.setdefault(date.fromordinal(day), {})[texts[bucket]] = int(units)
    return days


def silent_since(today: date, silence: int) -> date:
    """Units last seen on this day or before are silent today."""
    return today - timedelta(days=silence)


def _among(session: Session, statement: str, texts: Mapping[int, Bucket], *more: object) -> list[Row]:
    return session.rows_among(statement, list(texts), *more) if texts else []


def _texts_of(session: Session, products: Sequence[str]) -> dict[int, Bucket]:
    statement = "SELECT id, product, hardware, version FROM fleet_bucket WHERE product {among}"
    return {number: Bucket(*texts) for number, *texts in session.rows_among(statement, list(products))}


def _counts(standing: Mapping[int, list[int]], texts: Mapping[int, Bucket]) -> tuple[Count, ...]:
    counts = [Count(texts[number], *pair) for number, pair in standing.items() if any(pair)]
    return tuple(sorted(counts, key=lambda count: count.bucket))


def _unit(row: Row, texts: Mapping[int, Bucket], since: date) -> Unit:
    name, bucket, source, first_at, last_at, last_day, health = row
    is_silent = last_day <= since.toordinal()
    return Unit(name, texts[bucket], source, moment(first_at), moment(last_at), is_silent, health)
