"""``okiagari site``: the published site as a folder of files that can be hosted anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import site_archive, site_check, site_targets, start

app = typer.Typer(no_args_is_help=True)
app.add_typer(site_archive.app, name="archive", help="What our site said, and when.")
app.add_typer(site_targets.app, name="targets", help="Where the published site goes.")


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


@app.command()
def check(
    links: Annotated[bool, typer.Option("--links", help="Ask the download links, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Is what is out what was approved? Every file by its hash, every format by what it says."""
    start.house()
    from okiagari.desk.subjects import SYSTEM
    from okiagari.disclose import actions, queries
    from okiagari.disclose.consistency import plain

    actions.check_site(SYSTEM, links=links)
    found = queries.site_check(SYSTEM)
    start.show(plain.look(found), as_json, lambda: site_check.say(found))
    if not found.is_fine or (links and found.wrong_links):
        raise typer.Exit(1)
