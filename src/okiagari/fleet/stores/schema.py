"""The tables of a fleet store, for SQLite and PostgreSQL, and the ways rows are merged into them.

Steps are only ever added at the end of `STEPS`: a step that has run anywhere is never changed.
Instants are microseconds since 1970 UTC, days `date.toordinal()` in the store's zone. {braces} hold what
differs between the databases.

The `last_at` of a unit's latest observation is kept in `fleet_unit` alone while the unit repeats itself,
and written into `fleet_observation` when the unit says something else: one small write per check-in.
"""

from dataclasses import dataclass
from types import MappingProxyType

VERSION_TABLE = """
CREATE TABLE IF NOT EXISTS fleet_schema_version (version integer PRIMARY KEY, applied_at {instant} NOT NULL)
"""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE fleet_setting (key {text} PRIMARY KEY, value {text} NOT NULL)
        """,
        """
        CREATE TABLE fleet_bucket (
            id {identity},
            product {text} NOT NULL, hardware {text} NOT NULL, version {text} NOT NULL,
            UNIQUE (product, hardware, version))
        """,
        """
        CREATE TABLE fleet_unit (
            unit {text} PRIMARY KEY,
            bucket integer NOT NULL REFERENCES fleet_bucket (id),
            source {text} NOT NULL,
            first_at {instant} NOT NULL, last_at {instant} NOT NULL, last_day integer NOT NULL,
            health {text}, health_at {instant}) {hot_table}
        """,
        """
        CREATE INDEX fleet_unit_by_bucket ON fleet_unit (bucket, unit)
        """,
        """
        CREATE TABLE fleet_observation (
            unit {text} NOT NULL, day integer NOT NULL,
            bucket integer NOT NULL REFERENCES fleet_bucket (id),
            source {text} NOT NULL,
            first_at {instant} NOT NULL, last_at {instant} NOT NULL,
            PRIMARY KEY (unit, day, bucket, source)) {table}
        """,
        """
        CREATE TABLE fleet_rollup (
            bucket integer NOT NULL REFERENCES fleet_bucket (id), day integer NOT NULL,
            present {instant} NOT NULL, silent {instant} NOT NULL, heard {instant} NOT NULL,
            PRIMARY KEY (bucket, day)) {table}
        """,
    ),
    (
        """
        CREATE TABLE fleet_log_rules (
            version integer PRIMARY KEY, content {text} NOT NULL, adopted_at {instant} NOT NULL,
            adopted_by {text} NOT NULL, reason {text} NOT NULL)
        """,
        """
        CREATE TABLE fleet_log_file (
            source {text} NOT NULL, rules integer NOT NULL, digest {text} NOT NULL,
            head {text} NOT NULL, name {text} NOT NULL, size {instant} NOT NULL, lines {instant} NOT NULL,
            read_at {instant} NOT NULL, PRIMARY KEY (source, rules, digest))
        """,
        """
        CREATE TABLE fleet_log_tally (
            source {text} NOT NULL, rules integer NOT NULL, rule {text} NOT NULL, outcome {text} NOT NULL,
            lines {instant} NOT NULL, PRIMARY KEY (source, rules, rule, outcome)) {table}
        """,
        """
        CREATE TABLE fleet_log_part (
            source {text} NOT NULL, rules integer NOT NULL, client {text} NOT NULL, image {text} NOT NULL,
            size {instant} NOT NULL, last_at {instant} NOT NULL,
            PRIMARY KEY (source, rules, client, image)) {table}
        """,
        """
        CREATE TABLE fleet_claim (
            client {text} NOT NULL, product {text} NOT NULL, hardware {text} NOT NULL, line {text} NOT NULL,
            version {text} NOT NULL, source {text} NOT NULL, at {instant} NOT NULL,
            PRIMARY KEY (client, product, hardware, line, version)) {table}
        """,
        """
        CREATE INDEX fleet_claim_at ON fleet_claim (at)
        """,
        """
        CREATE TABLE fleet_failed (
            bucket integer NOT NULL REFERENCES fleet_bucket (id), day integer NOT NULL,
            units {instant} NOT NULL, PRIMARY KEY (bucket, day)) {table}
        """,
        """
        CREATE INDEX fleet_unit_failed ON fleet_unit (bucket)
        WHERE health IS NOT NULL AND {failed}
        """,
    ),
)

SQLITE = MappingProxyType(
    {
        "text": "text",
        "instant": "integer",
        "identity": "integer PRIMARY KEY",
        "table": "WITHOUT ROWID",
        "hot_table": "WITHOUT ROWID",
        "failed": """instr(health, '"update":"failed"') > 0""",
        "least": "min",
        "greatest": "max",
    }
)
POSTGRES = MappingProxyType(
    {
        "text": 'text COLLATE "C"',
        "instant": "bigint",
        "identity": "integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "table": "",
        "hot_table": "WITH (fillfactor = 70)",
        "failed": """strpos(health, '"update":"failed"') > 0""",
        "least": "least",
        "greatest": "greatest",
    }
)


@dataclass(frozen=True)
class Merge:
    """Rows put into a table, each merged with the row that has its key. Types are PostgreSQL's."""

    table: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    changes: str

    @property
    def names(self) -> str:
        return ", ".join(name for name, _ in self.columns)

    def statement(self, rows: str, words: MappingProxyType[str, str]) -> str:
        """The INSERT that merges these rows (a VALUES or a SELECT). All names come from this file."""
        changes = self.changes.format(**words)
        key = ", ".join(self.key)
        return f"INSERT INTO {self.table} ({self.names}) {rows} ON CONFLICT ({key}) DO UPDATE SET {changes}"


UNITS = Merge(
    "fleet_unit",
    (
        ("unit", "text"),
        ("bucket", "integer"),
        ("source", "text"),
        ("first_at", "bigint"),
        ("last_at", "bigint"),
        ("last_day", "integer"),
        ("health", "text"),
        ("health_at", "bigint"),
    ),
    ("unit",),
    "bucket = excluded.bucket, source = excluded.source, first_at = excluded.first_at, "
    "last_at = excluded.last_at, last_day = excluded.last_day, "
    "health = excluded.health, health_at = excluded.health_at",
)
OBSERVATIONS = Merge(
    "fleet_observation",
    (
        ("unit", "text"),
        ("day", "integer"),
        ("bucket", "integer"),
        ("source", "text"),
        ("first_at", "bigint"),
        ("last_at", "bigint"),
    ),
    ("unit", "day", "bucket", "source"),
    "first_at = {least}(fleet_observation.first_at, excluded.first_at), "
    "last_at = {greatest}(fleet_observation.last_at, excluded.last_at)",
)
ROLLUP = Merge(
    "fleet_rollup",
    (
        ("bucket", "integer"),
        ("day", "integer"),
        ("present", "bigint"),
        ("silent", "bigint"),
        ("heard", "bigint"),
    ),
    ("bucket", "day"),
    "present = fleet_rollup.present + excluded.present, silent = fleet_rollup.silent + excluded.silent, "
    "heard = fleet_rollup.heard + excluded.heard",
)
LOG_TALLY = Merge(
    "fleet_log_tally",
    (("source", "text"), ("rules", "integer"), ("rule", "text"), ("outcome", "text"), ("lines", "bigint")),
    ("source", "rules", "rule", "outcome"),
    "lines = fleet_log_tally.lines + excluded.lines",
)
LOG_PARTS = Merge(
    "fleet_log_part",
    (
        ("source", "text"),
        ("rules", "integer"),
        ("client", "text"),
        ("image", "text"),
        ("size", "bigint"),
        ("last_at", "bigint"),
    ),
    ("source", "rules", "client", "image"),
    "size = excluded.size, last_at = excluded.last_at",
)
CLAIMS = Merge(
    "fleet_claim",
    (
        ("client", "text"),
        ("product", "text"),
        ("hardware", "text"),
        ("line", "text"),
        ("version", "text"),
        ("source", "text"),
        ("at", "bigint"),
    ),
    ("client", "product", "hardware", "line", "version"),
    "at = {least}(fleet_claim.at, excluded.at)",
)
FAILED = Merge(
    "fleet_failed",
    (("bucket", "integer"), ("day", "integer"), ("units", "bigint")),
    ("bucket", "day"),
    "units = excluded.units",
)
SETTINGS = Merge("fleet_setting", (("key", "text"), ("value", "text")), ("key",), "value = excluded.value")
