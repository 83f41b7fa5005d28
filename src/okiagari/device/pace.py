"""How often one unit may speak: a few times a minute is a fault, more is an attack on the counts."""

from collections import Counter
from collections.abc import Collection

WINDOW = 60.0
MAX_UNITS = 200_000


class Pace:
    """Counts the check-ins of each unit in windows of a minute. `now` is monotonic seconds.

    Remembers no more than MAX_UNITS units: when more speak within a minute, all begin anew.
    """

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._spoke: Counter[str] = Counter()
        self._ends = 0.0

    def allows(self, units: Collection[str], now: float) -> bool:
        """Count these and say whether all of them keep to the pace."""
        if now >= self._ends or len(self._spoke) > MAX_UNITS:
            self._spoke.clear()
            self._ends = now + WINDOW
        self._spoke.update(units)
        return all(self._spoke[unit] <= self.per_minute for unit in units)

    def seconds_left(self, now: float) -> int:
        """Until everybody may speak again."""
        return max(1, round(self._ends - now))
