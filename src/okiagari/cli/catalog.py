"""``okiagari catalog``: bring a catalogue in from a file."""

from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import start
from okiagari.cli.problems import UNREADABLE

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Products, firmware lines and releases."""


@app.command("import")
def import_(
    file: Path,
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Import a catalogue (YAML or JSON): all of it or nothing. Importing twice does no harm."""
    import yaml

    from okiagari.standards import yaml12

    try:
        data = yaml12.load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UNREADABLE(file=file, why=str(error).replace("\n", " ")) from None
    start.house()
    from okiagari.catalog import actions

    done = actions.import_catalogue(start.acting(as_), data)

    def say() -> None:
        typer.echo(
            f"{done.products} products, {done.lines} lines, {done.releases} releases, {done.targets} targets"
        )

    start.show(start.as_plain(done), as_json, say)
