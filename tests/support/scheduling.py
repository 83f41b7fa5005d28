"""Which tests of a parallel run stay together: those of a file, and all that share one served house."""

from xdist.scheduler import LoadFileScheduling

SERVED = "tests/browser/"


class HouseByHouse(LoadFileScheduling):  # type: ignore[misc]
    """Where tests are dealt out file by file."""

    def _split_scope(self, nodeid: str) -> str:
        return SERVED if nodeid.startswith(SERVED) else super()._split_scope(nodeid)
