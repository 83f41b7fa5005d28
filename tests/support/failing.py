"""An action that does all of its work and then fails."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from okiagari.plumbing import ledger


@contextmanager
def a_failing_action() -> Iterator[None]:
    """The block is one action; at its end it fails, and whoever comes after goes on."""
    with suppress(ZeroDivisionError), ledger.action():
        yield
        raise ZeroDivisionError
