"""``okiagari provider``: is this a CSAF provider, and which? For anybody: needs neither Django nor data."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from okiagari.cli import start
from okiagari.engines.provider_sources import FolderSource, HttpSource
from okiagari.engines.provider_workers import CONNECTIONS, Workers
from okiagari.plumbing import clock
from okiagari.standards.provider import layout
from okiagari.standards.provider.answers import Source
from okiagari.standards.provider.findings import Report, Result, Role, Verdict
from okiagari.standards.provider.judge import judge
from okiagari.standards.provider.values import decoded, text

NOBODY = "https://provider.invalid"
"""Where a folder is taken to be served that does not say it itself."""
MARKS = {Verdict.MET: "met", Verdict.FAILED: "FAILED", Verdict.NOT_CHECKED: "not checked"}
SHOWN = 5

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """CSAF providers."""


@app.command()
def check(
    place: Annotated[str, typer.Argument(help="A folder, a domain, or an address.", metavar="DIR|URL")],
    role: Annotated[Role, typer.Option(help="What it claims to be.")] = Role.TRUSTED_PROVIDER,
    url: Annotated[
        str, typer.Option(help="Where the folder is served; by default as its own metadata says.")
    ] = "",
    csaf: Annotated[str, typer.Option(help="2.1 judges the tree of the draft in a folder.")] = "2.0",
    documents: Annotated[int, typer.Option(min=0, help="Read so many, the newest first; 0: all.")] = 0,
    ca: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Certificates to trust instead.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that judge documents; by default one per core.")
    ] = 0,
    connections: Annotated[
        int, typer.Option(min=1, max=16, help="Requests at once over the network.")
    ] = CONNECTIONS,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Judge requirements 1 to 20 of the standard (24 and 25 of 2.1, too), and the role that is claimed.

    Ends with 0 where the role is held, 1 where it is not, 2 where the command itself is wrong.
    """
    if csaf not in {each.version for each in layout.EDITIONS}:
        raise typer.BadParameter(f"{csaf} is neither 2.0 nor 2.1")
    with _source(place, url, ca) as (source, start_at), _progress() as advance:
        begin = start_at if csaf == "2.0" else f"{start_at}/{layout.V2_1.root}/{layout.METADATA}"
        report = judge(
            source,
            begin,
            role,
            now=clock.now(),
            most=documents,
            advance=advance,
            examiner=Workers(workers, connections),
        )
    start.show(_plain(report), as_json, lambda: _tell(report))
    if not report.holds:
        raise typer.Exit(1)


@contextmanager
def _source(place: str, url: str, ca: Path | None) -> Iterator[tuple[Source, str]]:
    folder = Path(place).expanduser()
    if folder.is_dir():
        base = (url or _own_url(folder) or NOBODY).rstrip("/")
        yield FolderSource(folder, base), base
        return
    if url:
        raise typer.BadParameter(f"{place} is no folder; --url says where a folder is served")
    if "://" not in place and ("/" in place or "." not in place):
        raise typer.BadParameter(f"{place} is neither a folder nor a domain nor an address")
    begin = place if "://" in place else f"https://{place}"
    if not begin.startswith(("https://", "http://")):
        raise typer.BadParameter(f"{place} is no address of the web")
    with HttpSource(ca) as source:
        yield source, begin


def _own_url(folder: Path) -> str:
    """Where the folder is served, as its own metadata says."""
    for edition in layout.EDITIONS:
        try:
            data = (folder / edition.root / layout.METADATA).read_bytes()
        except OSError:
            continue
        ending = f"/{edition.root}/{layout.METADATA}"
        canonical = text(decoded(data), "canonical_url")
        if canonical.endswith(ending):
            return canonical.removesuffix(ending)
    return ""


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on a terminal."""
    columns = (TextColumn("documents"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=start.talk, transient=True, disable=not start.talk.is_terminal
    ) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _plain(report: Report) -> dict[str, Any]:
    return {
        "place": report.start,
        "version": report.version,
        "role": report.claimed.value,
        "holds": report.holds,
        "missing": list(report.missing),
        "not_checked": list(report.unseen),
        "documents": report.documents,
        "documents_known": report.documents_known,
        "requirements": [
            {
                "number": each.number,
                "title": each.title,
                "verdict": each.verdict.value,
                "found": each.found,
                "findings": [dataclasses.asdict(one) for one in each.findings],
                "more": each.more,
            }
            for each in report.results
        ],
    }


def _tell(report: Report) -> None:
    typer.echo(f"{report.start} (CSAF {report.version})")
    for each in report.results:
        _tell_one(each)
    if report.documents_known > report.documents:
        typer.echo(f"\n{report.documents:,} of {report.documents_known:,} documents were read.")
    role = report.claimed.value.replace("_", " ")
    if not report.holds:
        requirements = "requirement" if len(report.missing) == 1 else "requirements"
        typer.echo(f"\nNot a {role}: {requirements} {', '.join(report.missing)} not met.")
    elif report.unseen:
        unseen = ", ".join(str(each) for each in report.unseen)
        typer.echo(f"\nA {role}, as far as it can be seen here (not checked: {unseen}).")
    else:
        typer.echo(f"\nA {role}.")


def _tell_one(result: Result) -> None:
    typer.echo(f"{result.number:>3} {MARKS[result.verdict]:11} {result.title}: {result.found or '-'}")
    for each in result.findings[:SHOWN]:
        typer.echo(f"      {'error' if each.is_error else 'note '} {each.place} {each.message}")
    hidden = max(0, len(result.findings) - SHOWN) + result.more
    if hidden:
        typer.echo(f"      and {hidden:,} more; --json shows them")
