"""Setting up and serving: ``init``, ``serve``, ``demo``, ``work``, ``check``."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import replay, start

DEMO_DATA = Path(".demo")
DEMO_REPLAYS: tuple[tuple[str, str, bool], ...] = (
    ("np-bbrs", "", False),
    ("wfs-sr01", "2016-12-19T18:00", True),
    ("krack", "2017-11-15T18:00", True),
    ("cloud-leak", "now", False),
    ("sample-week", "now", False),
)
"""Each with the point where it stands, and whether that point is moved to this week."""
DONE = "demo-is-loaded"
Data = Annotated[Path | None, typer.Option(help="Folder that holds everything.")]


def install(app: typer.Typer) -> None:
    """Put these commands on the top level."""
    app.command("init")(init)
    app.command("serve")(serve)
    app.command("demo")(demo)
    app.command("work")(work)
    app.command("check")(check)


def prepare() -> None:
    """Bring databases, device key and static files up to date; safe to run again."""
    import logging

    from django.conf import settings
    from django.core.management import call_command

    from okiagari.fleet import access, keys

    settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    with _nothing_collected():
        call_command("migrate", interactive=False, verbosity=0)
    logging.getLogger("django.contrib.staticfiles").setLevel(logging.ERROR)
    call_command("collectstatic", interactive=False, verbosity=0)
    keys.ensure_key(keys.key_path(settings.ENVIRONMENT.data))
    access.store()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Migrations make classes by the thousand; looking through them for garbage is a third of their time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def init(data: Data = None) -> None:
    """Set up or bring up to date the data folder and the databases."""
    start.place(data)
    start.django()
    prepare()
    _adopt_criteria()
    start.talk.print("Ready. `okiagari people add NAME --role administrator` makes the first account.")


def check(data: Data = None) -> None:
    """Check settings, database and texts without changing anything."""
    start.place(data)
    start.house()
    from django.core.management import call_command

    call_command("check", deploy=False, verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)
    from okiagari.disclose.keys.installed import holder, notes

    holder().signing()
    for note in notes():
        start.talk.print(note.words, soft_wrap=True)
    start.talk.print("Settings and database are in order.")


def serve(
    data: Data = None,
    port: Annotated[int | None, typer.Option(help="Port of the people's door.")] = None,
    device_port: Annotated[int | None, typer.Option(help="Port of the device door.")] = None,
) -> None:
    """Serve people, programs and the published site on one port, devices on another."""
    start.place(data)
    for name, value in (("OKIAGARI_PORT", port), ("OKIAGARI_DEVICE_PORT", device_port)):
        if value is not None:
            os.environ[name] = str(value)
    start.django()
    prepare()
    _adopt_criteria()
    _become_supervisor()


def _adopt_criteria() -> None:
    """Put the shipped criteria in force before the first case: adopting them with it would tell of it."""
    from okiagari.plumbing import ledger
    from okiagari.triage.actions.criteria import in_force

    with ledger.action():
        in_force()


def _become_supervisor() -> None:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "okiagari.config.supervisor"])  # noqa: S606 - our own module


def work(data: Data = None) -> None:
    """Run every job that is due now, then end."""
    start.place(data)
    start.house()
    from okiagari.plumbing import jobs

    start.talk.print(f"{jobs.run_due()} jobs run.")


def demo(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw the demo's data away and start over.")
    ] = False,
    data: Annotated[Path, typer.Option(help="Folder of the demo.")] = DEMO_DATA,
    port: Annotated[int | None, typer.Option(help="Port of the people's door.")] = None,
    device_port: Annotated[int | None, typer.Option(help="Port of the device door.")] = None,
    load_only: Annotated[bool, typer.Option("--load-only", help="Load the replays and end.")] = False,
) -> None:
    """Load the sample cases into a folder of their own and serve them."""
    if data.exists() and (fresh or not (data / DONE).exists()):
        shutil.rmtree(data)  # before the settings make their keys in it
    os.environ["OKIAGARI_DEMO"] = "1"
    for name, value in (("OKIAGARI_PORT", port), ("OKIAGARI_DEVICE_PORT", device_port)):
        if value is not None:
            os.environ[name] = str(value)
    start.place(data)
    start.django()
    if not (data / DONE).exists():
        _load(data)
    prepare()
    _greet()
    if not load_only:
        start.talk.print("Ctrl C ends it.\n")
        _become_supervisor()


def _load(data: Path) -> None:
    """Play every replay into the empty folder; a half-loaded one was thrown away before."""
    start.talk.print(
        f"Playing {len(DEMO_REPLAYS)} cases into {data}; this happens once and takes a minute or two."
    )
    prepare()
    for number, (name, until, as_now) in enumerate(DEMO_REPLAYS, 1):
        start.talk.print(f"  {number}/{len(DEMO_REPLAYS)} {name}")
        replay.play_into(name, until or None, as_now=as_now)
    (data / DONE).touch()


def _greet() -> None:
    from django.conf import settings

    from okiagari.desk import directory
    from okiagari.desk.subjects import SYSTEM

    environment = settings.ENVIRONMENT
    start.talk.print("\n[bold]Okiagari[/] with sample cases")
    start.talk.print(f"  people      {environment.base_url}/")
    start.talk.print(f"  published   {environment.base_url}/security/")
    start.talk.print(f"  report form {environment.base_url}/report/")
    start.talk.print(f"  programs    {environment.base_url}/api/v1/openapi.json")
    start.talk.print(f"  devices     http://{environment.bind}:{environment.device_port}/healthz")
    start.talk.print(f"\nSample accounts, all with the password [bold]{replay.SAMPLE_PASSWORD}[/]:")
    for person in directory.people(SYSTEM):
        if person.is_sample:
            start.talk.print(f"  {person.username:24} {person.name.best('en')}")
    start.talk.print(f"\nBegin at [bold]{environment.base_url}/[/] as [bold]sample-member[/].")
