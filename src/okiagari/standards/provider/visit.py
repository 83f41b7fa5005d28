"""One visit to a provider: what was asked for, and what the answers say of TLS and redirects (7.1.3, 7.1.6).

Everything is asked through `get`, so that requirements about the way things are served see every answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from okiagari.standards.openpgp import Key
from okiagari.standards.provider.answers import DOCUMENT_LIMIT, Answer, Source
from okiagari.standards.provider.findings import Sheet
from okiagari.standards.provider.one_document import Document
from okiagari.standards.provider.values import split

TLS, REDIRECTS = 3, 6


def nobody(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass
class Visit:
    """`start`: where it began; `now`: what has expired by then.

    By address: `named`: what names a document; `entries`: of feeds; `changed`: dates of changes.csv.
    `has_answer`: somebody answered at all.
    """

    source: Source
    start: str
    now: datetime
    sheet: Sheet = field(default_factory=Sheet)
    advance: Callable[[int, int], None] = nobody
    metadata_url: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    named: dict[str, set[str]] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, datetime] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    has_answer: bool = False
    _seen: dict[str, Answer] = field(default_factory=dict)

    @property
    def version(self) -> str:
        return "2.1" if self.metadata.get("metadata_version") == "2.1" else "2.0"

    @property
    def origin(self) -> str:
        parts = split(self.metadata_url or self.start)
        return f"{parts.scheme}://{parts.netloc}"

    def get(self, url: str, *, limit: int = DOCUMENT_LIMIT) -> Answer:
        """Ask once; small answers are remembered."""
        if url in self._seen:
            return self._seen[url]
        answer = self.ask(url, limit=limit)
        if len(answer.data) < 64 * 1024:
            self._seen[url] = answer
        return answer

    def ask(self, url: str, *, limit: int) -> Answer:
        """The same for what is asked once only."""
        answer = self.source.get(url, limit=limit)
        self.notice(answer)
        return answer

    def name(self, url: str, by: str) -> None:
        self.named.setdefault(url, set()).add(by)

    def notice(self, answer: Answer) -> None:
        """What an answer says of the way it is served, whoever asked for it."""
        self.has_answer = self.has_answer or answer.status > 0
        for url in (answer.url, *answer.hops):
            if not url.lower().startswith("https://"):
                self.sheet.error(TLS, url, "is not served over https")
        if "certificate" in answer.error.lower() or "ssl" in answer.error.lower():
            self.sheet.error(TLS, answer.url, answer.error)
        if answer.hops:
            to = answer.hops[-1]
            if answer.error:
                self.sheet.error(REDIRECTS, answer.url, f"redirects to {to}: {answer.error}")
            else:
                self.sheet.warn(REDIRECTS, answer.url, f"redirects to {to}; redirects should not be used")
