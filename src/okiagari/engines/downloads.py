"""Does a download link answer, and with what? No Django.

In: an address that somebody typed. Out: an `Answer` with the SHA-256 of what came; never an exception for
what it finds. Every step of a redirect is looked at like the first: only public addresses, only https. What
comes is hashed while it passes and kept nowhere; it is read to the limit and no longer than it is told.
"""

import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from okiagari.engines.guarded_http import OK, GuardedHttp
from okiagari.problems import Problem

LIMIT = 2_000_000_000
SECONDS = 300.0
HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """`status`: 0 where nobody answered. `why`: in a word, "" where it came. `seconds`: how long it took.
    `final`: the address it came from, after redirects."""

    status: int
    sha256: str = ""
    size: int = 0
    seconds: float = 0.0
    final: str = ""
    why: str = ""

    @property
    def came(self) -> bool:
        return self.status == OK and bool(self.sha256)


def ask(url: str, *, may_be_here: bool = False, limit: int = LIMIT, seconds: float = SECONDS) -> Answer:
    """`may_be_here`: whether the address may be one of this machine, which only a test stand wants."""
    begun = time.monotonic()
    here = url
    for _ in range(HOPS + 1):
        left = max(0.1, seconds - (time.monotonic() - begun))
        parts = urlsplit(here)
        try:
            host = parts.netloc.rpartition("@")[2]
            base = f"{parts.scheme}://{host}"
            with GuardedHttp(base, seconds=left, limit=limit, may_be_here=may_be_here) as source:
                found = source.digest(parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else ""))
        except (Problem, ValueError) as problem:
            return Answer(0, seconds=time.monotonic() - begun, final=here, why=_why(problem))
        took = time.monotonic() - begun
        if found.status not in _REDIRECTS or not found.location:
            why = "" if found.status == OK and found.size else f"HTTP {found.status}"
            return Answer(found.status, found.sha256, found.size, took, here, why)
        here = urljoin(here, found.location)
    return Answer(0, seconds=time.monotonic() - begun, final=here, why=f"> {HOPS} redirects")


def _why(problem: Exception) -> str:
    if not isinstance(problem, Problem):
        return type(problem).__name__
    known = problem.parameters.get("why")
    return str(known) if known else "not a public address, or no https"
