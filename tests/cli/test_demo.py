"""The demo as a newcomer starts it, in processes of its own."""

import os
import subprocess
import sys
from pathlib import Path


def _okiagari(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OKIAGARI_")}
    command = [sys.executable, "-c", "from okiagari.cli.main import main; main()", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def test_the_ledger_of_a_fresh_demo_is_whole_and_stays_so(tmp_path: Path) -> None:
    for words in (("--load-only",), ("--load-only",), ("--load-only", "--fresh")):
        loaded = _okiagari(tmp_path, "demo", *words)
        assert loaded.returncode == 0, loaded.stderr
        checked = _okiagari(tmp_path, "--data", str(tmp_path / ".demo"), "audit", "verify")
        assert checked.returncode == 0, checked.stdout
