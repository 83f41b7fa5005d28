"""What a list says of itself. Values only; nothing here reads or writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from okiagari.desk.subjects import Subject
from okiagari.web.frame.values import Empty

PER_PAGE = 50
EXPORT_AT_ONCE = 500
Chosen = Mapping[str, str]


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list. `kind`: band (links above), select, text, check, hidden."""

    name: str
    label: object
    choices: tuple[tuple[str, object], ...] = ()
    any_word: object = ""
    kind: str = "select"
    default: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its head, how it is sorted, and what the file holds. `first`: "-" where down comes first.

    Without `head` it stands only in the file; without `cell` only on the page.
    """

    head: object = ""
    sort: str = ""
    first: str = ""
    key: str = ""
    cell: Callable[[Any], object] | None = None
    name: object = ""
    is_number: bool = False


@dataclass(frozen=True)
class Slice:
    """Rows of one page. `before`, `after`: what the address says to get the neighbours, if there are any."""

    rows: Sequence[Any]
    total: int
    first: int = 1
    before: Chosen | None = None
    after: Chosen | None = None


@dataclass(frozen=True)
class Field:
    """What a deed asks for. `kind`: text, instant, team, choice."""

    name: str
    label: object
    kind: str = "text"
    choices: tuple[tuple[str, object], ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class Deed:
    """Something done with several rows, one after the other. `act` raises a Problem where a row refuses."""

    key: str
    name: object
    verb: str
    act: Callable[[Subject, str, Mapping[str, Any]], object]
    fields: tuple[Field, ...] = ()
    needs_reason: bool = True


def no_deeds(subject: Subject) -> tuple[Deed, ...]:
    del subject
    return ()


Fetch = Callable[[Subject, Chosen, QueryDict, int], Slice]


@dataclass(frozen=True)
class Sheet:
    """A list. `read`: the verb it takes; `names`: what its rows are called ("%(total)d cases")."""

    key: str
    title: object
    page: str
    read: str
    columns: tuple[Column, ...]
    filters: Callable[[Subject], tuple[Filter, ...]]
    fetch: Fetch
    identify: Callable[[Any], str]
    count: Callable[[int], str]
    empty: Callable[[Subject, bool], Empty]
    sort: str = ""
    show: Callable[[Any], object] = field(default=lambda row: row)
    deeds: Callable[[Subject], tuple[Deed, ...]] = no_deeds
    export: str = ""
    """The verb it takes to take the list away as a file, where it is another than `read`."""


def by_offset(
    read: Callable[..., Any], *, items: Callable[[Any], Sequence[Any]] = lambda page: page.items
) -> Fetch:
    """Rows of a query that takes ``offset`` and ``limit``, and says ``total``."""

    def fetch(subject: Subject, chosen: Chosen, asked: QueryDict, limit: int) -> Slice:
        text = asked.get("from", "")
        offset = min(int(text), 1_000_000) if text.isdecimal() and len(text) < 9 else 0
        page = read(subject, offset=offset, limit=limit, **chosen)
        rows = items(page)
        last = offset + len(rows)
        return Slice(
            rows,
            page.total,
            offset + 1,
            before={"from": str(max(0, offset - limit))} if offset else None,
            after={"from": str(last)} if last < page.total else None,
        )

    return fetch
