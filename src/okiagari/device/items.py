"""From the bytes of a request to check-ins. Pure: no network, no store.

A body is one object or an array of up to 1,000::

    {"unit": "SN0001", "product": "WN-G54/R2", "hardware": "A1", "version": "1.03",
     "health": {"uptime": 86400}}

`hardware` and `health` are optional, names nobody knows are ignored. A unit's clock is never trusted: its
sign is of the instant the request came in. Only a gateway, which may deliver late, states `observed_at`
(RFC 3339, at most five minutes in the future); from a unit itself it is ignored.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from okiagari.fleet import keys, rules
from okiagari.fleet.stores.base import CheckIn, Settings
from okiagari.problems import Kind, Problem, define, gettext_noop

MAX_ITEMS = 1_000
OWN = "check-in"

NO_TOKEN = define(
    "device.no_token",
    Kind.UNAUTHENTICATED,
    gettext_noop("A check-in needs a token."),
    gettext_noop("Send Authorization: TargetToken (a unit's own) or GatewayToken (for any unit)."),
)
WRONG_TOKEN = define(
    "device.wrong_token",
    Kind.UNAUTHENTICATED,
    gettext_noop("This token does not allow this check-in."),
    gettext_noop("A unit's token is good for that unit alone. It may have been replaced by a newer one."),
)
NOT_READABLE = define(
    "device.not_readable",
    Kind.INVALID,
    gettext_noop("The body cannot be read: %(why)s"),
    gettext_noop("Send JSON in UTF-8: one check-in, or an array of them, each with unit, product, version."),
)
TOO_MANY_ITEMS = define(
    "device.too_many_items",
    Kind.TOO_LARGE,
    gettext_noop("More than %(limit)s check-ins in one request."),
    gettext_noop("Send them in several requests."),
)
NO_ITEMS = define(
    "device.no_items",
    Kind.INVALID,
    gettext_noop("The array holds no check-ins."),
    gettext_noop("Send at least one."),
)


class Item(msgspec.Struct):
    """A check-in as it is sent."""

    unit: str
    product: str
    version: str
    hardware: str | None = None
    health: Any = None
    observed_at: str | None = None


class WrongItem(Exception):  # noqa: N818 - it is a problem, with its place in the array
    """A problem of one check-in of a request."""

    def __init__(self, problem: Problem, index: int) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.index = index


_decoder = msgspec.json.Decoder(Item | list[Item])
_place = re.compile(r" - at `\$(?:\[(\d+)\])?(?:\.(\w+))?[^`]*`$")


def decode(body: bytes) -> Sequence[Item]:
    """The items of a body. Raises a problem, or WrongItem."""
    try:
        found = _decoder.decode(body)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NOT_READABLE(why=str(error)) from None
    items = [found] if isinstance(found, Item) else found
    if not items:
        raise NO_ITEMS()
    if len(items) > MAX_ITEMS:
        raise TOO_MANY_ITEMS(limit=MAX_ITEMS)
    return items


def admit(authorization: str, items: Sequence[Item], *, key: bytes, settings: Settings) -> str:
    """The source of these check-ins, once the caller is allowed to send them. Raises WRONG_TOKEN."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() == "gatewaytoken":
        gateway = keys.gateway_of(key, token.strip(), settings=settings)
        if gateway is None:
            raise WRONG_TOKEN()
        return f"gateway:{gateway}"
    for unit in {item.unit.strip() for item in items}:
        if not keys.is_token_of(key, token.strip(), unit, settings=settings):
            raise WRONG_TOKEN()
    return OWN


def check_ins(items: Sequence[Item], *, source: str, received: datetime) -> list[CheckIn]:
    """What is kept of the items. Raises WrongItem for the first that cannot be."""
    kept = []
    for index, item in enumerate(items):
        try:
            kept.append(_check_in(item, source, received))
        except Problem as problem:
            raise WrongItem(problem, index) from None
    return kept


def is_token(authorization: str) -> bool:
    """True if this looks like one of the two tokens."""
    return authorization.partition(" ")[0].lower() in ("targettoken", "gatewaytoken")


def _check_in(item: Item, source: str, received: datetime) -> CheckIn:
    at = received
    if source != OWN and item.observed_at is not None:
        at = rules.instant(item.observed_at, now=received, field="observed_at")
    return CheckIn(
        unit=rules.text(item.unit, "unit"),
        product=rules.text(item.product, "product"),
        hardware=rules.text(item.hardware or "", "hardware"),
        version=rules.text(item.version, "version"),
        at=at,
        source=source,
        health=rules.capped_health(item.health) if isinstance(item.health, dict) else None,
    )


def _misshapen(message: str) -> Exception:
    found = _place.search(message)
    problem = NOT_READABLE(why=message)
    if found is None:
        return problem
    index, field = found.groups()
    return WrongItem(problem.at(field) if field else problem, int(index or 0))
