"""One thing at a time: no file over 300 lines, no function over 50 (most stay under 40)."""

from pathlib import Path

from tests.support.source import Module, functions, modules

FILE = 300
FUNCTION = 50


def too_long(module: Module) -> list[str]:
    lines = len(module.text.splitlines())
    found = [f"{module.name}: {lines} lines"] if lines > FILE else []
    for function in functions(module):
        size = (function.end_lineno or function.lineno) - function.lineno + 1
        if size > FUNCTION:
            found.append(f"{module.where(function)} {function.name}: {size} lines")
    return found


def test_files_and_functions_stay_short() -> None:
    found = [line for module in modules() for line in too_long(module)]
    assert not found, "\n".join(found)


def test_a_long_file_and_a_long_function_are_noticed() -> None:
    body = "    pass\n"
    assert not too_long(Module("short", Path(), "def f() -> None:\n" + body * (FUNCTION - 1)))
    assert too_long(Module("long", Path(), "def f() -> None:\n" + body * FUNCTION))
    assert too_long(Module("long", Path(), "pass\n" * (FILE + 1)))
