"""Anchors over the ledger, and the check of the whole of it.

An anchor says, under a key, where every stream stood that moved since the anchor before it, and is
written to a file outside the database as well. `verify` reads chains and anchors together and so
finds a line that was changed, taken out or moved, a tail cut off and a stream that is gone.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from okiagari.plumbing import clock, ledger
from okiagari.plumbing.models import Anchor, Line, Payload, Stream
from okiagari.problems import gettext_noop

FINDINGS = {
    "line_changed": gettext_noop("Line %(seq)s of %(stream)s was changed."),
    "facts_changed": gettext_noop("The facts of line %(seq)s of %(stream)s were changed."),
    "line_missing": gettext_noop("Line %(seq)s of %(stream)s is missing."),
    "line_moved": gettext_noop("Line %(seq)s of %(stream)s does not follow the line before it."),
    "tail_cut": gettext_noop("%(stream)s ends before line %(seq)s, which an anchor has seen."),
    "stream_missing": gettext_noop("%(stream)s is gone; an anchor has seen %(seq)s lines of it."),
    "head_differs": gettext_noop(
        "%(stream)s says it ends at line %(seq)s, which is not where its lines end."
    ),
    "anchor_broken": gettext_noop("Anchor %(seq)s does not bear its key."),
    "anchor_missing": gettext_noop("Anchor %(seq)s is missing from the database."),
    "anchor_unheard": gettext_noop("%(stream)s says line %(seq)s is anchored; no anchor says so."),
}


@dataclass(frozen=True)
class Finding:
    """Something in the ledger that is not as it was written."""

    code: str
    stream: str
    seq: int


def folder() -> Path:
    return Path(settings.ENVIRONMENT.data) / "anchors"


def _mac(number: int, at: str, body: str, previous: str) -> str:
    text = json.dumps([number, at, body, previous])
    return hmac.new(settings.ANCHOR_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def anchor() -> Anchor | None:
    """Write an anchor over every stream that moved since the last one; None if none did."""
    made = _written()
    for each in Anchor.objects.order_by("-number")[
        :2
    ]:  # the one before, too, had its process ended too early
        if not _path(each.number).exists():
            _export(each)
    return made


def _written() -> Anchor | None:
    with transaction.atomic():
        moved = list(Stream.objects.select_for_update().filter(length__gt=F("anchored")).order_by("pk"))
        if not moved:
            return None
        last = Anchor.objects.order_by("-number").first()
        number, previous = (last.number + 1, last.mac) if last else (1, "")
        at = clock.now()
        heads = {f"{row.kind}/{row.key}": [row.length, row.head] for row in moved}
        body = json.dumps(heads, ensure_ascii=False, sort_keys=True)
        mac = _mac(number, at.isoformat(), body, previous)
        made = Anchor.objects.create(number=number, at=at, body=body, mac=mac)
        Stream.objects.filter(pk__in=[row.pk for row in moved]).update(anchored=F("length"))
    return made


def _path(number: int) -> Path:
    return folder() / f"{number:08d}.json"


def _export(made: Anchor) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    text = {"number": made.number, "at": made.at.isoformat(), "body": made.body, "mac": made.mac}
    fresh = _path(made.number).with_suffix(".new")
    fresh.write_text(json.dumps(text, ensure_ascii=False, indent=1))
    fresh.replace(_path(made.number))


def verify() -> tuple[Finding, ...]:
    """Every way in which the ledger is not as it was written; empty when it is whole."""
    findings = [finding for stream in Stream.objects.order_by("pk").iterator() for finding in _chain(stream)]
    findings += _anchored()
    return tuple(findings)


def _chain(stream: Stream) -> Iterator[Finding]:
    name = f"{stream.kind}/{stream.key}"
    previous, expected = "", 1
    lines = Line.objects.filter(stream=stream).select_related("payload").order_by("seq")
    for line in lines.iterator(chunk_size=500):
        while expected < line.seq:
            yield Finding("line_missing", name, expected)
            expected += 1
        if line.previous != previous:
            yield Finding("line_moved", name, line.seq)
        payload: Payload | None = getattr(line, "payload", None)
        is_personal = payload is not None and payload.is_personal
        if line.hash != ledger.line_hash(line, stream.kind, stream.key, is_personal=is_personal):
            yield Finding("line_changed", name, line.seq)
        if payload is None or not _facts_hold(line, payload):
            yield Finding("facts_changed", name, line.seq)
        previous, expected = line.hash, line.seq + 1
    if stream.length != expected - 1 or stream.head != previous:
        yield Finding("head_differs", name, stream.length)


def _facts_hold(line: Line, payload: Payload) -> bool:
    if payload.erased_at:
        return bool(payload.is_personal) and not payload.facts
    return ledger.payload_digest(payload.salt, ledger.canonical(payload.facts)) == line.digest


@dataclass(frozen=True)
class _Copy:
    """One copy of an anchor: the row in the database, or the file beside it."""

    number: int
    at: str
    body: str
    mac: str

    def bears_its_key(self, previous: str) -> bool:
        return hmac.compare_digest(self.mac, _mac(self.number, self.at, self.body, previous))


def _anchored() -> list[Finding]:
    findings: list[Finding] = []
    heads: dict[str, tuple[int, str]] = {}
    rows, files = _rows(), _files()
    previous = ""
    for number in range(1, max([0, *rows, *files]) + 1):
        copies = [copies[number] for copies in (rows, files) if number in copies]
        if number not in rows:
            findings.append(Finding("anchor_missing", "", number))
        sound = [copy for copy in copies if copy.bears_its_key(previous)]
        if len(sound) < len(copies):
            findings.append(Finding("anchor_broken", "", number))
        for copy in sound[:1]:
            heads |= {name: (length, head) for name, (length, head) in json.loads(copy.body).items()}
        previous = next((copy.mac for copy in (*sound, *copies)), "")
    for name, (length, head) in heads.items():
        findings += _against(name, length, head)
    return [*findings, *_unanchored(heads)]


def _rows() -> dict[int, _Copy]:
    return {
        made.number: _Copy(made.number, made.at.isoformat(), made.body, made.mac)
        for made in Anchor.objects.iterator()
    }


def _files() -> dict[int, _Copy]:
    """The copies outside the database. One that cannot be read is one that does not bear its key."""
    found: dict[int, _Copy] = {}
    for path in folder().glob("[0-9]*.json"):
        number = int(path.stem) if path.stem.isdecimal() else 0
        try:
            text = json.loads(path.read_text())
            found[number] = _Copy(int(text["number"]), str(text["at"]), str(text["body"]), str(text["mac"]))
        except (OSError, ValueError, TypeError, KeyError):
            found[number] = _Copy(number, "", "", "")
    return found


def _against(name: str, length: int, head: str) -> list[Finding]:
    kind, _, key = name.partition("/")
    lines = Line.objects.filter(stream__kind=kind, stream__key=key)
    if not lines.exists():
        return [Finding("stream_missing", name, length)]
    found = lines.filter(seq=length).values_list("hash", flat=True).first()
    if found is None:
        return [Finding("tail_cut", name, length)]
    return [] if found == head else [Finding("line_changed", name, length)]


def _unanchored(heads: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    """Streams that claim to be anchored further than any anchor says: they would never be anchored again."""
    for stream in Stream.objects.filter(anchored__gt=0).order_by("pk").iterator():
        name = f"{stream.kind}/{stream.key}"
        if stream.anchored > heads.get(name, (0, ""))[0]:
            yield Finding("anchor_unheard", name, stream.anchored)
