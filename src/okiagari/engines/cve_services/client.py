"""The account of a CNA at CVE Services.

In: an account from the settings. Out: one HTTPS request per method (paged lists: one per page), answered as
values. Addresses and parameters as in the OpenAPI description of the services and in the library `cvelib`,
which is not used itself: it follows redirects with the key in its headers and takes proxies from the machine.
The key stands in a header and nowhere else: in no address, no problem, no representation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from okiagari.engines.guarded_http import SECONDS, GuardedHttp, Reply

from . import answers
from .problems import UNCLEAR
from .values import Held, Quota, Reserved, checked

_ANY_TEXT = re.compile(r"[A-Za-z0-9._@+-]{1,128}", re.ASCII)
MOST_AT_RANDOM = 10
"""How many ids that do not follow each other are given at once."""
MOST_PAGES = 100


@dataclass(frozen=True)
class Account:
    """`url`: of the API, such as https://cveawg.mitre.org/api; `org`: the short name of the CNA."""

    url: str
    org: str
    user: str
    key: str = field(repr=False)


class Services:
    """Everything here raises what `problems` names, and UNREACHABLE or NOT_ALLOWED of the guard."""

    def __init__(self, account: Account, *, seconds: float = SECONDS) -> None:
        self.account = account
        self._http = GuardedHttp(account.url, seconds=seconds)
        self._headers = {
            "CVE-API-ORG": account.org,
            "CVE-API-USER": account.user,
            "CVE-API-KEY": account.key,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.__exit__()

    def quota(self) -> Quota:
        said = self._asked("GET", f"org/{_named(self.account.org)}/id_quota")
        try:
            return Quota(int(said["id_quota"]), int(said["total_reserved"]), int(said["available"]))
        except (KeyError, TypeError, ValueError):
            raise UNCLEAR(why="id_quota") from None

    def ids(self, *, year: int | None = None, state: str = "") -> Iterator[Held]:
        """The ids of the CNA, page by page."""
        query = {}
        if year:
            query["cve_id_year"] = str(year)
        if state:
            query["state"] = state
        for _ in range(MOST_PAGES):
            said = self._asked("GET", "cve-id", query=query)
            yield from (answers.held(each) for each in _list(said, "cve_ids"))
            if said.get("nextPage") is None:
                return
            query["page"] = str(said["nextPage"])
        raise UNCLEAR(why=f"more than {MOST_PAGES} pages")

    def reserve(self, count: int, year: int, *, is_sequential: bool = True) -> Reserved:
        """Reserve ids of a year. Not to be repeated where the answer was lost: ask `ids` first.

        Fewer than asked for may come where the year has no more (status 206).
        """
        query = {"amount": str(count), "cve_year": str(year), "short_name": self.account.org}
        if count > 1:
            query["batch_type"] = "sequential" if is_sequential else "nonsequential"
        said = self._asked("POST", "cve-id", query=query)
        found = tuple(answers.held(each) for each in _list(said, "cve_ids"))
        if not found:
            raise UNCLEAR(why="no cve_ids")
        meta = said.get("meta")
        left = meta.get("remaining_quota") if isinstance(meta, Mapping) else None
        return Reserved(found, left if isinstance(left, int) else None)

    def find(self, cve: str) -> Held | None:
        """Whose id it is and how it stands. None: it does not exist, or another CNA has it reserved."""
        reply = self._sent("GET", f"cve-id/{checked(cve)}")
        if reply.status == 404:
            return None
        return answers.held(answers.value(reply, cve, key=self.account.key))

    def container(self, cve: str) -> dict[str, Any] | None:
        """What the CNA's container of the record says now; None where there is no record."""
        reply = self._sent("GET", f"cve/{checked(cve)}")
        if reply.status == 404:
            return None
        said = answers.value(reply, cve, key=self.account.key)
        containers = said.get("containers")
        found = containers.get("cna") if isinstance(containers, dict) else None
        return found if isinstance(found, dict) else {}

    def publish(self, cve: str, body: Mapping[str, Any]) -> None:
        """The first record of a reserved id. `body`: ``{"cnaContainer": ...}``."""
        self._asked("POST", f"cve/{checked(cve)}/cna", cve=cve, body=body)

    def update(self, cve: str, body: Mapping[str, Any]) -> None:
        """Another container for a record that is published."""
        self._asked("PUT", f"cve/{checked(cve)}/cna", cve=cve, body=body)

    def reject(self, cve: str, body: Mapping[str, Any], *, has_record: bool) -> None:
        """Give an id up: one that is reserved, or (`has_record`) one whose record is published."""
        self._asked("PUT" if has_record else "POST", f"cve/{checked(cve)}/reject", cve=cve, body=body)

    def _asked(self, method: str, path: str, *, cve: str = "", **more: Any) -> dict[str, Any]:
        return answers.value(self._sent(method, path, **more), cve, key=self.account.key)

    def _sent(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Any = None
    ) -> Reply:
        return self._http.send(method, path, query=query, headers=self._headers, body=body)


def _list(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = said.get(name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise UNCLEAR(why=name)
    return found


def _named(text: str) -> str:
    if not _ANY_TEXT.fullmatch(text):
        raise ValueError("a short name has letters, digits and . _ - only")
    return text
