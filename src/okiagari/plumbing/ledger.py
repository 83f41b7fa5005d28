"""The ledger: one mechanism for timeline, audit and events.

In: what happened (stream, subject, verb, facts), inside the transaction of the action that did it.
Out: a chained line per action, told at once to whoever listens (job rows, what one deed settles elsewhere)
and, all lines of an action together, to the projections.

Each stream is its own hash chain. The chain holds a salted digest of the facts; the facts lie
apart and can be erased, which leaves the chain whole. Where the streams stood is anchored by a key
(see `anchors`), so that a cut tail or a missing stream shows. Nothing here changes a line.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from okiagari.plumbing import clock
from okiagari.plumbing.models import Line, Payload, Stream
from okiagari.plumbing.readings import reading


class Actor(Protocol):
    """Whoever acts, as far as the ledger needs to know."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def door(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """One line with its facts, as listeners and readers get it."""

    stream_kind: str
    stream_key: str
    seq: int
    at: datetime
    subject_kind: str
    subject_key: str
    door: str
    verb: str
    facts: Mapping[str, Any]
    is_erased: bool = False


Listener = Callable[[Entry], None]
Projection = Callable[[Sequence[Entry]], None]
Keys = Iterable[str] | models.QuerySet[Any, str]
_listeners: list[Listener] = []
_projections: list[Projection] = []
_pending: ContextVar[list[Entry] | None] = ContextVar("okiagari_pending_lines", default=None)


def listen(listener: Listener) -> None:
    """Hear every line inside its own transaction. Upper rooms subscribe when the house starts."""
    if listener not in _listeners:
        _listeners.append(listener)


def project(projection: Projection) -> None:
    """Hear all lines of an action together, when no listener has anything to add: what is made anew from the
    facts is made once, however many lines speak of it. Listeners must not read what projections make."""
    if projection not in _projections:
        _projections.append(projection)


@contextmanager
def action() -> Iterator[None]:
    """The transaction of one action. Listeners hear its lines at its end, still inside.

    An action within an action is part of it; if it fails and the outer one goes on, its lines never were.
    """
    outer = _pending.get()
    if outer is not None:
        mine = len(outer)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del outer[mine:]
            raise
        return
    with transaction.atomic():
        heard: list[Entry] = []
        mark = _pending.set(heard)
        try:
            yield
            _tell(heard)
        finally:
            _pending.reset(mark)


def _tell(heard: list[Entry]) -> None:
    """Each line to every listener, with those that they add; then all of them to the projections."""
    told: list[Entry] = []
    while heard:
        told.append(heard.pop(0))
        for listener in _listeners:
            listener(told[-1])
    if not told:
        return
    with reading():  # one asks what the other has asked
        for projection in _projections:
            projection(told)
    if heard:
        raise RuntimeError("a projection wrote to the ledger")


def append(
    stream: tuple[str, str],
    *,
    subject: Actor,
    verb: str,
    facts: Mapping[str, object],
    scope: int | None = None,
    personal: bool = False,
) -> Entry:
    """Write one line. `personal` marks facts that `erase` may take away later."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb} is written outside the transaction of its action")
    kind, key = stream
    row = _locked(kind, key, scope)
    at = clock.now()
    salt = secrets.token_hex(32)
    plain = json.loads(canonical(facts))
    body = canonical(plain)  # of what is read back: a number as a key sorts another way than its text
    line = Line(
        stream=row,
        seq=row.length + 1,
        at=at,
        subject_kind=subject.kind,
        subject_key=subject.key,
        door=subject.door,
        verb=verb,
        digest=payload_digest(salt, body),
        previous=row.head,
    )
    line.hash = line_hash(line, kind, key, is_personal=personal)
    line.save(force_insert=True)
    Payload.objects.create(line=line, salt=salt, facts=plain, is_personal=personal)
    Stream.objects.filter(pk=row.pk).update(length=line.seq, head=line.hash)
    entry = _entry(line, kind, key, plain)
    pending = _pending.get()
    if pending is None:
        _tell([entry])
    else:
        pending.append(entry)
    return entry


def _locked(kind: str, key: str, scope: int | None) -> Stream:
    locked = Stream.objects.select_for_update()
    found = locked.filter(kind=kind, key=key).first()
    if found is None:
        Stream.objects.get_or_create(kind=kind, key=key, defaults={"scope_key": scope})
        found = locked.get(kind=kind, key=key)
    return found


def canonical(facts: Mapping[str, object]) -> str:
    """Facts as JSON that is the same for the same facts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)


def payload_digest(salt: str, body: str) -> str:
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def line_hash(line: Line, kind: str, key: str, *, is_personal: bool) -> str:
    """The hash that chains a line to the one before it. It also fixes whether the facts may be erased."""
    parts = [
        line.previous,
        kind,
        key,
        str(line.seq),
        f"{line.at:%Y-%m-%dT%H:%M:%S.%f%z}",
        line.subject_kind,
        line.subject_key,
        line.door,
        line.verb,
        line.digest,
        "personal" if is_personal else "kept",
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _entry(line: Line, kind: str, key: str, facts: Mapping[str, Any], *, erased: bool = False) -> Entry:
    return Entry(
        kind, key, line.seq, line.at, line.subject_kind, line.subject_key, line.door, line.verb, facts, erased
    )


def entries(
    streams: "list[tuple[str, str]]", *, newest_first: bool = True, limit: int = 1000
) -> tuple[Entry, ...]:
    """The lines of these streams in order of time. The caller has already decided who may see them."""
    wanted = models.Q()
    for kind, key in streams:
        wanted |= models.Q(stream__kind=kind, stream__key=key)
    if not streams:
        return ()
    order = ("-at", "-pk") if newest_first else ("at", "pk")
    lines = Line.objects.filter(wanted).select_related("stream", "payload").order_by(*order)[:limit]
    return tuple(
        _entry(
            line,
            line.stream.kind,
            line.stream.key,
            line.payload.facts or {},
            erased=bool(line.payload.erased_at),
        )
        for line in lines
    )


def newest(streams: Iterable[tuple[str, str]], *, ignoring: tuple[str, ...] = ()) -> int:
    """A number that grows with every line of these streams; lines of verbs that begin so do not count.

    For projections that ask cheaply whether anything happened. 0 where nothing ever did.
    """
    keys: dict[str, list[str]] = {}
    for kind, key in streams:
        keys.setdefault(kind, []).append(key)
    ignored = models.Q(pk__in=())
    for prefix in ignoring:
        ignored |= models.Q(verb__startswith=prefix)
    return _lines_of(keys).exclude(ignored).aggregate(last=models.Max("pk"))["last"] or 0


def last_at(keys: "Mapping[str, Keys]") -> datetime | None:
    """When something was last said in these streams, by kind; the keys of a kind may be a query for them."""
    found: datetime | None = _lines_of(keys).aggregate(last=models.Max("at"))["last"]
    return found


def _lines_of(keys: "Mapping[str, Keys]") -> "models.QuerySet[Line]":
    mine = models.Q(pk__in=())
    for kind, found in keys.items():
        mine |= models.Q(kind=kind, key__in=found)
    return Line.objects.filter(stream__in=Stream.objects.filter(mine).values("pk"))


def erase(stream: tuple[str, str]) -> int:
    """Take personal facts out of a stream. The chain stays whole; returns the number of lines erased."""
    kind, key = stream
    return Payload.objects.filter(
        line__stream__kind=kind, line__stream__key=key, is_personal=True, erased_at__isnull=True
    ).update(facts={}, salt="", erased_at=clock.now())
