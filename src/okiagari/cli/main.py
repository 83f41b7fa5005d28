"""``okiagari``: one command for the machine room, replays, imports and checks.

Exit codes: 0 ok, 1 found or failed, 2 usage, 3 not found, 4 denied, 5 conflict, 69 unavailable, 75 try again.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from okiagari import __version__
from okiagari.cli import (
    audit,
    catalog,
    clocks,
    csaf,
    cve,
    document,
    fleet,
    intake,
    jvn,
    keys,
    people,
    provider,
    replay,
    search,
    serve,
    site,
    start,
)
from okiagari.problems import Problem

app = typer.Typer(
    name="okiagari",
    help="From the first report of a vulnerability to the last device in the field that runs the fix.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(people.app, name="people", help="Accounts and teams.")
app.add_typer(catalog.app, name="catalog", help="Products, firmware lines and releases.")
app.add_typer(fleet.app, name="fleet", help="What the units in the field run.")
app.add_typer(intake.app, name="intake", help="Reports from outside: mail.")
app.add_typer(clocks.app, name="clocks", help="Clocks of our own, and our seats in the EU.")
app.add_typer(jvn.app, name="jvn", help="What JPCERT/CC is told of a case, and what was told when.")
app.add_typer(csaf.app, name="csaf", help="Is a CSAF document valid? For anybody.")
app.add_typer(document.app, name="document", help="CSAF, CVE records, VULDEF, OpenEoX and OpenVEX of others.")
app.add_typer(cve.app, name="cve", help="CVE ids of a maker that is a CNA, at CVE Services.")
app.add_typer(provider.app, name="provider", help="Is this a CSAF provider, and which? For anybody.")
app.add_typer(site.app, name="site", help="The published site.")
app.add_typer(keys.app, name="keys", help="The keys that sign what is published.")
app.add_typer(search.app, name="search", help="Find things; make the index anew.")
app.add_typer(audit.app, name="audit", help="The ledger: check it, anchor it.")
serve.install(app)
replay.install(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"okiagari {__version__}")
        raise typer.Exit


@app.callback()
def common(
    data: Annotated[Path | None, typer.Option(help="Folder that holds everything (OKIAGARI_DATA).")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Options before the command."""
    start.place(data)


def main() -> None:
    """The command itself."""
    try:
        app()
    except Problem as problem:
        start.fail(problem)
    except BrokenPipeError:
        sys.exit(0)
