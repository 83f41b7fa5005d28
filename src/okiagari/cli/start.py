"""What commands share: where the data lies, starting Django late, who acts, how problems end."""

import json
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console

from okiagari.cli.problems import NO_DATABASE, NOT_SET_UP, OLDER
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


def house() -> None:
    """Start Django for a command that needs what `init` made. Raises NOT_SET_UP, OLDER, NO_DATABASE.

    A folder that is not there stays away: starting Django would make its keys in it.
    """
    folder = Path(os.environ.get("OKIAGARI_DATA") or "data").expanduser().resolve()
    if not folder.is_dir() and not _is_said_elsewhere():
        raise NOT_SET_UP(folder=folder)
    django()
    from django.conf import settings
    from django.db import OperationalError, connection

    place_of_data = settings.ENVIRONMENT.data
    try:
        if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
            raise NOT_SET_UP(folder=place_of_data)
        missing = _steps() - _steps_done()
    except OperationalError as error:
        why = str(error).strip().splitlines()[0]
        raise NO_DATABASE(folder=place_of_data, why=why) from None
    if missing == _steps():
        raise NOT_SET_UP(folder=place_of_data)
    if missing:
        raise OLDER(folder=place_of_data, count=len(missing))


def _is_said_elsewhere() -> bool:
    """Whether a file names the folder, or the data lies in a database server."""
    names = ("OKIAGARI_DATA_FILE", "OKIAGARI_DATABASE_URL", "OKIAGARI_DATABASE_URL_FILE")
    return any(os.environ.get(name) for name in names)


def _steps() -> set[tuple[str, str]]:
    """Every migration there is, by the names of their files: reading them would take long."""
    from django.apps import apps

    return {
        (app.label, each.name)
        for app in apps.get_app_configs()
        for each in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
    }


def _steps_done() -> set[tuple[str, str]]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return set(MigrationRecorder(connection).applied_migrations())


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
