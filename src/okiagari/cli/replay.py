"""``okiagari replay``: play a past case through the system's own actions and see what came out."""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.progress import Progress

from okiagari.cli import start

if TYPE_CHECKING:
    from okiagari.replay.player import Played

SAMPLE_PASSWORD = "okiagari-demo"  # noqa: S105 - for plainly sample accounts of the demo only


def install(app: typer.Typer) -> None:
    app.command("replay")(replay)


def play_into(name: str, until: str | None = None, *, as_now: bool = False) -> "Played":
    """Play into the data folder that is set up already. Sample accounts can log in only in the demo."""
    from okiagari.replay import player, reading

    path = reading.find(name)
    story = reading.read(path, now_at=(until or reading.last_day(path)) if as_now else "")
    limit = story.end_of(until) if until else None
    password = SAMPLE_PASSWORD if os.environ.get("OKIAGARI_DEMO") == "1" else None
    with Progress(console=start.talk, transient=True) as progress:
        bar = progress.add_task(story.given.name, total=len(story.given.events))
        return player.play(
            story, until=limit, password=password, watch=lambda done, _: progress.update(bar, completed=done)
        )


def replay(
    name: Annotated[str, typer.Argument(metavar="FILE-or-NAME")] = "",
    until: Annotated[str | None, typer.Option(help="Stop after this date or instant, or now.")] = None,
    as_now: Annotated[
        bool, typer.Option("--as-now", help="Move every date by whole weeks, so that it ends in this week.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="Empty or new folder to play into and keep.")] = None,
    site: Annotated[Path | None, typer.Option(help="Folder to write the published site to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="What came out, as JSON on stdout.")] = False,
    verbs: Annotated[bool, typer.Option("--verbs", help="Print every verb with its arguments.")] = False,
) -> None:
    """Play a replay into an empty data folder and print what came out."""
    from okiagari.replay.problems import NOT_EMPTY

    if verbs:
        _tell_verbs()
        return
    if data is not None and data.exists() and any(data.iterdir()):
        raise NOT_EMPTY(folder=data)
    parent = data.absolute().parent if data else Path(tempfile.gettempdir())
    parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".okiagari-replay-", dir=parent))
    try:
        result = _play(name, until, stage, site=site, as_now=as_now)
        if data is not None:
            if data.exists():
                data.rmdir()
            stage.rename(data)
    finally:
        if stage.exists():
            shutil.rmtree(stage)
    start.show(result, as_json, lambda: _tell(result))


def _tell_verbs() -> None:
    start.django()
    from okiagari.replay.verbs import verbs

    for verb in verbs().values():
        names = [name if name in verb.required else f"[{name}]" for name in verb.types]
        typer.echo(f"{verb.name:32} {' '.join(names)}")


def _play(name: str, until: str | None, stage: Path, *, site: Path | None, as_now: bool) -> dict[str, Any]:
    os.environ.pop("OKIAGARI_DATABASE_URL", None)  # a replay is played into a folder of its own
    start.place(stage)
    start.django()
    from django.db import connections

    from okiagari.cli.serve import prepare
    from okiagari.fleet import access
    from okiagari.replay.outcome import outcome

    prepare()
    result = outcome(play_into(name, until, as_now=as_now))
    if site is not None:
        from okiagari.disclose.site import build

        build(site)
    connections.close_all()
    access.close()
    return result


def _tell(result: dict[str, Any]) -> None:
    typer.echo(f"{result['events']} events played, {result['assumed']} of them assumed")
    for case in result["cases"]:
        title = case["title"].get("en") or next(iter(case["title"].values()), "")
        typer.echo(
            f"\n{case['id']}  {title}  [{case['step']}{', ' + case['level'] if case['level'] else ''}]"
        )
        for step in case["steps"]:
            typer.echo(f"  {_day(step['at'])}  {step['step']}")
        for cell in case["affectedness"]:
            ends = f"fixed in {cell['fixed_in']}" if cell["fixed_in"] else ""
            never = "cannot be fixed" if cell["cannot_fix"] else ""
            words = ", ".join(part for part in (cell["state"], cell["range"], ends, never) if part)
            typer.echo(f"  {cell['target']:16} {cell['vulnerability']:16} {words}")
        for clock in case["clocks"]:
            typer.echo(f"  clock  {_text(clock.get('label'))}: {clock.get('state', '')}")
        for publication in case["publications"]:
            for revision in publication["revisions"]:
                at = revision.get("published_at") or revision.get("planned_at") or ""
                typer.echo(f"  {_day(at)}  {publication['advisory']} revision {revision.get('number')}")
                for file in revision.get("files", []):
                    typer.echo(f"              {file[0] if isinstance(file, list) else file['path']}")
        for missing in case["missing"]:
            typer.echo(f"  missing: {missing}")


def _day(text: str) -> str:
    from django.conf import settings

    zone = ZoneInfo(settings.TIME_ZONE)
    return f"{datetime.fromisoformat(text).astimezone(zone):%Y-%m-%d %H:%M %Z}" if text else ""


def _text(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("en") or next(iter(value.values()), ""))
    return str(value or "")
