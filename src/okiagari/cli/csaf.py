"""``okiagari csaf``: is a CSAF document valid? For anybody: needs neither Django nor a data folder."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from okiagari.cli import start
from okiagari.engines import csaf_files
from okiagari.engines.csaf_files import Asked, Judged
from okiagari.standards.csaf.check import LEFT_OUT, Level

MEBIBYTE = 1024 * 1024

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """CSAF documents."""


@app.command()
def validate(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, help="Documents, or folders: every .json below them is read."),
    ],
    tests: Annotated[
        Level, typer.Option(help="How far to go: each level runs the tests of those before it, too.")
    ] = Level.MANDATORY,
    limit: Annotated[int, typer.Option(min=1, help="Larger files are a finding; MiB.")] = (
        csaf_files.LIMIT // MEBIBYTE
    ),
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0: one per core.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per file on stdout.")] = False,
) -> None:
    """Judge CSAF 2.0 and 2.1 documents by the schema and the tests of the standard (section 6).

    Ends with 0 where every document is valid, 1 where one is not (warnings and information leave a document
    valid), 2 where the command itself is wrong. Files of a folder that are plainly no documents (feeds,
    provider metadata) are left out. Tests that ask the network or need a dictionary are not run.
    """
    levels = tuple(Level)[: list(Level).index(tests) + 1]
    counts: Counter[str] = Counter()
    with _counter() as advance:
        asked = Asked(levels, limit * MEBIBYTE)
        for each in csaf_files.judged(csaf_files.found(files), asked, workers=workers):
            counts[_kind(each)] += 1
            if as_json:
                sys.stdout.write(json.dumps(_plain(each), ensure_ascii=False) + "\n")
            else:
                _tell(each)
            advance()
    _sum_up(counts, levels, as_json=as_json)
    if counts["invalid"]:
        raise typer.Exit(1)


@contextmanager
def _counter() -> Iterator[Any]:
    """A counter that moves, on a terminal. How many files there are nobody knows before the end."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} files"), TimeElapsedColumn())
    with Progress(
        *columns, console=start.talk, transient=True, disable=not start.talk.is_terminal
    ) as progress:
        task = progress.add_task("", total=None)
        yield lambda: progress.advance(task)


def _kind(each: Judged) -> str:
    if each.left_out:
        return "left out"
    return "valid" if each.is_valid else "invalid"


def _by(each: Judged) -> str:
    """What it was judged by, in words."""
    return f"CSAF {each.version}{', draft ' + each.draft if each.draft else ''}" if each.version else ""


def _plain(each: Judged) -> dict[str, Any]:
    if each.left_out:
        return {"file": str(each.file.path), "left_out": each.left_out}
    findings = [
        {"test": one.test, "severity": one.severity.value, "location": one.location, "message": one.message}
        for one in each.findings
    ]
    by = {"version": each.version, "draft": each.draft}
    return {"file": str(each.file.path), "valid": each.is_valid, **by, "findings": findings}


def _tell(each: Judged) -> None:
    """A file that was named always has its line; one of a folder where there is something to say."""
    if each.left_out or not (each.file.is_named or each.findings):
        return
    verdict = "valid" if each.is_valid else "not valid"
    typer.echo(f"{each.file.path}: {verdict}{f' ({_by(each)})' if each.version else ''}")
    for one in each.findings:
        typer.echo(f"  {one.severity.value:7} {one.test:9} {one.location or '/'}  {one.message}")


def _sum_up(counts: Counter[str], levels: tuple[Level, ...], *, as_json: bool) -> None:
    judged = counts["valid"] + counts["invalid"]
    documents = "document" if judged == 1 else "documents"
    said = f"{judged:,} {documents}: {counts['valid']:,} valid, {counts['invalid']:,} not"
    if counts["left out"] == 1:
        said += "; 1 file left out that is no document"
    elif counts["left out"]:
        said += f"; {counts['left out']:,} files left out that are no documents"
    typer.echo(f"{said}.", err=as_json)
    if levels != (Level.MANDATORY,):
        for version, tests in LEFT_OUT.items():
            reasons: dict[str, list[str]] = {}
            for test, why in tests.items():
                reasons.setdefault(why, []).append(test)
            told = "; ".join(f"{', '.join(named)} ({why})" for why, named in reasons.items())
            typer.echo(f"Not run for CSAF {version}: {told}.", err=as_json)
