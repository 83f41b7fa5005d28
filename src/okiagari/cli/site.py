"""``okiagari site``: the published site as a folder of files that can be hosted anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """The published site."""


@app.command()
def build(
    out: Annotated[Path, typer.Option(help="New, empty or earlier built folder.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Write everything that is published, whole, into a folder. Publishes nothing that is not public."""
    start.house()
    from okiagari.disclose import site

    built = site.build(out.expanduser().resolve())

    def say() -> None:
        typer.echo(f"{built.advisories} advisories, {built.files} files in {built.folder}")

    start.show(start.as_plain(built), as_json, say)


@app.command()
def refresh(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Write what is published anew, at once, signed by the key of today; security.txt holds again."""
    start.house()
    from okiagari.disclose import site

    built = site.refresh()

    def say() -> None:
        typer.echo(f"{built.advisories} advisories, {built.files} files, {built.shared} of them as they were")

    start.show(start.as_plain(built), as_json, say)
