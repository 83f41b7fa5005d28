"""Where the test data made by others lies. A test that needs it is left out without it, except in CI."""

from pathlib import Path

import pytest

from tests.support import machine

_FOUND = machine.corpus()

FOLDER = _FOUND or Path("corpus")

needs_corpus = pytest.mark.skipif(
    _FOUND is None and not machine.is_ci(),
    reason="documents made by others: set OKIAGARI_CORPUS to their folder",
)
