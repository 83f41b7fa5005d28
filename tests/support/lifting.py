"""One job runner of an installation, in a process of its own, as `okiagari serve` runs them: two loops.

``python -m tests.support.lifting DATABASE DEATHS``: the name of the test's database, and a folder where the
test has written at which points somebody is to die. The first process to come to such a point takes its file
away and kills itself, as power does: nothing is caught, nothing is closed.
"""

import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

LEASE = timedelta(seconds=2)
POINTS = ("writing", "switched", "sending", "arrived")


def main(database: str, deaths: Path) -> None:
    import django

    django.setup()
    from django.db import connections

    from okiagari.plumbing import jobs

    connections.databases["default"]["NAME"] = database
    jobs.LEASE = LEASE
    _let_die(deaths)
    stop = threading.Event()
    loops = [
        threading.Thread(target=jobs.work, args=(stop, 0.1), kwargs={"is_beside": is_beside})
        for is_beside in (False, True)
    ]
    for loop in loops:
        loop.start()
    sys.stdin.read()  # until the test closes it
    stop.set()
    for loop in loops:
        loop.join()


def _let_die(deaths: Path) -> None:
    """Where: in the middle of the tree, between the switch and its mark, with half of it at the target, and
    between the switch there and its mark."""
    from okiagari.disclose.site.writer import Writer

    lay, switch = Writer.lay, Writer.switch

    def writing(self: Writer, path: Path, data: bytes) -> None:
        lay(self, path, data)
        if path.name == "index.txt":
            die("sending" if ".part" in str(path) else "writing")

    def switching(self: Writer, link: Path, target: str) -> None:
        switch(self, link, target)
        die("arrived" if link.parent.name == "www" else "switched")

    def die(point: str) -> None:
        try:
            (deaths / point).unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    Writer.lay, Writer.switch = writing, switching  # type: ignore[method-assign]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
