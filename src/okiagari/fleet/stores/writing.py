"""Puts check-ins into the tables: reads what is known of the units, asks the kernel, writes its answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from okiagari.engines import fleet as kernel
from okiagari.engines.fleet import Bucket, Current, Key, Sign, Span
from okiagari.fleet.stores import schema
from okiagari.fleet.stores.base import Applied, CheckIn
from okiagari.fleet.stores.session import Session


class Buckets:
    """The ids of the reported texts. They never change, so they are remembered between transactions."""

    def __init__(self) -> None:
        self._ids: dict[Bucket, int] = {}
        self._texts: dict[int, Bucket] = {}

    def ids(self, session: Session, wanted: set[Bucket]) -> Mapping[Bucket, int]:
        """The id of each of these texts (and of others); new texts get one."""
        if not wanted <= self._ids.keys():
            self._load(session)
        for bucket in sorted(wanted - self._ids.keys()):
            statement = "INSERT INTO fleet_bucket (product, hardware, version) VALUES (?, ?, ?)"
            session.run(statement, *bucket)
        if not wanted <= self._ids.keys():
            self._load(session)
        return self._ids

    def texts(self, session: Session, ids: set[int]) -> Mapping[int, Bucket]:
        """The text behind each of these ids (and others)."""
        if not ids <= self._texts.keys():
            self._load(session)
        return self._texts

    def forget(self) -> None:
        """After a transaction that failed: its ids are gone."""
        self._ids.clear()
        self._texts.clear()

    def _load(self, session: Session) -> None:
        newest = max(self._texts, default=0)
        statement = "SELECT id, product, hardware, version FROM fleet_bucket WHERE id > ?"
        for number, *texts in session.rows(statement, newest):
            bucket = Bucket(*texts)
            self._ids[bucket] = number
            self._texts[number] = bucket


class Batches:
    """An open transaction that takes check-ins."""

    def __init__(
        self, session: Session, buckets: Buckets, *, day_of: Callable[[int], int], silence: int
    ) -> None:
        self.session = self._session = session
        self._buckets = buckets
        self._day_of = day_of
        self._silence = silence

    def apply(self, check_ins: Sequence[CheckIn]) -> Applied:
        """Keep these with all that is applied in this transaction."""
        batch, texts = self._stamped(check_ins)
        ids = self._buckets.ids(self._session, texts)
        states = self._states(batch)
        wanted = kernel.wanted_history(batch, states)
        histories = self._histories(wanted, states) if wanted else {}
        outcome = kernel.settle(batch, states, histories, silence=self._silence)
        self._write(outcome, ids)
        return Applied(outcome.new, outcome.repeated, outcome.late)

    def _stamped(self, check_ins: Sequence[CheckIn]) -> tuple[dict[str, list[Sign]], set[Bucket]]:
        batch: dict[str, list[Sign]] = {}
        texts: dict[Bucket, Bucket] = {}
        for unit, product, hardware, version, when, source, health in check_ins:
            bucket = Bucket(product, hardware, version)
            bucket = texts.setdefault(bucket, bucket)
            at = kernel.instant(when)
            batch.setdefault(unit, []).append(Sign(at, bucket, source, self._day_of(at), health))
        return batch, set(texts)

    def _states(self, batch: Mapping[str, object]) -> dict[str, Current]:
        statement = """
            SELECT unit, bucket, source, first_at, last_at, last_day, health, health_at
            FROM fleet_unit WHERE unit {among}
        """
        rows = self._session.rows_among(statement, list(batch))
        texts = self._buckets.texts(self._session, {row[1] for row in rows})
        return {row[0]: Current(texts[row[1]], *row[2:]) for row in rows}

    def _histories(
        self, wanted: Mapping[str, tuple[int, int]], states: Mapping[str, Current]
    ) -> dict[str, dict[Key, Span]]:
        rows = self._session.around(wanted)
        texts = self._buckets.texts(self._session, {row[2] for row in rows})
        histories: dict[str, dict[Key, Span]] = {unit: {} for unit in wanted}
        for unit, day, bucket, source, first_at, last_at in rows:
            key, state = Key(day, texts[bucket], source), states[unit]
            histories[unit][key] = Span(first_at, state.last_at if key == state.key else last_at)
        return histories

    def _write(self, outcome: kernel.Outcome, ids: Mapping[Bucket, int]) -> None:
        session = self._session
        if outcome.touched:
            session.touch(outcome.touched)
        if outcome.states:
            states = outcome.states.items()
            session.merge(schema.UNITS, [(unit, ids[state.bucket], *state[1:]) for unit, state in states])
        if outcome.observations:
            session.merge(
                schema.OBSERVATIONS,
                [
                    (unit, key.day, ids[key.bucket], key.source, *span)
                    for (unit, key), span in sorted(outcome.observations.items())
                ],
            )
        write_rollup(session, outcome.rollup, ids)


def write_rollup(session: Session, rollup: kernel.Rollup, ids: Mapping[Bucket, int]) -> None:
    """Add these differences to the kept counters."""
    rows = [(ids[bucket], day, *counts) for (day, bucket), counts in kernel.without_zeros(rollup).items()]
    if rows:
        session.merge(schema.ROLLUP, rows)


def note_failed(session: Session, today: int) -> None:
    """Units that say now that their update failed; buckets that had some yesterday and have none are zero."""
    statement = (
        "SELECT bucket, count(*) FROM fleet_unit WHERE health IS NOT NULL AND {failed} GROUP BY bucket"
    )
    now: dict[int, int] = dict(session.rows(statement.format(**session.words)))
    before = session.rows("SELECT DISTINCT bucket FROM fleet_failed")
    counts = {**{row[0]: 0 for row in before}, **now}
    if counts:
        session.merge(schema.FAILED, [(bucket, today, units) for bucket, units in counts.items()])


def histories(session: Session, texts: Mapping[int, Bucket]) -> Iterable[dict[Key, Span]]:
    """The observations of every unit, one unit after another."""
    statement = """
        SELECT o.unit, o.day, o.bucket, o.source, o.first_at,
               CASE WHEN u.last_day = o.day AND u.bucket = o.bucket AND u.source = o.source
                    THEN u.last_at ELSE o.last_at END
        FROM fleet_observation o JOIN fleet_unit u ON u.unit = o.unit
        ORDER BY o.unit
    """
    unit, observations = None, dict[Key, Span]()
    for row_unit, day, bucket, source, first_at, last_at in session.stream(statement):
        if row_unit != unit and observations:
            yield observations
            observations = {}
        unit = row_unit
        observations[Key(day, texts[bucket], source)] = Span(first_at, last_at)
    if observations:
        yield observations
