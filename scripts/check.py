"""Everything that must hold before a change lands: `python -m scripts.check [lint]`.

Runs every check, also after one has failed, and closes with what held, what did not, and what
could not be checked on this machine. In CI the last of these is a failure too.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import machine

BIN = Path(sys.executable).parent
LEFT_OUT = "left out"
MEASURES = "pytest.mark.speed"
NOT_HANDED_ON = ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")
"""A check starts many processes; what one has compiled serves all that come after it."""


@dataclass(frozen=True)
class Check:
    """One program to run, what it needs of the machine, and what it is told by the environment."""

    name: str
    program: str
    arguments: Sequence[str]
    needs: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def pytest(database: str) -> Check:
    """The tests on one database, on two processors where there are two."""
    parallel = (
        ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder") if (os.cpu_count() or 1) > 1 else ()
    )
    needs = "postgres" if database == "postgres" else ""
    arguments = ("-m", "not speed", *parallel)
    return Check(f"tests on {database}", "pytest", arguments, needs, {"OKIAGARI_TEST_DATABASE": database})


LINT = (
    Check("ruff", "ruff", ("check",)),
    Check("format", "ruff", ("format", "--check")),
    Check("types", "mypy", ()),
    Check("templates", "djlint", ("src", "--lint", "--quiet")),
    Check("imports", "lint-imports", ("--no-logo",)),
    Check("translations", "python", ("scripts/translations.py", "check"), "xgettext"),
)


def speed() -> Check:
    """What measures time has the machine to itself, and the database that most installations have.

    Only the files that hold such tests are read: reading all of them takes longer than the tests.
    """
    files = [
        path for path in sorted((machine.ROOT / "tests").rglob("test_*.py")) if MEASURES in path.read_text()
    ]
    named = [str(path.relative_to(machine.ROOT)) for path in files]
    return Check("speed", "pytest", ("-m", "speed", *named), environment={"OKIAGARI_TEST_DATABASE": "sqlite"})


TESTS = (speed(), pytest("sqlite"), pytest("postgres"))


def run(check: Check) -> bool:
    """True where it held. What the program says goes straight to the reader."""
    with tempfile.TemporaryDirectory(prefix="okiagari-check-") as data:
        outside = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
        environment = {**outside, "OKIAGARI_DATA": data, **check.environment}
        command = [str(BIN / check.program), *check.arguments]
        return subprocess.run(command, cwd=machine.ROOT, env=environment, check=False).returncode == 0


def main(arguments: Sequence[str]) -> int:
    if list(arguments) not in ([], ["lint"]):
        print("usage: python -m scripts.check [lint]", file=sys.stderr)
        return 2
    checks = LINT if arguments else LINT + TESTS
    lacking = machine.lacking()
    lines = []
    failed = False
    for check in checks:
        if check.needs in lacking:
            lines.append(f"  {LEFT_OUT:9} {check.name}")
            continue
        print(f"\n==> {check.name}", flush=True)
        began = time.monotonic()
        held = run(check)
        failed |= not held
        lines.append(f"  {'held' if held else 'FAILED':9} {check.name} ({time.monotonic() - began:.0f} s)")
    print("\n" + "\n".join(lines))
    if arguments:
        lacking = {
            name: need for name, need in lacking.items() if any(check.needs == name for check in checks)
        }
    if lacking:
        print(f"\n{'!' * 78}\nNOT CHECKED on this machine:")
        print("\n".join(f"  {need.lost} ({need.remedy})" for need in lacking.values()))
        print("!" * 78)
    if lacking and machine.is_ci():
        print("CI leaves nothing out: this run has failed.")
    return 1 if failed or (lacking and machine.is_ci()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
