"""Anchors over the ledger, and the check of the whole of it.

An anchor says, under a key, where every stream stood that moved since the anchor before it, and is
written to a file outside the database as well. `verify` reads chains and anchors together and so
finds a line that was changed, taken out or moved, a tail cut off and a stream that is gone.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from okiagari.plumbing import clock, ledger
from okiagari.plumbing.models import Anchor, Line, Stream
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
    "anchor_missing": gettext_noop("Anchor %(seq)s is missing."),
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
    with transaction.atomic():
        moved = list(Stream.objects.select_for_update().filter(length__gt=F("anchored")).order_by("pk"))
        if not moved:
            return None
        last = Anchor.objects.order_by("-number").first()
        number, previous = (last.number + 1, last.mac) if last else (1, "")
        at = clock.now()
        heads = {f"{row.kind}/{row.key}": [row.length, row.head] for row in moved}
        body = json.dumps(heads, ensure_ascii=False, sort_keys=True)
        made = Anchor.objects.create(
            number=number, at=at, body=body, mac=_mac(number, at.isoformat(), body, previous)
        )
        Stream.objects.filter(pk__in=[row.pk for row in moved]).update(anchored=F("length"))
    _export(made, previous)
    return made


def _export(made: Anchor, previous: str) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{made.number:08d}.json"
    text = {
        "number": made.number,
        "at": made.at.isoformat(),
        "body": made.body,
        "previous": previous,
        "mac": made.mac,
    }
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(text, ensure_ascii=False, indent=1))
    fresh.replace(path)


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
        if line.hash != ledger.line_hash(line, stream.kind, stream.key):
            yield Finding("line_changed", name, line.seq)
        if not _facts_hold(line):
            yield Finding("facts_changed", name, line.seq)
        previous, expected = line.hash, line.seq + 1
    if stream.length != expected - 1 or stream.head != previous:
        yield Finding("head_differs", name, stream.length)


def _facts_hold(line: Line) -> bool:
    payload = getattr(line, "payload", None)
    if payload is None:
        return False
    if payload.erased_at:
        return bool(payload.is_personal) and not payload.facts
    return ledger.payload_digest(payload.salt, ledger.canonical(payload.facts)) == line.digest


def _anchored() -> list[Finding]:
    findings: list[Finding] = []
    heads: dict[str, tuple[int, str]] = {}
    previous, expected = "", 1
    for number, at, body, mac in _all_anchors():
        while expected < number:
            findings.append(Finding("anchor_missing", "", expected))
            expected += 1
        if not hmac.compare_digest(mac, _mac(number, at, body, previous)):
            findings.append(Finding("anchor_broken", "", number))
        heads |= {name: (length, head) for name, (length, head) in json.loads(body).items()}
        previous, expected = mac, number + 1
    for name, (length, head) in heads.items():
        findings += _against(name, length, head)
    return findings


def _all_anchors() -> list[tuple[int, str, str, str]]:
    """Anchors of the database and of the folder together: one that is gone from one place still speaks."""
    found = {
        made.number: (made.number, made.at.isoformat(), made.body, made.mac)
        for made in Anchor.objects.iterator()
    }
    for path in sorted(folder().glob("*.json")):
        text = json.loads(path.read_text())
        found[text["number"]] = (text["number"], text["at"], text["body"], text["mac"])
    return [found[number] for number in sorted(found)]


def _against(name: str, length: int, head: str) -> list[Finding]:
    kind, _, key = name.partition("/")
    lines = Line.objects.filter(stream__kind=kind, stream__key=key)
    if not Stream.objects.filter(kind=kind, key=key).exists() or not lines.exists():
        return [Finding("stream_missing", name, length)]
    found = lines.filter(seq=length).values_list("hash", flat=True).first()
    if found is None:
        return [Finding("tail_cut", name, length)]
    return [] if found == head else [Finding("line_changed", name, length)]
