"""Answers of CVE Services: JSON into values, refusals into problems.

In: status and body. Out: the JSON object, or a problem. Codes of refusals: `src/controller/*/error.js` and
`src/middleware/error.js` of the services (2.x). What they say is shown, never trusted: cut, and freed of the
key wherever it should stand in it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from okiagari.engines.guarded_http import Reply
from okiagari.problems import Definition, Problem

from .problems import BUSY, INVALID, KEY_REFUSED, NO_QUOTA, NOT_OWNER, REFUSED, UNCLEAR
from .values import Held

LONGEST = 300
_BY_CODE: Mapping[str, Definition] = {
    "UNAUTHORIZED": KEY_REFUSED,
    "CNA_ONLY": KEY_REFUSED,
    "EXCEEDED_ID_QUOTA": NO_QUOTA,
    "RESERVATION_IN_PROGRESS": BUSY,
    "ORG_DOES_NOT_OWN_ID": NOT_OWNER,
    "INVALID_JSON_SCHEMA": INVALID,
    "RECORD_TOO_LARGE": INVALID,
}


def value(reply: Reply, cve: str = "", *, key: str = "") -> dict[str, Any]:
    """The JSON object of an answer that says yes. Raises what it says otherwise; `cve`: what was asked of."""
    if 200 <= reply.status < 300:
        return _object(reply)
    raise refusal(reply, cve, key=key)


def refusal(reply: Reply, cve: str = "", *, key: str = "") -> Problem:
    if reply.status == 429:
        return BUSY(why="429")
    if reply.status >= 500 or 300 <= reply.status < 400:
        return UNCLEAR(why=str(reply.status))
    try:
        said = _object(reply)
    except Problem:
        return KEY_REFUSED(why="401") if reply.status == 401 else UNCLEAR(why=str(reply.status))
    why = _words(said, key)
    if reply.status == 401:
        return KEY_REFUSED(why=why)
    return _BY_CODE.get(str(said.get("error")), REFUSED)(cve=cve, why=why)


def code(reply: Reply) -> str:
    """The code of a refusal, "" where there is none."""
    try:
        return str(_object(reply).get("error") or "")
    except Problem:
        return ""


def held(each: Mapping[str, Any]) -> Held:
    """One id. Raises UNCLEAR."""
    asked_by = each.get("requested_by")
    user = asked_by.get("user", "") if isinstance(asked_by, Mapping) else ""
    cve, state = each.get("cve_id"), each.get("state")
    if not isinstance(cve, str) or not isinstance(state, str):
        raise UNCLEAR(why="cve_id")
    return Held(cve, state, str(each.get("owning_cna") or ""), str(user), moment(each.get("reserved")))


def moment(text: object) -> datetime | None:
    """An instant with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _object(reply: Reply) -> dict[str, Any]:
    try:
        found = json.loads(reply.data)
    except (ValueError, RecursionError):
        raise UNCLEAR(why="no JSON") from None
    if not isinstance(found, dict):
        raise UNCLEAR(why="no object")
    return found


def _words(said: Mapping[str, Any], key: str) -> str:
    """Their message, and of a schema the first places that are wrong."""
    details = said.get("details")
    errors = details.get("errors") if isinstance(details, Mapping) else None
    found = [_place(each) for each in errors[:3]] if isinstance(errors, list) else []
    text = " ".join(str(said.get("message") or said.get("error") or "?").split())
    whole = "; ".join([text, *found])
    return (whole.replace(key, "…") if key else whole)[:LONGEST]


def _place(error: object) -> str:
    if isinstance(error, Mapping):
        return f"{error.get('instancePath', '')} {error.get('message', '')}".strip()
    return str(error)
