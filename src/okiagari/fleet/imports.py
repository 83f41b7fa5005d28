"""Reads files of observations made by others: logs of update servers, download counts per unit, lists.

Enters: a file, CSV with a header or JSON Lines, in UTF-8. Leaves: check-ins, one per line.
Every wrong line is told with its file, line and field, twenty at most, and then the whole file is refused.
An import never passes for a unit's own word: its source is always `import:<name>`.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

import msgspec

from okiagari.fleet import rules
from okiagari.fleet.stores.base import CheckIn
from okiagari.problems import Kind, Problem, define, gettext_noop, several

NEEDED = ("unit", "product", "version", "at")
ALLOWED = ("unit", "product", "hardware", "version", "at", "source")
PREFIX = "import:"
MAX_LINE = 16 * 1024
MAX_ROWS = 250_000
MAX_TOLD = 20

UNKNOWN_FORMAT = define(
    "fleet.unknown_format",
    Kind.INVALID,
    gettext_noop("“%(format)s” is not a format of observations."),
    gettext_noop("Send csv (with a header line) or jsonl (one JSON object per line)."),
)
WRONG_HEADER = define(
    "fleet.wrong_header",
    Kind.INVALID,
    gettext_noop("The header line does not fit: %(columns)s."),
    gettext_noop("It must name %(needed)s; hardware and source may stand beside them, each once."),
)
WRONG_ROW = define(
    "fleet.wrong_row",
    Kind.INVALID,
    gettext_noop("The line cannot be read: %(why)s"),
    gettext_noop("It must be UTF-8 text of the chosen format, with the fields %(allowed)s and no others."),
)
WRONG_COUNT = define(
    "fleet.wrong_count",
    Kind.INVALID,
    gettext_noop("The line has %(found)s fields; the header has %(columns)s."),
    gettext_noop("Put a field that holds a comma into double quotes."),
)
NOT_UTF8 = define(
    "fleet.not_utf8",
    Kind.INVALID,
    gettext_noop("The line is not UTF-8 text."),
    gettext_noop("Save the file as UTF-8; spreadsheets call it “CSV UTF-8”."),
)
LINE_TOO_LONG = define(
    "fleet.line_too_long",
    Kind.INVALID,
    gettext_noop("The line has more than %(limit)s bytes."),
    gettext_noop("Leave out what is not asked for, and check the line breaks."),
)
TOO_MANY_ROWS = define(
    "fleet.too_many_rows",
    Kind.TOO_LARGE,
    gettext_noop("The file has more than %(limit)s lines."),
    gettext_noop("Split it into several files. What is imported twice is counted once."),
)


@dataclass(frozen=True)
class Origin:
    """What is known of a file from outside: how it is called, who made it, when it came."""

    name: str
    source: str
    now: datetime
    zone: tzinfo


class _Fields(msgspec.Struct, forbid_unknown_fields=True):
    unit: str
    product: str
    version: str
    at: str
    hardware: str | None = None
    source: str | None = None


Fields = Mapping[str, str | None]
Parsed = Iterator[tuple[int, Fields | Problem]]


def check_ins(lines: Iterable[bytes], *, form: str, origin: Origin) -> Iterator[CheckIn]:
    """The check-ins of a file, line by line. Raises one problem with all that is wrong, at the end."""
    wrong: list[Problem] = []
    for count, (number, fields) in enumerate(_parser(form)(lines), start=1):
        if count > MAX_ROWS:
            raise TOO_MANY_ROWS(limit=MAX_ROWS)
        found = fields if isinstance(fields, Problem) else _check_in(fields, origin)
        if isinstance(found, Problem):
            wrong.append(found.at(":".join(filter(None, (origin.name, str(number), found.field)))))
            if len(wrong) == MAX_TOLD:
                break
        elif not wrong:
            yield found
    if wrong:
        raise several(wrong)


def source_named(name: str) -> str:
    """How observations of this source are marked. Raises a problem of the field `source`."""
    return rules.text(PREFIX + rules.text(name, "source").removeprefix(PREFIX), "source")


def _parser(form: str) -> Callable[[Iterable[bytes]], Parsed]:
    if form == "csv":
        return _csv
    if form == "jsonl":
        return _json_lines
    raise UNKNOWN_FORMAT(format=form[:20]).at("format")


def _check_in(fields: Fields, origin: Origin) -> CheckIn | Problem:
    try:
        return CheckIn(
            unit=rules.text(fields.get("unit") or "", "unit"),
            product=rules.text(fields.get("product") or "", "product"),
            hardware=rules.text(fields.get("hardware") or "", "hardware"),
            version=rules.text(fields.get("version") or "", "version"),
            at=rules.instant(fields.get("at") or "", now=origin.now, zone=origin.zone),
            source=source_named(fields.get("source") or origin.source),
        )
    except Problem as problem:
        return problem


def _csv(lines: Iterable[bytes]) -> Parsed:
    try:
        reader = csv.reader(_decoded(lines), strict=True)
        columns = [column.strip().lower() for column in next(reader, [])]
    except (csv.Error, Problem) as error:
        yield 1, _wrong_row(error)
        return
    if len(set(columns)) < len(columns) or not set(NEEDED) <= set(columns) <= set(ALLOWED):
        yield 1, WRONG_HEADER(columns=", ".join(columns)[:200] or "-", needed=", ".join(NEEDED))
        return
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, Problem) as error:
            yield reader.line_num + isinstance(error, Problem), _wrong_row(error)
            return
        if len(row) == len(columns):
            yield reader.line_num, dict(zip(columns, row, strict=True))
        elif row:
            yield reader.line_num, WRONG_COUNT(found=len(row), columns=len(columns))


def _json_lines(lines: Iterable[bytes]) -> Parsed:
    decoder = msgspec.json.Decoder(_Fields)
    for number, line in enumerate(lines, start=1):
        try:
            text = _text(line, is_first=number == 1)
            if text.strip():
                yield number, msgspec.structs.asdict(decoder.decode(text))
        except (msgspec.MsgspecError, Problem) as error:
            yield number, _wrong_row(error)


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield _text(line, is_first=number == 1)


def _text(line: bytes, *, is_first: bool) -> str:
    if len(line) > MAX_LINE:
        raise LINE_TOO_LONG(limit=MAX_LINE)
    try:
        return line.decode("utf-8-sig" if is_first else "utf-8")
    except UnicodeDecodeError:
        raise NOT_UTF8() from None


def _wrong_row(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    return WRONG_ROW(why=str(error), allowed=", ".join(ALLOWED))
