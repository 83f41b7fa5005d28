"""A test that was left out fails the run in CI, and only there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machine import ROOT

LEFT_OUT = (
    "import pytest\n\n@pytest.mark.corpus\ndef test_documents():\n    pass\n\ndef test_other():\n    pass\n"
)


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("1", 1)])
def test_a_test_left_out_fails_the_run_in_ci(tmp_path: Path, ci: str, code: int) -> None:
    (tmp_path / "test_made_up.py").write_text(LEFT_OUT)
    environment = {**os.environ, "CI": ci, "OKIAGARI_CORPUS": str(tmp_path / "nowhere")}
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", "pyproject.toml", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == code, told.stdout + told.stderr
    assert "1 passed, 1 skipped" in told.stdout
    assert ("which CI does not allow" in told.stdout) == bool(ci)
