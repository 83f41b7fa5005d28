"""The same question in the words of SQLite (FTS5) and of PostgreSQL (tsvector), and the DDL of both.

SQLite: an FTS5 table with external content over `search_doc(grams)`, kept by triggers; its tokenizer `ascii`
takes our tokens as they are. PostgreSQL: the grams as a `tsvector` without places under a GIN index, and
phrases checked again on the grams themselves. A rebuild of the table on SQLite (a later migration that alters
it) drops the triggers: call `raise_index` again after it.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from okiagari.engines.grams import Phrase, Query
from okiagari.plumbing.models import SearchDoc

SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        grams, content='search_doc', content_rowid='id', tokenize='ascii', columnsize=0)""",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
    """CREATE TRIGGER search_doc_made AFTER INSERT ON search_doc BEGIN
        INSERT INTO search_index(rowid, grams) VALUES (new.id, new.grams); END""",
    """CREATE TRIGGER search_doc_gone AFTER DELETE ON search_doc BEGIN
        INSERT INTO search_index(search_index, rowid, grams) VALUES ('delete', old.id, old.grams); END""",
    """CREATE TRIGGER search_doc_changed AFTER UPDATE OF grams ON search_doc BEGIN
        INSERT INTO search_index(search_index, rowid, grams) VALUES ('delete', old.id, old.grams);
        INSERT INTO search_index(rowid, grams) VALUES (new.id, new.grams); END""",
)
POSTGRES = (
    """ALTER TABLE search_doc ADD COLUMN grams_vector tsvector GENERATED ALWAYS AS
        (array_to_tsvector(array_remove(string_to_array(grams, ' '), ''))) STORED""",
    "CREATE INDEX search_doc_grams ON search_doc USING gin (grams_vector)",
)
SQLITE_DOWN = (
    "DROP TRIGGER search_doc_made",
    "DROP TRIGGER search_doc_gone",
    "DROP TRIGGER search_doc_changed",
    "DROP TABLE search_index",
)
POSTGRES_DOWN = ("DROP INDEX search_doc_grams", "ALTER TABLE search_doc DROP COLUMN grams_vector")

BESIDE_TABLES = {"beside_tables": True}
"""The hint of a step that makes something which no model tells of: a new house needs it too."""


def raise_index(apps: Any, schema_editor: Any) -> None:
    """For a migration: the index beside the table."""
    del apps
    for line in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(line, params=None)


def drop_index(apps: Any, schema_editor: Any) -> None:
    del apps
    for line in SQLITE_DOWN if schema_editor.connection.vendor == "sqlite" else POSTGRES_DOWN:
        schema_editor.execute(line, params=None)


def merge() -> None:
    """Write the pages of the index anew, without what was deleted. PostgreSQL's vacuum does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('optimize')")


def matching(vendor: str, rows: "QuerySet[SearchDoc]", query: Query) -> "QuerySet[SearchDoc]":
    """Those of the rows that hold every phrase, the newest first.

    Tokens are letters and digits; they are quoted all the same. On SQLite the index is walked from its end,
    so that a question with a limit stops when it has enough.
    """
    if vendor == "sqlite":
        asked = " AND ".join(_fts5(phrase) for phrase in query.phrases)
        return rows.extra(
            tables=["search_index"],
            where=["search_index.rowid = search_doc.id", "search_index MATCH %s"],
            params=[asked],
            order_by=["-search_index.rowid"],
        )
    held = " & ".join(_lexeme(token) for phrase in query.phrases for token in _closed(phrase))
    opened = [_lexeme(phrase.tokens[-1]) + ":*" for phrase in query.phrases if phrase.is_open]
    words = " & ".join(each for each in (held, *opened) if each)
    wanted = [RawSQL("grams_vector @@ %s::tsquery", [words], output_field=BooleanField())]
    wanted += [
        RawSQL("strpos(' ' || grams || ' ', %s) > 0", [_stretch(phrase)], output_field=BooleanField())
        for phrase in query.phrases
        if len(phrase.tokens) > 1
    ]
    return rows.filter(*wanted).order_by("-pk")


def _closed(phrase: Phrase) -> tuple[str, ...]:
    return phrase.tokens[:-1] if phrase.is_open else phrase.tokens


def _fts5(phrase: Phrase) -> str:
    words = " ".join(phrase.tokens).replace('"', '""')
    return f'"{words}"' + ("*" if phrase.is_open else "")


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _stretch(phrase: Phrase) -> str:
    """The tokens as they stand in the column, with the spaces around them."""
    return " " + " ".join(phrase.tokens) + ("" if phrase.is_open else " ")
