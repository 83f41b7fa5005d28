"""A date as far as it is known: "2013-09", "late 2016-10", "2003", or unknown.

In: ISO 8601 calendar dates, cut short where the rest is not known, with an optional part of the
month or year (early, mid, late: 上旬, 中旬, 下旬). Out: a frozen value that sorts by its earliest day.
It never invents the missing part; ``earliest`` and ``latest`` give the bounds instead.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from okiagari.problems import Kind, define, gettext_noop

PARTS = ("early", "mid", "late")

NOT_A_DATE = define(
    "input.not_a_date",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a date."),
    gettext_noop("Write 2016-10-28, 2016-10, late 2016-10 or 2016; leave it empty if it is not known."),
)

_FORM = re.compile(r"^(?:(early|mid|late)\s+)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """Unknown where ``year`` is None. ``part`` is one of PARTS, only without a day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""

    @classmethod
    def parse(cls, text: "str | date | int | None") -> "PartialDate":
        """Read a date as `__str__` writes it. Raises NOT_A_DATE."""
        if text is None or text == "":
            return cls()
        if isinstance(text, date):
            return cls(text.year, text.month, text.day)
        found = _FORM.match(str(text).strip())
        if not found or (found[1] and found[4]):
            raise NOT_A_DATE(text=text)
        try:
            date(int(found[2]), int(found[3] or 1), int(found[4] or 1))
        except ValueError:
            raise NOT_A_DATE(text=text) from None
        return cls(
            int(found[2]),
            int(found[3]) if found[3] else None,
            int(found[4]) if found[4] else None,
            found[1] or "",
        )

    @property
    def is_known(self) -> bool:
        return self.year is not None

    @property
    def is_exact(self) -> bool:
        return self.day is not None

    @property
    def earliest(self) -> date | None:
        return self._bounds()[0] if self.year else None

    @property
    def latest(self) -> date | None:
        return self._bounds()[1] if self.year else None

    def _bounds(self) -> tuple[date, date]:
        if self.year is None:
            raise NOT_A_DATE(text="")
        if self.day and self.month:
            exact = date(self.year, self.month, self.day)
            return exact, exact
        if self.month:
            last = calendar.monthrange(self.year, self.month)[1]
            first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
                self.part, (1, last)
            )
            return date(self.year, self.month, first_day), date(self.year, self.month, last_day)
        first_month, last_month = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(self.part, (1, 12))
        return (
            date(self.year, first_month, 1),
            date(self.year, last_month, calendar.monthrange(self.year, last_month)[1]),
        )

    def is_surely_before(self, day: date) -> bool:
        return self.latest is not None and self.latest < day

    def _order(self) -> tuple[date, date]:
        return (self.earliest or date.max, self.latest or date.max)

    def __lt__(self, other: "PartialDate") -> bool:
        return self._order() < other._order()

    def __bool__(self) -> bool:
        return self.is_known

    def __str__(self) -> str:
        if self.year is None:
            return ""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return f"{self.part} {text}" if self.part else text
