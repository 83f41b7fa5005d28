"""CVE Services on loopback: their addresses, headers, states, refusals and schemas, kept in memory.

Written after the OpenAPI description and the error codes of the services (2.x). The library `cvelib`, made by
others for the real ones, works against it (`tests/engines/test_cve_services.py`), so that it is not just our
client and our server that agree.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cvelib.cve_api import CveRecord, CveRecordValidationError

ORG, USER, KEY = "maker", "psirt@maker.example", "S96E4QT-SMT4YE3-KX03X6K-4615CED"
ORG_ID = "8254265b-2729-46b6-b9e3-3dfca2d5bfca"
OTHER = "jpcert"
PAGE = 3
Answer = tuple[int, Any]


@dataclass
class Desk:
    """What the services hold. `asked`: each request as (method, path). `quota`: ids that may be reserved.

    `lose`: so many answers are lost after the deed is done. `fail`: statuses answered instead, one each.
    """

    quota: int = 20
    ids: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    lose: int = 0
    fail: list[int] = field(default_factory=list)
    now: datetime = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    url: str = ""
    before: Callable[[str, str], None] | None = None

    def put(self, cve: str, *, owner: str = ORG, state: str = "RESERVED", user: str = USER) -> None:
        """An id that was given before."""
        self.now += timedelta(seconds=1)
        self.ids[cve] = {
            "cve_id": cve,
            "cve_year": cve.split("-")[1],
            "state": state,
            "owning_cna": owner,
            "requested_by": {"cna": owner, "user": user},
            "reserved": self.now.isoformat().replace("+00:00", "Z"),
        }
        if state == "PUBLISHED":
            self.records[cve] = self._record(cve, {"title": "before"})

    def writes(self) -> list[tuple[str, str]]:
        """What was asked that changes a record."""
        return [(method, path) for method, path in self.asked if method != "GET" and path != "/api/cve-id"]

    def container(self, cve: str) -> dict[str, Any]:
        found: dict[str, Any] = self.records[cve]["containers"]["cna"]
        return found

    def _record(self, cve: str, container: Mapping[str, Any], state: str = "PUBLISHED") -> dict[str, Any]:
        self.now += timedelta(seconds=1)
        at = self.now.isoformat().replace("+00:00", "Z")
        provider = {"orgId": ORG_ID, "shortName": ORG, "dateUpdated": at}
        old = self.records.get(cve, {}).get("cveMetadata", {})
        metadata = {
            "cveId": cve,
            "assignerOrgId": ORG_ID,
            "state": state,
            "datePublished": old.get("datePublished", at),
            "dateUpdated": at,
        }
        return {
            "dataType": "CVE_RECORD",
            "dataVersion": "5.2.0",
            "cveMetadata": metadata,
            "containers": {"cna": {**container, "providerMetadata": provider}},
        }

    # --- what can be asked ---------------------------------------------------------------------------------

    def answer(self, method: str, path: str, query: dict[str, str], who: dict[str, str], body: Any) -> Answer:
        for pattern, allowed, needs_account, deed in ROUTES:
            found = re.fullmatch(pattern, path)
            if found is None or method not in allowed:
                continue
            if needs_account and (refused := _unknown(who)):
                return refused
            return deed(self, method, found.groupdict(), query, body, who)
        return 404, {"error": "NOT_FOUND", "message": "The requested URL was not found."}

    def list_ids(self, method: str, parts: Any, query: dict[str, str], body: Any, who: Any) -> Answer:
        if method == "POST":
            return self.reserve(query)
        mine = [each for each in self.ids.values() if each["owning_cna"] == ORG]
        found = [each for each in mine if each["state"] == query.get("state", each["state"])]
        found = [each for each in found if each["cve_year"] == query.get("cve_id_year", each["cve_year"])]
        if len(found) <= PAGE:
            return 200, {"cve_ids": found}
        page, pages = int(query.get("page", "1")), -(-len(found) // PAGE)
        return 200, {
            "cve_ids": found[(page - 1) * PAGE : page * PAGE],
            "totalCount": len(found),
            "itemsPerPage": PAGE,
            "pageCount": pages,
            "currentPage": page,
            "prevPage": page - 1 or None,
            "nextPage": page + 1 if page < pages else None,
        }

    def available(self) -> int:
        held = [each for each in self.ids.values() if each["owning_cna"] == ORG]
        return self.quota - len([each for each in held if each["state"] == "RESERVED"])

    def reserve(self, query: dict[str, str]) -> Answer:
        amount, year = int(query.get("amount", "0")), query.get("cve_year", "")
        if query.get("short_name") != ORG:
            return 403, {"error": "ORG_CANNOT_RESERVE_FOR_OTHER", "message": "Not for another organization."}
        if amount < 1:
            return 400, {"error": "NO_AMOUNT", "message": "The amount query parameter is required."}
        if not year:
            return 400, {"error": "NO_YEAR", "message": "The cve_year query parameter is required."}
        if amount > 1 and query.get("batch_type") not in {"sequential", "nonsequential", "non-sequential"}:
            return 400, {"error": "NO_BATCH_TYPE", "message": "The batch_type query parameter is required."}
        if amount > 10 and query.get("batch_type") != "sequential":
            return 403, {"error": "OVER_NONSEQUENTIAL_MAX_AMOUNT", "message": "Only amounts of 10 or less."}
        if amount > self.available():
            details = {"id_quota": self.quota, "available": self.available()}
            return 403, {"error": "EXCEEDED_ID_QUOTA", "message": "Over the quota.", "details": details}
        step = 1 if query.get("batch_type", "sequential") == "sequential" else 37
        first = max([60_000, *(int(each.split("-")[2]) for each in self.ids)]) + step
        made = [f"CVE-{year}-{first + step * n}" for n in range(amount)]
        for cve in made:
            self.put(cve)
        return 200, {
            "cve_ids": [self.ids[cve] for cve in made],
            "meta": {"remaining_quota": self.available()},
        }

    def one_id(
        self, method: str, parts: Any, query: dict[str, str], body: Any, who: dict[str, str]
    ) -> Answer:
        cve = parts["cve"]
        known = self.ids.get(cve)
        if known is None:
            return 404, {"error": "CVEID_DNE", "message": "The cve id does not exist."}
        if known["owning_cna"] != who.get("org"):
            if known["state"] == "RESERVED":
                return 404, {"error": "NOT_FOUND", "message": f"{cve} not found"}
            told = ("cve_id", "cve_year", "state", "owning_cna")
            return 200, {name: known[name] for name in told}
        return 200, known

    def quota_of(self, method: str, parts: Any, query: Any, body: Any, who: Any) -> Answer:
        total = self.quota - self.available()
        return 200, {"id_quota": self.quota, "total_reserved": total, "available": self.available()}

    def organisation(self, method: str, parts: Any, query: Any, body: Any, who: Any) -> Answer:
        return 200, {"short_name": ORG, "UUID": ORG_ID, "authority": {"active_roles": ["CNA"]}}

    def record(self, method: str, parts: Any, query: Any, body: Any, who: Any) -> Answer:
        found = self.records.get(parts["cve"])
        if found is None:
            return 404, {"error": "CVE_RECORD_DNE", "message": "The cve record does not exist."}
        return 200, found

    def write(self, method: str, parts: Any, query: Any, body: Any, who: Any) -> Answer:
        """POST makes a record, PUT changes it: of the CNA's container, or into a rejected one."""
        cve, is_rejection = parts["cve"], parts["what"] == "reject"
        known = self.ids.get(cve)
        if known is None:
            return 403, {"error": "CVEID_DNE", "message": "The cve id does not exist."}
        if known["owning_cna"] != ORG:
            return 403, {
                "error": "ORG_DOES_NOT_OWN_ID",
                "message": f"It appears that {ORG} does not own {cve}",
            }
        errors = _schema(body, is_rejection=is_rejection)
        if errors:
            return 400, {
                "error": "INVALID_JSON_SCHEMA",
                "message": "CVE JSON schema validation FAILED.",
                "details": {"errors": errors},
            }
        if method == "POST" and cve in self.records:
            return 403, {"error": "CVE_RECORD_EXISTS", "message": "The cve record already exists."}
        if method == "PUT" and cve not in self.records:
            return 403, {"error": "CVE_RECORD_DNE", "message": "The cve record does not exist."}
        known["state"] = "REJECTED" if is_rejection else "PUBLISHED"
        self.records[cve] = self._record(cve, body["cnaContainer"], known["state"])
        done = "created" if method == "POST" else "updated"
        return 200, {"message": f"{cve} record was successfully {done}.", done: self.records[cve]}


Deed = Callable[[Desk, str, Any, dict[str, str], Any, dict[str, str]], Answer]
ROUTES: tuple[tuple[str, tuple[str, ...], bool, Deed], ...] = (
    (r"/api/cve-id", ("GET", "POST"), True, Desk.list_ids),
    (r"/api/cve-id/(?P<cve>CVE-\d+-\d+)", ("GET",), False, Desk.one_id),
    (r"/api/org/(?P<org>[^/]+)/id_quota", ("GET",), True, Desk.quota_of),
    (r"/api/org/(?P<org>[^/]+)", ("GET",), True, Desk.organisation),
    (r"/api/cve/(?P<cve>CVE-\d+-\d+)", ("GET",), False, Desk.record),
    (r"/api/cve/(?P<cve>CVE-\d+-\d+)/(?P<what>cna|reject)", ("POST", "PUT"), True, Desk.write),
)


def _unknown(who: dict[str, str]) -> Answer | None:
    for name in ("org", "user", "key"):
        if not who.get(name):
            header = f"CVE-API-{name.upper()}"
            return 400, {"error": "BAD_REQUEST", "message": f"{header} header field required."}
    if (who["org"], who["user"], who["key"]) != (ORG, USER, KEY):
        return 401, {"error": "UNAUTHORIZED", "message": "Unauthorized"}
    return None


def _schema(body: Any, *, is_rejection: bool) -> list[dict[str, str]]:
    """The services write the provider themselves before they look."""
    if not isinstance(body, dict) or not isinstance(body.get("cnaContainer"), dict):
        return [{"instancePath": "", "message": "must have required property 'cnaContainer'"}]
    container = {**body["cnaContainer"], "providerMetadata": {"orgId": ORG_ID}}
    schema = CveRecord.Schemas.CNA_REJECTED if is_rejection else CveRecord.Schemas.CNA_PUBLISHED
    try:
        CveRecord.validate(container, schema)
    except CveRecordValidationError as wrong:
        return [
            {"instancePath": "/" + "/".join(map(str, each.absolute_path)), "message": each.message[:80]}
            for each in wrong.errors or ()
        ]
    return []


@contextmanager
def services() -> Iterator[Desk]:
    """Served on loopback until the block ends."""
    desk = Desk()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            if desk.before:
                desk.before(self.command, parts.path)
            names = ("org", "user", "key")
            who = {name: self.headers.get(f"CVE-API-{name.upper()}", "") for name in names}
            with lock:
                desk.asked.append((self.command, parts.path))
                if body is not None:
                    desk.bodies.append(body)
                if desk.fail:
                    status, said = desk.fail.pop(0), {"error": "SERVICE_NOT_AVAILABLE", "message": "no"}
                else:
                    status, said = desk.answer(self.command, parts.path, query, who, body)
                    if desk.lose and self.command != "GET":
                        desk.lose -= 1
                        self.close_connection = True
                        return
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if 300 <= status < 400:
                self.send_header("Location", f"{desk.url}/elsewhere")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - named by http.server

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    desk.url = f"http://127.0.0.1:{server.server_address[1]}/api"
    thread = threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
