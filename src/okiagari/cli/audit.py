"""``okiagari audit``: check the whole ledger, or write an anchor over it now."""

from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)


@app.command()
def verify(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Find lines changed, taken out or moved, cut tails, missing streams. Exit 1 if there is any."""
    start.house()
    from django.utils.translation import gettext

    from okiagari.plumbing import anchors

    found = anchors.verify()

    def say() -> None:
        for finding in found:
            text = gettext(anchors.FINDINGS[finding.code])
            typer.echo(text % {"stream": finding.stream, "seq": finding.seq})

    start.show(start.as_plain(found), as_json, say)
    if found:
        start.talk.print(f"{len(found)} findings: the ledger is not as it was written.")
        raise typer.Exit(1)
    start.talk.print("The ledger is whole.")


@app.command()
def anchor() -> None:
    """Write an anchor over everything that moved since the last one."""
    start.house()
    from okiagari.plumbing import anchors

    made = anchors.anchor()
    start.talk.print(f"Anchor {made.number} written." if made else "Nothing moved since the last anchor.")
