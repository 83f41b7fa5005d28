"""Everything a list shows with these filters, as a file that streams: CSV or JSON.

CSV is UTF-8, with a mark for spreadsheets unless ``bom=0``. A cell that a spreadsheet would take for a
formula is written as text, whatever a stranger wrote into it.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, QueryDict, StreamingHttpResponse
from django.utils import timezone

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing.plain import plain
from okiagari.web.doors import asking
from okiagari.web.frame.lists.pages import chosen
from okiagari.web.frame.lists.sheet import EXPORT_AT_ONCE, Column, Sheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def export(request: HttpRequest, sheet: Sheet, form: str = "csv") -> StreamingHttpResponse:
    """The list as a file."""
    subject = asking(request)
    permits.require(subject, sheet.read)
    permits.require(subject, sheet.export or sheet.read)
    rows = _rows(subject, sheet, request.GET)
    has_mark = request.GET.get("bom") != "0"
    lines = _csv(sheet, rows, has_mark=has_mark) if form == "csv" else _json(sheet, rows)
    response = StreamingHttpResponse(lines, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{sheet.key}.{form}"'
    return response


def _rows(subject: Subject, sheet: Sheet, asked: QueryDict) -> Iterator[object]:
    """Every row. The first page is read before the file begins: a wrong filter is said as a problem."""
    filtered = chosen(sheet, sheet.filters(subject), asked)
    page = sheet.fetch(subject, filtered, QueryDict(), EXPORT_AT_ONCE)

    def following() -> Iterator[object]:
        here = page
        while True:
            yield from here.rows
            if here.after is None:
                return
            place = QueryDict(mutable=True)
            place.update(dict(here.after))
            here = sheet.fetch(subject, filtered, place, EXPORT_AT_ONCE)

    return following()


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    return tuple(each for each in sheet.columns if each.cell)


def _csv(sheet: Sheet, rows: Iterator[object], *, has_mark: bool) -> Iterator[str]:
    writer = csv.writer(_Echo())
    columns = _columns(sheet)
    yield ("\ufeff" if has_mark else "") + writer.writerow([str(each.name or each.head) for each in columns])
    for row in rows:
        yield writer.writerow([_safe(_said(each.cell(row))) for each in columns if each.cell])


def _json(sheet: Sheet, rows: Iterator[object]) -> Iterator[str]:
    columns = _columns(sheet)
    yield '{"items": ['
    for number, row in enumerate(rows):
        fields = {each.key: plain(each.cell(row)) for each in columns if each.cell}
        yield (",\n" if number else "\n") + json.dumps(fields, ensure_ascii=False)
    yield "\n]}\n"


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M %Z")
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class _Echo:
    """Gives `csv` something to write to that hands each row straight back."""

    def write(self, text: str) -> str:
        return text
