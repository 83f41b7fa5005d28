"""What commands share: where the data lies, starting Django late, who acts, how problems end."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console

from okiagari.problems import EXIT_CODE, Problem

if TYPE_CHECKING:
    from okiagari.desk.subjects import Subject

talk = Console(stderr=True, highlight=False)


def place(data: Path | None) -> None:
    """Use this data folder from here on."""
    if data is not None:
        os.environ["OKIAGARI_DATA"] = str(data)


def django() -> None:
    """Start Django. Commands that need no database never call this."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okiagari.config.settings")
    import django as framework
    from django.utils import translation

    framework.setup()
    translation.activate(_language())


def _language() -> str:
    chosen = os.environ.get("OKIAGARI_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return "ja" if chosen.startswith("ja") else "en"


def acting(name: str | None) -> "Subject":
    """Whom a command acts for: ``--as`` or OKIAGARI_AS; without either, the machine room itself."""
    from okiagari.desk import people
    from okiagari.desk.subjects import SYSTEM, Door

    username = name or os.environ.get("OKIAGARI_AS", "")
    return people.named(username, Door.CLI) if username else SYSTEM.through(Door.CLI)


def show(value: object, as_json: bool, say: Callable[[], None]) -> None:
    """Data on stdout: JSON for programs, or what `say` prints for people."""
    if as_json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        say()


def fail(problem: Problem) -> NoReturn:
    """Say the problem on stderr and end with its exit code."""
    words = _told(problem)
    talk.print(f"[bold red]okiagari:[/] {words[0]}", soft_wrap=True)
    for part in problem.parts:
        message, hint = _told(part)
        talk.print(f"  {part.field or ''} {message} {hint}", soft_wrap=True)
    talk.print(words[1], soft_wrap=True)
    raise SystemExit(EXIT_CODE[problem.kind])


def _told(problem: Problem) -> tuple[str, str]:
    if "django" not in sys.modules or not os.environ.get("DJANGO_SETTINGS_MODULE"):
        return problem.message, problem.hint
    from okiagari.plumbing import wording

    told = wording.told(problem)
    return told.message, told.hint


@contextmanager
def problems() -> Iterator[None]:
    """Turn a problem raised inside into words and an exit code."""
    try:
        yield
    except Problem as problem:
        fail(problem)


def as_plain(value: object) -> Any:
    """Dataclasses and texts as JSON values."""
    from okiagari.plumbing.plain import plain

    return plain(value)
