"""Counts the lines of a log: joins ranges, names clients by pseudonyms, gathers what is to be kept.

In: lines as bytes, in the order of the log. Out: a `Batch` with check-ins, claims and the tally of all.
Pure but for the pseudonyms' key, which is handed in. Reading a log in pieces gives what reading it at once
gives: what is unfinished at the end of a piece (`Parts`) is handed on to the next.
"""

import hmac
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from okiagari.engines.accesslog import Request, raw_requests, request, unreadable
from okiagari.engines.fleet import moment
from okiagari.fleet.logs.matching import Match, Matcher, Outcome
from okiagari.fleet.logs.rules import LogRules
from okiagari.fleet.stores.base import BY_ADDRESS, CheckIn, Claim

HOUR = 3_600_000_000
JOINED_WITHIN = 6 * HOUR
"""Ranges of one image by one client belong to one download if no longer a pause lies between them."""
TOLERANCE = 300_000_000
EARLIEST = 946_684_800_000_000  # the year 2000
REMEMBERED = 100_000

Parts = dict[tuple[str, str], tuple[int, int]]
"""(client, pseudonym of the image's address) -> bytes sent so far, instant of the last of them."""
Tally = Counter[tuple[str, str]]


@dataclass
class Batch:
    """What some lines come to. `tally`: lines by rule ("" for none) and outcome."""

    lines: int = 0
    tally: Tally = field(default_factory=Counter)
    check_ins: list[CheckIn] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    parts: dict[tuple[str, str], tuple[int, int] | None] = field(default_factory=dict)
    """Downloads whose state changed: bytes so far and the last instant, None where nothing is open."""


def pseudonyms(key: bytes) -> Callable[[str], str]:
    """A function from a text to 22 characters that tell nothing without the key (HMAC-SHA256, 128 bits)."""
    known: dict[str, str] = {}

    def pseudonym(text: str) -> str:
        found = known.get(text)
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            digest = hmac.digest(key, f"okiagari/log/1\0{text}".encode("utf-8", "replace"), "sha256")[:16]
            found = known[text] = urlsafe_b64encode(digest).rstrip(b"=").decode()
        return found

    return pseudonym


class Counting:
    """Takes line after line. `now` (an instant) refuses times that lie ahead."""

    def __init__(
        self,
        rules: LogRules,
        *,
        pseudonym: Callable[[str], str],
        now: int,
        parts: Mapping[tuple[str, str], tuple[int, int]],
    ) -> None:
        self.parts: Parts = dict(parts)
        self._matcher = Matcher(rules)
        self._source = rules.source
        self._pseudonym = pseudonym
        self._latest = now + TOLERANCE

    def count(self, lines: bytes) -> Batch:
        """The whole lines of one piece."""
        batch = Batch(lines=lines.count(b"\n"))
        raws = raw_requests(lines)
        if len(raws) < batch.lines:
            batch.tally["", Outcome.UNREADABLE] = sum(1 for _ in unreadable(lines))
            batch.lines = len(raws) + batch.tally["", Outcome.UNREADABLE]
        seen: dict[tuple[str, ...], list[CheckIn]] = {}
        for raw in raws:
            found = request(raw)
            if found is None or not EARLIEST <= found.at <= self._latest:
                batch.tally["", Outcome.UNREADABLE] += 1
                continue
            match = self._matcher.match(found)
            outcome = self._take(batch, seen, found, match)
            batch.tally[match.rule, outcome] += 1
        batch.check_ins = [each for several in seen.values() for each in several]
        return batch

    def _take(
        self, batch: Batch, seen: dict[tuple[str, ...], list[CheckIn]], found: Request, match: Match
    ) -> Outcome:
        if match.outcome is Outcome.SEEN:
            self._see(seen, found, match)
        elif match.outcome is Outcome.CLAIMED:
            self._claim(batch, found, match)
        elif match.outcome is Outcome.PART and self._is_joined(batch, found, match):
            self._claim(batch, found, match)
            return Outcome.CLAIMED
        return match.outcome

    def _see(self, seen: dict[tuple[str, ...], list[CheckIn]], found: Request, match: Match) -> None:
        """Of what one unit says again and again, the first and the last sign of each hour tell all."""
        unit = match.unit or BY_ADDRESS + self._pseudonym(
            f"{found.address}\0{match.product}\0{match.hardware}"
        )
        key = (unit, match.product, match.hardware, match.version, str(found.at // HOUR))
        check_in = CheckIn(unit, match.product, match.hardware, match.version, moment(found.at), self._source)
        kept = seen.setdefault(key, [])
        if len(kept) < 2:
            kept.append(check_in)
        else:
            ordered = sorted((*kept, check_in), key=lambda each: each.at)
            kept[:] = [ordered[0], ordered[-1]]

    def _claim(self, batch: Batch, found: Request, match: Match) -> None:
        client = self._pseudonym(found.address)
        key = (client, self._pseudonym(found.target))
        if self.parts.pop(key, None):
            batch.parts[key] = None
        batch.claims.append(
            Claim(
                client,
                match.product,
                match.hardware,
                match.line,
                match.version,
                self._source,
                moment(found.at),
                match.rule,
            )
        )

    def _is_joined(self, batch: Batch, found: Request, match: Match) -> bool:
        """Whether this part completes the image. Where nobody said how large it is, parts never do."""
        if match.whole is None:
            return False
        key = (self._pseudonym(found.address), self._pseudonym(found.target))
        sent, last = self.parts.get(key, (0, 0))
        if found.at - last > JOINED_WITHIN:
            sent = 0
        sent += found.size
        if sent >= match.whole:
            return True
        batch.parts[key] = self.parts[key] = (sent, max(last, found.at))
        return False
