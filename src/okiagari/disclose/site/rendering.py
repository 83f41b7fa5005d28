"""Parts of the site made one by one; or, where many are to be made, by a worker process for each core.

In: parts, pure values that read nothing but what they hold. Out: their files, each looked over where it was
made. A worker opens no database and writes no file. It reads parts from its standard input and ends with it,
so it never outlives whoever started it; what it could not make is made again here, where the problem is told.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from queue import SimpleQueue

from django.conf import settings

from okiagari.disclose.site import verify
from okiagari.disclose.site.parts import Part
from okiagari.plumbing import collecting

MANY = 40
"""So many parts take longer than starting workers does."""
_PROGRAM = "import django; django.setup(); from okiagari.disclose.site import rendering; rendering.work()"

Worker = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Rendered:
    """Files by path, and the places in the tree that each links to."""

    files: Mapping[str, bytes]
    links: Mapping[str, tuple[str, ...]]


def made(parts: Sequence[Part]) -> Iterator[tuple[Part, Rendered]]:
    """In the order of the parts. Raises BROKEN_TREE."""
    cores = len(os.sched_getaffinity(0))
    if len(parts) < MANY or cores < 2:
        yield from ((part, _make(part)) for part in parts)
        return
    with ExitStack() as stack:
        idle: SimpleQueue[Worker] = SimpleQueue()
        for _ in range(cores):
            idle.put(stack.enter_context(_worker()))
        threads = stack.enter_context(ThreadPoolExecutor(cores))
        stack.callback(threads.shutdown, cancel_futures=True)
        found = threads.map(lambda part: _ask(part, idle), parts)
        yield from ((part, each or _make(part)) for part, each in zip(parts, found, strict=True))


def _make(part: Part) -> Rendered:
    files = part.make()
    return Rendered(files, {path: verify.look(path, data) for path, data in files.items()})


@contextmanager
def _worker() -> Iterator[Worker]:
    command = [sys.executable, "-c", _PROGRAM]
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    pipe = subprocess.PIPE
    worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=known)  # noqa: S603 - ourselves
    try:
        yield worker
    finally:
        for end in (worker.stdin, worker.stdout):
            with suppress(BrokenPipeError):  # it died before it had read everything
                assert end is not None
                end.close()
        worker.wait()


def _ask(part: Part, idle: "SimpleQueue[Worker]") -> Rendered | None:
    """What a worker made of it, None where it could not."""
    worker = idle.get()
    try:
        assert worker.stdin is not None
        assert worker.stdout is not None
        pickle.dump(part, worker.stdin, pickle.HIGHEST_PROTOCOL)
        worker.stdin.flush()
        answer: Rendered | None = pickle.load(worker.stdout)  # noqa: S301 - our own program's
    except (OSError, EOFError, pickle.UnpicklingError):
        return None  # it died
    finally:
        idle.put(worker)
    return answer


def work() -> None:
    """The worker: parts in, files out, until nothing comes in any more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints, prints there
    with collecting.paused(), suppress(EOFError):
        while True:
            part = pickle.load(sys.stdin.buffer)  # noqa: S301 - from whoever started us
            pickle.dump(_tried(part), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _tried(part: Part) -> Rendered | None:
    try:
        return _make(part)
    except Exception:  # noqa: BLE001 - whatever it is, it is raised where the part is made again
        return None
