"""The one door to the PyPI library `csaf`, loaded when first needed (0.2 s) and kept from side effects.

Importing it attaches a handler to the root logger; that is undone here, because the logs of this
program are its own.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from . import swift

DRAFTS = ("csd04", "csd03", "csd02")
"""The drafts of CSAF 2.1 the library knows, the newest first."""


_ALONE = threading.Lock()
"""Of two threads that load it at once, one would take what the other left in between for what was before."""


@contextmanager
def _root_logger_untouched() -> Iterator[None]:
    root = logging.getLogger()
    with _ALONE:
        handlers, level = root.handlers[:], root.level
        try:
            yield
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)


@cache
def validator(draft: str = "") -> Callable[..., Any]:
    """(document, preset=..., skip_rules=...) -> report: of CSAF 2.0, or of a draft of 2.1."""
    with _root_logger_untouched():
        module = import_module(f"csaf.csaf.v21{draft}._validator" if draft else "csaf.csaf.v20._validator")
    swift.hurry(module)
    found: Callable[..., Any] = module.validate
    return found


@cache
def weakness() -> Callable[[str], Any]:
    """`cwe_entry`: CWE id -> entry with `id`, `name`, `version`; ValueError if the catalogue lacks it."""
    with _root_logger_untouched():
        from csaf.csaf.v21 import cwe_entry

    return cwe_entry  # type: ignore[no-any-return]
