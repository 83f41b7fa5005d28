"""What a saved search rule may be called."""

import re

from okiagari.problems import Kind, define, gettext_noop

WRONG_KEY = define(
    "triage.wrong_template_key",
    Kind.INVALID,
    gettext_noop("“%(key)s” cannot be the key of a saved rule."),
    gettext_noop("A key has 1 to 60 letters of a to z, digits and hyphens."),
)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def checked_key(key: str) -> str:
    """Raises WRONG_KEY."""
    if not _KEY.fullmatch(key):
        raise WRONG_KEY(key=key[:80]).at("key")
    return key
