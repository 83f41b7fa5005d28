"""The tokens of units and gateways: derived, so that nobody keeps a list of them.

A token is a keyed digest (HMAC-SHA256, RFC 2104) over who holds it and a generation. To check one takes no
database read; to take one back, the store is told the lowest generation that still holds ("floor").

- of a unit, `<generation>.<digest>`: for its own check-ins
- of a gateway, `<name>.<generation>.<digest>`: for check-ins of any unit, with the time they were made

The key never leaves its file. Whoever has it can make every token: it is written once, for its owner only.
"""

import hmac
import os
import re
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from okiagari.fleet.stores.base import Settings
from okiagari.problems import Kind, define, gettext_noop

KEY_BYTES = 32
GATEWAY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_GENERATION = re.compile(r"[1-9][0-9]{0,9}")

NO_KEY = define(
    "fleet.no_key",
    Kind.UNAVAILABLE,
    gettext_noop("The key of the units' tokens is not in %(path)s, or cannot be read."),
    gettext_noop("Set Okiagari up first, as the user it runs as: that writes the key once."),
)
WRONG_GATEWAY_NAME = define(
    "fleet.wrong_gateway_name",
    Kind.INVALID,
    gettext_noop("“%(name)s” cannot be the name of a gateway."),
    gettext_noop("Use up to 40 ASCII letters, digits, hyphens and underscores."),
)

WRONG_GENERATION = define(
    "fleet.wrong_generation",
    Kind.INVALID,
    gettext_noop("%(generation)s is not a generation of tokens."),
    gettext_noop("Generations count from 1; a higher one replaces the lower ones once these are refused."),
)


def key_path(data: Path) -> Path:
    """Where the key lies in a data folder."""
    return data / "secrets" / "device.key"


def ensure_key(path: Path) -> bytes:
    """The key in this file, made now if there is none. Of two that make it at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return read_key(path)


def read_key(path: Path) -> bytes:
    """The key in this file. Raises NO_KEY."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        raise NO_KEY(path=path) from None
    if len(key) < KEY_BYTES:
        raise NO_KEY(path=path)
    return key


def token_for(key: bytes, unit: str, generation: int = 1) -> str:
    """The token with which a unit checks in. Raises WRONG_GENERATION."""
    _check(generation)
    return f"{generation}.{_digest(key, 'unit', unit.strip(), generation)}"


def gateway_token_for(key: bytes, name: str, generation: int = 1) -> str:
    """The token with which a gateway hands over check-ins. Raises WRONG_GATEWAY_NAME, WRONG_GENERATION."""
    _check(generation)
    if not GATEWAY_NAME.fullmatch(name):
        raise WRONG_GATEWAY_NAME(name=name[:40]).at("name")
    return f"{name}.{generation}.{_digest(key, 'gateway', name, generation)}"


def is_token_of(key: bytes, token: str, unit: str, *, settings: Settings) -> bool:
    """True if this is the unit's token and still holds."""
    generation, _, digest = token.partition(".")
    return _holds(generation, settings.floor(unit)) and _same(
        digest, _digest(key, "unit", unit, int(generation))
    )


def gateway_of(key: bytes, token: str, *, settings: Settings) -> str | None:
    """The name of the gateway whose token this is, if it still holds."""
    name, _, rest = token.partition(".")
    generation, _, digest = rest.partition(".")
    if not GATEWAY_NAME.fullmatch(name) or not _holds(generation, settings.floor(f"gateway:{name}")):
        return None
    return name if _same(digest, _digest(key, "gateway", name, int(generation))) else None


def _check(generation: int) -> None:
    if _GENERATION.fullmatch(str(generation)) is None:
        raise WRONG_GENERATION(generation=generation).at("generation")


def _holds(generation: str, floor: int) -> bool:
    return _GENERATION.fullmatch(generation) is not None and int(generation) >= floor


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())


def _digest(key: bytes, kind: str, who: str, generation: int) -> str:
    message = f"okiagari/1\0{kind}\0{generation}\0{who}".encode()
    return urlsafe_b64encode(hmac.digest(key, message, "sha256")).rstrip(b"=").decode()
