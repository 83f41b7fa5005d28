"""``okiagari search``: find something, or make the index anew from the facts."""

from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)


@app.command()
def find(
    words: str,
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Find what holds every word, as far as the account may see it."""
    start.house()
    from django.utils.translation import get_language

    from okiagari.flow import finding

    language = get_language() or "en"
    found = finding.find(start.acting(as_), words, language=language)

    def say() -> None:
        for hit in found.hits:
            typer.echo(f"{hit.kind}\t{hit.key}\t{hit.title.best(language)}")

    start.show(start.as_plain(found), as_json, say)


@app.command()
def rebuild() -> None:
    """Make the index anew from the facts, and say what had to be mended. Exit 1 if anything had to be."""
    start.house()
    from okiagari.flow import indexing

    mended = indexing.rebuild()
    start.talk.print(f"{mended} documents had to be mended." if mended else "The index was true.")
    if mended:
        raise typer.Exit(1)
