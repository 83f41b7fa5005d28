"""The collector of cycles, left alone while it would find nothing.

In: a block that reads and makes much and keeps it until its end. Out: the same, without a walk over all of
it again and again. Cycles that the block makes wait until after it, so it is for seconds of work.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
