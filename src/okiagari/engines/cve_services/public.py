"""Whether anybody can read the record of an id. Asks without an account, whoever's id it is."""

from typing import Self

from okiagari.engines.guarded_http import SECONDS, GuardedHttp

from . import answers
from .values import Seen, checked


class PublicRecords:
    """`url`: of the API, such as https://cveawg.mitre.org/api. Sends nothing but the number of the id."""

    def __init__(self, url: str, *, seconds: float = SECONDS) -> None:
        self._http = GuardedHttp(url, seconds=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.__exit__()

    def find(self, cve: str) -> Seen | None:
        """None: there is no record. Raises UNREACHABLE, NOT_ALLOWED, BUSY, UNCLEAR, REFUSED."""
        reply = self._http.send("GET", f"cve/{checked(cve)}")
        if reply.status == 404:
            return None
        metadata = answers.value(reply, cve).get("cveMetadata")
        said = metadata if isinstance(metadata, dict) else {}
        return Seen(cve, str(said.get("state") or ""), answers.moment(said.get("datePublished")))
