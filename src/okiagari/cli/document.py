"""``okiagari document``: documents of others, for anybody: needs neither Django nor a data folder."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from okiagari.problems import Problem
from okiagari.standards import foreign
from okiagari.standards.foreign import Document

app = typer.Typer(no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Files.")]
AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON per file on stdout.")]


@app.callback()
def group() -> None:
    """CSAF, CVE records, VULDEF, OpenEoX and OpenVEX of others."""


@app.command()
def check(files: Files, as_json: AsJson = False) -> None:
    """Judge CSAF, CVE, OpenEoX Core, OpenVEX and VULDEF documents by the rules of their format.

    Ends with 0 where all are well, 1 where something is wrong with one.
    """
    is_well = True
    for path in files:
        try:
            found = foreign.document(path.read_bytes())
            faults = [(each.location or "/", each.message) for each in found.faults]
            name = found.format.value
        except Problem as problem:
            name, faults = "", [("/", problem.message)]
        is_well = is_well and not faults
        if as_json:
            told = [{"location": place, "message": why} for place, why in faults]
            _line({"file": str(path), "format": name, "valid": not faults, "faults": told})
            continue
        typer.echo(f"{path}: {'not valid' if faults else 'valid'}{f' ({name})' if name else ''}")
        for place, why in faults:
            typer.echo(f"  {place}  {why}")
    if not is_well:
        raise typer.Exit(1)


@app.command()
def read(
    files: Files,
    zone: Annotated[str, typer.Option(help="In which days are told.")] = "Asia/Tokyo",
    as_json: AsJson = False,
) -> None:
    """Say what CSAF, CVE, VULDEF and OpenEoX documents say, and every part that was not understood."""
    for path in files:
        found = foreign.document(path.read_bytes(), zone)
        if as_json:
            _line(_plain(path, found))
            continue
        typer.echo(f"{path}: {found.format.value}")
        typer.echo(json.dumps(found.values, ensure_ascii=False, indent=2))
        for each in found.unread:
            typer.echo(f"not understood: {each.location}  {each.text}")


def _plain(path: Path, found: Document) -> dict[str, Any]:
    unread = [{"location": each.location, "text": each.text} for each in found.unread]
    return {"file": str(path), "format": found.format.value, "says": found.values, "not_understood": unread}


def _line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
