"""Rooms import downwards only, and the pure ones stay pure: the contracts of pyproject.toml hold."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.machine import ROOT
from tests.support.source import PACKAGE, modules

PURE = ("okiagari.problems", "okiagari.standards", "okiagari.engines", "okiagari.device")


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(folder / "pyproject.toml"), "--no-cache", "--no-logo"]
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_every_import_contract_holds() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("desk/__init__.py", "import okiagari.web", "Time flows one way"),
        ("attic/__init__.py", "", "Time flows one way"),
        ("standards/dates.py", "from django.utils import timezone", "know neither Django nor models"),
        ("desk/rules.py", "from okiagari.desk import models", "Rules are pure"),
        ("desk/rules/names.py", "from okiagari.desk import models", "Rules are pure"),
        ("device/app.py", "from okiagari.desk import models", "runs without Django"),
    ],
)
def test_a_contract_notices_what_breaks_it(tmp_path: Path, file: str, line: str, contract: str) -> None:
    house = tmp_path / "src" / "okiagari"
    for room in ("problems", "standards", "engines", "plumbing", "desk", "device", "web"):
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").touch()
    (house / "__init__.py").touch()
    (house / "desk" / "models.py").write_text("import django\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert lint(tmp_path).returncode == 0
    (house / file).parent.mkdir(exist_ok=True)
    (house / file).parent.joinpath("__init__.py").touch()
    (house / file).write_text(line + "\n")
    told = lint(tmp_path)
    broken = [row for row in told.stdout.splitlines() if row.endswith("BROKEN")]
    assert told.returncode == 1, told.stdout + told.stderr
    assert any(contract in row for row in broken), told.stdout


def test_pure_modules_are_loaded_without_django() -> None:
    """Import contracts see lines; this sees what Python really loads, packages' own files included."""
    pure = [module.name for module in modules() if module.name.startswith(PURE) or "rules" in module.parts]
    program = (
        "import importlib, sys\n"
        f"for name in {pure!r}:\n"
        "    importlib.import_module(name)\n"
        "    assert 'django' not in sys.modules, name\n"
    )
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
