"""The command line in a process that has started: for tests of what a command does, not of how it starts.

`started` imports everything once, for one data folder, and forks for each command. The command then runs as
in life: its own process, arguments, environment, two streams and exit code; nothing of it stays for the next.
Only what is read before a command begins (the settings) is as it was at the start.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tests.support.machine import ROOT

_WAIT = "from tests.support.started import wait; wait()"


@dataclass(frozen=True)
class Started:
    """One such process."""

    process: "subprocess.Popen[str]"
    folder: Path

    def run(self, words: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Exit code, standard output, standard error of one command."""
        out, err = self.folder / "out", self.folder / "err"
        asked = {"words": [*words], "environment": {**environment}, "out": str(out), "err": str(err)}
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        assert answer, "the process that was started has ended"
        return int(answer), out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


@contextmanager
def started(folder: Path, environment: Mapping[str, str]) -> Iterator[Started]:
    """A process that waits for commands until the block ends; its passing files lie in the folder."""
    command = [sys.executable, "-W", "error", "-c", _WAIT]
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with subprocess.Popen(
        command,
        env={**environment, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Started(process, folder)
        assert process.stdin
        process.stdin.close()


def wait() -> None:
    """In the process: start Django, then fork for each line that comes in and answer with its exit code."""
    from okiagari.cli import main, start

    start.django()
    program = main.main
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(asked, program)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(asked: Mapping[str, Any], program: Callable[[], None]) -> NoReturn:
    """The command itself, to its end."""
    for number, path in enumerate((os.devnull, asked["out"], asked["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["okiagari", *asked["words"]]
    code: object = 0
    try:
        program()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - told as the interpreter would tell it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
