"""Public ids: random, so that 41 and 43 never prove 42. Primary keys never leave the house.

``OKI-26-7K3QD``: prefix, two digits of the year, five characters of Crockford's base 32
(no I, L, O, U). Reading folds case and the letters people mistake for digits.
"""

import secrets

from okiagari.plumbing import clock

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def fresh(prefix: str, length: int = 5) -> str:
    """A new random id. Uniqueness is the database's to enforce; see `PublicIdField`."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return f"{prefix}-{clock.now():%y}-{tail}"


def folded(text: str) -> str:
    """The id as it is stored, from whatever a person typed."""
    prefix, dash, rest = text.strip().upper().partition("-")
    return prefix + dash + rest.translate(_MISREAD)


def secret() -> str:
    """An unguessable token for a link or a key: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)
