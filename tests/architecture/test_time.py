"""Only plumbing.clock knows what time it is; everything else asks it, or is told."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import Module, modules

ALLOWED = "okiagari.plumbing.clock"
CLOCKS = frozenset(
    {
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
        "django.utils.timezone.now",
        "django.utils.timezone.localdate",
        "django.db.models.functions.Now",
        "time.time",
        "time.time_ns",
    }
)
# These read the clock only where they are given no time.
CONVERTERS = frozenset({"django.utils.timezone.localtime", "time.localtime", "time.gmtime", "time.ctime"})


def readings(module: Module) -> Iterator[str]:
    """Every mention of a clock, called or handed on (``default=timezone.now``)."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and module.meaning(node) in CLOCKS:
            yield f"{module.where(node)}: {module.meaning(node)}"
        elif isinstance(node, ast.Call) and not node.args and module.meaning(node.func) in CONVERTERS:
            yield f"{module.where(node)}: {module.meaning(node.func)}()"


def test_nobody_but_the_clock_reads_the_time() -> None:
    found = [reading for module in modules() if module.name != ALLOWED for reading in readings(module)]
    assert not found, "\n".join(found)


def test_the_clock_reads_it() -> None:
    assert [reading for module in modules() if module.name == ALLOWED for reading in readings(module)]


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime as d\nd.date.today()",
        "from django.utils import timezone\nfield = dict(default=timezone.now)",
        "from django.utils.timezone import now as jetzt\njetzt()",
        "import time\ntime.time()",
        "from django.utils import timezone\ntimezone.localtime()",
    ],
)
def test_a_second_clock_is_noticed(text: str) -> None:
    assert list(readings(Module("okiagari.desk.watch", Path("watch.py"), text)))


def test_measuring_a_duration_is_no_clock() -> None:
    assert not list(
        readings(Module("okiagari.desk.watch", Path("watch.py"), "import time\ntime.monotonic()"))
    )
