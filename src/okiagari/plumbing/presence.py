"""Who is looking at what just now. Kept in the memory of the process that serves people, never written down.

In: a place and somebody who is there. Out: who else was there within the last half minute. It knows nothing
of who may see whom: ask before you come here.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Hashable

STAYS = 40.0
_lock = threading.Lock()
_here: defaultdict[Hashable, dict[str, float]] = defaultdict(dict)


def look(place: Hashable, who: str) -> tuple[str, ...]:
    """Say that somebody is here; returns who else is, by name."""
    now = time.monotonic()
    with _lock:
        _sweep(now)
        others = tuple(sorted(each for each in _here[place] if each != who))
        _here[place][who] = now
    return others


def leave_all() -> None:
    """Nobody is anywhere: for tests."""
    with _lock:
        _here.clear()


def _sweep(now: float) -> None:
    for place in list(_here):
        stay = {who: at for who, at in _here[place].items() if now - at < STAYS}
        if stay:
            _here[place] = stay
        else:
            del _here[place]
