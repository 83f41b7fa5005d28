"""The one door to the PyPI library `csaf`, loaded when first needed (0.2 s) and kept from side effects.

Importing it attaches a handler to the root logger; that is undone here, because the logs of this
program are its own.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def _root_logger_untouched() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@cache
def validator() -> Callable[..., Any]:
    """`csaf.csaf.v20.validate`: (document, preset=..., skip_rules=...) -> report."""
    with _root_logger_untouched():
        from csaf.csaf.v20 import validate

    return validate  # type: ignore[no-any-return]


@cache
def weakness() -> Callable[[str], Any]:
    """`cwe_entry`: CWE id -> entry with `id` and `name`; ValueError if the catalogue lacks it."""
    with _root_logger_untouched():
        from csaf.csaf.v21 import cwe_entry

    return cwe_entry  # type: ignore[no-any-return]
