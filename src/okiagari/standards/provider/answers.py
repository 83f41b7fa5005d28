"""What comes back for an address, whoever fetched it: a folder or the network. Pure values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

DOCUMENT_LIMIT = 50 * 1024 * 1024
"""Bytes of one file that are read (OASIS CSAF 2.0, appendix C: 15 MiB for a document)."""
SMALL_LIMIT = 1024 * 1024
"""The same for hashes, signatures, keys and security.txt."""


@dataclass(frozen=True)
class Answer:
    """`status`: of HTTP, 0 where nothing answered, and `error` says why. `hops`: addresses it was sent on to.

    `headers`: names in lower case; empty for a folder, which has none.
    """

    url: str
    status: int
    data: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[str, ...] = ()
    error: str = ""

    @property
    def is_there(self) -> bool:
        return self.status == 200 and not self.error

    @property
    def why(self) -> str:
        """Why it is not there, in a few words."""
        return self.error or (f"HTTP status {self.status}" if self.status else "no answer")


class Source(Protocol):
    """`is_network`: TLS, headers and redirects can be seen."""

    @property
    def is_network(self) -> bool: ...

    def listed(self) -> Iterable[str]:
        """The addresses of everything there is, where that can be known: of a folder."""
        ...

    def get(self, url: str, *, limit: int = DOCUMENT_LIMIT, agent: str = "") -> Answer:
        """Never raises: what goes wrong is in the answer."""
        ...
