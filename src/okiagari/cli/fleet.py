"""``okiagari fleet``: import observations, read logs of update servers; make a device's token."""

from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import fleet_log, start
from okiagari.cli.problems import UNREADABLE

app = typer.Typer(no_args_is_help=True)
app.command("log")(fleet_log.log)
app.command("rules")(fleet_log.rules)


@app.command("import")
def import_(
    file: Path,
    source: Annotated[str, typer.Option(help="Who made it, for the record.")] = "",
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Import observations (CSV or JSON lines): all of the file or nothing."""
    start.house()
    from okiagari.fleet import actions

    form = "jsonl" if file.suffix in (".jsonl", ".ndjson", ".json") else "csv"
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UNREADABLE(file=file, why=error.strerror) from None
    with stream:
        done = actions.import_observations(
            start.acting(as_), stream, name=file.name, source=source or f"import:{file.stem}", form=form
        )

    def say() -> None:
        typer.echo(f"{done.lines} lines: {done.new} new, {done.repeated} known, {done.late} late")

    start.show(start.as_plain(done), as_json, say)


@app.command()
def token(
    unit: str,
    generation: Annotated[int, typer.Option(help="A higher one replaces the lower ones.")] = 1,
) -> None:
    """Print the token of one unit, derived from the key in the data folder."""
    typer.echo(_key_maker("token_for", unit, generation))


@app.command()
def gateway(
    name: str,
    generation: Annotated[int, typer.Option(help="A higher one replaces the lower ones.")] = 1,
) -> None:
    """Print the token of a gateway, which may speak for any unit."""
    typer.echo(_key_maker("gateway_token_for", name, generation))


def _key_maker(function: str, name: str, generation: int) -> str:
    start.house()
    from django.conf import settings

    from okiagari.fleet import keys

    key = keys.read_key(keys.key_path(settings.ENVIRONMENT.data))
    made: str = getattr(keys, function)(key, name, generation)
    return made
