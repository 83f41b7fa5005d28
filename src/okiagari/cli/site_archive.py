"""``okiagari site archive``: everything that ever went out, byte by byte, with its times."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)
As = Annotated[str | None, typer.Option("--as", help="Account this is done for.")]
At = Annotated[
    str, typer.Option("--at", help="2026-07-01 or 2026-07-01T10:00, in the maker's zone; without it, now.")
]
Address = Annotated[str, typer.Argument(help="As readers know it, or the path in the site.")]
Json = Annotated[bool, typer.Option("--json")]


@app.callback()
def group() -> None:
    """What our site said, and when."""


@app.command("list")
def listed(
    text: Annotated[str, typer.Argument(help="What the path holds; nothing: all of them.")] = "",
    at: At = "",
    as_: As = None,
    as_json: Json = False,
) -> None:
    """Every address that said something at a time: hash, since when, path."""
    start.house()
    from okiagari.disclose import queries

    found = queries.archived(start.acting(as_), text=text, at=_instant(at), limit=1_000_000).items

    def say() -> None:
        for each in found:
            typer.echo(f"{each.sha256}  {each.since:%Y-%m-%dT%H:%M:%SZ}  {each.path}")

    start.show(start.as_plain(list(found)), as_json, say)


@app.command()
def history(address: Address, as_: As = None, as_json: Json = False) -> None:
    """Everything one address ever said, the newest first."""
    start.house()
    from okiagari.disclose import queries

    found = queries.history(start.acting(as_), address)

    def say() -> None:
        for each in found:
            until = f"{each.until:%Y-%m-%dT%H:%M:%SZ}" if each.until else "still"
            typer.echo(
                f"{each.sha256}  {each.since:%Y-%m-%dT%H:%M:%SZ}  {until}  {' '.join(each.brought_by)}"
            )

    start.show(start.as_plain(list(found)), as_json, say)
    if not found:
        start.talk.print("This address never said anything.")
        raise typer.Exit(1)


@app.command()
def get(
    address: Address,
    at: At = "",
    out: Annotated[Path | None, typer.Option(help="File to write; without it, standard output.")] = None,
    as_: As = None,
) -> None:
    """The bytes that an address gave at a time."""
    start.house()
    from okiagari.disclose import queries

    subject = start.acting(as_)
    said = queries.said_at(subject, address, _instant(at))
    data = queries.bytes_of(subject, said.sha256).read_bytes()
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)
    until = f"until {said.until:%Y-%m-%dT%H:%M:%SZ}" if said.until else "and still"
    start.talk.print(f"{said.path} from {said.since:%Y-%m-%dT%H:%M:%SZ} {until}, SHA-256 {said.sha256}")


@app.command()
def verify(as_: As = None, as_json: Json = False) -> None:
    """Prove the archive: every byte by its hash, every row by the ledger. Exit 1 if anything is wrong."""
    start.house()
    from django.utils.translation import gettext
    from rich.progress import Progress

    from okiagari.disclose.archive import actions, verifying

    subject = start.acting(as_)
    with Progress(console=start.talk, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Hashing")
        found = actions.verify(subject, lambda done, total: bar.update(task, completed=done, total=total))

    def say() -> None:
        for each in found.findings:
            typer.echo(gettext(verifying.FINDINGS[each.code]) % {"path": each.path, "sha256": each.sha256})

    start.show(start.as_plain(found), as_json, say)
    start.talk.print(
        f"{found.trees} times the site changed, {found.contents} contents, {found.bytes:,} bytes."
    )
    if found.findings:
        start.talk.print(f"{len(found.findings)} findings: the archive is not as it was written.")
        raise typer.Exit(1)
    start.talk.print("The archive is whole.")


@app.command()
def prune(
    before: Annotated[str, typer.Option(help="Day, at least a year ago: what was replaced before it.")],
    reason: Annotated[str, typer.Option(help="Stays with the rows.")],
    as_: As = None,
) -> None:
    """Remove the bytes of what was replaced long ago. Hashes, times and the reason stay."""
    start.house()
    from okiagari.disclose.archive import actions

    day = _instant(before)
    assert day is not None
    count = actions.prune(start.acting(as_), before=day, reason=reason)
    start.talk.print(f"{count} contents removed. Their rows say so.")


def _instant(text: str) -> datetime | None:
    """In the maker's zone where none is given."""
    if not text:
        return None
    from zoneinfo import ZoneInfo

    from django.conf import settings

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is not a time such as 2026-07-01T10:00") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
