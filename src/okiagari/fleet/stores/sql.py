"""The store over a relational database: one algorithm, two engines. See `base` for what it promises."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from zoneinfo import ZoneInfo

from okiagari.engines import fleet as kernel
from okiagari.engines.fleet import Bucket, Rollup
from okiagari.fleet.stores import reading, schema, writing
from okiagari.fleet.stores.base import (
    DEFAULT_ZONE,
    NEWER_STORE,
    ZONE_FIXED,
    Applied,
    CheckIn,
    Count,
    LogBook,
    Observation,
    Settings,
    Unit,
    UnitFilter,
)
from okiagari.fleet.stores.logbook import SqlLogBook
from okiagari.fleet.stores.session import Engine, Session
from okiagari.plumbing import clock


class SqlStore:
    """Laid out, or brought up to date, when it is opened."""

    def __init__(self, engine: Engine, *, zone: str = "") -> None:
        self._engine = engine
        self._buckets = writing.Buckets()
        with engine.writing() as session:
            _lay_out(session)
            self._zone = _settle_zone(session, zone)
        self._day_of = kernel.calendar(ZoneInfo(self._zone))

    def apply(self, check_ins: Sequence[CheckIn]) -> Applied:
        with self.writing() as batches:
            return batches.apply(check_ins)

    @contextmanager
    def writing(self) -> Iterator[writing.Batches]:
        with self._session_for_writing() as session:
            silence = reading.settings(session).silence
            yield writing.Batches(session, self._buckets, day_of=self._day_of, silence=silence)

    def settings(self) -> Settings:
        with self._engine.reading() as session:
            return reading.settings(session)

    def set_silence(self, days: int) -> None:
        if days < 1:
            raise ValueError("a unit falls silent after one day at the earliest")
        with self._session_for_writing() as session:
            if days == reading.settings(session).silence:
                return
            session.merge(schema.SETTINGS, [("silence", str(days))])
            texts = reading.buckets(session)
            rollup = kernel.recount(writing.histories(session, texts), silence=days)
            session.run("DELETE FROM fleet_rollup")
            writing.write_rollup(session, rollup, {bucket: number for number, bucket in texts.items()})

    def set_floor(self, generation: int, *, unit: str = "") -> None:
        with self._session_for_writing() as session:
            floor = max(generation, reading.settings(session).floors.get(unit, 0))
            session.merge(schema.SETTINGS, [(f"{reading.FLOOR}{unit}", str(floor))])

    def buckets(self) -> Sequence[Bucket]:
        with self._engine.reading() as session:
            return sorted(reading.buckets(session).values())

    def curve(self, products: Sequence[str], since: date, until: date) -> Mapping[date, Sequence[Count]]:
        with self._engine.reading() as session:
            return reading.curve(session, products, since, until)

    def heard(self, products: Sequence[str]) -> Mapping[date, int]:
        with self._engine.reading() as session:
            return reading.heard(session, products)

    def units(self, wanted: UnitFilter, *, today: date) -> Sequence[Unit]:
        with self._engine.reading() as session:
            since = reading.silent_since(today, reading.settings(session).silence)
            return reading.units(session, wanted, silent_since=since)

    def unit(self, unit: str, *, today: date) -> Unit | None:
        with self._engine.reading() as session:
            since = reading.silent_since(today, reading.settings(session).silence)
            return reading.unit(session, unit, silent_since=since)

    def history(self, unit: str) -> Sequence[Observation]:
        with self._engine.reading() as session:
            return reading.history(session, unit)

    @property
    def logs(self) -> LogBook:
        return SqlLogBook(self._engine, self.writing)

    def note_failed(self, today: date) -> None:
        with self._session_for_writing() as session:
            writing.note_failed(session, today.toordinal())

    def failed(self, products: Sequence[str]) -> Mapping[date, Mapping[Bucket, int]]:
        with self._engine.reading() as session:
            return reading.failed(session, products)

    def rollup_of(self, products: Sequence[str], source: str) -> Rollup:
        with self._engine.reading() as session:
            silence = reading.settings(session).silence
            return kernel.recount(reading.of_source(session, products, source), silence=silence)

    def sources(self, products: Sequence[str]) -> Mapping[str, int]:
        with self._engine.reading() as session:
            return reading.sources(session, products)

    def rollup(self) -> Rollup:
        with self._engine.reading() as session:
            texts = reading.buckets(session)
            rows = session.rows("SELECT day, bucket, present, silent, heard FROM fleet_rollup")
            return kernel.without_zeros({(day, texts[bucket]): counts for day, bucket, *counts in rows})

    def recount(self) -> Rollup:
        with self._engine.reading() as session:
            texts, silence = reading.buckets(session), reading.settings(session).silence
            return kernel.recount(writing.histories(session, texts), silence=silence)

    def close(self) -> None:
        self._engine.close()

    @contextmanager
    def _session_for_writing(self) -> Iterator[Session]:
        try:
            with self._engine.writing() as session:
                yield session
        except BaseException:
            self._buckets.forget()
            raise


def _lay_out(session: Session) -> None:
    session.run(schema.VERSION_TABLE.format(**session.words))
    found: int = session.rows("SELECT coalesce(max(version), 0) FROM fleet_schema_version")[0][0]
    known = len(schema.STEPS)
    if found > known:
        raise NEWER_STORE(found=found, known=known)
    for version, statements in enumerate(schema.STEPS[found:], start=found + 1):
        for statement in statements:
            session.run(statement.format(**session.words))
        applied = kernel.instant(clock.now())
        session.run("INSERT INTO fleet_schema_version (version, applied_at) VALUES (?, ?)", version, applied)


def _settle_zone(session: Session, zone: str) -> str:
    """The zone this store counts its days in: the one asked for, as long as nothing is counted."""
    rows = session.rows("SELECT value FROM fleet_setting WHERE key = 'zone'")
    kept: str = rows[0][0] if rows else ""
    asked = zone or kept or DEFAULT_ZONE
    if asked != kept:
        if session.rows("SELECT 1 FROM fleet_observation LIMIT 1"):
            raise ZONE_FIXED(kept=kept, asked=asked)
        session.merge(schema.SETTINGS, [("zone", asked)])
    return asked
